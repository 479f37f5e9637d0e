"""Use case: ask the next person on the ladder, and set the term in which they have to answer."""

from dataclasses import replace
from datetime import datetime

from flows import notices
from flows.house import House
from flows.melding import Event, EventKind, Melding, Status
from flows.people import Person
from flows.ports import Deadline, DeadlineKind, UnitOfWork
from flows.regie import ladder


async def ask(work: UnitOfWork, house: House, melding: Melding, start: int, now: datetime, *events: Event) -> Melding:
    """Ask the people on the first rung from `start` where somebody can be reached. Saves the melding with `events` before."""
    rung = ladder.climb(start, melding.gemeente, await work.people.all(melding.regio))
    return await _asked(work, house, melding, rung, now, *events)


async def ask_person(work: UnitOfWork, house: House, melding: Melding, person: Person, now: datetime, *events: Event) -> Melding:
    """Ask this one. Who cannot be reached is skipped at once."""
    if not person.reachable:
        return await ask(work, house, melding, 0, now, *events, _skipped(person, now))
    return await _asked(work, house, melding, ladder.Rung(0, (person,), ()), now, *events)


async def _asked(work: UnitOfWork, house: House, melding: Melding, rung: ladder.Rung, now: datetime, *events: Event) -> Melding:
    due = house.acknowledge_due(melding.urgentie, now)
    happened = [_skipped(person, now) for person in rung.skipped if person.id not in melding.asked]
    names = ", ".join(person.label for person in rung.asked)
    kind = EventKind.CLIMBED if rung.rung > 0 else EventKind.ASSIGNED
    happened.append(Event(kind, now, detail={"rung": str(rung.rung), "asked": names, "due": due.isoformat()}))
    moved = replace(
        melding,
        status=Status.ASSIGNED,
        owner=None,
        asked=tuple(person.id for person in rung.asked),
        rung=rung.rung,
        due_at=due,
    )
    saved = await work.meldingen.save(moved, *events, *happened)
    await work.deadlines.clear(DeadlineKind.FIRST_LOOK, saved.number)
    await work.deadlines.set(Deadline(DeadlineKind.ACKNOWLEDGE, saved.number, due, rung.rung))
    for person in rung.asked:
        await work.outbox.add(*notices.assigned(saved, person, due, now, house), now=now)
    return saved


def _skipped(person: Person, now: datetime) -> Event:
    why = "off-duty" if not person.on_duty else "no-chat"
    return Event(EventKind.SKIPPED, now, detail={"who": person.label, "why": why})
