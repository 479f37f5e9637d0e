"""The command line: its exits, its help, and one line of JSON where a program reads it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli import app

TWENTE = str(Path(__file__).parents[2] / "flows" / "regios" / "twente.toml")
COMMANDS = [
    [],
    *(["serve"], ["demo"], ["migrate"], ["check"], ["invite"], ["nlp"], ["nlp", "triage"], ["nlp", "redact"]),
    *(["nlp", "evaluate"], ["nlp", "train"]),
    *(["regio"], ["regio", "check"]),
]


@pytest.fixture(autouse=True)
def _apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MELDPUNT_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/own/m.db")
    monkeypatch.setenv("COLUMNS", "120")


def run(*words: str, into: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=into, catch_exceptions=False)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_has_help(words: list[str]) -> None:
    found = run(*words, "--help")
    assert found.exit_code == 0
    assert "Usage" in found.stdout


@pytest.mark.parametrize("words", [["nonsense"], ["invite"], ["invite", "--rol", "koning"], ["serve", "-x"], ["regio", "check"]])
def test_wrong_use_exits_2(words: list[str]) -> None:
    assert run(*words).exit_code == 2


@pytest.mark.parametrize("words", [["serve"], ["migrate"], ["invite", "--rol", "piket"], ["demo"], ["nlp", "triage"]])
def test_a_wrong_setting_exits_1_with_one_line_each(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.setenv("MELDPUNT_HTTP", "nowhere")
    monkeypatch.setenv("MELDPUNT_LOG_LEVEL", "loud")
    found = run(*words)
    assert found.exit_code == 1
    assert [line.split(":")[0] for line in found.stderr.splitlines()] == ["MELDPUNT_HTTP", "MELDPUNT_LOG_LEVEL"]
    assert found.stdout == ""


def test_check_lists_all_problems_and_exits_1_or_says_that_all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    fine = run("check")
    assert (fine.exit_code, fine.stdout) == (0, "Alles klopt.\n")
    monkeypatch.setenv("MELDPUNT_HTTP", "nowhere")
    monkeypatch.setenv("MELDPUNT_REGIO", "atlantis")
    wrong = run("check")
    assert wrong.exit_code == 1
    assert len(wrong.stderr.splitlines()) == 2


def test_migrate_makes_the_database_and_does_nothing_the_second_time() -> None:
    assert run("migrate").stdout
    again = run("migrate")
    assert (again.exit_code, again.stdout) == (0, "")


def test_invite_prints_one_line_of_json_and_says_once_that_it_made_a_key(tmp_path: Path) -> None:
    found = run("invite", "--rol", "regievoerder", "--gemeente", "enschede", "--naam", "Fenna")
    assert found.exit_code == 0
    told = json.loads(found.stdout)
    assert found.stdout.count("\n") == 1
    assert told["telegram"] == f"/start {told['code']}"
    assert told["web"].endswith(f"/start/{told['code']}")
    assert "sleutel" in found.stderr
    assert (tmp_path / "own" / "secret.keys").stat().st_mode & 0o777 == 0o600
    assert run("invite", "--rol", "piket").stderr == ""


@pytest.mark.parametrize("words", [["--rol", "regievoerder"], ["--rol", "vervanger", "--gemeente", "Atlantis"]])
def test_an_invitation_for_no_gemeente_of_the_regio_is_refused_with_what_would_do(words: list[str]) -> None:
    found = run("invite", *words)
    assert found.exit_code == 1
    assert "--gemeente" in found.stderr
    assert found.stdout == ""


def test_regio_check_says_how_many_or_every_problem(tmp_path: Path) -> None:
    assert "14 gemeenten" in run("regio", "check", TWENTE).stdout
    (tmp_path / "own.toml").write_text('key = "x"\nnaam = 3\nonzin = 1\n')
    wrong = run("regio", "check", "own.toml")
    assert wrong.exit_code == 1
    assert len(wrong.stderr.splitlines()) >= 3


def test_triage_and_redact_are_filters_on_a_pipe_also_over_a_bad_line() -> None:
    story = "Mijn buurman Jan de Vries heeft een mes, Kerkstraat 12 Enschede."
    lines = [json.dumps({"id": "a", "text": story}), "", "no json", json.dumps({"id": "b", "text": "hallo"})]
    found = run("nlp", "triage", into="\n".join(lines) + "\n")
    assert found.exit_code == 0
    read = [json.loads(line) for line in found.stdout.splitlines()]
    assert len(read) == 3, "an empty line is left out"
    assert (read[0]["id"], read[0]["urgentie"], read[2]["id"]) == ("a", "acuut", "b")
    assert set(read[0]) >= {"zekerheid", "themas", "signalen", "betreft", "locatie", "taal", "pii", "veilig", "uitleg", "model"}
    safe = run("nlp", "redact", into=lines[0] + "\n")
    assert safe.exit_code == 0
    assert "Vries" not in safe.stdout
