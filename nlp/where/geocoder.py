"""The embedded geocoder: the gazetteer behind the core's Geocoder port. Knows woonplaatsen and postcodes, no streets."""

from collections.abc import Sequence

from flows.assessment import Locatie
from flows.ports import Place
from nlp.where.gazetteer import Gazetteer, PlaceEntry, key

_PC4 = 4


class EmbeddedGeocoder:
    """Answers at once and asks nobody."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    async def find(self, locatie: Locatie) -> Sequence[Place]:
        return self.known(locatie)

    def known(self, locatie: Locatie) -> tuple[Place, ...]:
        """One place for each gemeente that fits woonplaats and postcode; a contradicting postcode counts not."""
        digits = locatie.postcode[:_PC4]
        by_code = self._gazetteer.gemeenten(int(digits)) if digits.isdecimal() and len(digits) == _PC4 else ()
        if not locatie.woonplaats:
            return tuple(Place("", gemeente) for gemeente in by_code)
        entries = self._gazetteer.named(key(locatie.woonplaats))
        fitting = [entry for entry in entries if entry.gemeente in by_code] or list(entries)
        preferred = self._gazetteer.preferred(entry.gemeente for entry in fitting)
        return tuple(_place(entry) for entry in fitting if entry.gemeente in preferred)


def _place(entry: PlaceEntry) -> Place:
    return Place(entry.woonplaats, entry.gemeente)
