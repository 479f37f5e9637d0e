"""The words, commands and buttons that work in every state."""

import pytest

from flows.assessment import MelderRole, Topic
from flows.melder.states import Asking, Idle, Sent, Stopped
from flows.melder.step import Send
from flows.report import Anonymity
from tests.builders import NUMBER, STORY, Dialogue, finish, states, told


@pytest.mark.parametrize("name", states())
@pytest.mark.parametrize("text", ["terug", "stop", "112", "weet ik niet", "/help", "/privacy", "/taal", "/start", "/melden"])
def test_a_word_that_always_works_always_gets_a_reply(name: str, text: str) -> None:
    dialogue = Dialogue(state=states()[name]).say(text)
    assert dialogue.replies or dialogue.effects
    assert dialogue.question is not None


@pytest.mark.parametrize("name", states())
def test_112_is_answered_at_once_and_changes_nothing(name: str) -> None:
    before = states()[name]
    dialogue = Dialogue(state=before).say("112")
    assert dialogue.names == ("danger-112",)
    assert dialogue.state == before


@pytest.mark.parametrize(
    ("name", "reply", "after"),
    [
        ("new", "stopped-empty", Idle),
        ("idle", "stopped-empty", Idle),
        ("asking", "stopped", Stopped),
        ("confirming", "stopped", Stopped),
        ("stopped", "stopped", Stopped),
        ("sent", "stopped-empty", Sent),
        ("withdrawing", "withdraw-kept", Sent),
        ("code", "stopped-empty", Idle),
    ],
)
@pytest.mark.parametrize("word", ["stop", "/stop", "Stop!", "annuleren"])
def test_stop(name: str, reply: str, after: type, word: str) -> None:
    dialogue = Dialogue(state=states()[name]).say(word)
    assert dialogue.names == (reply,)
    assert isinstance(dialogue.state, after)


def test_after_stop_the_story_can_be_sent_after_all() -> None:
    dialogue = Dialogue().say(STORY).say("stop").press("Toch versturen")
    (effect,) = dialogue.step_effects
    assert isinstance(effect, Send)
    assert effect.report.story == STORY


def test_after_stop_the_story_can_be_thrown_away() -> None:
    dialogue = Dialogue().say(STORY).say("stop").press("Weggooien")
    assert dialogue.names == ("thrown-away",)
    assert dialogue.state == Idle(greeted=True)


@pytest.mark.parametrize(("word", "reply"), [("weggooien", "thrown-away"), ("nee", "stopped"), ("terug", "question-place")])
def test_after_stop_words_do_what_the_buttons_do(word: str, reply: str) -> None:
    assert reply in Dialogue().say(STORY).say("stop").say(word).names


def test_stop_when_it_stands_in_the_queue_leaves_it_there() -> None:
    dialogue = Dialogue(state=Asking(report=told(number=NUMBER), topic=Topic.ROLE, serial=2)).say("stop")
    assert dialogue.names == ("stopped-queued",)
    assert dialogue.state == Sent(last=NUMBER)


@pytest.mark.parametrize("text", ["/start", "/melden", "/intrekken", "/status", "weet ik niet", "/aanvullen"])
def test_nothing_but_the_melder_throws_a_stopped_story_away(text: str) -> None:
    dialogue = Dialogue(state=states()["stopped"]).say(text)
    assert dialogue.report.story == STORY
    assert dialogue.choices


def test_back_asks_the_question_before_again() -> None:
    dialogue = Dialogue().say(STORY).say("kerkstraat 12 enschede")
    assert dialogue.question == "question-role"
    assert dialogue.press("Ik ben een buur").question == "question-danger"
    assert dialogue.say("terug").question == "question-role"
    assert dialogue.press("Familie of vriend").question == "question-danger"
    assert dialogue.report.role is MelderRole.NAASTE
    assert len(dialogue.report.asked) == 3


def test_back_from_the_first_question_lets_the_melder_tell_more() -> None:
    dialogue = Dialogue().say(STORY).say("terug")
    assert dialogue.question == "question-story"
    assert dialogue.say("Hij gooit ook met spullen.").question == "question-place"
    assert dialogue.report.story.endswith("spullen.")


def test_back_from_the_summary_asks_the_last_question_again() -> None:
    dialogue = Dialogue().say(STORY)
    finish(dialogue, "weet ik niet")
    assert dialogue.say("terug").question == "question-anonymity"
    assert dialogue.press("Niemand, ik blijf anoniem").question == "summary-ask"
    assert dialogue.report.anonymity is Anonymity.ANONYMOUS


def test_back_does_not_lose_the_answer_that_was_given() -> None:
    dialogue = Dialogue().say(STORY).say("kerkstraat 12, ik zag een mes").say("terug")
    assert dialogue.question == "question-place"
    assert any("mes" in part.text for part in dialogue.report.parts)
    assert dialogue.say("oldenzaalsestraat 3 enschede").report.place_words == "oldenzaalsestraat 3 enschede"


def test_back_out_of_a_correction_goes_to_the_summary_with_the_old_answer() -> None:
    dialogue = Dialogue().say(STORY).say("kerkstraat 12 enschede")
    finish(dialogue, "weet ik niet")
    dialogue.press("Aanpassen").press("De plaats")
    assert dialogue.question == "question-place"
    assert dialogue.say("terug").question == "summary-ask"
    assert dialogue.report.place_words == "kerkstraat 12 enschede"


def test_unknown_at_an_empty_story_asks_for_it_once_more() -> None:
    assert Dialogue().say("/melden").say("weet ik niet").names == ("unknown-is-fine", "question-story")


@pytest.mark.parametrize("name", states())
def test_a_stale_button_shows_the_present_question(name: str) -> None:
    dialogue = Dialogue(state=states()[name]).act("d:1:buur")
    expected = {
        "asking": "question-place",
        "confirming": "summary-ask",
        "stopped": "stopped",
        "sent": "present-sent",
        "questioned": "present-sent",
        "withdrawing": "withdraw-ask",
        "code": "question-code",
    }
    assert expected.get(name, "question-story") in dialogue.names
    assert not dialogue.effects
    if name != "asking":
        return
    dialogue.press("unknown")
    assert dialogue.question == "question-role", "the fresh buttons count"


@pytest.mark.parametrize("action", ["", "x", "d:²:buur", "d:99999999999999999999:buur", "m:ack:M-1:2", "d:3:nonsense", "d:3:"])
@pytest.mark.parametrize("name", states())
def test_a_button_that_nobody_made_does_nothing(name: str, action: str) -> None:
    dialogue = Dialogue(state=states()[name]).act(action)
    assert dialogue.replies
    assert not dialogue.effects


def test_an_unknown_command_and_one_of_the_staff_get_the_same_reply() -> None:
    for name, state in states().items():
        unknown = Dialogue(state=state).say("/wachtrijj")
        staff = Dialogue(state=state).say("/wachtrij")
        assert unknown.names == staff.names == ("unknown-command",), name
        assert unknown.choices == staff.choices
        assert unknown.state == staff.state == state


@pytest.mark.parametrize(
    ("typed", "first"), [("/hulp", "/help"), ("/statsu", "/status"), ("/meld", "/melden"), ("/xyzzy", "/melden")]
)
def test_an_unknown_command_offers_what_looks_like_it(typed: str, first: str) -> None:
    dialogue = Dialogue().say(typed)
    assert dialogue.choices[0].action == f"c:{first}"
    assert 1 <= len(dialogue.choices) <= 3


def test_a_story_that_begins_with_a_slash_is_a_story() -> None:
    assert Dialogue().say("/mijn buurman schreeuwt elke nacht").report.story
