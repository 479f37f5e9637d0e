"""Use cases: what a melder told enters the queue, grows there, rises, or is withdrawn. Runs inside the step's transaction."""

from dataclasses import replace
from datetime import datetime

from flows import notices
from flows.assessment import Urgentie, most_urgent
from flows.house import House
from flows.melding import Event, EventKind, Melding, Status
from flows.messages import ConversationKey
from flows.people import Person
from flows.ports import Deadline, DeadlineKind, UnitOfWork
from flows.regie import climb
from flows.report import Report


async def enter(
    work: UnitOfWork, house: House, report: Report, key: ConversationKey, now: datetime, *, unfinished: bool
) -> Melding:
    """A new melding in the queue, with the people told that this urgentie asks for."""
    due = house.first_look_due(report.urgentie, now)
    melding = Melding(
        "",
        house.regio.key,
        Status.NEW,
        report,
        key,
        now,
        unfinished=unfinished,
        urgentie=report.urgentie,
        gemeente=report.gemeente,
        due_at=due,
    )
    events = [Event(EventKind.RECEIVED, now, detail=_proposal(report))]
    if unfinished:
        events.append(Event(EventKind.UNFINISHED, now))
    saved = await work.meldingen.add(melding, *events)
    await work.deadlines.set(Deadline(DeadlineKind.FIRST_LOOK, saved.number, due))
    return await _call(work, house, saved, now)


def _proposal(report: Report) -> dict[str, str]:
    """Proposal and decision are both kept."""
    if report.reading is None:
        return {"urgentie": "unread"}
    return {"urgentie": str(report.urgentie or "unread"), "model": report.reading.model}


async def _call(work: UnitOfWork, house: House, melding: Melding, now: datetime) -> Melding:
    """Tell who must know at once: the desk of what is acute or unread, the ladder of what is assigned by itself."""
    people = await work.people.all(melding.regio)
    urgent = melding.acute or melding.urgentie is None
    if urgent:
        await work.outbox.add(*notices.alarm(melding, people, house), now=now)
        await work.meldingen.note(melding.number, Event(EventKind.ALARM, now, detail={"told": _names(notices.desk(people))}))
    by_itself = melding.urgentie in house.regio.auto_assign
    if by_itself and (melding.gemeente or melding.acute):
        return await climb.ask(work, house, melding, 0, now)
    if not urgent and melding.urgentie is Urgentie.SPOED:
        await work.outbox.add(*notices.arrival(melding, people, house), now=now)
    return melding


def _names(people: tuple[Person, ...]) -> str:
    return ", ".join(person.label for person in people)


async def revise(
    work: UnitOfWork,
    house: House,
    melding: Melding,
    report: Report,
    now: datetime,
    kind: EventKind = EventKind.REVISED,
    *,
    fresh: Urgentie | None = None,
) -> Melding:
    """The melder said more; `fresh` is how the new words read by themselves. The urgentie may rise, never fall. What a person
    decided is raised only by what is new: the same old words do not undo it."""
    before = melding.urgentie
    after = _risen(melding, report, fresh)
    moved = replace(
        melding,
        report=report,
        urgentie=after,
        unfinished=melding.unfinished and kind is not EventKind.COMPLETED,
        gemeente=melding.gemeente or report.gemeente,
    )
    rises = before is not None and after is not None and after.rank < before.rank
    if rises:
        due = house.first_look_due(after, now)
        moved = replace(moved, due_at=min(due, moved.due_at or due))
        if moved.status is Status.NEW:
            await work.deadlines.set(Deadline(DeadlineKind.FIRST_LOOK, moved.number, moved.due_at or due))
    saved = await work.meldingen.save(moved, Event(kind, now, detail={"urgentie": str(after or "unread")}))
    await _tell_holders(work, saved, now, rises=rises)
    newly_placed = bool(saved.gemeente) and not melding.gemeente
    newly_read = before is None and after is not None
    waits = saved.status in {Status.NEW, Status.LOOKED_AT}
    news = rises or (newly_read and saved.acute) or ((newly_read or newly_placed) and waits)
    return await _call(work, house, saved, now) if news and not await _held(work, saved) else saved


async def _held(work: UnitOfWork, melding: Melding) -> bool:
    """Somebody has it who can be reached now. Who went off duty with it does not hear that it became acute."""
    owner = await work.people.get(melding.owner) if melding.owner is not None else None
    return owner is not None and owner.reachable


def _risen(melding: Melding, report: Report, fresh: Urgentie | None) -> Urgentie | None:
    if melding.urgentie is None:
        return report.urgentie
    known = melding.report.urgentie
    news = report.urgentie
    if melding.decided and news is not None and known is not None and news.rank >= known.rank:
        news = None
    return most_urgent(melding.urgentie, *(level for level in (news, fresh if melding.decided else None) if level is not None))


async def _tell_holders(work: UnitOfWork, melding: Melding, now: datetime, *, rises: bool) -> None:
    """Who has it, looks at it or was asked, hears that there is more."""
    name = "risen" if rises else "more"
    for person_id in dict.fromkeys(p for p in (melding.owner, melding.looker) if p is not None):
        person = await work.people.get(person_id)
        if person is not None:
            await work.outbox.add(*notices.told(melding, (person,), name), now=now)


async def withdraw(work: UnitOfWork, house: House, melding: Melding, now: datetime) -> bool:
    """False: it is acute or nobody read it yet, so a person decides; the wish is told. The machine lowers nothing acute."""
    people = await work.people.all(melding.regio)
    serious = melding.acute or melding.urgentie is None
    wish = Event(EventKind.WITHDRAWN, now, detail={"by": "melder", "granted": "no" if serious else "yes"})
    told = [p for p in people if p.id in (*melding.asked, melding.owner, melding.looker) and p.reachable]
    if serious:
        await work.meldingen.note(melding.number, wish)
        await work.outbox.add(*notices.told(melding, told or notices.desk(people), "withdraw-wish"), now=now)
        return False
    saved = await work.meldingen.save(replace(melding, status=Status.WITHDRAWN, due_at=None, asked=()), wish)
    for kind in (DeadlineKind.ACKNOWLEDGE, DeadlineKind.FIRST_LOOK):
        await work.deadlines.clear(kind, melding.number)
    await work.outbox.add(*notices.told(saved, told, "withdrawn-told"), now=now)
    return True
