"""Use case: something was said. Looks, lets the text be read without holding a transaction, then decides and commits at once."""

import logging

from flows import joining, reachable, talking
from flows.door import Kept
from flows.errors import Conflict
from flows.house import House
from flows.meldpunt import commands
from flows.messages import Incoming, Kind
from flows.people import Person, Role
from flows.ports import Talk

log = logging.getLogger(__name__)

TRIES = 6
CHANGES_REACH = {Kind.BLOCKED, Kind.UNBLOCKED, Kind.MIGRATED}


async def intake(house: House, incoming: Incoming, kept: Kept) -> None:
    """Handle one update, once. Raises Conflict when others kept moving it, StorageAway when the database is gone."""
    for _ in range(TRIES):
        try:
            await _attempt(house, incoming, kept)
        except Conflict:
            log.info("conflict, once more: inbox %s", kept.id)
        else:
            return
    raise Conflict(f"inbox {kept.id} kept moving")


async def _attempt(house: House, incoming: Incoming, kept: Kept) -> None:
    if incoming.kind is Kind.IGNORED:
        await _set_aside(house, kept)
        return
    if incoming.kind in CHANGES_REACH:
        await reachable.changed(house, incoming, kept)
        return
    async with house.begin() as work:
        talk = await work.conversations.load(incoming.conversation)
        person = await work.people.by_conversation(incoming.conversation)
    if joining.code_in(incoming):
        await joining.join(house, incoming, kept)
    elif is_staff(person) and (request := commands.request_in(incoming)) is not None:
        await commands.handle(house, incoming, kept, request)
    else:
        await _talk(house, incoming, kept, talk, person)


def is_staff(person: Person | None) -> bool:
    return person is not None and person.role is not Role.PROFESSIONAL


async def _talk(house: House, incoming: Incoming, kept: Kept, talk: Talk, person: Person | None) -> None:
    plan = await talking.prepare(house, incoming, talk, person)
    async with house.begin() as work:
        if await work.inbox.first_time(incoming, kept):
            await talking.carry_on(work, house, incoming, talk, plan)
        await work.commit()


async def _set_aside(house: House, kept: Kept) -> None:
    async with house.begin() as work:
        await work.inbox.done(kept)
        await work.commit()
