"""The melder's dialogue as a person has it: how many questions, in which order, and what is never asked."""

from dataclasses import replace

import pytest

from flows.assessment import MelderRole, Topic
from flows.melder.step import Send
from tests.builders import (
    ENSCHEDE,
    JOURNEY,
    STORY,
    Dialogue,
    assessment,
    at_question,
    finish,
    reads_journey,
)

QUESTIONS = 6


def test_the_journey_of_a_buur_asks_at_most_six_things() -> None:
    dialogue = Dialogue(reads_journey).say(JOURNEY)
    assert dialogue.names[0] == "opening-short"
    presses = ("Geen van deze", "Alleen het meldpunt", "Nee, nog niet", "Via deze chat")
    asked = [dialogue.question, *(dialogue.press(press).question for press in presses)]
    assert asked == ["question-danger", "question-anonymity", "question-help", "question-contact", "summary-ask"]
    for words in (JOURNEY, "Kerkstraat 12, Enschede", "U bent een buur.", "Uw naam blijft bij het meldpunt.", "Via deze chat."):
        assert words in dialogue.reads
    dialogue.press("Versturen")
    assert isinstance(dialogue.step_effects[0], Send)
    assert dialogue.step_effects[0].report.gemeente == "Enschede"


@pytest.mark.parametrize("word", ["weet ik niet", "Weet ik niet.", "geen idee", "?", "x"])
def test_a_buur_is_asked_at_most_six_things_whatever_the_answers(word: str) -> None:
    asked = finish(Dialogue().say(STORY), word)
    assert len(asked) <= QUESTIONS
    assert asked[-1] == "summary-ask"


def test_who_never_answers_a_button_with_its_words_is_not_asked_a_seventh_thing() -> None:
    dialogue = at_question(Topic.ANONYMITY)
    assert len(dialogue.report.asked) == 5
    assert dialogue.say("dat vind ik moeilijk te zeggen op dit moment").question == "summary-ask"
    assert "dat vind ik moeilijk" in dialogue.report.story


def test_a_professional_is_asked_at_most_four_things() -> None:
    asked = finish(Dialogue(professional=True).say("Bewoner reageert niet op huisbezoek, gordijnen dicht."), "weet ik niet")
    assert len(asked) <= 4


def test_who_turns_out_to_be_a_professional_is_asked_at_most_four_things() -> None:
    dialogue = Dialogue().say(STORY)
    asked = [dialogue.question, dialogue.press("unknown").question]
    asked.extend(finish(dialogue.press("Vanuit mijn werk"), "weet ik niet"))
    assert len(asked) <= 4
    assert dialogue.report.role is MelderRole.PROFESSIONAL


def test_nothing_is_asked_that_the_text_said() -> None:
    said = (Topic.ROLE, Topic.SINCE, Topic.DANGER, Topic.HELP)
    dialogue = Dialogue(lambda _: assessment(role=MelderRole.NAASTE, said=said, locatie=ENSCHEDE)).say(STORY)
    assert dialogue.question == "question-anonymity"


def test_several_messages_are_one_story() -> None:
    dialogue = Dialogue().say("/melden").say("Mijn buurman schreeuwt.")
    dialogue.press("unknown")
    dialogue.state = replace(dialogue.state, topic=None)  # type: ignore[arg-type]
    dialogue.say("Ook overdag.")
    assert dialogue.report.story == "Mijn buurman schreeuwt.\nOok overdag."
