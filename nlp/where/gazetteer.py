"""The woonplaatsen of the Netherlands: by name, by a name with a typing error, by postcode.

The regio's own entries know their gemeente; the national list (`data/woonplaatsen.tsv`) does not.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from flows.errors import BadSettings
from nlp.normalise import plain
from nlp.rules import lexicon

_FUZZY_FROM = 6  # letters; shorter names lie too near to words


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """`postcodes`: ranges of four-digit postcodes, both ends included."""

    woonplaats: str
    gemeente: str
    postcodes: tuple[tuple[int, int], ...] = ()

    def holds(self, pc4: int) -> bool:
        return any(low <= pc4 <= high for low, high in self.postcodes)


def key(name: str) -> str:
    """Letters only: "'s-Gravenhage" and "s gravenhage" are one key."""
    return "".join(char for char in plain(name) if char.isalnum())


class Gazetteer:
    """Only read after it was made. `aliases`: what people call a place → its official name."""

    def __init__(self, entries: Iterable[PlaceEntry], aliases: Mapping[str, str]) -> None:
        self._by_key: dict[str, list[PlaceEntry]] = {}
        self._by_pc4: dict[int, list[PlaceEntry]] = {}
        for entry in entries:
            self._add(entry)
        for alias, official in aliases.items():
            self._by_key.setdefault(key(alias), self._by_key.get(key(official), []))
        self._fuzzy = [name for name, found in self._by_key.items() if len(name) >= _FUZZY_FROM and found]

    def _add(self, entry: PlaceEntry) -> None:
        """A regio's entry comes first and hides the national one of that name."""
        known = self._by_key.setdefault(key(entry.woonplaats), [])
        if entry.gemeente or not any(other.gemeente for other in known):
            known.append(entry)
        for low, high in entry.postcodes:
            for pc4 in range(low, high + 1):
                self._by_pc4.setdefault(pc4, []).append(entry)

    def named(self, joined: str) -> tuple[PlaceEntry, ...]:
        """`joined` as `key` makes it."""
        return tuple(self._by_key.get(joined, ()))

    def nearly(self, joined: str) -> tuple[PlaceEntry, ...]:
        """One typing error away and with the same first letter; nothing when two places are as near."""
        if len(joined) < _FUZZY_FROM:
            return ()
        found = process.extract(joined, self._fuzzy, scorer=OSA.distance, score_cutoff=1, limit=3)
        near = [name for name, _, _ in found if name[0] == joined[0]]
        return self.named(near[0]) if len({self.named(name) for name in near}) == 1 else ()

    def gemeenten(self, pc4: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.gemeente for entry in self._by_pc4.get(pc4, ()) if entry.gemeente))

    def exists(self, pc4: int) -> bool:
        return pc4 in self._by_pc4


def national() -> Iterator[PlaceEntry]:
    """The shipped list; raises BadSettings with the line that cannot be read."""
    for number, line in enumerate(lexicon.source("woonplaatsen.tsv").splitlines(), 1):
        if line.startswith("#") or not line:
            continue
        name, _, ranges = line.partition("\t")
        try:
            yield PlaceEntry(name, "", tuple(_range(part) for part in ranges.split(",")))
        except ValueError as error:
            raise BadSettings([f"woonplaatsen.tsv:{number}: {error}"]) from error


def _range(part: str) -> tuple[int, int]:
    low, _, high = part.partition("-")
    return int(low), int(high or low)
