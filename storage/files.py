"""Which attachments are to be fetched, and how far that is. The bytes are in the file store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, literal_column, or_, select, update

from flows.messages import Attachment, ConversationKey
from flows.ports import FileStatus
from storage import mapping
from storage.link import Found, Link
from storage.secrets import Vault
from storage.tables import FILE

_WANTED: ColumnElement[str] = literal_column("'wanted'")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to fetch, leased to us. `attempts` counts this one."""

    id: str
    key: ConversationKey
    attachment: Attachment
    attempts: int


class Files:
    def __init__(self, link: Link, vault: Vault) -> None:
        self._link = link
        self._vault = vault

    async def expect(self, file_id: str, key: ConversationKey, attachment: Attachment, now: datetime) -> None:
        row = {
            "id": file_id,
            "lane": key.lane,
            "soort": attachment.soort,
            "body": self._vault.seal(mapping.dump(attachment)),
            "status": FileStatus.WANTED.value,
            "attempts": 0,
            "created_at": now,
            "size": attachment.size,
        }
        await self._link.change(self._link.insert(FILE).values(row).on_conflict_do_nothing())

    async def statuses(self, ids: Sequence[str]) -> Mapping[str, FileStatus]:
        """Ids that are not known are absent."""
        rows = await self._link.all(select(FILE.c.id, FILE.c.status).where(FILE.c.id.in_(ids)))
        return {row.id: FileStatus(row.status) for row in rows}

    async def attachment(self, file_id: str) -> Attachment | None:
        row = await self._link.first(select(FILE.c.body).where(FILE.c.id == file_id))
        return None if row is None else mapping.load(Attachment, self._vault.open(row.body))

    async def claim_wanted(self, now: datetime, lease: timedelta, limit: int) -> Sequence[Wanted]:
        """The oldest first; whoever does not say `kept` or `failed` before the lease ends loses it to another."""
        row = FILE.c
        due = (row.status == _WANTED, or_(row.not_before.is_(None), row.not_before <= now))
        oldest = select(row.id).where(*due).order_by(row.created_at, row.id).limit(limit)
        chosen = oldest.with_for_update(skip_locked=True).cte("chosen")
        claim = (
            update(FILE).where(row.id.in_(select(chosen.c.id)), *due).values(attempts=row.attempts + 1, not_before=now + lease)
        )
        claimed = await self._link.changed(claim.returning(row.id, row.lane, row.body, row.attempts, row.created_at))
        return [self._wanted(one) for one in sorted(claimed, key=lambda one: (one.created_at, one.id))]

    async def kept(self, file_id: str, size: int) -> None:
        await self._settle(file_id, status=FileStatus.KEPT.value, size=size, not_before=None, problem=None)

    async def failed(self, file_id: str, problem: str, retry_at: datetime | None) -> None:
        """Without `retry_at` it is given up."""
        status = FileStatus.FAILED if retry_at is None else FileStatus.WANTED
        await self._settle(file_id, status=status.value, not_before=retry_at, problem=self._vault.seal(problem))

    async def _settle(self, file_id: str, **values: Any) -> None:
        await self._link.change(update(FILE).where(FILE.c.id == file_id, FILE.c.status == _WANTED).values(values))

    def _wanted(self, row: Found) -> Wanted:
        attachment = mapping.load(Attachment, self._vault.open(row.body))
        return Wanted(row.id, ConversationKey.of_lane(row.lane), attachment, row.attempts)
