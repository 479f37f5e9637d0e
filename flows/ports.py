"""What the flows need from the world, as protocols. Storage and nlp implement them; so do the fakes of the tests.

Everything reached through a `UnitOfWork` happens in one transaction: it is undone unless `commit` was called.
Methods raise `errors.StorageAway` when the database does not answer.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from flows.assessment import Assessment, Locatie
from flows.decisions import Decision
from flows.door import Kept, RawUpdate
from flows.melding import Event, Melding
from flows.messages import Attachment, ConversationKey, Incoming, Outgoing
from flows.people import Invitation, Person
from flows.records import Deadline as Deadline
from flows.records import DeadlineKind as DeadlineKind
from flows.records import FileStatus as FileStatus
from flows.records import OutStatus as OutStatus
from flows.records import Page as Page
from flows.records import Parcel as Parcel
from flows.records import QueueFilter as QueueFilter
from flows.records import Talk as Talk


class Inbox(Protocol):
    async def keep(self, updates: Sequence[RawUpdate], now: datetime) -> int:
        """Add those not yet known by (channel, bot, update_id); how many were new."""
        ...

    async def claim(self, now: datetime, lease: timedelta, limit: int) -> Sequence[Kept]:
        """Lease the oldest unhandled update of each lane (never two of one lane), oldest first."""
        ...

    async def first_time(self, incoming: Incoming, kept: Kept) -> bool:
        """Mark `kept` as handled. False when it was handled before, our lease was lost, or this very message (channel, bot,
        chat, message id; not for edits and choices) was heard under another update id."""
        ...

    async def done(self, kept: Kept) -> None:
        """Mark as handled: there was nothing in it for us."""
        ...

    async def retry(self, kept: Kept, at: datetime, problem: str) -> None: ...

    async def quarantine(self, kept: Kept, problem: str) -> None:
        """Out of the way of its lane, for a person to look at."""
        ...


class Outbox(Protocol):
    async def add(self, *messages: Outgoing, now: datetime) -> None: ...

    async def claim(self, now: datetime, lease: timedelta, limit: int, *, channels: Sequence[str]) -> Sequence[Parcel]:
        """Lease waiting rows: the head of each lane only, alarms first, none of a held lane or channel."""
        ...

    async def sent(self, parcel: Parcel, reference: str, now: datetime) -> bool:
        """False when the lease was lost meanwhile."""
        ...

    async def retry(self, parcel: Parcel, at: datetime, problem: str, *, doubtful: bool = False, counted: bool = True) -> None:
        """Not `counted`: we were told to wait, which is no failure of the message."""
        ...

    async def bury(self, parcel: Parcel, status: OutStatus, problem: str) -> None:
        """UNKNOWN or DEAD: not tried again, seen by a person."""
        ...

    async def hold(self, lane: str, until: datetime) -> None:
        """Nothing leaves in this lane (or, for "telegram:<bot>", in the whole channel) before `until`. Survives a restart."""
        ...

    async def move(self, old: ConversationKey, new: ConversationKey) -> None:
        """The chat has another id: every stored id changes, waiting messages too."""
        ...


class Conversations(Protocol):
    async def load(self, key: ConversationKey) -> Talk:
        """A new one stands at `Idle()`, version 0."""
        ...

    async def save(self, talk: Talk) -> Talk:
        """Raises `errors.Conflict` when the version moved."""
        ...


class Meldingen(Protocol):
    async def add(self, melding: Melding, *events: Event) -> Melding:
        """Gives it the next number of the year of `received_at` and version 1; the first revision is kept."""
        ...

    async def get(self, number: str) -> Melding | None: ...

    async def save(self, melding: Melding, *events: Event) -> Melding:
        """The same with the next version; a changed report is kept as a new revision. Raises `errors.Conflict`."""
        ...

    async def note(self, number: str, *events: Event) -> None:
        """Append events; the melding itself does not move."""
        ...

    async def events(self, number: str) -> tuple[Event, ...]:
        """Oldest first."""
        ...

    async def revisions(self, number: str) -> int: ...

    async def queue(self, wanted: QueueFilter, *, offset: int, limit: int) -> Page:
        """Open meldingen that are not `geen`: unread and acuut first, then the term that runs out first."""
        ...

    async def ending_in(self, regio: str, digits: str) -> tuple[str, ...]:
        """Open numbers whose digits end so, at most 5."""
        ...

    async def of_melder(self, key: ConversationKey) -> tuple[Melding, ...]:
        """Newest first, at most 10."""
        ...

    async def set_follow_code(self, number: str, code: str) -> None:
        """Kept as a keyed hash only."""
        ...

    async def by_follow_code(self, code: str) -> Melding | None: ...


class People(Protocol):
    async def get(self, person: int) -> Person | None: ...

    async def by_conversation(self, key: ConversationKey) -> Person | None:
        """Active people only."""
        ...

    async def all(self, regio: str) -> tuple[Person, ...]:
        """Active people, by id."""
        ...

    async def invite(self, code: str, invitation: Invitation) -> None:
        """The code is kept as a keyed hash only."""
        ...

    async def redeem(self, code: str, key: ConversationKey, now: datetime) -> Person | None:
        """The person behind the code, now reachable at `key` too. A code makes one person, and may be used once per channel.
        None for a wrong, used or expired one."""
        ...

    async def add_address(self, person: int, key: ConversationKey) -> None: ...

    async def set_duty(self, person: int, on_duty: bool) -> None: ...

    async def set_reachable(self, key: ConversationKey, reachable: bool) -> None: ...


class Deadlines(Protocol):
    async def set(self, deadline: Deadline) -> None:
        """Replaces the one of the same kind and subject."""
        ...

    async def clear(self, kind: DeadlineKind, subject: str) -> None: ...

    async def get(self, kind: DeadlineKind, subject: str) -> Deadline | None: ...

    async def take_due(self, now: datetime) -> Deadline | None:
        """Take the one that is due longest, out of the table and out of the sight of other replicas; None when none is due."""
        ...


class Limits(Protocol):
    async def hit(self, key: str, now: datetime, *, window: timedelta, most: int) -> bool:
        """Count one; False when there were more than `most` within the window."""
        ...


class Files(Protocol):
    async def expect(self, file_id: str, key: ConversationKey, attachment: Attachment, now: datetime) -> None:
        """Remember that this file is to be fetched and kept under this id. Expecting it twice is normal."""
        ...

    async def statuses(self, ids: Sequence[str]) -> Mapping[str, FileStatus]: ...


class Decisions(Protocol):
    async def keep(self, decision: Decision) -> None: ...

    async def all(self) -> tuple[Decision, ...]:
        """Of every regio, oldest first."""
        ...


class UnitOfWork(Protocol):
    @property
    def inbox(self) -> Inbox: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def meldingen(self) -> Meldingen: ...
    @property
    def people(self) -> People: ...
    @property
    def deadlines(self) -> Deadlines: ...
    @property
    def limits(self) -> Limits: ...
    @property
    def files(self) -> Files: ...
    @property
    def decisions(self) -> Decisions: ...

    async def commit(self) -> None: ...


Begin = Callable[[], AbstractAsyncContextManager[UnitOfWork]]


class Triage(Protocol):
    async def assess(self, text: str) -> Assessment: ...


@dataclass(frozen=True, slots=True)
class Place:
    """What a geocoder knows of an address. WGS84 degrees, None where it knows no coordinates."""

    woonplaats: str
    gemeente: str
    latitude: float | None = None
    longitude: float | None = None


class Geocoder(Protocol):
    async def find(self, locatie: Locatie) -> Sequence[Place]:
        """All places that fit the street, number, postcode and woonplaats in `locatie`; empty when there are none. Never sees
        the text. Does not raise, and takes no longer than its own time-out."""
        ...


Clock = Callable[[], datetime]
Holiday = Callable[[date], bool]
