"""The shipped lists of the whole country: `data/gemeenten.tsv` (gemeente, its woonplaatsen) and `data/woonplaatsen.tsv`
(woonplaats, its four-digit postcodes). Every mistake in them is told as "file:line: what"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flows.errors import BadSettings
from nlp.normalise import plain
from nlp.rules import lexicon

GEMEENTEN, WOONPLAATSEN = "gemeenten.tsv", "woonplaatsen.tsv"
_SUFFIX = re.compile(r"[ ]\(?(?:Gld|NH|L|Ut|Gn|Ov)\)?$")
_PART = re.compile(r"(?P<naam>.*[^\d\s+-])(?:[ ](?P<codes>[\d+-]+))?")
_RANGE = re.compile(r"([1-9]\d{3})(?:-([1-9]\d{3}))?")

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """`postcodes`: ranges of four-digit postcodes, both ends included. `national`: from the shipped list, not from the regio."""

    woonplaats: str
    gemeente: str
    postcodes: Ranges = ()
    national: bool = False

    def holds(self, pc4: int) -> bool:
        return any(low <= pc4 <= high for low, high in self.postcodes)


def bare(name: str) -> str:
    """As people say it, of a gemeente too: "Hengelo (Gld)", "Elst Ut" and "Bergen (NH)" are Hengelo, Elst and Bergen."""
    return _SUFFIX.sub("", name)


def national() -> tuple[PlaceEntry, ...]:
    """Every woonplaats once for each gemeente that has it; raises BadSettings with every line that cannot be read."""
    return parse(lexicon.source(GEMEENTEN), lexicon.source(WOONPLAATSEN))


def parse(gemeenten: str, woonplaatsen: str) -> tuple[PlaceEntry, ...]:
    """A name of several gemeenten: each has the postcodes written behind it; who has none written gets those nobody claims."""
    problems: list[str] = []
    codes = {_key(naam): ranges for naam, ranges in _postcodes(woonplaatsen, problems)}
    written = list(_woonplaatsen(gemeenten, problems))
    if problems:
        raise BadSettings(problems)
    claimed: dict[str, set[int]] = {}
    for _, naam, ranges in written:
        claimed.setdefault(_key(naam), set()).update(low for low, _ in ranges)
    entries = [PlaceEntry(n, g, r or _left(codes.get(_key(n), ()), claimed[_key(n)]), national=True) for g, n, r in written]
    nobody = [PlaceEntry(naam, "", ranges, national=True) for naam, ranges in codes.items() if naam not in claimed]
    return (*entries, *nobody)


def _left(ranges: Ranges, claimed: set[int]) -> Ranges:
    return tuple(one for one in ranges if not any(one[0] <= low <= one[1] for low in claimed))


def _key(naam: str) -> str:
    return plain(bare(naam))


def _lines(name: str, text: str) -> Iterator[tuple[str, str, str]]:
    """Where, the first column, the second one."""
    for number, line in enumerate(text.splitlines(), 1):
        if line and not line.startswith("#"):
            first, _, second = line.partition("\t")
            yield f"{name}:{number}", first, second


def _postcodes(text: str, problems: list[str]) -> Iterator[tuple[str, Ranges]]:
    for where, naam, written in _lines(WOONPLAATSEN, text):
        try:
            yield naam, _ranges(written.split(","))
        except ValueError as error:
            problems.append(f"{where}: {error}")


def _woonplaatsen(text: str, problems: list[str]) -> Iterator[tuple[str, str, Ranges]]:
    """Gemeente, woonplaats, the postcodes behind it."""
    seen: dict[str, str] = {}
    for where, gemeente, written in _lines(GEMEENTEN, text):
        if gemeente in seen:
            problems.append(f"{where}: {gemeente} staat ook op {seen[gemeente]}")
        seen[gemeente] = where
        for part in written.split(","):
            try:
                naam, ranges = _part(part)
            except ValueError as error:
                problems.append(f"{where}: {error}")
            else:
                yield gemeente, naam, ranges


def _part(part: str) -> tuple[str, Ranges]:
    """ "Hengelo (Gld) 7255": the name and its postcodes. Raises ValueError."""
    found = _PART.fullmatch(part)
    if found is None:
        raise ValueError(f"geen woonplaats: «{part}»")
    return found["naam"], _ranges(found["codes"].split("+")) if found["codes"] else ()


def _ranges(parts: list[str]) -> Ranges:
    """Raises ValueError."""
    found = []
    for part in parts:
        match = _RANGE.fullmatch(part)
        if match is None or int(match[2] or match[1]) < int(match[1]):
            raise ValueError(f"geen postcodes van vier cijfers: «{part}»")
        found.append((int(match[1]), int(match[2] or match[1])))
    return tuple(found)
