"""What people decide, beside what the machine proposed: labelled examples to learn from and to measure by. Pure.

Only a person makes one of these. Names and places are not in it: the text is the redacted one, or "" when nobody has read it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from flows.assessment import MelderRole, Thema, Urgentie
from flows.melding import Melding
from flows.people import Person, Role


class What(StrEnum):
    URGENTIE = "urgentie"
    THEMA = "thema"
    GEMEENTE = "gemeente"


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that was proposed at that moment, whatever was decided about."""

    urgentie: Urgentie
    themas: tuple[Thema, ...] = ()
    gemeente: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """`proposed` and `decided` are a level, themas with commas, or the name of a gemeente. `proposal` None: the machine had not
    read what the person read; then `text` and `model` are empty too."""

    at: datetime
    melding: str  # its number
    regio: str
    role: Role  # of who decided
    what: What
    proposed: str
    decided: str
    model: str
    text: str  # redacted
    proposal: Proposal | None
    melder: MelderRole | None = None  # who told it

    @property
    def changed(self) -> bool:
        return self.proposed != self.decided


def made(melding: Melding, person: Person, what: What, decided: str, at: datetime) -> Decision:
    """`melding` as it was before. A reading that does not know the newest words proposes nothing."""
    report = melding.report
    reading = None if report.unread else report.reading
    proposal = None if reading is None else Proposal(reading.urgentie, ordered(reading.themas), report.gemeente)
    return Decision(
        at,
        melding.number,
        melding.regio,
        person.role,
        what,
        report.gemeente if what is What.GEMEENTE else _proposed(proposal, what),
        decided,
        reading.model if reading else "",
        reading.veilig if reading else "",
        proposal,
        report.role,
    )


def _proposed(proposal: Proposal | None, what: What) -> str:
    if proposal is None:
        return ""
    return joined(proposal.themas) if what is What.THEMA else str(proposal.urgentie)


def ordered(themas: Iterable[Thema]) -> tuple[Thema, ...]:
    """Each once, in the order of the codebook."""
    chosen = set(themas)
    return tuple(thema for thema in Thema if thema in chosen)


def joined(themas: Iterable[Thema]) -> str:
    """The inverse of `split`; "" is none."""
    return ",".join(ordered(themas))


def split(words: str) -> tuple[Thema, ...]:
    """Raises ValueError for what is no thema."""
    return tuple(Thema(word) for word in words.split(",") if word)


class Labelled(NamedTuple):
    """An example to train with; None is not decided by a person."""

    text: str
    urgentie: Urgentie | None
    themas: frozenset[Thema] | None


def labelled(decisions: Iterable[Decision]) -> tuple[Labelled, ...]:
    """One for each text of a melding, the last word about it counting; `decisions` oldest first. Without a text there is nothing
    to learn from, and a gemeente is not learned."""
    found: dict[tuple[str, str], Labelled] = {}
    for decision in decisions:
        if not decision.text:
            continue
        key = decision.melding, decision.text
        known = found.get(key, Labelled(decision.text, None, None))
        match decision.what:
            case What.URGENTIE:
                found[key] = known._replace(urgentie=Urgentie(decision.decided))
            case What.THEMA:
                found[key] = known._replace(themas=frozenset(split(decision.decided)))
            case What.GEMEENTE:
                pass
    return tuple(found.values())


@dataclass(slots=True)
class Tally:
    """`n` levels set by a person beside a proposal: `over` the machine was higher, `under` it was lower. `unread`: levels set
    without a proposal, not in `n`. `themas` and `gemeenten`: how many were changed."""

    n: int = 0
    over: int = 0
    under: int = 0
    unread: int = 0
    themas: int = 0
    gemeenten: int = 0

    def count(self, decision: Decision) -> None:
        match decision.what:
            case What.URGENTIE:
                self._level(decision.proposal, Urgentie(decision.decided))
            case What.THEMA:
                self.themas += decision.changed
            case What.GEMEENTE:
                self.gemeenten += decision.changed

    def _level(self, proposal: Proposal | None, decided: Urgentie) -> None:
        if proposal is None:
            self.unread += 1
            return
        self.n += 1
        self.over += proposal.urgentie.rank < decided.rank
        self.under += proposal.urgentie.rank > decided.rank


def last(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Of each melding the last word about each thing: who doubts must not count twice. `decisions` oldest first."""
    return tuple({(decision.melding, decision.what): decision for decision in decisions}.values())


def tallies(decisions: Iterable[Decision], group: Callable[[Decision], str]) -> dict[str, Tally]:
    """Counted by group, in the order of their names."""
    found: dict[str, Tally] = {}
    for decision in decisions:
        found.setdefault(group(decision), Tally()).count(decision)
    return dict(sorted(found.items()))
