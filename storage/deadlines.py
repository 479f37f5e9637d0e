"""What must happen at a time. Taking one removes it: of two replicas, one gets it."""

from datetime import datetime

from sqlalchemy import delete, select

from flows.ports import Deadline, DeadlineKind
from storage.link import Found, Link
from storage.tables import DEADLINE


class Deadlines:
    def __init__(self, link: Link) -> None:
        self._link = link

    async def set(self, deadline: Deadline) -> None:
        key = {"kind": deadline.kind.value, "subject": deadline.subject}
        value = {"due_at": deadline.due_at, "step": deadline.step}
        new = self._link.insert(DEADLINE).values(key | value)
        await self._link.change(new.on_conflict_do_update(index_elements=["kind", "subject"], set_=value))

    async def clear(self, kind: DeadlineKind, subject: str) -> None:
        row = DEADLINE.c
        await self._link.change(delete(DEADLINE).where(row.kind == kind.value, row.subject == subject))

    async def get(self, kind: DeadlineKind, subject: str) -> Deadline | None:
        row = DEADLINE.c
        found = await self._link.first(select(DEADLINE).where(row.kind == kind.value, row.subject == subject))
        return None if found is None else _deadline(found)

    async def take_due(self, now: datetime) -> Deadline | None:
        """Comes back when the transaction is undone. Rows that others are taking are passed over."""
        row = DEADLINE.c
        first = select(row.kind, row.subject).where(row.due_at <= now).order_by(row.due_at, row.kind, row.subject).limit(1)
        chosen = first.with_for_update(skip_locked=True).cte("chosen")
        mine = select(chosen.c.kind).where(chosen.c.kind == row.kind, chosen.c.subject == row.subject).exists()
        taken = await self._link.changed(delete(DEADLINE).where(mine, row.due_at <= now).returning(DEADLINE))
        return _deadline(taken[0]) if taken else None


def _deadline(row: Found) -> Deadline:
    return Deadline(DeadlineKind(row.kind), row.subject, row.due_at, row.step)
