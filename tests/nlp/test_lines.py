import json

import pytest

from nlp import lines
from nlp.triage import DutchTriage

KEYS = ["id", "urgentie", "zekerheid", "themas", "signalen", "betreft", "locatie", "taal", "pii", "veilig", "uitleg", "model"]


def test_a_line_has_exactly_the_keys_of_the_contract(dutch: DutchTriage) -> None:
    answer = json.loads(lines.triage_line(dutch, '{"id": 7, "text": "man met een mes in Enschede"}'))
    assert list(answer) == KEYS
    assert answer["locatie"] == {"woonplaats": "Enschede", "gemeente": "Enschede"}
    assert answer["uitleg"][0]["richting"] == "omhoog"


def test_redaction_of_a_line(dutch: DutchTriage) -> None:
    answer = json.loads(lines.redact_line(dutch, '{"id": "a", "text": "bel 06-12345678"}'))
    assert answer["veilig"] == "bel [telefoon]"


@pytest.mark.parametrize(
    "line", ["", "[]", "{", '{"id": 1}', '{"id": 1, "text": 3}', "[" * 100_000, '{"id":"\\ud800","text":null}']
)
def test_a_bad_line_is_answered(dutch: DutchTriage, line: str) -> None:
    assert json.loads(lines.triage_line(dutch, line)).keys() == {"id", "fout"}
