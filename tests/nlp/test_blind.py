"""Texts written by somebody who had not seen the lexicons. They measure; nobody tunes on them.

The bounds only guard against going back: what was measured stands in docs/triage.md.
"""

import json
import re
from pathlib import Path

from flows.assessment import Urgentie
from nlp.triage import DutchTriage

TEXTS = Path(__file__).parent / "data" / "blind.jsonl"
MARK = re.compile(r"\[\[\w+:(.*?)\]\]")


def test_acute_is_found_and_not_cried_too_often_in_texts_nobody_tuned_on(dutch: DutchTriage) -> None:
    rows = [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]
    read = [(Urgentie(row["urgentie"]), dutch.read(MARK.sub(r"\1", row["text"])).urgentie) for row in rows]
    acute = [found for label, found in read if label is Urgentie.ACUUT]
    cried = [label for label, found in read if found is Urgentie.ACUUT]
    assert acute.count(Urgentie.ACUUT) / len(acute) >= 0.88
    assert cried.count(Urgentie.ACUUT) / len(cried) >= 0.88
