# `make demo` and `make test` set up everything they need. No root is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

.PHONY: setup setup-test demo serve test lint unit bench evaluate encoder lock clean

setup: $(VENV)/.ready
setup-test: $(VENV)/.ready-test

$(VENV)/.ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready requirements-test.txt
	$(PIP) install --require-hashes -r requirements-test.txt
	@touch $@

demo: setup
	$(BIN)/meldpunt demo

serve: setup
	$(BIN)/meldpunt serve

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

unit: setup-test
	CHROMIUM="$(CHROMIUM)" $(BIN)/python -m pytest -q -n 2 --dist worksteal

test: lint unit

bench: setup-test
	$(BIN)/python -m tests.bench

# Every figure of the reader on the held-out texts, with the candidates and the ablation. Takes about fifteen minutes.
evaluate: setup-test
	$(BIN)/python -m nlp.lab.report

# The small transformer anew (25 minutes, needs TensorFlow): pip install '.[train-encoder]' first.
encoder: setup-test
	$(BIN)/python -m nlp.lab.encoder_training nlp/model

# The lock files: hashes, no addresses.
lock:
	uv pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
		requirements.in -o requirements.txt
	uv pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
		-c requirements.txt requirements-test.in -o requirements-test.txt

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
