"""A melding: its life as a table of transitions, and the events that tell it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from flows.assessment import Thema, Urgentie
from flows.messages import ConversationKey
from flows.report import Report


class Status(StrEnum):
    NEW = "nieuw"
    LOOKED_AT = "bekeken"  # somebody at the meldpunt looks at it
    ASSIGNED = "toegewezen"  # somebody was asked and has not answered
    ACKNOWLEDGED = "opgepakt"  # a living person said "Ik pak dit op"
    CLOSED = "gesloten"
    WITHDRAWN = "ingetrokken"

    @property
    def open(self) -> bool:
        return self not in {Status.CLOSED, Status.WITHDRAWN}


# From → to, with the reason it exists. What is not here cannot happen.
TRANSITIONS: Mapping[tuple[Status, Status], str] = {
    (Status.NEW, Status.LOOKED_AT): "een medewerker kijkt",
    (Status.NEW, Status.ASSIGNED): "toegewezen, vanzelf of door een medewerker",
    (Status.NEW, Status.ACKNOWLEDGED): "iemand pakt het op voordat het is toegewezen",
    (Status.NEW, Status.CLOSED): "gesloten door een medewerker",
    (Status.NEW, Status.WITHDRAWN): "ingetrokken door de melder",
    (Status.LOOKED_AT, Status.LOOKED_AT): "een andere medewerker kijkt",
    (Status.LOOKED_AT, Status.ASSIGNED): "toegewezen door een medewerker",
    (Status.LOOKED_AT, Status.ACKNOWLEDGED): "de medewerker houdt het zelf",
    (Status.LOOKED_AT, Status.CLOSED): "gesloten door een medewerker",
    (Status.LOOKED_AT, Status.WITHDRAWN): "ingetrokken door de melder",
    (Status.ASSIGNED, Status.ASSIGNED): "aan een ander toegewezen, of een trede hoger",
    (Status.ASSIGNED, Status.ACKNOWLEDGED): "iemand zei: ik pak dit op",
    (Status.ASSIGNED, Status.NEW): "teruggegeven, en er is niemand anders",
    (Status.ASSIGNED, Status.CLOSED): "gesloten door een medewerker",
    (Status.ASSIGNED, Status.WITHDRAWN): "ingetrokken door de melder",
    (Status.ACKNOWLEDGED, Status.ASSIGNED): "aan een ander toegewezen",
    (Status.ACKNOWLEDGED, Status.CLOSED): "afgerond",
    (Status.ACKNOWLEDGED, Status.WITHDRAWN): "ingetrokken door de melder",
    (Status.CLOSED, Status.LOOKED_AT): "heropend door een medewerker",
}


class EventKind(StrEnum):
    RECEIVED = "ontvangen"
    UNFINISHED = "onaf-aangeboden"
    COMPLETED = "aangevuld-tot-melding"
    REVISED = "herzien"
    READ = "bekeken"  # every look is kept
    LOOKED_AT = "in-behandeling"
    ASSIGNED = "toegewezen"
    SKIPPED = "overgeslagen"  # a person on the ladder could not be reached
    CLIMBED = "trede-hoger"
    ACKNOWLEDGED = "opgepakt"
    DECLINED = "niet-voor-mij"
    URGENTIE = "urgentie"
    THEMA = "thema"
    GEMEENTE = "gemeente"
    ASKED = "vraag-aan-melder"
    ANSWERED = "antwoord-van-melder"
    NOTE = "notitie"
    CLOSED = "gesloten"
    REOPENED = "heropend"
    WITHDRAWN = "ingetrokken"
    UNDELIVERED = "niet-afgeleverd"
    ALARM = "alarm"
    LATE = "termijn-verstreken"


@dataclass(frozen=True, slots=True)
class Event:
    """What happened; appended, never changed. `actor` is a person's id, None for the machine or the melder."""

    kind: EventKind
    at: datetime
    actor: int | None = None
    detail: Mapping[str, str] = field(default_factory=dict)  # sealed: may hold what people wrote


@dataclass(frozen=True, slots=True)
class Melding:
    """`version` moves with every change: who holds an old one gets `Conflict`."""

    number: str  # M-2026-000042; "" until storage gave one
    regio: str
    status: Status
    report: Report
    conversation: ConversationKey  # of the melder
    received_at: datetime
    unfinished: bool = False  # the melder is still busy, or fell silent
    urgentie: Urgentie | None = None  # None: not read yet, a person first
    decided: bool = False  # a person set the urgentie; no machine touches it again
    chosen: tuple[Thema, ...] | None = None  # the themas that a person set; None: as proposed
    gemeente: str = ""
    due_at: datetime | None = None  # the term that runs out first
    owner: int | None = None  # who has it: said "Ik pak dit op"
    looker: int | None = None  # who looks at it at the desk
    asked: tuple[int, ...] = ()  # who was asked on this rung of the ladder
    rung: int = -1  # of the ladder; -1: nobody was asked
    version: int = 0

    @property
    def safe(self) -> str:
        """The redacted story, for lists. Empty when nobody has read it: redaction fails closed."""
        return "" if self.report.reading is None else self.report.reading.veilig

    @property
    def themas(self) -> tuple[Thema, ...]:
        """A person's word goes before the machine's, also when the melder says more."""
        return self.proposed_themas if self.chosen is None else self.chosen

    @property
    def proposed_themas(self) -> tuple[Thema, ...]:
        return () if self.report.reading is None else self.report.reading.themas

    @property
    def acute(self) -> bool:
        return self.urgentie is Urgentie.ACUUT


@dataclass(frozen=True, slots=True)
class Move:
    """A melding and what happened to it: saved together or not at all."""

    melding: Melding
    events: tuple[Event, ...] = ()


def has_to_do_with(melding: Melding, person: int) -> bool:
    """This person has it, or was asked for it."""
    return melding.owner == person or person in melding.asked


def may_move(source: Status, target: Status) -> bool:
    return (source, target) in TRANSITIONS
