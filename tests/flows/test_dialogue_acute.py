"""Acute, at any moment: the safety card first, once, and the dialogue goes on where it was."""

import pytest

from flows.assessment import Assessment, Locatie, Signaal, SignaalStatus, Thema, Topic, Urgentie
from flows.melder.states import Asking, Confirming, GivingCode, Idle, State, Stopped
from flows.melder.step import Offer
from flows.report import Part, Report
from tests.builders import NOW, NUMBER, Dialogue, assessment

STORY = "Mijn buurman schreeuwt elke nacht tegen de muur."
DANGER = "hij staat nu met een mes op straat"
TOLD = Report(parts=(Part("s", STORY, NOW),), reading=assessment(), asked=(Topic.PLACE,))
STATES: dict[str, State] = {
    "new": Idle(),
    "idle": Idle(last="M-2026-000009", greeted=True),
    "open question": Asking(),
    **{f"asking {topic}": Asking(report=TOLD, topic=topic, serial=3) for topic in Topic},
    "correcting": Asking(report=TOLD, topic=Topic.PLACE, serial=3, correcting=True),
    "confirming": Confirming(report=TOLD, serial=3),
    "stopped": Stopped(report=TOLD, serial=3),
    "code": GivingCode(),
}


def read(text: str) -> Assessment:
    return assessment(Urgentie.ACUUT if "mes" in text else Urgentie.REGULIER)


def read_suicide(text: str) -> Assessment:
    return assessment(Urgentie.ACUUT, signalen={Signaal.SUICIDE_PLAN: SignaalStatus.NU})


@pytest.mark.parametrize("name", STATES)
def test_the_card_is_the_very_next_thing_and_the_draft_is_offered(name: str) -> None:
    dialogue = Dialogue(read, state=STATES[name]).say(DANGER)
    assert dialogue.names == ("card-112", "card-told")
    assert dialogue.replies[0].alarm
    assert Offer() in dialogue.step_effects
    assert dialogue.labels == ("Ik bel 112", "Er is nu geen direct gevaar")
    assert any(part.text == DANGER for part in dialogue.report.parts)
    assert dialogue.report.number == NUMBER


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("button", ["Ik bel 112", "Er is nu geen direct gevaar"])
def test_after_the_card_it_goes_on_with_something_new(name: str, button: str) -> None:
    dialogue = Dialogue(read, state=STATES[name]).say(DANGER).press(button)
    assert dialogue.names[0] == ("after-card-called" if "112" in button else "after-card-calm")
    assert dialogue.question not in {"", "question-story", "card-112"}
    if name in {"confirming", "correcting"}:
        assert dialogue.question == "summary-ask"


@pytest.mark.parametrize("name", STATES)
def test_the_card_is_shown_once(name: str) -> None:
    dialogue = Dialogue(read, state=STATES[name]).say(DANGER).press("Ik bel 112")
    for text in ("het mes is groot", "weet ik niet", "nog steeds dat mes", "weet ik niet"):
        assert "card-112" not in dialogue.say(text).names


def test_text_instead_of_a_button_goes_on_too() -> None:
    dialogue = Dialogue(read).say(DANGER).say("de politie is onderweg naar hem")
    assert dialogue.question == "question-place"
    assert "politie" in dialogue.report.story


def test_calm_is_told_and_lowers_nothing() -> None:
    dialogue = Dialogue(read).say(DANGER).press("Er is nu geen direct gevaar")
    assert dialogue.report.calm
    assert dialogue.report.urgentie is Urgentie.ACUUT


def test_a_milder_reading_afterwards_lowers_nothing() -> None:
    dialogue = Dialogue(read).say(DANGER, message_id="d").edit("d", "er is niets aan de hand")
    assert dialogue.report.urgentie is Urgentie.ACUUT


def test_talk_of_suicide_brings_113_beside_112() -> None:
    assert Dialogue(read_suicide).say("ze wil nu van het dak springen").names == ("card-112", "card-113", "card-told")


def test_talk_of_suicide_that_is_not_acute_brings_113_once_before_the_next_question() -> None:
    def gloomy(text: str) -> Assessment:
        return assessment(Urgentie.SPOED, themas=(Thema.SUICIDALITEIT,) if "leven" in text else ())

    dialogue = Dialogue(gloomy).say(STORY)
    assert "card-113" not in dialogue.names
    dialogue.say("zij zegt dat ze niet meer wil leven")
    assert dialogue.names[0] == "card-113"
    assert dialogue.question == "question-role"
    assert "card-113" not in dialogue.say("ik ben de buurvrouw").names


def test_a_button_can_make_it_acute() -> None:
    dialogue = Dialogue(lambda text: assessment(Urgentie.ACUUT if "wapen" in text else Urgentie.REGULIER))
    dialogue.say(STORY).press("unknown")
    dialogue.press("unknown").press("Er is een wapen")
    assert dialogue.names[0] == "card-112"
    assert dialogue.press("Ik bel 112").question == "question-since"


def test_an_edit_can_make_it_acute_even_after_stop() -> None:
    dialogue = Dialogue(read).say(STORY, message_id="s").say("stop").edit("s", DANGER)
    assert dialogue.names == ("card-112", "card-told")


def test_a_caption_can_make_it_acute() -> None:
    assert Dialogue(read).say(STORY).attach("hier staat hij met zijn mes").names == ("card-112", "card-told")


def test_the_melder_hears_of_the_other_number_after_the_card() -> None:
    dialogue = Dialogue(lambda _: assessment(Urgentie.ACUUT, locatie=Locatie(gemeente="Amsterdam"))).say(DANGER)
    assert "outside" not in dialogue.names
    assert "outside" in dialogue.press("Ik bel 112").names


def test_an_acute_reading_of_what_could_not_be_read_before() -> None:
    readings = iter([None, assessment(Urgentie.ACUUT)])
    dialogue = Dialogue(lambda _: next(readings)).say(STORY)
    assert "card-112" not in dialogue.names
    assert dialogue.say("kerkstraat 12").names[0] == "card-112"
