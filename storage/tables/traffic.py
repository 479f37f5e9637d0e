"""What comes in and goes out: inbox, heard, outbox, hold, conversation, timeline."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from storage.tables.base import ALWAYS_NEW, Base, Ident, UtcTime, partial, table_of


class InStatus(StrEnum):
    WAITING = "waiting"
    HANDLED = "handled"
    QUARANTINED = "quarantined"


class InboxRow(Base, table=True):
    """`body` and `problem` are sealed. `lane` None is a lane of its own."""

    __tablename__: ClassVar[str] = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "bot", "update_id"),
        partial("ix_inbox_waiting_lane", "lane", "id", where="status = 'waiting'"),
        partial("ix_inbox_waiting_id", "id", where="status = 'waiting'"),
        partial("ix_inbox_quarantined", "id", where="status = 'quarantined'"),
        Index(None, "handled_at"),
        ALWAYS_NEW,
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Ident)
    channel: str
    bot: str
    update_id: str
    lane: str | None
    body: bytes
    status: str
    attempts: int
    received_at: datetime = Field(sa_type=UtcTime)
    not_before: datetime | None = Field(sa_type=UtcTime)
    lease: str | None
    lease_until: datetime | None = Field(sa_type=UtcTime)
    handled_at: datetime | None = Field(sa_type=UtcTime)
    problem: bytes | None


class HeardRow(Base, table=True):
    """Messages that were heard, so that the same one under another update id is not heard again."""

    __tablename__: ClassVar[str] = "heard"
    __table_args__ = (Index(None, "at"),)
    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    message_id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcTime)


class OutboxRow(Base, table=True):
    """`body` (an Outgoing) and `problem` are sealed."""

    __tablename__: ClassVar[str] = "outbox"
    __table_args__ = (
        partial("ix_outbox_waiting_lane", "lane", "priority", "id", where="status = 'waiting'"),
        partial("ix_outbox_waiting_order", "priority", "id", where="status = 'waiting'"),
        partial("ix_outbox_trouble", "id", where="status IN ('dead', 'unknown')"),
        Index(None, "created_at"),
        ALWAYS_NEW,
    )
    id: int | None = Field(default=None, primary_key=True, sa_type=Ident)
    lane: str
    channel: str
    bot: str
    chat: str
    priority: int
    body: bytes
    collapse: str
    status: str
    attempts: int
    doubtful: bool
    created_at: datetime = Field(sa_type=UtcTime)
    not_before: datetime | None = Field(sa_type=UtcTime)
    lease: str | None
    lease_until: datetime | None = Field(sa_type=UtcTime)
    melding: str
    person: int | None
    sent_at: datetime | None = Field(sa_type=UtcTime)
    reference: str
    problem: bytes | None


class HoldRow(Base, table=True):
    """Nothing leaves under this key (a lane, or "channel:bot") before `until`."""

    __tablename__: ClassVar[str] = "hold"
    key: str = Field(primary_key=True)
    until: datetime = Field(sa_type=UtcTime)


class ConversationRow(Base, table=True):
    """`body` is the sealed state."""

    __tablename__: ClassVar[str] = "conversation"
    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    version: int
    blocked: bool
    body: bytes
    changed_at: datetime = Field(sa_type=UtcTime, index=True)


class TimelineRow(Base, table=True):
    """What was said and answered in a channel of our own; `payload` is sealed."""

    __tablename__: ClassVar[str] = "timeline"
    __table_args__ = (UniqueConstraint("lane", "key"), Index(None, "lane", "id"), Index(None, "at"), ALWAYS_NEW)
    id: int | None = Field(default=None, primary_key=True, sa_type=Ident)
    lane: str
    key: str
    direction: str
    payload: bytes
    at: datetime = Field(sa_type=UtcTime)


INBOX = table_of(InboxRow)
HEARD = table_of(HeardRow)
OUTBOX = table_of(OutboxRow)
HOLD = table_of(HoldRow)
CONVERSATION = table_of(ConversationRow)
TIMELINE = table_of(TimelineRow)
