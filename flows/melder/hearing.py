"""Takes in what a melder says: into the draft, never lost. Pure; what is said back is decided in `answering`."""

import hashlib
from dataclasses import replace

from flows import actions
from flows.assessment import Topic, Urgentie
from flows.melder import asked, commands, pressing, understand
from flows.melder.states import Asking, Confirming, GivingCode, Idle, Sent, State, Stopped, Withdrawing
from flows.melder.step import Add, Edit, Heard, Reply, Scene, Send, UseCode, Withdraw, report_of
from flows.messages import Incoming, Kind, Text, say
from flows.report import File, Part, Report

STORY_WORDS = 4  # an unknown command with this many words is a story that happens to begin with a slash


def hear(state: State, said: Incoming, scene: Scene) -> Heard:
    """What was said, taken in. Any kind, in any state."""
    report = report_of(state)
    known = report is not None and report.reading is not None and report.reading.suicide
    return replace(_heard(state, said, scene), suicide_known=known)


def _heard(state: State, said: Incoming, scene: Scene) -> Heard:
    match said.kind:
        case Kind.TEXT:
            return _text(state, said, scene)
        case Kind.CHOICE:
            return _choice(state, said, scene)
        case Kind.EDIT:
            return _edit(state, said)
        case Kind.ATTACHMENT:
            return _attachment(state, said)
        case Kind.LOCATION:
            return _location(state, said)
        case Kind.STICKER:
            return Heard(state, replies=(Reply((say("sticker"),), collapse="sticker"),))
        case Kind.GROUP:
            return Heard(state, replies=(Reply((say("group"),), collapse="group"),))
        case Kind.BLOCKED | Kind.UNBLOCKED | Kind.MIGRATED | Kind.IGNORED:
            return Heard(state)


def cleaned(text: str) -> str:
    """As it is kept: NUL and lone surrogates cannot be stored; everything else stays as the melder wrote it."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _part(said: Incoming, topic: Topic | None = None) -> Part:
    return Part(said.message_id, cleaned(said.text), said.at, topic)


def _text(state: State, said: Incoming, scene: Scene) -> Heard:
    text = cleaned(said.text)
    short = understand.plain(text)
    if not text.strip() or (not short and not text.strip(" .!?,;:'\"\n\t").isprintable()):
        return Heard(state, replies=(Reply((say("nothing-said"),), collapse="nothing-said"),))
    if text.lstrip().startswith("/") and (command := commands.find(text)):
        return commands.run(command, state, scene)
    if text.lstrip().startswith("/") and len(text.split()) < STORY_WORDS:
        return Heard(state, replies=(commands.unknown(text),))
    if word := understand.word(text):
        return asked.word(word, state, said)
    if understand.greeting(text) and _nothing_told(state):
        return commands.greet(state, scene)
    return told(state, said)


def _nothing_told(state: State) -> bool:
    return isinstance(state, Idle) or (isinstance(state, Asking) and state.report == Report())


def told(state: State, said: Incoming) -> Heard:
    """Free text: an answer where one is waited for, else part of the story."""
    match state:
        case Idle(last=last):
            report = Report().told(_part(said))
            return Heard(Asking(report=report, last=last), aside=_hello(state), to_read=True, go_on=True)
        case Asking(topic=Topic() as topic):
            return asked.answer(state, topic, _part(said))
        case Asking(report=report) if report.urgentie is Urgentie.GEEN and understand.insists(said.text):
            return pressing.insisted(state)
        case Asking():
            return Heard(replace(state, report=state.report.told(_part(said))), to_read=True, go_on=True)
        case Confirming():
            return _on_summary(state, said)
        case Stopped():
            return _on_stopped(state, said)
        case Sent(last=last, question=question):
            part = replace(_part(said), answer=bool(question))
            return Heard(replace(state, question=""), effects=(Add(question or last, part, question=question),), to_read=True)
        case Withdrawing():
            return _on_withdrawing(state, said)
        case GivingCode():
            return _on_code(state, said)


def _hello(state: State) -> tuple[Text, ...]:
    """Who writes without /start reads first what this is."""
    return (say("opening-short"),) if isinstance(state, Idle) and not state.greeted else ()


def _on_stopped(state: Stopped, said: Incoming) -> Heard:
    if understand.yes(said.text):
        return Heard(Sent(), effects=(Send(state.report),))
    if understand.throw(said.text):
        return pressing.thrown_away(state)
    if understand.no(said.text) or understand.drop(said.text):
        return asked.stop(state)
    report = state.report.told(_part(said))
    return Heard(Asking(report=report, serial=state.serial, last=state.last), to_read=True, go_on=True)


def _on_summary(state: Confirming, said: Incoming) -> Heard:
    if understand.yes(said.text):
        return Heard(Sent(), effects=(Send(state.report),))
    if understand.drop(said.text) or understand.throw(said.text):
        return asked.stop(state)
    if understand.no(said.text) or understand.change(said.text):
        return pressing.change_menu(state)
    return Heard(replace(state, report=state.report.told(_part(said))), to_read=True, go_on=True)


def _on_withdrawing(state: Withdrawing, said: Incoming) -> Heard:
    if understand.yes(said.text):
        return Heard(Sent(last=state.last), effects=(Withdraw(state.last),))
    if understand.no(said.text):
        return Heard(Sent(last=state.last), replies=(Reply((say("withdraw-kept"),)),))
    return Heard(Sent(last=state.last), effects=(Add(state.last, _part(said)),), to_read=True)


def _on_code(state: GivingCode, said: Incoming) -> Heard:
    if code := understand.code(said.text):
        return Heard(state, effects=(UseCode(code, state.purpose),))
    if understand.no_code(said.text):
        return asked.unknown(state, said)
    if understand.like_code(said.text):
        return Heard(state, replies=(Reply((say("code-unclear"),)),))
    return told(Idle(last=state.last, greeted=True), said)


def _choice(state: State, said: Incoming, scene: Scene) -> Heard:
    match actions.parse(said.action):
        case actions.Command(text=text):
            return _text(state, replace(said, kind=Kind.TEXT, text=text), scene)
        case actions.InDialogue() as pressed:
            return pressing.press(state, pressed, said)
        case _:
            return pressing.stale(state)


def _edit(state: State, said: Incoming) -> Heard:
    report = report_of(state)
    if report is not None and report.holds(said.message_id) and not isinstance(state, Idle | Sent | Withdrawing | GivingCode):
        changed = replace(state, report=report.edited(said.message_id, cleaned(said.text)))
        return Heard(changed, aside=(say("edited"),), to_read=True, go_on=True, repeat=True)
    return Heard(state, effects=(Edit(said.message_id, cleaned(said.text)),), to_read=True)


def file_id(said: Incoming, index: int) -> str:
    """The same file of the same message always gets the same id: hearing twice is normal."""
    return hashlib.sha256(f"{said.conversation.lane}:{said.message_id}:{index}".encode()).hexdigest()[:32]


def _attachment(state: State, said: Incoming) -> Heard:
    files = tuple(File(file_id(said, i), a.soort, cleaned(a.name)) for i, a in enumerate(said.attachments))
    part = _part(said) if said.text.strip() else None
    if isinstance(state, Sent | Withdrawing):
        asked_for = state.question if isinstance(state, Sent) else ""
        added = Add(asked_for or state.last, part, files, asked_for)
        return Heard(Sent(last=state.last), effects=(added,), to_read=part is not None)
    report = report_of(state) or Report()
    report = replace(report, files=(*report.files, *files))
    report = report.told(part) if part else report
    aside = (*_hello(state), say("file-kept"))
    return Heard(_resumed(state, report), aside=aside, to_read=part is not None, go_on=True, repeat=True)


def _location(state: State, said: Incoming) -> Heard:
    if isinstance(state, Sent | Withdrawing) and said.location:
        words = f"Locatie: {said.location.latitude:.5f}, {said.location.longitude:.5f}"
        part = Part(said.message_id, words, said.at, Topic.PLACE)
        asked_for = state.question if isinstance(state, Sent) else ""
        added = Add(asked_for or state.last, part, question=asked_for)
        return Heard(Sent(last=state.last), effects=(added,), to_read=True)
    report = replace(report_of(state) or Report(), location=said.location)
    return Heard(_resumed(state, report), aside=(*_hello(state), say("location-kept")), go_on=True)


def _resumed(state: State, report: Report) -> State:
    """The same dialogue with this report; one begins when none was going on."""
    match state:
        case Asking() | Confirming():
            return replace(state, report=report)
        case Stopped(serial=serial):
            return Asking(report=report, serial=serial, last=state.last)
        case _:
            return Asking(report=report, last=state.last)
