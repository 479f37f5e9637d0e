"""Anything may be said in any order, however it is read: nothing breaks or disappears, and one thing is asked at a time."""

import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import actions
from flows.assessment import Assessment, Betreft, Locatie, MelderRole, Topic, Urgentie
from flows.melder import commands, hearing, understand
from flows.melder.states import Asking, Confirming, GivingCode, Idle, Sent, State, Stopped, Withdrawing
from flows.melder.step import Add, Edit, Effect, Offer, Send, report_of
from flows.messages import Attachment, Incoming, Kind, Location
from flows.report import Part, Report
from tests.builders import ENSCHEDE, NOW, Dialogue, assessment, incoming, questions_in

MOST_ASKED = 5  # and the summary
READINGS: tuple[Assessment | None, ...] = (
    None,
    assessment(Urgentie.GEEN),
    assessment(Urgentie.ACUUT),
    assessment(Urgentie.SPOED, role=MelderRole.BUUR, said=(Topic.ROLE, Topic.SINCE), locatie=ENSCHEDE),
    assessment(Urgentie.REGULIER, role=MelderRole.WIJKAGENT),
    assessment(Urgentie.REGULIER, locatie=Locatie(gemeente="Amsterdam")),
    assessment(Urgentie.ADVIES, betreft=Betreft.ZELF),
    assessment(Urgentie.REGULIER),
    assessment(Urgentie.REGULIER),
)
WORDS = (
    "mijn buurman schreeuwt elke nacht",
    "hij heeft een mes",
    "kerkstraat 12 enschede",
    "ik ben de buurvrouw",
    "zijn moeder",
    "liever anoniem",
    "06-12345678",
    "hallo",
    "ja",
    "nee",
    "aanpassen",
    "weggooien",
    "niet versturen",
    "weet ik niet",
    "stop",
    "terug",
    "112",
    "4821 0937 5566 1204",
    "482109",
    "geen code",
    "\0",
    "\u200b",
    "\N{FACE SCREAMING IN FEAR}" * 40,
    "جاري يصرخ كل ليلة",
    "/wachtrij",
    "/mijn buurman schreeuwt nu",
    "dit is een veel langer antwoord dat nergens een antwoord op is",
    *(f"/{name}" for name in commands.COMMANDS),
)
VALUES = (
    "buur",
    "unknown",
    "back",
    "send",
    "change",
    "drop",
    "change-place",
    "change-story",
    "throw",
    "yes",
    "no",
    "calm",
    "insist",
)

TEXTS = st.sampled_from(WORDS) | st.sampled_from(WORDS) | st.sampled_from(WORDS) | st.text(max_size=40)
PRESSED = (
    st.integers(0, 5).map(lambda index: ("press", index))  # a button that is shown now
    | st.builds(lambda serial, value: ("act", f"d:{serial}:{value}"), st.integers(0, 30), st.sampled_from(VALUES))
    | st.builds(lambda text: ("act", f"c:{text}"), st.sampled_from(WORDS))
    | st.text(max_size=20).map(lambda text: ("act", text))
)
SAID = TEXTS.map(lambda text: ("text", text))
OTHER = (
    st.builds(lambda at, text: ("edit", (at, text)), st.integers(1, 6), TEXTS)
    | TEXTS.map(lambda text: ("attach", text))
    | st.sampled_from([("locate", (52.22, 6.89)), ("locate", (52.37, 4.9))])
    | st.sampled_from([("kind", kind) for kind in (Kind.STICKER, Kind.GROUP, Kind.BLOCKED, Kind.UNBLOCKED, Kind.IGNORED)])
)
TOLD = Report(parts=(Part("s", "Zij roept elke nacht.", NOW),), reading=assessment(), asked=(Topic.PLACE,))
BEGINNINGS: tuple[State, ...] = (
    Idle(),
    Asking(report=TOLD, topic=Topic.ROLE, serial=1, correcting=True),
    Confirming(report=TOLD, serial=1),
    Stopped(report=TOLD, serial=1),
    Sent(last="M-2026-000009"),
    Sent(last="M-2026-000009", question="M-2026-000009"),
    Withdrawing(last="M-2026-000009", serial=1),
    GivingCode(),
)
STEPS = st.lists(SAID | SAID | PRESSED | PRESSED | OTHER, max_size=25)


def made(step: tuple[str, object], dialogue: Dialogue, count: int) -> Incoming:
    match step:
        case ("press", int(index)) if dialogue.choices:
            action = dialogue.choices[index % len(dialogue.choices)].action
            return incoming(kind=Kind.CHOICE, action=action, message_id=str(count))
        case ("press", _):
            return incoming(kind=Kind.CHOICE, action="d:0:none", message_id=str(count))
        case ("act", str(action)):
            return incoming(kind=Kind.CHOICE, action=action, message_id=str(count))
        case ("edit", (int(at), str(text))):
            return incoming(text, kind=Kind.EDIT, message_id=str(at))
        case ("attach", str(text)):
            return incoming(text, kind=Kind.ATTACHMENT, attachments=(Attachment("photo", "ref"),), message_id=str(count))
        case ("locate", (float(latitude), float(longitude))):
            return incoming(kind=Kind.LOCATION, location=Location(latitude, longitude), message_id=str(count))
        case ("kind", Kind() as kind):
            return incoming(kind=kind, message_id=str(count))
        case (_, text):
            return incoming(str(text), message_id=str(count))


def is_control(text: str, state: State) -> bool:
    """These words steer; they are no content."""
    if not any(c.isalnum() for c in text) or understand.word(text):
        return True
    if text.lstrip().startswith("/") and (commands.find(text) or len(text.split()) < hearing.STORY_WORDS):
        return True
    steers = (understand.yes, understand.no, understand.drop, understand.throw, understand.change, understand.insists)
    match state:
        case Confirming() | Stopped() | Withdrawing():
            return any(steer(text) for steer in steers)
        case GivingCode():
            return understand.no_code(text) or sum(c.isdigit() for c in text) >= 6
        case Idle():
            return understand.greeting(text)
        case Asking(report=report):
            return (report == Report() and understand.greeting(text)) or understand.insists(text)
        case _:
            return False


def held(state: State, effects: tuple[Effect, ...]) -> set[str]:
    """Everything that is kept now: in the draft, or handed to a melding."""
    texts: set[str] = set()
    reports = [report_of(state), *(effect.report for effect in effects if isinstance(effect, Send))]
    parts = [part for report in reports if report for part in report.parts]
    parts.extend(effect.part for effect in effects if isinstance(effect, Add) and effect.part)
    for part in parts:
        texts |= {part.text, *part.earlier}
    return texts | {effect.text for effect in effects if isinstance(effect, Edit)}


def may_go(before: State, said: Incoming) -> bool:
    """The melder threw it away; or it stands in the queue, where every change of it was followed."""
    report = report_of(before)
    thrown = isinstance(before, Stopped) and (said.action.endswith(":throw") or understand.throw(said.text or said.action[2:]))
    return thrown or bool(report and report.number)


def content(report: Report | None) -> object:
    return report and (report.parts, report.files, report.location, report.role, report.anonymity)


def check_kept(before: State, said: Incoming, dialogue: Dialogue) -> None:
    now = held(dialogue.state, dialogue.step_effects)
    if said.kind in {Kind.TEXT, Kind.EDIT, Kind.ATTACHMENT}:
        text = hearing.cleaned(said.text)
        steers = said.kind is Kind.TEXT and is_control(text, before)
        assert steers or not text.strip() or not any(c.isalnum() for c in text) or text in now
    if not may_go(before, said):
        assert held(before, ()) - now <= {""}
    after = report_of(dialogue.state)
    if after and after.number and not isinstance(dialogue.state, Stopped) and content(after) != content(report_of(before)):
        assert Offer() in dialogue.step_effects


def check_reply(said: Incoming, dialogue: Dialogue) -> None:
    silent = {Kind.BLOCKED, Kind.UNBLOCKED, Kind.MIGRATED, Kind.IGNORED}
    assert dialogue.replies or dialogue.step_effects or said.kind in silent
    assert len(questions_in(dialogue.names)) <= 1
    for reply in dialogue.replies:
        assert sum(len(row) for row in reply.choices) <= 6
        assert all(len(row) <= 2 or reply.collapse == "unknown-command" for row in reply.choices)
        for row in reply.choices:
            assert all(len(choice.action.encode()) <= 64 and actions.parse(choice.action) for choice in row)
    report = report_of(dialogue.state)
    if report is not None:
        assert len(report.asked) <= MOST_ASKED
        if report.urgentie is Urgentie.ACUUT and not isinstance(dialogue.state, Stopped):
            assert report.carded


@settings(max_examples=800, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(BEGINNINGS), STEPS, st.integers(0, 1000), st.booleans())
def test_whatever_is_said_and_however_it_is_read(
    beginning: State, steps: list[tuple[str, object]], seed: int, professional: bool
) -> None:
    def read(text: str) -> Assessment | None:
        return READINGS[zlib.crc32(f"{seed}{text}".encode("utf-8", "replace")) % len(READINGS)]

    dialogue = Dialogue(read, state=beginning, professional=professional)
    for count, step in enumerate(steps, 1):
        before = dialogue.state
        said = made(step, dialogue, count)
        dialogue.take(said)
        check_kept(before, said, dialogue)
        check_reply(said, dialogue)
        card = [name for name in dialogue.names if name == "card-112"]
        assert not card or dialogue.names[0] == "card-112"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS) | st.text(min_size=1), min_size=1, max_size=15))
def test_what_the_melder_reads_always_has_words(texts: list[str]) -> None:
    dialogue = Dialogue(lambda text: READINGS[len(text) % len(READINGS)])
    for text in texts:
        dialogue.say(text)
        assert dialogue.reads.strip() or dialogue.step_effects
        assert dialogue.state is not None


@pytest.mark.parametrize("beginning", BEGINNINGS, ids=lambda state: state.kind)
@pytest.mark.parametrize("action", [False, True], ids=["typed", "pressed"])
def test_every_word_in_every_state(beginning: State, action: bool) -> None:
    for word in WORDS:
        for reading in READINGS:
            dialogue = Dialogue(lambda _, reading=reading: reading, state=beginning)  # type: ignore[misc]
            said = made(("act", f"c:{word}") if action else ("text", word), dialogue, 1)
            dialogue.take(said)
            check_kept(beginning, said, dialogue)
            check_reply(said, dialogue)
