"""Meldingen, their events and revisions. The version guards a melding: who writes on an old one gets `Conflict`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from flows import errors
from flows.melding import Event, EventKind, Melding
from flows.messages import ConversationKey
from flows.ports import Page, QueueFilter
from flows.report import Report
from storage import mapping, queue
from storage.link import Link
from storage.melding_rows import melding_of, row_of
from storage.secrets import Vault
from storage.tables import COUNTER, EVENT, FOLLOW_CODE, MELDING, REVISION


class Meldingen:
    def __init__(self, link: Link, vault: Vault) -> None:
        self._link = link
        self._vault = vault

    async def add(self, melding: Melding, *events: Event) -> Melding:
        number = await self._next_number(melding.received_at.year)
        added = replace(melding, number=number, version=1)
        row = row_of(added, self._vault)
        await self._link.change(insert(MELDING).values(row))
        await self._revise(number, 1, row["body"], melding.received_at)
        await self.note(number, *events)
        return added

    async def get(self, number: str) -> Melding | None:
        row = await self._link.first(select(MELDING).where(MELDING.c.number == number))
        return None if row is None else melding_of(row, self._vault)

    async def save(self, melding: Melding, *events: Event) -> Melding:
        known = select(MELDING.c.body).where(MELDING.c.number == melding.number, MELDING.c.version == melding.version)
        before = await self._link.first(known)
        saved = replace(melding, version=melding.version + 1)
        row = row_of(saved, self._vault)
        same = update(MELDING).where(MELDING.c.number == melding.number, MELDING.c.version == melding.version)
        if before is None or await self._link.change(same.values(row)) != 1:
            raise errors.Conflict("the melding moved")
        if mapping.load(Report, self._vault.open(before.body)) != melding.report:
            at = events[0].at if events else melding.received_at
            await self._revise(melding.number, await self.revisions(melding.number) + 1, row["body"], at)
        await self.note(melding.number, *events)
        return saved

    async def note(self, number: str, *events: Event) -> None:
        """Raises `Conflict` when the melding is not there (any more)."""
        if events:
            await self._link.change(insert(EVENT), [self._event_row(number, event) for event in events])

    async def events(self, number: str) -> tuple[Event, ...]:
        rows = await self._link.all(select(EVENT).where(EVENT.c.melding == number).order_by(EVENT.c.id))
        return tuple(Event(EventKind(row.kind), row.at, row.actor, self._detail(row.detail)) for row in rows)

    async def revisions(self, number: str) -> int:
        return await self._count(select(func.count()).where(REVISION.c.melding == number))

    async def queue(self, wanted: QueueFilter, *, offset: int, limit: int) -> Page:
        which = queue.conditions(wanted)
        rows = await self._link.all(select(MELDING).where(*which).order_by(*queue.ORDER).offset(offset).limit(limit))
        total = await self._count(select(func.count()).select_from(MELDING).where(*which))
        return Page(tuple(melding_of(row, self._vault) for row in rows), total)

    async def ending_in(self, regio: str, digits: str) -> tuple[str, ...]:
        if not (digits.isascii() and digits.isdigit()):
            return ()
        row = MELDING.c
        same = func.replace(row.number, "-", "").like(f"%{digits}")
        rows = await self._link.all(select(row.number).where(row.regio == regio, row.open, same).order_by(row.id.desc()).limit(5))
        return tuple(found.number for found in rows)

    async def of_melder(self, key: ConversationKey) -> tuple[Melding, ...]:
        row = MELDING.c
        mine = select(MELDING).where(row.channel == key.channel, row.bot == key.bot, row.chat == key.chat)
        rows = await self._link.all(mine.order_by(row.received_at.desc(), row.id.desc()).limit(10))
        return tuple(melding_of(found, self._vault) for found in rows)

    async def set_follow_code(self, number: str, code: str) -> None:
        """A melding has one; a new one replaces it."""
        await self._link.change(delete(FOLLOW_CODE).where(FOLLOW_CODE.c.melding == number))
        await self._link.change(insert(FOLLOW_CODE).values(code=self._vault.blind("follow", code), melding=number))

    async def by_follow_code(self, code: str) -> Melding | None:
        hashed = self._vault.blinds("follow", code)
        joined = select(MELDING).join(FOLLOW_CODE, FOLLOW_CODE.c.melding == MELDING.c.number)
        row = await self._link.first(joined.where(FOLLOW_CODE.c.code.in_(hashed)))
        return None if row is None else melding_of(row, self._vault)

    async def _next_number(self, year: int) -> str:
        """A row and not a sequence: a sequence has gaps after a rollback. Others wait here until we commit."""
        first = self._link.insert(COUNTER).values(name=f"melding-{year}", value=1)
        more = first.on_conflict_do_update(index_elements=["name"], set_={"value": COUNTER.c.value + 1})
        [row] = await self._link.changed(more.returning(COUNTER.c.value))
        return f"M-{year}-{row.value:06d}"

    async def _revise(self, number: str, no: int, body: bytes, at: datetime) -> None:
        await self._link.change(insert(REVISION).values(melding=number, no=no, body=body, at=at))

    def _event_row(self, number: str, event: Event) -> dict[str, Any]:
        detail = self._vault.seal(mapping.dump_detail(event.detail)) if event.detail else None
        return {"melding": number, "kind": event.kind.value, "actor": event.actor, "at": event.at, "detail": detail}

    def _detail(self, sealed: bytes | None) -> dict[str, str]:
        return {} if sealed is None else dict(mapping.load_detail(self._vault.open(sealed)))

    async def _count(self, statement: Any) -> int:
        rows: Sequence[Any] = await self._link.all(statement)
        return int(rows[0][0])
