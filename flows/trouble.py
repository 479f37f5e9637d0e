"""Use cases: something of ours went wrong. A person hears it, and the melder hears that nothing was lost."""

from datetime import datetime

from flows import notices, reachable
from flows.door import Kept
from flows.house import House
from flows.melding import Event, EventKind
from flows.messages import ConversationKey, Outgoing, Priority, Text, say
from flows.people import Person
from flows.ports import OutStatus, Parcel, UnitOfWork


async def quarantine(house: House, kept: Kept, problem: str) -> None:
    """Set the update apart, with an alarm. Its lane goes on; who sent it hears that it was kept."""
    async with house.begin() as work:
        now = house.clock()
        await work.inbox.quarantine(kept, problem)
        await alarm(work, house, say("alarm-quarantine", id=kept.id), now)
        if kept.raw.lane is not None and not _is_group(kept.raw.lane):
            told = Outgoing(ConversationKey.of_lane(kept.raw.lane), (say("kept-unread"),), collapse="kept-unread")
            await work.outbox.add(told, now=now)
        await work.commit()


def _is_group(lane: str) -> bool:
    """Group chats have negative ids in the one channel that has groups."""
    return ConversationKey.of_lane(lane).chat.startswith("-")


async def alarm(work: UnitOfWork, house: House, text: Text, now: datetime) -> None:
    """To everybody on duty at the desk. For the caller's transaction."""
    for person in notices.desk(await work.people.all(house.regio.key)):
        await work.outbox.add(*_to(person, text), now=now)


def _to(person: Person, text: Text) -> tuple[Outgoing, ...]:
    return tuple(
        Outgoing(
            a.conversation,
            (text,),
            priority=Priority.ALARM,
            person=person.id,
            collapse=f"alarm:{text.name}",
            resend_when_unknown=True,
        )
        for a in person.addresses
        if a.reachable
    )


async def unreachable(house: House, parcel: Parcel) -> None:
    """The channel refused for good: the person cannot be reached there; what was asked of them goes on at once."""
    async with house.begin() as work:
        await work.outbox.bury(parcel, OutStatus.DEAD, "unreachable")
        await reachable.set_reachable(work, house, parcel.outgoing.to, False)
        await work.commit()


async def undelivered(house: House, parcel: Parcel, status: OutStatus, problem: str) -> None:
    """Given up on: it stands on the melding, and the desk hears it unless this was itself an alarm about trouble."""
    async with house.begin() as work:
        now = house.clock()
        await work.outbox.bury(parcel, status, problem)
        outgoing = parcel.outgoing
        if outgoing.melding:
            event = Event(EventKind.UNDELIVERED, now, outgoing.person, {"why": str(status)})
            await work.meldingen.note(outgoing.melding, event)
        if status is OutStatus.DEAD and not outgoing.collapse.startswith("alarm:"):
            await alarm(work, house, say("alarm-undelivered", number=outgoing.melding or "—"), now)
        await work.commit()
