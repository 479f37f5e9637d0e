"""The woonplaatsen of the Netherlands with their gemeente: by name, by a name with a typing error, by postcode.

Where a name or a postcode fits several gemeenten, those of the configured regio win; one left is certain, several are asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nlp.normalise import plain
from nlp.where.national import PlaceEntry, bare, national

__all__ = ["Gazetteer", "PlaceEntry", "key", "national"]

_LONG_FROM = 10  # letters from which two typing errors still leave one name
_FUZZY_FROM = 6  # letters; shorter names lie too near to words


@lru_cache(maxsize=20_000)
def key(name: str) -> str:
    """Letters only: "'s-Gravenhage" and "s gravenhage" are one key."""
    return "".join(char for char in plain(name) if char.isalnum())


def _as_the_regio_spells(own: Sequence[PlaceEntry], country: Iterable[PlaceEntry]) -> dict[str, str]:
    """ "Bergen (NH)" is "Bergen" in a regio that has postcodes of it under that name."""
    names = {entry.gemeente for entry in own}
    spelled: dict[str, str] = {}
    for entry in country:
        short = bare(entry.gemeente)
        if short != entry.gemeente and short in names and entry.gemeente not in names:
            same = (known for known in own if known.gemeente == short)
            if any(known.holds(low) for known in same for low, _ in entry.postcodes):
                spelled[entry.gemeente] = short
    return spelled


class Gazetteer:
    """Only read after it was made. `entries` that are not `national` are the regio's; `aliases`: said → official."""

    def __init__(self, entries: Iterable[PlaceEntry], aliases: Mapping[str, str]) -> None:
        self._by_key: dict[str, list[PlaceEntry]] = {}
        self._by_pc4: dict[int, list[PlaceEntry]] = {}
        every = tuple(entries)
        own = tuple(entry for entry in every if not entry.national)
        country = tuple(entry for entry in every if entry.national)
        spelled = _as_the_regio_spells(own, country)
        self._regio = frozenset(entry.gemeente for entry in own if entry.gemeente)
        for entry in (*own, *(replace(entry, gemeente=spelled.get(entry.gemeente, entry.gemeente)) for entry in country)):
            self._add(entry)
        for alias, official in aliases.items():
            self._by_key.setdefault(key(alias), self._by_key.get(key(official), []))
        names = chain((entry.woonplaats for entry in every), aliases)
        self._spaced = frozenset(key(form) for name in names for form in (name, bare(name)) if not form.isalpha())
        self._fuzzy = [name for name, found in self._by_key.items() if len(name) >= _FUZZY_FROM and found]

    def _add(self, entry: PlaceEntry) -> None:
        for name in {key(entry.woonplaats), key(bare(entry.woonplaats))}:
            known = self._by_key.setdefault(name, [])
            if not any(other.gemeente == entry.gemeente for other in known):
                known.append(entry)
        for low, high in entry.postcodes:
            for pc4 in range(low, high + 1):
                self._by_pc4.setdefault(pc4, []).append(entry)

    def named(self, joined: str) -> tuple[PlaceEntry, ...]:
        """`joined` as `key` makes it."""
        return tuple(self._by_key.get(joined, ()))

    def spaced(self, joined: str) -> bool:
        """Whether the name is written as several words: "nu is" is not Nuis."""
        return joined in self._spaced

    def nearly(self, joined: str, preferred: frozenset[str] = frozenset()) -> tuple[PlaceEntry, ...]:
        """One typing error away, two in a long name, and with the same first letter. When several places are as near: the one
        whose key is `preferred`, else nothing."""
        if len(joined) < _FUZZY_FROM:
            return ()
        most = 2 if len(joined) >= _LONG_FROM else 1
        found = process.extract(joined, self._fuzzy, scorer=OSA.distance, score_cutoff=most, limit=6)
        near = [(name, distance) for name, distance, _ in found if name[0] == joined[0]]
        best = [name for name, distance in near if distance == min(found for _, found in near)]
        best = [name for name in best if name in preferred] or best
        return self.named(best[0]) if len({self.named(name) for name in best}) == 1 else ()

    def gemeenten(self, pc4: int) -> tuple[str, ...]:
        return self.preferred(entry.gemeente for entry in self._by_pc4.get(pc4, ()))

    def preferred(self, gemeenten: Iterable[str]) -> tuple[str, ...]:
        """Each once; only those of the regio when there are any: who writes to a meldpunt mostly means its own area."""
        found = tuple(dict.fromkeys(naam for naam in gemeenten if naam))
        return tuple(naam for naam in found if naam in self._regio) or found

    def in_regio(self, entries: Sequence[PlaceEntry]) -> bool:
        return any(entry.gemeente in self._regio for entry in entries)

    def exists(self, pc4: int) -> bool:
        return pc4 in self._by_pc4
