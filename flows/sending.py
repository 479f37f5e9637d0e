"""Use cases of the melder: send the report, add to it, edit what was sent. Inside the step's transaction."""

from datetime import datetime

from flows import entering, notices
from flows.assessment import Urgentie
from flows.errors import Conflict
from flows.house import House
from flows.melder import answering
from flows.melder.states import Sent, State
from flows.melder.step import Add, Reply
from flows.melding import EventKind, Melding
from flows.messages import ConversationKey, Moment, Text, say
from flows.ports import UnitOfWork
from flows.report import Report

CODE_DIGITS = 16


async def send(
    work: UnitOfWork, house: House, report: Report, key: ConversationKey, now: datetime
) -> tuple[State, tuple[Reply, ...]]:
    """The melder confirmed: one melding, its number, and a follow-up code that is shown once."""
    waiting = await work.meldingen.get(report.number) if report.number else None
    if waiting is not None and waiting.status.open:
        melding = await entering.revise(work, house, waiting, report, now, EventKind.COMPLETED)
    else:
        melding = await entering.enter(work, house, report, key, now, unfinished=False)
    code = house.digits(CODE_DIGITS)
    await work.meldingen.set_follow_code(melding.number, code)
    spaced = " ".join(code[i : i + 4] for i in range(0, CODE_DIGITS, 4))
    texts = (
        say("receipt", number=melding.number, code=spaced),
        when(house, melding, now),
        say("receipt-worse"),
        say("receipt-later"),
    )
    return Sent(last=melding.number), (Reply(texts),)


def when(house: House, melding: Melding, now: datetime) -> Text:
    """Who reads it when, in words that can be kept."""
    if melding.acute or melding.urgentie is None:
        return say("when-now")
    if melding.urgentie in house.regio.auto_assign and melding.gemeente:
        return say("when-asked")
    return say("when-read", due=Moment(house.first_look_due(melding.urgentie, now)))


async def add(
    work: UnitOfWork,
    house: House,
    state: State,
    addition: Add,
    grown: Melding | None,
    now: datetime,
    fresh: Urgentie | None = None,
) -> tuple[State, tuple[Reply, ...]]:
    """`grown` is the melding with the new report, not saved yet. Raises Conflict when the melding moved since it was read."""
    if grown is None:
        return state, ()
    before = await _unmoved(work, grown)
    kind = EventKind.ANSWERED if addition.question else EventKind.REVISED
    saved = await entering.revise(work, house, before, grown.report, now, kind, fresh=fresh)
    if addition.question:
        await _tell_asker(work, house, saved, now)
    thanks = "answer-kept" if addition.question else "added"
    return state, _thanks(before, saved, say(thanks, number=saved.number))


async def _unmoved(work: UnitOfWork, grown: Melding) -> Melding:
    """As it stands now. What somebody else added meanwhile must not be written over."""
    present = await work.meldingen.get(grown.number)
    if present is None or present.version != grown.version:
        raise Conflict("the melding moved")
    return present


def _thanks(before: Melding, saved: Melding, thanks: Text) -> tuple[Reply, ...]:
    """What became acute has its card before the thanks."""
    rose = saved.urgentie is Urgentie.ACUUT and before.urgentie is not Urgentie.ACUUT
    card = (answering.card(saved.report),) if rose else ()
    return (*card, Reply((thanks,), collapse="added"))


async def _tell_asker(work: UnitOfWork, house: House, melding: Melding, now: datetime) -> None:
    people = await work.people.all(melding.regio)
    holders = {melding.owner, melding.looker}
    told = tuple(p for p in people if p.id in holders and p.reachable) or notices.desk(people)
    await work.outbox.add(*notices.told(melding, told, "answered-told"), now=now)


async def edit(
    work: UnitOfWork, house: House, state: State, changed: Melding | None, now: datetime, fresh: Urgentie | None = None
) -> tuple[State, tuple[Reply, ...]]:
    if changed is None:
        return state, ()
    before = await _unmoved(work, changed)
    saved = await entering.revise(work, house, before, changed.report, now, fresh=fresh)
    return state, _thanks(before, saved, say("edited-sent", number=saved.number))
