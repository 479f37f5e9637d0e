"""What a button sends back: there and back again, small enough for any channel, and deaf to what no button of ours held."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import actions
from flows.actions import Command, InDialogue, OnMelding
from flows.assessment import Urgentie
from flows.meldpunt import buttons
from flows.meldpunt.commands import VERBS

WORDS = st.text(st.characters(codec="utf-8"), max_size=20)
PLAIN = st.text(st.characters(codec="utf-8", exclude_characters=":"), max_size=20)
COUNTS = st.integers(0, 999_999_999)


@pytest.mark.parametrize(
    ("action", "data"),
    [
        (OnMelding("ack", "M-2026-000042", 7), "m:ack:M-2026-000042:7"),
        (OnMelding("decline", "M-2026-000042", 7, "beschikbaar"), "m:decline:M-2026-000042:7:beschikbaar"),
        (InDialogue(12, "change-anonymity"), "d:12:change-anonymity"),
        (Command("/wachtrij 8"), "c:/wachtrij 8"),
    ],
)
def test_an_action_reads_back_as_it_was_written(action: actions.Action, data: str) -> None:
    assert str(action) == data
    assert actions.parse(data) == action


@given(PLAIN, PLAIN, COUNTS, WORDS)
def test_any_action_on_a_melding_comes_back(verb: str, number: str, version: int, value: str) -> None:
    action = OnMelding(verb, number, version, value)
    assert actions.parse(str(action)) == action


@given(COUNTS, WORDS)
def test_any_answer_comes_back(serial: int, value: str) -> None:
    assert actions.parse(str(InDialogue(serial, value))) == InDialogue(serial, value)


@given(WORDS)
def test_any_command_comes_back(text: str) -> None:
    assert actions.parse(str(Command(text))) == Command(text)


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "m",
        "d",
        "c",
        "x:1:y",
        "m:ack:M-1",
        "m:ack:M-1:",
        "m:ack:M-1:-1",
        "m:ack:M-1:1.5",
        "m:ack:M-1:²",
        "d:1",
        "d::x",
        "d:-1:x",
        "d:²:x",
        "d:٣:x",
        "d:1e3:x",
        "d: 1:x",
        f"d:{'9' * 5000}:x",
        "D:1:x",
    ],
)
def test_garbage_is_no_action(data: str) -> None:
    assert actions.parse(data) is None


@given(st.text())
def test_nothing_makes_it_fail(data: str) -> None:
    actions.parse(data)


def test_the_longest_button_on_a_melding_fits_telegram() -> None:
    values = (*buttons.OUTCOMES, *buttons.DECLINE_REASONS, *Urgentie, "")
    longest = max((str(OnMelding(verb, "M-2026-999999", 999_999_999, value)) for verb in VERBS for value in values), key=len)
    assert len(longest.encode()) <= 64
