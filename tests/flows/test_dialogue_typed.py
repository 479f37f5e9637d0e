"""Text where a button is expected: understood as that button, or kept as part of the story."""

import pytest

from flows.assessment import MelderRole, Topic
from flows.melder.states import Asking
from flows.melder.step import Send
from flows.report import Anonymity
from tests.builders import ENSCHEDE, STORY, Dialogue, assessment, at_question, states


@pytest.mark.parametrize(
    ("topic", "text", "role", "anonymity"),
    [
        (Topic.ROLE, "ik ben de buurvrouw", MelderRole.BUUR, Anonymity.HIDDEN),
        (Topic.ROLE, "Ik ben een buur", MelderRole.BUUR, Anonymity.HIDDEN),
        (Topic.ROLE, "zijn moeder", MelderRole.NAASTE, Anonymity.HIDDEN),
        (Topic.ROLE, "Ik kwam toevallig langs", MelderRole.VOORBIJGANGER, Anonymity.HIDDEN),
        (Topic.ROLE, "Vanuit mijn werk", MelderRole.PROFESSIONAL, Anonymity.HIDDEN),
        (Topic.ROLE, "Het gaat over mijzelf", MelderRole.ZELF, Anonymity.HIDDEN),
        (Topic.ROLE, "ik", MelderRole.ZELF, Anonymity.HIDDEN),
        (Topic.ANONYMITY, "liever anoniem", None, Anonymity.ANONYMOUS),
        (Topic.ANONYMITY, "De persoon mag het weten", None, Anonymity.KNOWN),
        (Topic.ANONYMITY, "Niemand, ik blijf anoniem", None, Anonymity.ANONYMOUS),
    ],
)
def test_typed_words_are_understood_as_the_button(topic: Topic, text: str, role: MelderRole | None, anonymity: Anonymity) -> None:
    dialogue = at_question(topic).say(text)
    assert dialogue.report.role is role
    assert dialogue.report.anonymity is anonymity
    assert "kept-as-story" not in dialogue.names


@pytest.mark.parametrize("topic", [Topic.ROLE, Topic.ANONYMITY, Topic.CONTACT])
@pytest.mark.parametrize("text", ["de buurman staat met een mes", "niemand want hij heeft een pistool", "hij gooit stenen"])
def test_what_is_more_than_an_answer_is_read_as_story(topic: Topic, text: str) -> None:
    heard: list[str] = []

    def read(everything: str) -> object:
        heard.append(everything)
        return assessment(said=(Topic.DANGER, Topic.SINCE, Topic.HELP), locatie=ENSCHEDE)

    dialogue = Dialogue(read).say(STORY)  # type: ignore[arg-type]
    while not (isinstance(dialogue.state, Asking) and dialogue.state.topic is topic):
        dialogue.press("unknown")
    dialogue.say(text)
    assert text in heard[-1]
    assert text in dialogue.report.story


def test_text_that_is_no_answer_is_kept_and_the_question_comes_once_more() -> None:
    dialogue = at_question(Topic.ROLE).say("hij schreeuwt nu ook overdag de hele tijd")
    assert "kept-as-story" in dialogue.names
    assert dialogue.question == "question-role"
    assert dialogue.say("en hij gooit met spullen door de kamer").question == "question-danger"


@pytest.mark.parametrize("text", ["06-12345678", "jan@example.org", "bel 06 1234 5678 graag", "via deze chat"])
def test_a_contact_is_an_answer(text: str) -> None:
    dialogue = Dialogue(
        lambda _: assessment(role=MelderRole.NAASTE, said=(Topic.DANGER, Topic.SINCE, Topic.HELP), locatie=ENSCHEDE)
    )
    dialogue.say(STORY).press("Alleen het meldpunt")
    assert dialogue.question == "question-contact"
    assert dialogue.say(text).question == "summary-ask"
    assert dialogue.report.contact == text


@pytest.mark.parametrize(("text", "reply"), [("aanpassen", "change-what"), ("nee", "change-what"), ("Niet versturen", "stopped")])
def test_the_buttons_of_the_summary_can_be_typed(text: str, reply: str) -> None:
    assert Dialogue(state=states()["confirming"]).say(text).names == (reply,)


@pytest.mark.parametrize("text", ["ja", "Klopt!", "versturen", "OK"])
def test_yes_to_the_summary_sends(text: str) -> None:
    dialogue = Dialogue(state=states()["confirming"]).say(text)
    assert isinstance(dialogue.step_effects[0], Send)


def test_text_at_the_summary_is_more_of_the_story() -> None:
    dialogue = Dialogue(state=states()["confirming"]).say("ja, en hij heeft ook een hond")
    assert dialogue.question == "summary-ask"
    assert "hond" in dialogue.reads


@pytest.mark.parametrize(
    ("button", "question", "answer", "reads"),
    [
        ("Meer vertellen", "question-story", "Hij roept ook.", "Hij roept ook."),
        ("De plaats", "question-place", "Almelo", "Waar: Almelo"),
        ("Wie ik ben", "question-role", "zijn moeder", "U bent een naaste."),
        ("Wie het mag weten", "question-anonymity", "anoniem", "U blijft anoniem."),
        ("Hoe u mij bereikt", "question-contact", "06-12345678", "06-12345678"),
    ],
)
def test_one_thing_can_be_changed_from_the_summary(button: str, question: str, answer: str, reads: str) -> None:
    dialogue = Dialogue(state=states()["confirming"]).say("nee").press(button)
    assert dialogue.question == question
    assert dialogue.say(answer).question == "summary-ask"
    assert reads in dialogue.reads


def test_a_correction_that_is_not_understood_still_ends_at_the_summary() -> None:
    dialogue = Dialogue(state=states()["confirming"]).say("nee").press("Wie ik ben")
    assert dialogue.say("dat is een lang verhaal eigenlijk hoor").question == "summary-ask"
    assert dialogue.names[0] == "kept-as-story"
    assert "lang verhaal" in dialogue.report.story
