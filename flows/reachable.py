"""Use cases: a person can no longer be reached in a chat, or can again. Who was asked and cannot be reached is passed at once."""

from dataclasses import replace
from datetime import datetime

from flows import notices
from flows.door import Kept
from flows.house import House
from flows.melding import Event, EventKind, Melding, Status
from flows.messages import ConversationKey, Incoming, Kind
from flows.ports import QueueFilter, UnitOfWork
from flows.regie import climb

MOST = 200


async def changed(house: House, incoming: Incoming, kept: Kept) -> None:
    """The channel says that this chat was blocked, unblocked or moved."""
    async with house.begin() as work:
        if await work.inbox.first_time(incoming, kept):
            if incoming.kind is Kind.MIGRATED:
                key = incoming.conversation
                await work.outbox.move(key, ConversationKey(key.channel, key.bot, incoming.action))
            else:
                await set_reachable(work, house, incoming.conversation, incoming.kind is Kind.UNBLOCKED)
        await work.commit()


async def set_reachable(work: UnitOfWork, house: House, key: ConversationKey, reachable: bool) -> None:
    """For the caller's transaction."""
    now = house.clock()
    await work.people.set_reachable(key, reachable)
    person = await work.people.by_conversation(key)
    if person is None:
        await (_melder_back(work, key) if reachable else _melder_gone(work, house, key, now))
    elif not reachable and not person.reachable:
        await pass_on(work, house, person.id, now)


async def pass_on(work: UnitOfWork, house: House, person: int, now: datetime) -> None:
    """What was asked of this person climbs now, unless somebody else on the same rung can still answer."""
    page = await work.meldingen.queue(QueueFilter(house.regio.key, mine=person), offset=0, limit=MOST)
    for melding in page.meldingen:
        if melding.status is not Status.ASSIGNED or person not in melding.asked:
            continue
        lost = Event(EventKind.UNDELIVERED, now, actor=person, detail={"why": "unreachable"})
        if await _others(work, melding, person):
            # Saved, so that of two who are lost at the same moment the second meets the first, and climbs.
            left = tuple(other for other in melding.asked if other != person)
            await work.meldingen.save(replace(melding, asked=left), lost)
        else:
            await climb.ask(work, house, melding, melding.rung + 1, now, lost)


async def _others(work: UnitOfWork, melding: Melding, person: int) -> bool:
    asked = [await work.people.get(other) for other in melding.asked if other != person]
    return any(other is not None and other.reachable for other in asked)


async def _melder_back(work: UnitOfWork, key: ConversationKey) -> None:
    talk = await work.conversations.load(key)
    if talk.blocked:
        await work.conversations.save(replace(talk, blocked=False))


async def _melder_gone(work: UnitOfWork, house: House, key: ConversationKey, now: datetime) -> None:
    """The medewerker hears that the melder will not read an answer here. What the melder writes next says the opposite."""
    talk = await work.conversations.load(key)
    if talk.version:
        await work.conversations.save(replace(talk, blocked=True))
    for melding in await work.meldingen.of_melder(key):
        if melding.status.open:
            await work.meldingen.note(melding.number, Event(EventKind.UNDELIVERED, now, detail={"why": "melder-blocked"}))
            people = await work.people.all(melding.regio)
            holders = tuple(p for p in people if p.id in (melding.owner, melding.looker) and p.reachable)
            await work.outbox.add(*notices.told(melding, holders or notices.desk(people), "melder-gone"), now=now)
