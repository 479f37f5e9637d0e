"""Values over JSON and back; rows of yesterday."""

import json
from dataclasses import dataclass

import pytest

from flows import errors
from flows.melder.states import Asking, Idle
from flows.messages import Outgoing
from flows.report import Report
from storage import mapping
from tests.storage.samples import WORDS, full_outgoing, report


def test_a_full_report_comes_back_as_it_was() -> None:
    assert mapping.load(Report, mapping.dump(report())) == report()


def test_a_full_message_comes_back_as_it_was_numbers_as_numbers() -> None:
    again = mapping.load(Outgoing, mapping.dump(full_outgoing()))
    assert again == full_outgoing()
    assert again.text[0].args == {"name": "Annelies", "times": 3, "code": "0042"}


def test_a_state_is_told_by_its_kind() -> None:
    assert json.loads(mapping.dump(Idle()))["kind"] == "idle"
    assert mapping.load_state(mapping.dump(Asking(report=report()))) == Asking(report=report())


def test_fields_an_old_row_lacks_get_their_defaults_and_those_that_are_gone_are_ignored() -> None:
    old = json.dumps({"kind": "asking", "report": {"parts": [], "was_once": {"here": 1}}, "also_gone": True}).encode()
    assert mapping.load_state(old) == Asking()


@pytest.mark.parametrize("broken", [b"", b"{", b"[]", b'{"kind": "unknown"}', b'{"kind": "asking", "report": {"parts": 3}}'])
def test_what_cannot_be_read_is_one_error(broken: bytes) -> None:
    with pytest.raises(errors.Unreadable):
        mapping.load_state(broken)


def test_the_error_names_the_place_and_never_the_content() -> None:
    data = json.dumps({"parts": [{"message_id": "1", "text": WORDS, "at": WORDS}], "anonymity": WORDS}).encode()
    with pytest.raises(errors.Unreadable) as caught:
        mapping.load(Report, data)
    assert "parts.0.at" in str(caught.value)
    assert "Annelies" not in str(caught.value)
    assert caught.value.__context__ is None or "Annelies" not in str(caught.value.__cause__)


def test_any_frozen_dataclass_can_be_mapped() -> None:
    assert mapping.load(Small, mapping.dump(Small(3))) == Small(3)
    mapping.warm_up()


@dataclass(frozen=True, slots=True)
class Small:
    number: int
