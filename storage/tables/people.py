"""Who is who: person, address, invitation, web_session."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON
from sqlmodel import Field

from storage.tables.base import ALWAYS_NEW, Base, Ident, UtcTime, table_of


class PersonRow(Base, table=True):
    """`name` and `organisatie` are sealed."""

    __tablename__: ClassVar[str] = "person"
    __table_args__ = (ALWAYS_NEW,)
    id: int | None = Field(default=None, primary_key=True, sa_type=Ident)
    role: str
    regio: str = Field(index=True)
    gemeente: str
    organisatie: bytes
    name: bytes
    on_duty: bool
    active: bool


class AddressRow(Base, table=True):
    __tablename__: ClassVar[str] = "address"
    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    chat: str = Field(primary_key=True)
    person: int = Field(foreign_key="person.id", ondelete="CASCADE", index=True, sa_type=Ident)
    reachable: bool


class InvitationRow(Base, table=True):
    """`code` is a keyed hash, `body` the sealed Invitation, `channels` those it was used on."""

    __tablename__: ClassVar[str] = "invitation"
    code: str = Field(primary_key=True)
    body: bytes
    expires_at: datetime | None = Field(sa_type=UtcTime, index=True)
    person: int | None = Field(foreign_key="person.id", ondelete="CASCADE", sa_type=Ident)
    channels: Any = Field(sa_type=JSON, nullable=False)


class WebSessionRow(Base, table=True):
    """`token` is a hash."""

    __tablename__: ClassVar[str] = "web_session"
    token: str = Field(primary_key=True)
    chat: str = Field(unique=True)
    purpose: str
    person: int | None = Field(foreign_key="person.id", ondelete="CASCADE", index=True, sa_type=Ident)
    created_at: datetime = Field(sa_type=UtcTime)
    expires_at: datetime = Field(sa_type=UtcTime, index=True)


PERSON = table_of(PersonRow)
ADDRESS = table_of(AddressRow)
INVITATION = table_of(InvitationRow)
WEB_SESSION = table_of(WebSessionRow)
