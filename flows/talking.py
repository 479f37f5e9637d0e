"""One step of a conversation with a melder: what was said is taken in and read; then, in one transaction, decided and written."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flows import effects, reading, trouble
from flows.assessment import MelderRole, Urgentie
from flows.effects import Stage
from flows.errors import Conflict
from flows.house import House
from flows.melder import answering, hearing, place
from flows.melder.states import Asking, Confirming, Idle, State, Stopped
from flows.melder.step import Add, Edit, Heard, Reply, Scene, report_of, waits
from flows.melding import Melding
from flows.messages import Choice, ConversationKey, Incoming, Kind, Moment, Outgoing, Priority, say
from flows.people import Person, Role
from flows.ports import Deadline, DeadlineKind, Talk, UnitOfWork

SILENCE = timedelta(minutes=30)
LATE = timedelta(hours=1)
DELAY = timedelta(seconds=2)


@dataclass(frozen=True, slots=True)
class Plan:
    """What was taken in, with its reading. `addition`: a sent melding with the new report."""

    heard: Heard
    scene: Scene
    addition: Melding | None = None
    fresh: Urgentie | None = None  # how these words read by themselves, where they are added to a melding


async def prepare(house: House, incoming: Incoming, talk: Talk, person: Person | None) -> Plan:
    """Everything that may take time, outside the transaction that writes."""
    scene = Scene(house.regio, house.clock(), professional=person is not None and person.role is Role.PROFESSIONAL)
    heard = hearing.hear(talk.state, incoming, scene)
    melding = await _belongs_to(house, incoming, heard)
    if melding is None and any(isinstance(effect, Add | Edit) for effect in heard.effects):
        heard = hearing.hear(_afresh(talk.state), replace(incoming, kind=_as_new(incoming)), scene)
    if melding is not None:
        return Plan(heard, scene, await _grown(house, heard, melding), await _fresh(house, incoming))
    heard = await _read(house, heard, scene)
    if person is not None and person.role is not Role.PROFESSIONAL and isinstance(talk.state, Idle):
        heard = _staff_said(talk.state, heard)
    queued = report_of(heard.state)
    return Plan(heard, scene, fresh=await _fresh(house, incoming) if queued is not None and queued.number else None)


async def _fresh(house: House, incoming: Incoming) -> Urgentie | None:
    found = await reading.read(house, incoming.text) if incoming.text.strip() else None
    return None if found is None else found.urgentie


def _staff_said(state: State, heard: Heard) -> Heard:
    """A colleague who writes something that is no command: only what is acute becomes a melding by itself."""
    report = report_of(heard.state)
    if report is None or not report.parts or report.urgentie in {None, Urgentie.ACUUT}:
        return heard
    rows = ((Choice(say("command-melden"), "c:/melden"), Choice(say("command-help"), "c:/help")),)
    return Heard(state, replies=(Reply((say("staff-hint"),), rows, collapse="staff-hint"),))


def _afresh(state: State) -> State:
    """What was said belongs to nothing that is open: it begins something new."""
    return state if isinstance(state, Asking | Confirming | Stopped) else Idle(last=state.last, greeted=True)


def _as_new(incoming: Incoming) -> Kind:
    return Kind.TEXT if incoming.kind is Kind.EDIT else incoming.kind


async def _belongs_to(house: House, incoming: Incoming, heard: Heard) -> Melding | None:
    """The open melding that an addition or an edited message is for."""
    for effect in heard.effects:
        async with house.begin() as work:
            match effect:
                case Add(number=number):
                    found = await work.meldingen.get(number)
                case Edit(message_id=message_id):
                    found = await _holding(work, incoming.conversation, heard.state.last, message_id)
                case _:
                    continue
        return found if found is not None and found.status.open else None
    return None


async def _holding(work: UnitOfWork, key: ConversationKey, last: str, message_id: str) -> Melding | None:
    """A melding of this chat, or the one of another chat that this one came to with a code."""
    sent = await work.meldingen.of_melder(key)
    open_here = await work.meldingen.get(last) if last and all(melding.number != last for melding in sent) else None
    meldingen = (*sent, open_here) if open_here is not None else sent
    return next((melding for melding in meldingen if melding.report.holds(message_id)), None)


async def _grown(house: House, heard: Heard, melding: Melding) -> Melding:
    report = melding.report
    for effect in heard.effects:
        match effect:
            case Add(part=part, files=files):
                report = replace(report.told(part) if part else report, files=(*report.files, *files))
            case Edit(message_id=message_id, text=text):
                report = report.edited(message_id, text)
            case _:
                continue
    if report.everything != melding.report.everything:
        report = report.read_as(await reading.read(house, report.everything))
    return replace(melding, report=place.placed(report, house.regio))


async def _read(house: House, heard: Heard, scene: Scene) -> Heard:
    """The heard state with its report read, where something was said that wants reading."""
    state = heard.state
    if not isinstance(state, Asking | Confirming | Stopped):
        return heard
    report = state.report
    if scene.professional and report.role is None:
        report = replace(report, role=MelderRole.PROFESSIONAL)
    if heard.to_read and report.everything.strip():
        report = report.read_as(await reading.read(house, report.everything))
    return replace(heard, state=replace(state, report=report))


async def carry_on(work: UnitOfWork, house: House, incoming: Incoming, talk: Talk, plan: Plan) -> None:
    """Decide and write, in the caller's transaction. Raises Conflict when the conversation moved while we read."""
    now = house.clock()
    present = await work.conversations.load(incoming.conversation)
    if present.version != talk.version:
        raise Conflict("the conversation moved")
    step = answering.answer(plan.heard, plan.scene)
    stage = Stage(work, house, incoming.conversation, now, plan.addition, plan.fresh)
    state, more = await effects.carry_out(stage, step.state, step.effects)
    await _expect_files(work, incoming, now)
    await work.conversations.save(replace(talk, state=state, blocked=False))
    await _watch(work, incoming.conversation, talk.state, state, now)
    replies = await _with_age(work, house, incoming, (*step.replies, *more), now)
    messages = (outgoing(incoming, reply, now, first=i == 0) for i, reply in enumerate(replies))
    await work.outbox.add(*messages, now=now)


async def _with_age(
    work: UnitOfWork, house: House, incoming: Incoming, replies: tuple[Reply, ...], now: datetime
) -> tuple[Reply, ...]:
    """After an outage: the melder reads that we come late, the desk hears once an hour that we were away (failure 24)."""
    if not replies or now - incoming.at < LATE:
        return replies
    if await work.limits.hit("alarm:late", now, window=LATE, most=1):
        await trouble.alarm(work, house, say("alarm-late", at=Moment(incoming.at)), now)
    first = replace(replies[0], text=(*replies[0].text, say("late-reading", at=Moment(incoming.at))))
    return (first, *replies[1:])


async def _expect_files(work: UnitOfWork, incoming: Incoming, now: datetime) -> None:
    for index, attachment in enumerate(incoming.attachments):
        await work.files.expect(hearing.file_id(incoming, index), incoming.conversation, attachment, now)


async def _watch(work: UnitOfWork, key: ConversationKey, before: State, after: State, now: datetime) -> None:
    """A story whose melder falls silent is offered to the queue; the term starts again with everything they say."""
    if waits(after):
        await work.deadlines.set(Deadline(DeadlineKind.DRAFT, key.lane, now + SILENCE))
    elif waits(before):
        await work.deadlines.clear(DeadlineKind.DRAFT, key.lane)


def outgoing(incoming: Incoming, reply: Reply, now: datetime, *, first: bool = True) -> Outgoing:
    """A reply on its way; the first one answers the pressed button."""
    return Outgoing(
        incoming.conversation,
        reply.text,
        reply.choices,
        Priority.ALARM if reply.alarm else Priority.REPLY,
        not_before=now + DELAY if reply.delayed else None,
        ask_location=reply.ask_location,
        collapse=reply.collapse,
        resend_when_unknown=reply.alarm,
        callback_id=incoming.callback_id if first else "",
    )
