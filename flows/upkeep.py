"""Use case: time passed. One due term at a time, each in a transaction of its own: taken, acted on, and set again if needed."""

import logging
from dataclasses import replace
from datetime import timedelta

from flows import effects, notices, trouble
from flows.effects import Stage
from flows.errors import Conflict, StorageAway
from flows.house import House
from flows.melder.states import Asking, Confirming
from flows.melder.step import waits
from flows.melding import Event, EventKind, Status
from flows.messages import ConversationKey, Outgoing, say
from flows.ports import Deadline, DeadlineKind, UnitOfWork
from flows.regie import climb

log = logging.getLogger(__name__)

PUT_OFF = timedelta(minutes=5)
AGAIN = timedelta(hours=1)  # one alarm an hour about the same thing


async def tick(house: House, *, most: int = 100) -> int:
    """Act on what is due; how many terms there were. Any replica may tick; the table decides who acts."""
    for done in range(most):
        try:
            if not await _one(house):
                return done
        except Conflict:
            log.info("a term moved while it was acted on; next tick")
            return done
    return most


async def _one(house: House) -> bool:
    due = None
    try:
        async with house.begin() as work:
            due = await work.deadlines.take_due(house.clock())
            if due is None:
                return False
            await _act(work, house, due)
            await work.commit()
    except (Conflict, StorageAway):
        raise
    except Exception as problem:
        if due is None:
            raise
        # Without its words: they may quote a story.
        log.error("a term cannot be acted on: %s, %s", due.kind, type(problem).__name__)  # noqa: TRY400
        await _put_off(house, due)
    return True


async def _act(work: UnitOfWork, house: House, due: Deadline) -> None:
    match due.kind:
        case DeadlineKind.DRAFT:
            await _offer_silent(work, house, due)
        case DeadlineKind.ACKNOWLEDGE:
            await _escalate(work, house, due)
        case DeadlineKind.FIRST_LOOK:
            await _remind(work, house, due)


async def _put_off(house: House, due: Deadline) -> None:
    """A term that always fails must not stand before all others: it waits, and a person hears that something stands still."""
    async with house.begin() as work:
        now = house.clock()
        await work.deadlines.set(replace(due, due_at=now + PUT_OFF))
        if await work.limits.hit("alarm:alarm-stuck", now, window=AGAIN, most=1):
            await trouble.alarm(work, house, say("alarm-stuck"), now)
        await work.commit()


async def _offer_silent(work: UnitOfWork, house: House, due: Deadline) -> None:
    key = ConversationKey.of_lane(due.subject)
    talk = await work.conversations.load(key)
    if not waits(talk.state) or not isinstance(talk.state, Asking | Confirming):
        return
    now = house.clock()
    state = await effects.offer(Stage(work, house, key, now), talk.state)
    await work.conversations.save(replace(talk, state=state))
    await work.outbox.add(Outgoing(key, (say("offered-unfinished"),), collapse="offered"), now=now)


async def _escalate(work: UnitOfWork, house: House, due: Deadline) -> None:
    """Nobody said "Ik pak dit op" in the term: the next rung, and the top rung again until a person has it."""
    melding = await work.meldingen.get(due.subject)
    if melding is None or melding.status is not Status.ASSIGNED:
        return
    now = house.clock()
    late = Event(EventKind.LATE, now, detail={"what": "acknowledge", "rung": str(melding.rung)})
    await climb.ask(work, house, melding, melding.rung + 1, now, late)


async def _remind(work: UnitOfWork, house: House, due: Deadline) -> None:
    """Nobody at the meldpunt looked in the term: everybody on duty hears it, again after each term."""
    melding = await work.meldingen.get(due.subject)
    if melding is None or melding.status is not Status.NEW:
        return
    now = house.clock()
    people = await work.people.all(melding.regio)
    await work.outbox.add(*notices.late(melding, people, house), now=now)
    await work.meldingen.note(melding.number, Event(EventKind.LATE, now, detail={"what": "first-look"}))
    again = house.first_look_due(melding.urgentie, now)
    await work.deadlines.set(Deadline(DeadlineKind.FIRST_LOOK, melding.number, again, due.step + 1))
