"""Raw updates: kept before anything else, leased one at a time per lane, handled once."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, Select, Update, bindparam, literal_column, or_, select, update

from flows import errors, ports
from flows.door import Kept, RawUpdate
from flows.messages import Incoming, Kind
from storage.link import Found, Link
from storage.secrets import Vault
from storage.tables import HEARD, INBOX, InStatus
from storage.tables.base import UtcTime

# Written out in the statement, because only then a partial index over the waiting rows is used.
_WAITING: ColumnElement[str] = literal_column("'waiting'")
_NOW = bindparam("now", type_=UtcTime())
_MOST = bindparam("most", type_=Integer())


class Inbox:
    def __init__(self, link: Link, vault: Vault, clock: ports.Clock) -> None:
        self._link = link
        self._vault = vault
        self._clock = clock

    async def keep(self, updates: Sequence[RawUpdate], now: datetime) -> int:
        if not updates:
            return 0
        insert = self._link.insert(INBOX).on_conflict_do_nothing().returning(INBOX.c.id)
        return len(await self._link.changed(insert, [self._row(raw, now) for raw in updates]))

    async def claim(self, now: datetime, lease: timedelta, limit: int) -> Sequence[Kept]:
        """To be committed at once: other claimers wait until then."""
        if not await self._link.all(_look(), {"now": now, "most": 1}):
            return []  # most looks find nothing: they need not wait for the writer
        await self._link.lock("claim inbox", light=True)
        given = {"now": now, "most": limit, "token": secrets.token_hex(8), "until": now + lease}
        rows = await self._link.changed(_claim(), given)
        kept = [await self._opened(row) for row in sorted(rows, key=lambda row: int(row.id))]
        return [one for one in kept if one is not None]

    async def first_time(self, incoming: Incoming, kept: Kept) -> bool:
        """Also after False the caller commits: the update counts as handled then."""
        if not await self._finish(kept, InStatus.HANDLED):
            return False
        if not incoming.message_id or incoming.kind in {Kind.EDIT, Kind.CHOICE}:
            return True
        key = incoming.conversation
        row = {"channel": key.channel, "bot": key.bot, "chat": key.chat, "message_id": incoming.message_id, "at": self._clock()}
        return await self._link.change(self._link.insert(HEARD).values(row).on_conflict_do_nothing()) == 1

    async def done(self, kept: Kept) -> None:
        await self._finish(kept, InStatus.HANDLED)

    async def retry(self, kept: Kept, at: datetime, problem: str) -> None:
        values = {"not_before": at, "lease": None, "lease_until": None, "problem": self._vault.seal(problem)}
        await self._link.change(_ours(kept).values(values))

    async def quarantine(self, kept: Kept, problem: str) -> None:
        await self._finish(kept, InStatus.QUARANTINED, problem=self._vault.seal(problem))

    async def _finish(self, kept: Kept, status: InStatus, **more: Any) -> bool:
        values = {"status": status.value, "handled_at": self._clock(), "lease": None, "lease_until": None, **more}
        return await self._link.change(_ours(kept).values(values)) == 1

    def _row(self, raw: RawUpdate, now: datetime) -> dict[str, Any]:
        return {
            "channel": raw.channel,
            "bot": raw.bot,
            "update_id": raw.update_id,
            "lane": raw.lane,
            "body": self._vault.seal(raw.body),
            "status": InStatus.WAITING.value,
            "attempts": 0,
            "received_at": now,
        }

    async def _opened(self, row: Found) -> Kept | None:
        """A damaged row is put aside here: it must not stop the claim of all others."""
        try:
            body, problem = self._vault.open(row.body), ""
        except errors.Unreadable as error:
            body, problem = b"", str(error)
        kept = Kept(row.id, RawUpdate(row.channel, row.bot, row.update_id, row.lane, body), row.attempts, row.lease)
        if problem:
            await self.quarantine(kept, problem)
            return None
        return kept


def _ours(kept: Kept) -> Update:
    """The row, as long as nobody else has leased it since."""
    return update(INBOX).where(INBOX.c.id == kept.id, INBOX.c.status == _WAITING, INBOX.c.lease == kept.lease)


# The statements of a claim are built once: building them takes longer than running them.


@cache
def _look() -> Select[Any]:
    return select(_heads(lock=False).c.id)


@cache
def _claim() -> Update:
    lease = {"lease": bindparam("token"), "lease_until": bindparam("until", type_=UtcTime())}
    return (
        update(INBOX)
        .where(INBOX.c.id.in_(select(_heads(lock=True).c.id)), *_due())
        .values(attempts=INBOX.c.attempts + 1, **lease)
        .returning(*INBOX.c[("id", "channel", "bot", "update_id", "lane", "body", "attempts", "lease")])
    )


def _due() -> tuple[ColumnElement[bool], ...]:
    row = INBOX.c
    return (
        row.status == _WAITING,
        or_(row.lease_until.is_(None), row.lease_until <= _NOW),
        or_(row.not_before.is_(None), row.not_before <= _NOW),
    )


def _heads(*, lock: bool) -> CTE:
    """Due rows with nothing unfinished before them and nothing leased beside them in their lane. "Beside" is needed on
    PostgreSQL: a row with a lower id may become visible after one with a higher id was leased."""
    other = INBOX.alias("other")
    in_the_way = select(other.c.id).where(
        other.c.lane == INBOX.c.lane,
        other.c.status == _WAITING,
        or_(other.c.id < INBOX.c.id, (other.c.id != INBOX.c.id) & (other.c.lease_until > _NOW)),
    )
    due = select(INBOX.c.id).where(*_due(), ~in_the_way.exists()).order_by(INBOX.c.id).limit(_MOST)
    return (due.with_for_update(skip_locked=True, of=INBOX) if lock else due).cte("chosen")
