"""What keeps time and measure: deadline, tally (rate limits), lease, keycheck."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Index
from sqlmodel import Field

from storage.tables.base import Base, UtcTime, table_of


class DeadlineRow(Base, table=True):
    __tablename__: ClassVar[str] = "deadline"
    __table_args__ = (Index(None, "due_at"),)
    kind: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    due_at: datetime = Field(sa_type=UtcTime)
    step: int


class TallyRow(Base, table=True):
    """`key` is a keyed hash; `times` the last hits, oldest first, in seconds since 1970."""

    __tablename__: ClassVar[str] = "tally"
    key: str = Field(primary_key=True)
    times: Any = Field(sa_type=JSON, nullable=False)
    stale_at: datetime = Field(sa_type=UtcTime, index=True)


class LeaseRow(Base, table=True):
    __tablename__: ClassVar[str] = "lease"
    name: str = Field(primary_key=True)
    holder: str
    until: datetime = Field(sa_type=UtcTime)


class KeyCheckRow(Base, table=True):
    """A known word, sealed: tells at the start whether the keys fit this database."""

    __tablename__: ClassVar[str] = "keycheck"
    name: str = Field(primary_key=True)
    sealed: bytes


DEADLINE = table_of(DeadlineRow)
TALLY = table_of(TallyRow)
LEASE = table_of(LeaseRow)
KEYCHECK = table_of(KeyCheckRow)
