"""Where the person is: street, number, postcode and woonplaats, out of all places that the text names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flows.assessment import Betreft, Locatie, MelderRole
from nlp.normalise import plain
from nlp.reading import Reading
from nlp.where.addresses import Address, Addresses, Postcode
from nlp.where.gazetteer import Gazetteer, PlaceEntry, key

_LONGEST = 6  # tokens in the name of a place
_NEAR = 14  # characters between an address and its woonplaats


@dataclass(frozen=True, slots=True)
class Named:
    """A place that the text may name: the higher the score, the surer."""

    start: int  # token
    end: int
    entries: tuple[PlaceEntry, ...]
    score: int


class Places:
    """A component: fills `locatie`."""

    def __init__(self, gazetteer: Gazetteer, data: Mapping[str, Any], addresses: Addresses) -> None:
        self._gazetteer = gazetteer
        self._addresses = addresses
        words = data["woorden"]
        self._prepositions = frozenset(words["voorzetsels"])
        self._offices = frozenset(words["instanties"])
        self._elsewhere = frozenset(words["elders"])
        self._also_words = frozenset(key(name) for name in words["ook_woorden"])
        self._well_known = frozenset(key(name) for name in words["bekend"])
        self._provinces: Mapping[str, list[list[int]]] = data["provincies"]

    def __call__(self, reading: Reading) -> None:
        addresses = self._addresses.find(reading.text)
        postcodes = [p for p in self._addresses.postcodes(reading.text) if self._gazetteer.exists(int(p.code[:4]))]
        best = max(self._named(reading, addresses, postcodes), key=lambda named: named.score, default=None)
        locatie = self._locatie(reading, _main(addresses), postcodes[0] if postcodes else None, best)
        reading.locatie = locatie if locatie.known else None

    def _locatie(self, reading: Reading, address: Address | None, postcode: Postcode | None, named: Named | None) -> Locatie:
        gemeenten = self._gemeenten(reading, named, postcode)
        return Locatie(
            straat=address.straat if address else "",
            huisnummer=address.huisnummer if address else "",
            postcode=postcode.code if postcode else "",
            woonplaats=named.entries[0].woonplaats if named else "",
            gemeente=gemeenten[0] if len(gemeenten) == 1 else "",
            candidates=gemeenten if len(gemeenten) > 1 else (),
        )

    def _gemeenten(self, reading: Reading, named: Named | None, postcode: Postcode | None) -> tuple[str, ...]:
        """The gemeenten that fit everything that was said."""
        by_code = self._gazetteer.gemeenten(int(postcode.code[:4])) if postcode else ()
        if named is None:
            return by_code
        entries = self._of_province(reading, named)
        by_name = tuple(dict.fromkeys(entry.gemeente for entry in entries if entry.gemeente))
        return tuple(name for name in by_name if name in by_code) or by_name

    def _of_province(self, reading: Reading, named: Named) -> tuple[PlaceEntry, ...]:
        """ "hengelo ov": only the entries in that province."""
        after = [plain(t.text).strip("().") for t in reading.doc[named.end : named.end + 2]]
        ranges = next((self._provinces[word] for word in after if word in self._provinces), None)
        if ranges is None:
            return named.entries
        return tuple(e for e in named.entries if any(lo <= low <= hi for low, _ in e.postcodes for lo, hi in ranges))

    def _named(self, reading: Reading, addresses: list[Address], postcodes: list[Postcode]) -> Iterator[Named]:
        ends = [*(a.end for a in addresses), *(p.end for p in postcodes)]
        taken = [(item.start, item.end) for item in addresses]
        start = 0
        while start < len(reading.doc):
            token = reading.doc[start]
            if not reading.words[start] or any(a <= token.idx < b for a, b in taken):
                start += 1
                continue
            named = self._at(reading, start, after_address=any(0 <= token.idx - end <= _NEAR for end in ends))
            if named and named.score > 0:
                yield named
            start = named.end if named and named.score > 0 else start + 1

    def _at(self, reading: Reading, start: int, *, after_address: bool) -> Named | None:
        """The longest name that starts at this token, weighed; else one with a typing error."""
        joined, found = "", None
        for end in range(start + 1, min(start + _LONGEST, len(reading.doc)) + 1):
            token = reading.doc[end - 1].text
            if token.isspace() or token in {",", ".", "(", ")", "/", "!", "?"}:
                break
            joined += key(token)
            if joined and (entries := self._gazetteer.named(joined)):
                found = Named(start, end, entries, self._score(reading, start, end, joined, after_address=after_address))
        return found or self._misspelt(reading, start, after_address=after_address)

    def _misspelt(self, reading: Reading, start: int, *, after_address: bool) -> Named | None:
        """Only well-known places or those of the regio, and only where a place is expected."""
        if not after_address and self._before(reading, start) not in self._prepositions:
            return None
        entries = self._gazetteer.nearly(key(reading.doc[start].text))
        expected = any(entry.gemeente or key(entry.woonplaats) in self._well_known for entry in entries)
        return Named(start, start + 1, entries, 2) if expected else None

    def _before(self, reading: Reading, start: int) -> str:
        return plain(reading.doc[start - 1].text) if start else ""

    def _score(self, reading: Reading, start: int, end: int, joined: str, *, after_address: bool) -> int:
        before, text = self._before(reading, start), reading.doc[start:end].text
        capital = any(char.isupper() for char in text) and not reading.text[:200].isupper()
        preposition = before in self._prepositions
        if after_address and not preposition:
            return 5 if capital or joined not in self._also_words else 3
        if joined in self._also_words:
            score = 2 if capital and preposition else 0
        elif preposition:
            score = 3
        else:
            inside = start > 0 and reading.sentences[start - 1] == reading.sentences[start]
            score = 2 if capital and (inside or joined in self._well_known) else 1 if joined in self._well_known else 0
        return score - self._elsewhere_by(reading, start)

    def _elsewhere_by(self, reading: Reading, start: int) -> int:
        """How much speaks for the place of an office, of the melder's work or of the melder's own home."""
        near = reading.words[max(0, start - 4) : start]
        if set(near[-2:]) & self._offices or set(near) & self._elsewhere:
            return 5
        own_home = "ik" in near and bool({"woon", "woonde"} & set(near))
        if own_home and reading.betreft is Betreft.ANDER:
            return 5 if reading.role is MelderRole.NAASTE else 2
        return 0


def _main(addresses: list[Address]) -> Address | None:
    """The first with a number, else the first."""
    return next((a for a in addresses if a.huisnummer), addresses[0] if addresses else None)
