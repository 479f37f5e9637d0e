"""What every use case is handed: the doors to the world and the settings of the regio."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flows import deadlines
from flows.assessment import Urgentie
from flows.ports import Begin, Clock, Geocoder, Holiday, Triage
from flows.regio import Regio


@dataclass(frozen=True, slots=True)
class House:
    """`digits(n)` gives n unguessable digits. `patience`: seconds the triage, and the geocoder, may take before
    a person reads first. `page(path)` is the address of a page of ours."""

    begin: Begin
    triage: Triage
    regio: Regio
    clock: Clock
    holiday: Holiday
    digits: Callable[[int], str]
    page: Callable[[str], str]
    patience: float = 2.0
    geocoder: Geocoder | None = None  # asked when the words leave several gemeenten

    def first_look_due(self, urgentie: Urgentie | None, start: datetime) -> datetime:
        """Nobody has read it yet: it may be acute, so it has the term of acute."""
        return self._due(self.regio.terms.first_look[_with_term(urgentie)], start)

    def acknowledge_due(self, urgentie: Urgentie | None, start: datetime) -> datetime:
        return self._due(self.regio.terms.acknowledge[_with_term(urgentie)], start)

    def _due(self, term: deadlines.Term, start: datetime) -> datetime:
        return deadlines.due(term, start, self.regio.kantooruren, self.holiday)


def _with_term(urgentie: Urgentie | None) -> Urgentie:
    if urgentie is None:
        return Urgentie.ACUUT
    return Urgentie.ADVIES if urgentie is Urgentie.GEEN else urgentie
