"""The melder's dialogue as a person has it: journeys, the words that always work, and what happens beside the road."""

from dataclasses import replace

import pytest

from flows.assessment import Locatie, MelderRole, Topic, Urgentie
from flows.melder.states import Asking, Confirming, GivingCode, Idle, Sent, State, Stopped, Withdrawing
from flows.melder.step import Add, Edit, Look, Offer, Send, UseCode, Withdraw
from flows.messages import Kind
from flows.report import Anonymity, Part, Report
from tests.builders import ENSCHEDE, JOURNEY, NOW, NUMBER, Dialogue, assessment, at_question, reads_journey

STORY = "Mijn buurman schreeuwt elke nacht tegen de muur."
QUESTIONS = 6


def told(**more: object) -> Report:
    return Report(parts=(Part("s", STORY, NOW),), reading=assessment(), **more)  # type: ignore[arg-type]


def states() -> dict[str, State]:
    """One of every kind."""
    return {
        "new": Idle(),
        "idle": Idle(last=NUMBER, greeted=True),
        "asking": Asking(report=replace(told(), asked=(Topic.PLACE,)), topic=Topic.PLACE, serial=3),
        "confirming": Confirming(report=replace(told(), asked=(Topic.PLACE, Topic.ROLE)), serial=4),
        "stopped": Stopped(report=told(), serial=5),
        "sent": Sent(last=NUMBER),
        "questioned": Sent(last=NUMBER, question=NUMBER),
        "withdrawing": Withdrawing(last=NUMBER, serial=6),
        "code": GivingCode(),
    }


def finish(dialogue: Dialogue, word: str) -> list[str]:
    """Every question that came, until the summary, each answered with this."""
    asked = [dialogue.question]
    while not isinstance(dialogue.state, Confirming):
        assert len(asked) < 12, asked
        asked.append(dialogue.say(word).question)
    return asked


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


# --- the words and buttons that always work


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


# --- text where a button is expected


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


# --- the other counter, greetings, places


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


# --- after sending


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


# --- what looks like nothing


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
