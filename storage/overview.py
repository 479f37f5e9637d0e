"""Small questions of health and operations. Counts and ids; never what people wrote."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, literal_column, select

from flows.messages import ConversationKey
from flows.ports import FileStatus, OutStatus
from storage import link
from storage.engine import Database
from storage.secrets import Vault
from storage.tables import FILE, INBOX, OUTBOX, InStatus


@dataclass(frozen=True, slots=True)
class Health:
    """`oldest_unhandled` and `oldest_unsent`: how long they wait already; None when nothing waits."""

    unhandled: int
    oldest_unhandled: timedelta | None
    quarantined: int
    unsent: int
    oldest_unsent: timedelta | None
    dead: int
    unknown: int
    files_wanted: int


@dataclass(frozen=True, slots=True)
class Stuck:
    """An update in quarantine, or a message that was buried."""

    id: int
    to: ConversationKey | None
    melding: str
    status: str
    problem: str
    at: datetime


class Overview:
    """Each method is a transaction of its own."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def health(self, now: datetime) -> Health:
        """Scheduled messages are not counted as unsent before their time."""
        due = OUTBOX.c.not_before.is_(None) | (OUTBOX.c.not_before <= now)
        async with link.transaction(self._database) as opened:
            unhandled, received = await _row(opened, _count(INBOX, InStatus.WAITING, func.min(INBOX.c.received_at)))
            unsent, created = await _row(opened, _count(OUTBOX, OutStatus.WAITING, func.min(OUTBOX.c.created_at)).where(due))
            return Health(
                unhandled=unhandled,
                oldest_unhandled=received and now - received,
                quarantined=(await _row(opened, _count(INBOX, InStatus.QUARANTINED)))[0],
                unsent=unsent,
                oldest_unsent=created and now - created,
                dead=(await _row(opened, _trouble(OutStatus.DEAD)))[0],
                unknown=(await _row(opened, _trouble(OutStatus.UNKNOWN)))[0],
                files_wanted=(await _row(opened, _count(FILE, FileStatus.WANTED)))[0],
            )

    async def quarantined(self, limit: int = 100) -> list[Stuck]:
        """Oldest first."""
        row = INBOX.c
        found = select(row.id, row.status, row.problem, row.received_at).where(row.status == _literal(InStatus.QUARANTINED))
        async with link.transaction(self._database) as opened:
            rows = await opened.all(found.order_by(row.id).limit(limit))
        return [Stuck(one.id, None, "", one.status, self._problem(one.problem), one.received_at) for one in rows]

    async def dead(self, limit: int = 100) -> list[Stuck]:
        """Dead and unknown ones, newest first."""
        row = OUTBOX.c
        columns = OUTBOX.c[("id", "channel", "bot", "chat", "melding", "status", "problem", "created_at")]
        found = select(*columns).where(_in_trouble()).order_by(row.id.desc()).limit(limit)
        async with link.transaction(self._database) as opened:
            rows = await opened.all(found)
        return [self._dead(one) for one in rows]

    def _dead(self, row: Any) -> Stuck:
        to = ConversationKey(row.channel, row.bot, row.chat)
        return Stuck(row.id, to, row.melding, row.status, self._problem(row.problem), row.created_at)

    def _problem(self, sealed: bytes | None) -> str:
        return "" if sealed is None else self._vault.open(sealed).decode()


def _count(table: Any, status: str, *more: Any) -> Select[Any]:
    return select(func.count(), *more).select_from(table).where(table.c.status == _literal(status))


def _trouble(status: OutStatus) -> Select[Any]:
    return select(func.count()).select_from(OUTBOX).where(_in_trouble(), OUTBOX.c.status == status.value)


def _in_trouble() -> Any:
    """As the partial index has it."""
    return literal_column("outbox.status IN ('dead', 'unknown')")


def _literal(status: str) -> Any:
    """Only statuses of ours come here; written out, so that the partial indexes are used."""
    return literal_column(f"'{status}'")


async def _row(opened: link.Link, statement: Select[Any]) -> Any:
    return (await opened.all(statement))[0]
