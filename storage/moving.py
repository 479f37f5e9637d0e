"""A chat got another id (a group became a supergroup): every place that leads to it changes.

What already came in (inbox, heard) stays as it was: message ids belong to the chat they were said in.
"""

from typing import Any

from sqlalchemy import Table, delete, select, update

from flows.messages import ConversationKey
from flows.ports import DeadlineKind
from storage.link import Link
from storage.tables import ADDRESS, CONVERSATION, DEADLINE, FILE, HOLD, MELDING, OUTBOX, TIMELINE


async def move(link: Link, old: ConversationKey, new: ConversationKey) -> None:
    if old == new:
        return
    for table in (CONVERSATION, ADDRESS):
        await _once(link, table, _at(old), _at(new))
    await _once(link, DEADLINE, _draft(old), _draft(new))
    await _once(link, HOLD, {"key": old.lane}, {"key": new.lane})
    for table, target in ((MELDING, _at(new)), (OUTBOX, {**_at(new), "lane": new.lane})):
        await link.change(update(table).where(*_where(table, _at(old))).values(target))
    for table in (FILE, TIMELINE):
        await link.change(update(table).where(table.c.lane == old.lane).values(lane=new.lane))


async def _once(link: Link, table: Table, source: dict[str, Any], target: dict[str, Any]) -> None:
    """Where the new place is taken already, what stands there is the younger and stays."""
    taken = select(*table.primary_key.columns).where(*_where(table, target))
    if await link.first(taken) is not None:
        await link.change(delete(table).where(*_where(table, source)))
    else:
        await link.change(update(table).where(*_where(table, source)).values(target))


def _at(key: ConversationKey) -> dict[str, Any]:
    return {"channel": key.channel, "bot": key.bot, "chat": key.chat}


def _draft(key: ConversationKey) -> dict[str, Any]:
    return {"kind": DeadlineKind.DRAFT.value, "subject": key.lane}


def _where(table: Table, values: dict[str, Any]) -> list[Any]:
    return [table.c[name] == value for name, value in values.items()]
