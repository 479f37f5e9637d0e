"""A regio: its gemeenten, its office hours, its terms, and whether a place lies in it. Pure: the text of the file is given."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from flows import gemeenten, regio_parts, toml_reader
from flows.assessment import Locatie, Urgentie
from flows.deadlines import OfficeHours
from flows.gemeenten import Gemeente
from flows.regio_parts import Terms

__all__ = ["Aanspreekvorm", "Gemeente", "OfficeHours", "Regio", "Routing", "Terms", "parse"]

KEYS = ("key", "naam", "telefoon", "aanspreekvorm", "automatisch_toewijzen", "kantooruren", "termijnen", "gemeenten")
AUTO_ASSIGN = frozenset({Urgentie.ACUUT, Urgentie.SPOED})


class Aanspreekvorm(StrEnum):
    U = "u"
    JE = "je"


@dataclass(frozen=True, slots=True)
class Routing:
    """Where a melding belongs: `gemeente` "" is not known. `outside`: a place is known and it is certainly not in this regio."""

    gemeente: str = ""
    outside: bool = False
    candidates: tuple[str, ...] = ()  # of this regio; several when only a person can tell


OUTSIDE = Routing(outside=True)


@dataclass(frozen=True, slots=True)
class Regio:
    key: str
    naam: str
    gemeenten: tuple[Gemeente, ...]
    kantooruren: OfficeHours = field(default_factory=OfficeHours)
    terms: Terms = field(default_factory=Terms)
    auto_assign: frozenset[Urgentie] = AUTO_ASSIGN  # these go to the regievoerder before a medewerker looked
    telefoon: str = ""
    aanspreekvorm: Aanspreekvorm = Aanspreekvorm.U

    def gemeente(self, naam: str) -> Gemeente | None:
        """Case, accents and hyphens do not matter."""
        return gemeenten.by_name(self.gemeenten, naam)

    def by_postcode(self, postcode: str) -> tuple[str, ...]:
        """ "7511AB", "7511 ab" or "7511". Several: the four digits straddle a border. Empty: not here, or no postcode."""
        pc4 = gemeenten.pc4(postcode)
        return tuple(gemeente.naam for gemeente in self.gemeenten if pc4 is not None and gemeente.has_postcode(pc4))

    def by_woonplaats(self, name: str) -> tuple[str, ...]:
        return gemeenten.by_woonplaats(self.gemeenten, name)

    def nearest(self, latitude: float, longitude: float) -> str | None:
        """The gemeente whose centre is nearest, None when that is over 20 km away."""
        return gemeenten.nearest(self.gemeenten, latitude, longitude)

    def route(self, locatie: Locatie) -> Routing:
        """The surest thing that was said decides: gemeente, then postcode, then woonplaats, then what nlp thought possible."""
        if locatie.gemeente:
            known = self.gemeente(locatie.gemeente)
            return Routing(known.naam, candidates=(known.naam,)) if known else OUTSIDE
        if gemeenten.pc4(locatie.postcode) is not None:
            hints = (self.by_woonplaats(locatie.woonplaats), self._own(locatie.candidates))
            return _routing(self.by_postcode(locatie.postcode), hints)
        if locatie.woonplaats:
            return _routing(self.by_woonplaats(locatie.woonplaats), (self._own(locatie.candidates),))
        return _routing(self._own(locatie.candidates), ()) if locatie.candidates else Routing()

    def _own(self, namen: Iterable[str]) -> tuple[str, ...]:
        return tuple(gemeente.naam for naam in namen if (gemeente := self.gemeente(naam)))


def _routing(found: tuple[str, ...], hints: Iterable[tuple[str, ...]]) -> Routing:
    """A hint narrows what was found; a hint that contradicts it is ignored."""
    if not found:
        return OUTSIDE
    for hint in hints:
        found = tuple(naam for naam in found if naam in hint) or found
    return Routing(found[0] if len(found) == 1 else "", candidates=found)


def parse(text: str, *, source: str) -> Regio:
    """The regio in the TOML `text`. errors.BadSettings lists every problem as "source, regel N: wrong. how to mend it"."""
    top = toml_reader.read(text, source)
    top.refuse_unknown(*KEYS)
    regio = Regio(
        key=regio_parts.key(top),
        naam=top.text("naam"),
        gemeenten=regio_parts.gemeenten(top),
        kantooruren=regio_parts.office_hours(top.table("kantooruren")),
        terms=regio_parts.terms(top.table("termijnen")),
        auto_assign=regio_parts.urgenties(top, "automatisch_toewijzen", AUTO_ASSIGN),
        telefoon=top.text("telefoon", ""),
        aanspreekvorm=_aanspreekvorm(top),
    )
    top.report.raise_if_any()
    return regio


def _aanspreekvorm(top: toml_reader.Table) -> Aanspreekvorm:
    said = top.text("aanspreekvorm", Aanspreekvorm.U)
    if said in set(Aanspreekvorm):
        return Aanspreekvorm(said)
    if isinstance(top.values["aanspreekvorm"], str):  # another type was reported already
        top.wrong("aanspreekvorm", f"aanspreekvorm '{said}' kan niet", "Kies 'u' of 'je'")
    return Aanspreekvorm.U
