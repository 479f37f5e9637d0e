"""The values that pass between the flows and what keeps them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flows.assessment import Urgentie
from flows.melder.states import State
from flows.melding import Melding
from flows.messages import ConversationKey, Outgoing


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: where it stands. `blocked`: the person stopped the bot."""

    key: ConversationKey
    state: State
    version: int = 0
    blocked: bool = False


class OutStatus(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    UNKNOWN = "unknown"  # it may have arrived
    DEAD = "dead"
    VOID = "void"  # no longer wanted


@dataclass(frozen=True, slots=True)
class Parcel:
    """An outbox row leased to us. `attempts` counts this one; `doubtful`: an earlier try may have arrived."""

    id: int
    outgoing: Outgoing
    attempts: int
    created_at: datetime
    doubtful: bool
    lease: str


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """`gemeente` "" is all; `mine`: owned, looked at by, or asked of this person; `unattended`: see `/niemand`;
    `late_at`: only what should have been done before this moment; `free`: nobody has it, looks at it or was asked."""

    regio: str
    gemeente: str = ""
    mine: int | None = None
    unattended: bool = False
    urgentie: Urgentie | None = None
    late_at: datetime | None = None
    free: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    meldingen: tuple[Melding, ...]
    total: int


class DeadlineKind(StrEnum):
    ACKNOWLEDGE = "acknowledge"  # subject: number of a melding
    FIRST_LOOK = "first_look"  # subject: number of a melding
    DRAFT = "draft"  # subject: lane of a conversation


@dataclass(frozen=True, slots=True)
class Deadline:
    """At most one for each (kind, subject)."""

    kind: DeadlineKind
    subject: str
    due_at: datetime
    step: int = 0


class FileStatus(StrEnum):
    WANTED = "wanted"
    KEPT = "kept"
    FAILED = "failed"
