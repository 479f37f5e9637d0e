"""What is kept of a melding: melding, revision, event, decision, follow_code, file, and the counter that numbers them."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Dialect, Index, String, UniqueConstraint
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

from storage.tables.base import ALWAYS_NEW, Base, Ident, UtcTime, partial, table_of


class PersonIds(TypeDecorator[tuple[int, ...]]):
    """(3, 7) as ",3,7,": one person is found with LIKE on both databases, where JSON speaks two languages."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> str:
        return "".join(f",{person}" for person in value) + "," if value else ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[int, ...]:
        return tuple(int(person) for person in (value or "").split(",") if person)


class CounterRow(Base, table=True):
    __tablename__: ClassVar[str] = "counter"
    name: str = Field(primary_key=True)
    value: int


class MeldingRow(Base, table=True):
    """`body` is the sealed Report. `rank`: 0 acuut or not read yet, then as `Urgentie.rank`. `themas`: sealed, those that a
    person set."""

    __tablename__: ClassVar[str] = "melding"
    __table_args__ = (
        Index(None, "regio", "open", "due_at"),
        Index(None, "channel", "bot", "chat"),
        Index(None, "received_at"),
        ALWAYS_NEW,
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Ident)
    number: str = Field(unique=True)
    regio: str
    status: str
    open: bool
    urgentie: str | None
    rank: int
    unfinished: bool
    decided: bool
    gemeente: str
    owner: int | None
    looker: int | None
    asked: str = Field(sa_type=PersonIds)
    rung: int
    received_at: datetime = Field(sa_type=UtcTime)
    due_at: datetime | None = Field(sa_type=UtcTime)
    channel: str
    bot: str
    chat: str
    version: int
    body: bytes
    themas: bytes | None


class RevisionRow(Base, table=True):
    """How a report was; the newest is the report as it is. Sealed."""

    __tablename__: ClassVar[str] = "revision"
    __table_args__ = (UniqueConstraint("melding", "no"),)
    id: int | None = Field(default=None, primary_key=True, sa_type=Ident)
    melding: str = Field(foreign_key="melding.number", ondelete="CASCADE")
    no: int
    body: bytes
    at: datetime = Field(sa_type=UtcTime)


class EventRow(Base, table=True):
    """Appended, never changed; `detail` is sealed, None when there is none."""

    __tablename__: ClassVar[str] = "event"
    __table_args__ = (Index(None, "melding", "id"), ALWAYS_NEW)
    id: int | None = Field(default=None, primary_key=True, sa_type=Ident)
    melding: str = Field(foreign_key="melding.number", ondelete="CASCADE")
    kind: str
    actor: int | None
    at: datetime = Field(sa_type=UtcTime)
    detail: bytes | None


class DecisionRow(Base, table=True):
    """`body` is the sealed Decision. It goes with its melding: what was redacted may still tell who it is about."""

    __tablename__: ClassVar[str] = "decision"
    __table_args__ = (ALWAYS_NEW,)
    id: int | None = Field(default=None, primary_key=True, sa_type=Ident)
    melding: str = Field(foreign_key="melding.number", ondelete="CASCADE", index=True)
    what: str
    at: datetime = Field(sa_type=UtcTime)
    body: bytes


class FollowCodeRow(Base, table=True):
    """`code` is a keyed hash."""

    __tablename__: ClassVar[str] = "follow_code"
    code: str = Field(primary_key=True)
    melding: str = Field(foreign_key="melding.number", ondelete="CASCADE", unique=True)


class FileRow(Base, table=True):
    """An attachment: `body` is the sealed Attachment, the bytes are in the file store under `id`."""

    __tablename__: ClassVar[str] = "file"
    __table_args__ = (partial("ix_file_wanted", "created_at", where="status = 'wanted'"),)
    id: str = Field(primary_key=True)
    lane: str = Field(index=True)
    soort: str
    body: bytes
    status: str
    attempts: int
    created_at: datetime = Field(sa_type=UtcTime)
    not_before: datetime | None = Field(sa_type=UtcTime)
    size: int | None
    problem: bytes | None


COUNTER = table_of(CounterRow)
MELDING = table_of(MeldingRow)
REVISION = table_of(RevisionRow)
EVENT = table_of(EventRow)
DECISION = table_of(DecisionRow)
FOLLOW_CODE = table_of(FollowCodeRow)
FILE = table_of(FileRow)
