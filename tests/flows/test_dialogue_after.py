"""After sending, and what looks like nothing at all."""

import pytest

from flows.melder.states import GivingCode, Sent
from flows.melder.step import Add, Look, Offer, UseCode, Withdraw
from tests.builders import NUMBER, STORY, Dialogue, states


def test_what_is_written_after_sending_belongs_to_the_melding() -> None:
    dialogue = Dialogue(state=Sent(last=NUMBER)).say("Hij is nu buiten.")
    (effect,) = dialogue.step_effects
    assert isinstance(effect, Add)
    assert (effect.number, effect.part and effect.part.text) == (NUMBER, "Hij is nu buiten.")


@pytest.mark.parametrize("text", ["Sinds gisteren.", "weet ik niet"])
def test_the_next_text_answers_a_question_of_the_meldpunt(text: str) -> None:
    dialogue = Dialogue(state=states()["questioned"]).say(text)
    (effect,) = dialogue.step_effects
    assert isinstance(effect, Add)
    assert effect.question == NUMBER
    assert effect.part is not None
    assert (effect.part.text, effect.part.answer) == (text, True)
    assert dialogue.state == Sent(last=NUMBER)


@pytest.mark.parametrize(("text", "effect"), [("ja", Withdraw(NUMBER)), ("Ja.", Withdraw(NUMBER))])
def test_yes_withdraws(text: str, effect: Withdraw) -> None:
    assert Dialogue(state=states()["withdrawing"]).say(text).step_effects == (effect,)


def test_no_keeps_the_melding() -> None:
    dialogue = Dialogue(state=states()["withdrawing"]).say("nee")
    assert dialogue.names == ("withdraw-kept",)
    assert not dialogue.effects


def test_start_after_sending_says_where_we_are() -> None:
    dialogue = Dialogue(state=Sent(last=NUMBER)).say("/start")
    assert dialogue.names == ("opening", "present-sent")


@pytest.mark.parametrize("text", ["4821 0937 5566 1204", "4821093755661204", "code: 4821-0937-5566-1204"])
def test_a_follow_up_code_in_any_notation(text: str) -> None:
    assert Dialogue(state=GivingCode("status")).say(text).step_effects == (UseCode("4821093755661204", "status"),)


@pytest.mark.parametrize(
    ("text", "reply"), [("4821 0937", "code-unclear"), ("M-2026-000042", "code-unclear"), ("ik heb geen code", "code-none")]
)
def test_where_a_code_is_wanted(text: str, reply: str) -> None:
    assert Dialogue(state=GivingCode("status")).say(text).names == (reply,)


@pytest.mark.parametrize("text", ["hij heeft een mes", "buurman gewond", "er ligt iemand op straat te schreeuwen"])
def test_a_story_where_a_code_is_wanted_is_a_story(text: str) -> None:
    assert Dialogue(state=GivingCode("status")).say(text).report.story == text


@pytest.mark.parametrize("command", ["status", "aanvullen", "intrekken", "mijngegevens"])
def test_commands_look_up_what_this_melder_has(command: str) -> None:
    assert Dialogue(state=Sent(last=NUMBER)).say(f"/{command}").step_effects == (Look(command),)


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\0", "\u200b\u200c\u200d", "\u200f\u202e", "\ufeff"])
@pytest.mark.parametrize("name", ["new", "asking", "confirming", "sent", "code"])
def test_no_words_get_one_sentence_and_change_nothing(name: str, text: str) -> None:
    dialogue = Dialogue(state=states()[name]).say(text)
    assert dialogue.names == ("nothing-said",)
    assert dialogue.state == states()[name]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("schreeuwt\0 hard elke nacht", "schreeuwt hard elke nacht"),
        ("al\u200b drie nachten geschreeuw", "al\u200b drie nachten geschreeuw"),
        ("جاري يصرخ كل ليلة", "جاري يصرخ كل ليلة"),
        ("\u202eeen omgekeerde zin hier", "\u202eeen omgekeerde zin hier"),
        ("kapot \ud83d teken in zin", "kapot ? teken in zin"),
    ],
)
def test_strange_characters_are_kept_as_far_as_they_can_be(text: str, kept: str) -> None:
    dialogue = Dialogue().say(text)
    assert dialogue.report.story == kept
    assert dialogue.reads


def test_words_with_invisible_characters_are_understood() -> None:
    assert Dialogue(state=states()["asking"]).say("st\u200bop").names == ("stopped",)


def test_a_failed_reading_offers_the_draft_at_once_and_goes_on() -> None:
    dialogue = Dialogue(lambda _: None).say(STORY)
    assert Offer() in dialogue.step_effects
    assert "danger-line" in dialogue.names
    assert dialogue.question == "question-place"
