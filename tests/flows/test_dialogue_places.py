"""Beside the road: the other counter, greetings, places, files, edits."""

import pytest

from flows.assessment import Locatie, Urgentie
from flows.melder.states import Idle, Sent
from flows.melder.step import Edit
from flows.messages import Kind
from tests.builders import (
    ENSCHEDE,
    NUMBER,
    STORY,
    Dialogue,
    assessment,
    finish,
    states,
)


def geen(_: str) -> object:
    return assessment(Urgentie.GEEN)


def test_a_question_for_the_gemeente_gets_the_right_counter_and_one_tap_goes_on() -> None:
    dialogue = Dialogue(geen).say("De vuilnisbak op de hoek is vol en stinkt.")  # type: ignore[arg-type]
    assert dialogue.question == "other-counter"
    assert dialogue.press("Het gaat wel over een persoon").question == "question-place"
    assert dialogue.report.urgentie is Urgentie.ADVIES


@pytest.mark.parametrize("text", ["Het gaat wel over een persoon", "ja"])
def test_that_tap_can_be_typed(text: str) -> None:
    dialogue = Dialogue(geen).say("De vuilnisbak op de hoek is vol en stinkt.")  # type: ignore[arg-type]
    assert dialogue.say(text).question == "question-place"


def test_the_other_counter_is_named_by_its_number() -> None:
    dialogue = Dialogue(lambda _: assessment(Urgentie.GEEN, locatie=ENSCHEDE))
    dialogue.say("De lantaarnpaal in de Kerkstraat in Enschede is kapot.")
    assert "14 053" in dialogue.reads


def test_outside_the_regio_the_other_counter_comes_with_the_other_number() -> None:
    dialogue = Dialogue(lambda _: assessment(Urgentie.GEEN, locatie=Locatie(gemeente="Amsterdam")))
    assert "outside" in dialogue.say("De lantaarnpaal op de Dam in Amsterdam is kapot.").names


@pytest.mark.parametrize("text", ["hallo", "Goedemorgen!", "hoi", "hallo daar", "Goeden avond"])
def test_a_greeting_gets_the_opening_and_is_no_story(text: str) -> None:
    dialogue = Dialogue(geen).say(text)  # type: ignore[arg-type]
    assert dialogue.names == ("opening", "question-story")
    assert dialogue.state == Idle(greeted=True)
    assert dialogue.say(text).names == ("greeting", "question-story")


def test_a_greeting_raises_no_alarm_when_the_triage_is_away() -> None:
    assert not Dialogue(lambda _: None).say("hallo").effects


@pytest.mark.parametrize("text", ["buurman schreeuwt", "vuilnis", "\N{FACE SCREAMING IN FEAR}" * 4096])
def test_a_few_words_that_say_little_are_kept_and_more_is_asked(text: str) -> None:
    dialogue = Dialogue(geen).say(text)  # type: ignore[arg-type]
    assert dialogue.names == ("opening-short", "question-story")
    assert dialogue.report.story == text


def test_outside_the_regio_the_melder_hears_the_other_number_once_and_goes_on() -> None:
    dialogue = Dialogue(lambda _: assessment(locatie=Locatie(woonplaats="Amsterdam", gemeente="Amsterdam")))
    dialogue.say("Een man roept al dagen op de Dam in Amsterdam.")
    assert "outside" in dialogue.names
    assert "0800-1205" in dialogue.reads
    assert dialogue.question == "question-role"
    assert "outside" not in dialogue.press("Ik kwam toevallig langs").names


def test_a_long_answer_without_a_place_is_more_of_the_story() -> None:
    words = "dat wil ik liever niet zeggen want hij kijkt steeds naar buiten"
    dialogue = Dialogue().say(STORY).say(words)
    assert words in dialogue.report.story
    assert dialogue.report.place_words == ""
    assert dialogue.question == "question-role"


def test_an_unclear_place_is_asked_once() -> None:
    asked = finish(Dialogue().say(STORY), "ergens bij de kerk")
    assert asked.count("question-place") == 1


@pytest.mark.parametrize("place", [(52.22, 6.89, "Enschede"), (52.36, 6.66, "Almelo")])
def test_a_shared_location_answers_where(place: tuple[float, float, str]) -> None:
    latitude, longitude, gemeente = place
    dialogue = Dialogue().say(STORY)
    assert dialogue.replies[-1].ask_location
    dialogue.locate(latitude, longitude)
    assert dialogue.report.gemeente == gemeente
    assert dialogue.names[0] == "location-kept"
    assert dialogue.question == "question-role"


def test_a_location_far_away_is_outside() -> None:
    assert "outside" in Dialogue().say(STORY).locate(52.37, 4.9).names


def test_a_named_place_beats_a_shared_location() -> None:
    dialogue = Dialogue(lambda _: assessment(locatie=ENSCHEDE)).say(STORY).locate(52.36, 6.66)
    assert dialogue.report.gemeente == "Enschede"


@pytest.mark.parametrize("first", ["location", "photo"])
def test_who_begins_without_words_is_asked_for_them(first: str) -> None:
    dialogue = Dialogue()
    _ = dialogue.locate(52.22, 6.89) if first == "location" else dialogue.attach()
    assert dialogue.names[0] == "opening-short"
    assert dialogue.question == "question-story"
    assert dialogue.say("weet ik niet").question in {"question-place", "question-role"}
    finish(dialogue, "weet ik niet")
    assert "nog geen verhaal in woorden" in dialogue.reads


def test_a_sticker_gets_a_kind_word_in_every_state() -> None:
    for state in states().values():
        dialogue = Dialogue(state=state).say("", kind=Kind.STICKER)
        assert dialogue.names == ("sticker",)
        assert dialogue.state == state


def test_a_group_is_pointed_to_the_private_chat() -> None:
    assert Dialogue().say("iemand in de buurt schreeuwt", kind=Kind.GROUP).names == ("group",)


def test_an_attachment_with_a_caption_is_kept_with_its_words() -> None:
    dialogue = Dialogue().say(STORY).attach("zo ziet zijn deur eruit")
    assert len(dialogue.report.files) == 1
    assert "zo ziet zijn deur eruit" in dialogue.report.story
    assert dialogue.names[0] == "file-kept"
    assert dialogue.question == "question-place"


def test_an_edit_keeps_what_it_said_before() -> None:
    dialogue = Dialogue().say(STORY, message_id="s1").edit("s1", "Mijn buurvrouw schreeuwt.")
    (part,) = dialogue.report.parts
    assert (part.text, part.earlier) == ("Mijn buurvrouw schreeuwt.", (STORY,))
    assert dialogue.names[0] == "edited"
    assert dialogue.question == "question-place"


def test_an_edit_of_what_was_sent_is_for_that_melding() -> None:
    dialogue = Dialogue(state=Sent(last=NUMBER)).edit("s1", "Het was een vrouw.")
    assert dialogue.step_effects == (Edit("s1", "Het was een vrouw."),)
