"""The people of a meldpunt: roles, where they can be reached, and what each role may do.

Rights are checked here and in the use cases, never in a channel.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flows.messages import ConversationKey


class Role(StrEnum):
    MEDEWERKER = "medewerker"
    COORDINATOR = "coordinator"
    REGIEVOERDER = "regievoerder"
    VERVANGER = "vervanger"
    PIKET = "piket"
    PROFESSIONAL = "professional"  # a melder with a known organisation; no staff


DESK = frozenset({Role.MEDEWERKER, Role.COORDINATOR})
REGIE = frozenset({Role.REGIEVOERDER, Role.VERVANGER, Role.PIKET})


class Right(StrEnum):
    """What can be done; a command asks for one of these."""

    QUEUE = "queue"  # see the queue and the meldingen in it
    READ = "read"  # open one melding
    TAKE = "take"  # take it: acknowledge, or look at it for the desk
    ASSIGN = "assign"
    DECIDE = "decide"  # urgentie, themas, gemeente, close
    ASK = "ask"  # a question to the melder
    NOTE = "note"
    DUTY = "duty"
    INVITE = "invite"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.COORDINATOR: frozenset(Right),
    Role.MEDEWERKER: frozenset(Right) - {Right.INVITE},
    **{role: frozenset({Right.READ, Right.TAKE, Right.NOTE, Right.DUTY}) for role in REGIE},
    Role.PROFESSIONAL: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Address:
    """A chat of a person; `reachable` is false after the channel refused for good."""

    conversation: ConversationKey
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """`gemeente` "" means the whole regio."""

    id: int
    role: Role
    regio: str
    gemeente: str = ""
    organisatie: str = ""
    name: str = ""
    on_duty: bool = True
    active: bool = True
    addresses: tuple[Address, ...] = ()

    @property
    def reachable(self) -> bool:
        """A notification has a chance now."""
        return self.active and self.on_duty and any(address.reachable for address in self.addresses)

    @property
    def label(self) -> str:
        """How colleagues see this person."""
        return self.name or f"{self.role} {self.gemeente}".strip()

    def may(self, right: Right, *, gemeente: str | None = None) -> bool:
        """`gemeente` of the melding, when the right is about one: regie sees its own gemeente only."""
        if not self.active or right not in RIGHTS[self.role]:
            return False
        return self.role not in REGIE or gemeente is None or self.gemeente in ("", gemeente)


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who the person will be that brings the code."""

    role: Role
    regio: str
    gemeente: str = ""
    organisatie: str = ""
    name: str = ""
    expires_at: datetime | None = None
