"""The tables, as SQLModel rows. Personal data only in sealed columns (bytes); chat ids are the one exception."""

from storage.tables.base import Base
from storage.tables.people import ADDRESS, INVITATION, PERSON, WEB_SESSION
from storage.tables.records import COUNTER, DECISION, EVENT, FILE, FOLLOW_CODE, MELDING, REVISION
from storage.tables.traffic import CONVERSATION, HEARD, HOLD, INBOX, OUTBOX, TIMELINE, InStatus
from storage.tables.upkeep import DEADLINE, KEYCHECK, LEASE, TALLY

METADATA = Base.metadata

__all__ = [
    "ADDRESS",
    "CONVERSATION",
    "COUNTER",
    "DEADLINE",
    "DECISION",
    "EVENT",
    "FILE",
    "FOLLOW_CODE",
    "HEARD",
    "HOLD",
    "INBOX",
    "INVITATION",
    "KEYCHECK",
    "LEASE",
    "MELDING",
    "METADATA",
    "OUTBOX",
    "PERSON",
    "REVISION",
    "TALLY",
    "TIMELINE",
    "WEB_SESSION",
    "InStatus",
]
