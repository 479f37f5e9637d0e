"""What must leave. A row is leased, then sent, tried again later or buried; nothing is sent from anywhere else.

Order within a lane is (priority, id), and one row of a lane is under way at a time, so an alarm overtakes and nothing crosses.
A row that was tried and waits for its next try keeps its place among its equals: those of the same priority behind it wait too.
Better ones overtake it, and worse ones pass when none of its equals waits with it. A row that was never tried, only scheduled for
later, has no place yet: a reminder for tomorrow must not hold up today's answers.
"""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, Select, Update, and_, bindparam, literal_column, or_, select, update

from flows import errors, ports
from flows.messages import ConversationKey, Outgoing
from flows.ports import OutStatus, Parcel
from storage import mapping, moving
from storage.link import Found, Link
from storage.secrets import Vault
from storage.tables import HOLD, OUTBOX
from storage.tables.base import UtcTime

_WAITING: ColumnElement[str] = literal_column("'waiting'")
_NOW = bindparam("now", type_=UtcTime())
_MOST = bindparam("most", type_=Integer())


class Outbox:
    def __init__(self, link: Link, vault: Vault, clock: ports.Clock) -> None:
        self._link = link
        self._vault = vault
        self._clock = clock

    async def add(self, *messages: Outgoing, now: datetime) -> None:
        """Of those with the same lane and `collapse`, here and among the waiting, the last stays."""
        last: dict[tuple[str, str | int], Outgoing] = {}
        for at, message in enumerate(messages):
            key = (message.to.lane, message.collapse or at)
            last.pop(key, None)
            last[key] = message
        for message in last.values():
            if message.collapse:
                await self._void(message, now)
        if last:
            await self._link.change(OUTBOX.insert(), [self._row(message, now) for message in last.values()])

    async def claim(self, now: datetime, lease: timedelta, limit: int, *, channels: Sequence[str]) -> Sequence[Parcel]:
        """To be committed at once: other claimers wait until then. A lease that ran out makes the row doubtful: whoever had it
        may have sent it."""
        given = {"now": now, "most": limit, "channels": list(channels)}
        if not await self._link.all(_look(), {**given, "most": 1}):
            return []  # most looks find nothing: they need not wait for the writer
        await self._link.lock("claim outbox", light=True)
        rows = await self._link.changed(_claim(), {**given, "token": secrets.token_hex(8), "until": now + lease})
        parcels = [await self._opened(row) for row in sorted(rows, key=lambda row: (int(row.priority), int(row.id)))]
        return [parcel for parcel in parcels if parcel is not None]

    async def sent(self, parcel: Parcel, reference: str, now: datetime) -> bool:
        values = {"status": OutStatus.SENT.value, "sent_at": now, "reference": reference, "lease": None, "lease_until": None}
        return await self._link.change(_ours(parcel).values(values), light=True) == 1

    async def retry(self, parcel: Parcel, at: datetime, problem: str, *, doubtful: bool = False, counted: bool = True) -> None:
        values = {"not_before": at, "lease": None, "lease_until": None, "problem": self._vault.seal(problem)}
        tries = OUTBOX.c.attempts if counted else OUTBOX.c.attempts - 1
        await self._link.change(_ours(parcel).values({**values, "attempts": tries, "doubtful": doubtful or parcel.doubtful}))

    async def bury(self, parcel: Parcel, status: OutStatus, problem: str) -> None:
        values = {"status": status.value, "lease": None, "lease_until": None, "problem": self._vault.seal(problem)}
        await self._link.change(_ours(parcel).values(values))

    async def hold(self, lane: str, until: datetime) -> None:
        """A longer hold stays."""
        new = self._link.insert(HOLD).values(key=lane, until=until)
        longer = HOLD.c.until < new.excluded.until
        await self._link.change(
            new.on_conflict_do_update(index_elements=["key"], set_={"until": new.excluded.until}, where=longer)
        )

    async def move(self, old: ConversationKey, new: ConversationKey) -> None:
        await moving.move(self._link, old, new)

    async def _void(self, message: Outgoing, now: datetime) -> None:
        row = OUTBOX.c
        same = (row.lane == message.to.lane, row.collapse == message.collapse, row.status == _WAITING)
        free = or_(row.lease_until.is_(None), row.lease_until <= now)
        await self._link.change(
            update(OUTBOX).where(*same, free).values(status=OutStatus.VOID.value, lease=None, lease_until=None)
        )

    def _row(self, message: Outgoing, now: datetime) -> dict[str, Any]:
        return {
            "lane": message.to.lane,
            "channel": message.to.channel,
            "bot": message.to.bot,
            "chat": message.to.chat,
            "priority": int(message.priority),
            "body": self._vault.seal(mapping.dump(message)),
            "collapse": message.collapse,
            "status": OutStatus.WAITING.value,
            "attempts": 0,
            "doubtful": False,
            "created_at": now,
            "not_before": message.not_before,
            "melding": message.melding,
            "person": message.person,
            "reference": "",
        }

    async def _opened(self, row: Found) -> Parcel | None:
        """A damaged row is buried here: it must not stop the claim of all others. The address is that of the columns: the chat
        may have moved."""
        to, problem = ConversationKey(row.channel, row.bot, row.chat), ""
        try:
            outgoing = replace(mapping.load(Outgoing, self._vault.open(row.body)), to=to)
        except errors.Unreadable as error:
            outgoing, problem = Outgoing(to, ()), str(error)
        parcel = Parcel(row.id, outgoing, row.attempts, row.created_at, row.doubtful, row.lease)
        if problem:
            await self.bury(parcel, OutStatus.DEAD, problem)
            return None
        return parcel


def _ours(parcel: Parcel) -> Update:
    return update(OUTBOX).where(OUTBOX.c.id == parcel.id, OUTBOX.c.status == _WAITING, OUTBOX.c.lease == parcel.lease)


# The statements of a claim are built once: building them takes longer than running them.


@cache
def _look() -> Select[Any]:
    return select(_heads(lock=False).c.id)


@cache
def _claim() -> Update:
    lease = {"lease": bindparam("token"), "lease_until": bindparam("until", type_=UtcTime())}
    doubtful = or_(OUTBOX.c.doubtful, OUTBOX.c.lease.is_not(None))
    columns = ("id", "channel", "bot", "chat", "priority", "body", "attempts", "created_at", "doubtful", "lease")
    return (
        update(OUTBOX)
        .where(OUTBOX.c.id.in_(select(_heads(lock=True).c.id)), *_due())
        .values(attempts=OUTBOX.c.attempts + 1, doubtful=doubtful, **lease)
        .returning(*OUTBOX.c[columns])
    )


def _due() -> tuple[ColumnElement[bool], ...]:
    row = OUTBOX.c
    return (row.status == _WAITING, or_(row.lease_until.is_(None), row.lease_until <= _NOW), _ready(row))


def _ready(row: Any) -> ColumnElement[bool]:
    return or_(row.not_before.is_(None), row.not_before <= _NOW)


def _heads(*, lock: bool) -> CTE:
    mine, other = OUTBOX.c, OUTBOX.alias("other").c
    before = or_(
        and_(other.priority < mine.priority, _ready(other)),
        and_(other.priority == mine.priority, other.id < mine.id, or_(_ready(other), other.attempts > 0)),
        and_(other.id != mine.id, other.lease_until > _NOW),
    )
    in_the_way = select(other.id).where(other.lane == mine.lane, other.status == _WAITING, before)
    keys = (mine.lane, mine.channel + ":" + mine.bot)
    held = select(HOLD.c.key).where(HOLD.c.key.in_(keys), HOLD.c.until > _NOW)
    due = select(mine.id).where(
        *_due(), mine.channel.in_(bindparam("channels", expanding=True)), ~in_the_way.exists(), ~held.exists()
    )
    ordered = due.order_by(mine.priority, mine.id).limit(_MOST)
    return (ordered.with_for_update(skip_locked=True, of=OUTBOX) if lock else ordered).cte("chosen")
