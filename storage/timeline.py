"""What was said and answered in a channel of our own (the web chat), so that a page can be shown again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import func, select

from flows import ports
from flows.door import RawUpdate
from storage import link, mapping
from storage.engine import Database
from storage.inbox import Inbox
from storage.secrets import Vault
from storage.tables import TIMELINE

Direction = Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class Entry:
    """`id` grows within a lane."""

    id: int
    direction: Direction
    payload: Mapping[str, Any]
    at: datetime


class Timeline:
    """Each method is a transaction of its own."""

    def __init__(self, database: Database, vault: Vault, *, clock: ports.Clock) -> None:
        self._database = database
        self._vault = vault
        self._clock = clock

    async def say(self, raw: RawUpdate, payload: Mapping[str, Any], key: str, now: datetime) -> bool:
        """Keeps the update and shows it, both or neither. False when something with this key was said here already."""
        if raw.lane is None:
            raise ValueError("what is said in a channel of our own has a lane")
        async with link.transaction(self._database) as opened:
            if await self._add(opened, raw.lane, key, "in", payload, now) is None:
                return False
            await Inbox(opened, self._vault, self._clock).keep([raw], now)
            await opened.commit()
        return True

    async def append(self, lane: str, payload: Mapping[str, Any], key: str, now: datetime) -> int:
        """The id of the entry; of the first one, when this key was there already."""
        async with link.transaction(self._database) as opened:
            added = await self._add(opened, lane, key, "out", payload, now)
            if added is None:
                row = await opened.first(select(TIMELINE.c.id).where(TIMELINE.c.lane == lane, TIMELINE.c.key == key))
                return int(row.id) if row else 0
            await opened.commit()
        return added

    async def after(self, lane: str, entry: int, limit: int = 200) -> list[Entry]:
        """What came after this id, oldest first."""
        row = TIMELINE.c
        wanted = select(TIMELINE).where(row.lane == lane, row.id > entry).order_by(row.id).limit(limit)
        async with link.transaction(self._database) as opened:
            return [self._entry(found) for found in await opened.all(wanted)]

    async def newest(self, lane: str) -> int:
        """0 when nothing was said yet."""
        async with link.transaction(self._database) as opened:
            row = await opened.first(select(func.max(TIMELINE.c.id)).where(TIMELINE.c.lane == lane))
        return int(row[0] or 0) if row else 0

    async def _add(
        self, opened: link.Link, lane: str, key: str, direction: Direction, payload: Mapping[str, Any], now: datetime
    ) -> int | None:
        # Without the lock a lower id could become visible after a higher one, and a page that reads on from there misses it.
        await opened.lock(f"timeline {lane}")
        sealed = self._vault.seal(mapping.dump_payload(payload))
        row = {"lane": lane, "key": key, "direction": direction, "payload": sealed, "at": now}
        new = opened.insert(TIMELINE).values(row).on_conflict_do_nothing()
        added: Sequence[Any] = await opened.changed(new.returning(TIMELINE.c.id))
        return int(added[0].id) if added else None

    def _entry(self, row: Any) -> Entry:
        return Entry(row.id, row.direction, mapping.load_payload(self._vault.open(row.payload)), row.at)
