"""Two more corpora: `ontwikkel.jsonl` was tuned on; `held.jsonl` was written before the tuning and not looked at.

Only the second says something of unseen texts, and its author also wrote the lexicons.
"""

import json
from pathlib import Path

import pytest

from nlp.triage import DutchTriage

DATA = Path(__file__).parent / "data"


def counts(rules: DutchTriage, name: str) -> tuple[int, int, int]:
    """Acute found, acute missed, falsely acute."""
    cases = [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]
    answers = [(case["urgentie"] == "acuut", rules.read(case["text"]).urgentie == "acuut") for case in cases]
    return answers.count((True, True)), answers.count((True, False)), answers.count((False, True))


@pytest.mark.parametrize("name", ["ontwikkel.jsonl", "held.jsonl"])
def test_acute_is_found(rules: DutchTriage, name: str) -> None:
    found, missed, false = counts(rules, name)
    assert found / (found + missed) >= 0.85
    assert found / (found + false) >= 0.85


def test_hard_negatives_seldom_alarm(rules: DutchTriage) -> None:
    lines = (DATA / "ontwikkel.jsonl").read_text(encoding="utf-8").splitlines()
    hard = [case for line in lines if "lastig" in (case := json.loads(line)).get("tags", ()) and case["urgentie"] != "acuut"]
    assert sum(rules.read(case["text"]).urgentie == "acuut" for case in hard) / len(hard) <= 0.04
