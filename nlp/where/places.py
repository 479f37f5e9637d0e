"""Where the person is: street, number, postcode and woonplaats, out of all places that the text names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from flows.assessment import Locatie
from nlp.normalise import plain
from nlp.reading import Reading
from nlp.where.addresses import Address, Addresses, Postcode
from nlp.where.gazetteer import Gazetteer, PlaceEntry, key
from nlp.where.national import bare
from nlp.where.weighing import Mention, Weigher

_LONGEST = 6  # tokens in the name of a place
_NEAR = 14  # characters between an address and its woonplaats
_BREAKS = frozenset({",", ".", "(", ")", "/", "!", "?", ":", ";"})
_FUZZY_ANY = 8  # letters from which any place is recognised with a typing error, not only a well-known one
_SURE = 2  # points that a ward must have
_GROWN = 3  # letters that may be grown to a name in another script
_PROVINCE = 5  # tokens behind a name in which its province may stand


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
        self._weigh = Weigher(words)
        self._words = frozenset(key(name) for name in words["nooit_los"])
        self._rivers = frozenset(key(name) for name in words["rivieren"])
        self._well_known = frozenset(key(name) for name in words["bekend"])
        self._provinces: Mapping[str, list[list[int]]] = data["provincies"]
        scripts = data["andere_schriften"].items()
        self._stems = {stem: key(name) for name, stems in scripts for stem in sorted(stems, key=len, reverse=True)}
        wards = ((key(ward), gemeente) for gemeente, found in data["wijken"].items() for ward in found)
        self._wards = {ward: PlaceEntry("", gemeente, national=True) for ward, gemeente in wards}

    def __call__(self, reading: Reading) -> None:
        addresses = self._addresses.find(reading.text)
        postcodes = [p for p in self._addresses.postcodes(reading.text) if self._gazetteer.exists(int(p.code[:4]))]
        named = list(self._named(reading, addresses, postcodes))
        best = max(named, key=lambda found: found.score, default=None)
        between = _between(reading, named, best)
        locatie = self._locatie(reading, _main(addresses), postcodes[0] if postcodes else None, best, between)
        reading.locatie = locatie if locatie.known or locatie.candidates else None

    def _locatie(
        self, reading: Reading, address: Address | None, postcode: Postcode | None, named: Named | None, other: Named | None
    ) -> Locatie:
        entries = self._fitting(reading, named, postcode)
        gemeenten = self._gazetteer.preferred(entry.gemeente for entry in entries)
        if other is not None:  # between two places: in one of their gemeenten
            gemeenten = tuple(dict.fromkeys((*gemeenten, *self._gazetteer.preferred(e.gemeente for e in other.entries))))
        elif not entries and postcode:
            gemeenten = self._gazetteer.gemeenten(int(postcode.code[:4]))
        return Locatie(
            straat=address.straat if address else "",
            huisnummer=address.huisnummer if address else "",
            postcode=postcode.code if postcode else "",
            woonplaats="" if other else _woonplaats([entry for entry in entries if entry.gemeente in gemeenten] or entries),
            gemeente=gemeenten[0] if len(gemeenten) == 1 else "",
            candidates=gemeenten if len(gemeenten) > 1 else (),
        )

    def _fitting(self, reading: Reading, named: Named | None, postcode: Postcode | None) -> Sequence[PlaceEntry]:
        """The entries of that name that fit everything that was said; a postcode is surer than a province."""
        if named is None:
            return ()
        entries = self._of_province(reading, named)
        if postcode:
            pc4 = int(postcode.code[:4])
            by_code = self._gazetteer.gemeenten(pc4)
            return [e for e in named.entries if e.holds(pc4)] or [e for e in entries if e.gemeente in by_code] or entries
        return entries

    def _of_province(self, reading: Reading, named: Named) -> tuple[PlaceEntry, ...]:
        """ "hengelo ov", "Bergen (die in Noord-Holland)": only the entries in that province, when there are any."""
        after = [key(token.text) for token in reading.doc[named.end : named.end + _PROVINCE]]
        ranges = next((self._provinces[word] for word in after if word in self._provinces), ())
        fitting = tuple(e for e in named.entries if any(lo <= low <= hi for low, _ in e.postcodes for lo, hi in ranges))
        return fitting or named.entries

    def _named(self, reading: Reading, addresses: list[Address], postcodes: list[Postcode]) -> Iterator[Named]:
        ends = [*(a.end for a in addresses), *(p.end for p in postcodes)]
        taken = [(item.start, item.end) for item in addresses]
        start = 0
        while start < len(reading.doc):
            token = reading.doc[start]
            if not reading.words[start] or token.is_space or any(a <= token.idx < b for a, b in taken):
                start += 1
                continue
            named = self._at(reading, start, after_address=_follows(reading.text, token.idx, ends))
            if named and named.score > 0:
                yield named
            start = named.end if named and named.score > 0 else start + 1

    def _at(self, reading: Reading, start: int, *, after_address: bool) -> Named | None:
        """The longest name that starts at this token, weighed; else one with a typing error."""
        joined, found = "", None
        for end in range(start + 1, min(start + _LONGEST, len(reading.doc)) + 1):
            token = reading.doc[end - 1]
            if token.is_space or token.text in _BREAKS:
                break
            joined += key(token.text)
            one_word = end == start + 1 or self._gazetteer.spaced(joined) or joined in self._wards
            river = joined in self._rivers and reading.doc[start].text == "de"
            if joined and one_word and not river and (entries := self._entries(joined)):
                found = self._found(reading, Mention(start, end, joined, False, False, after_address), entries)
        return found or self._misspelt(reading, start, after_address=after_address)

    def _entries(self, joined: str) -> tuple[PlaceEntry, ...]:
        ward = self._wards.get(joined)
        return self._gazetteer.named(joined) or ((ward,) if ward else ())

    def _found(self, reading: Reading, mention: Mention, entries: tuple[PlaceEntry, ...]) -> Named:
        known = key(bare(entries[0].woonplaats)) in self._well_known or self._gazetteer.in_regio(entries)
        weighed = Mention(mention.start, mention.end, mention.name, mention.name in self._words, known, mention.after_address)
        score = self._weigh(reading, weighed)
        if score > 0 and mention.end - mention.start > 1:
            score += 1  # a name of several words is no chance
        return Named(mention.start, mention.end, entries, score if entries[0].woonplaats else score - _SURE)

    def _in_script(self, text: str) -> tuple[PlaceEntry, ...]:
        """A name in Cyrillic or Arabic letters, with its case or a preposition grown to it."""
        word = text.lower()
        for stem, joined in self._stems.items():
            if stem in word and len(word) - len(stem) <= _GROWN:
                return self._gazetteer.named(joined)
        return ()

    def _head(self, text: str) -> str:
        """What stands before a hyphen or an apostrophe: "Deventer'de", "Leeuwarden-Oost"; of "Zwolle-Emmen" nothing."""
        for mark in ("'", "’", "-"):
            head, found, tail = text.partition(mark)
            if found and len(head) >= _HEAD and not self._gazetteer.named(key(tail)):
                return head
        return ""

    def _misspelt(self, reading: Reading, start: int, *, after_address: bool) -> Named | None:
        """With one typing error, only where a place is expected; or with a Turkish ending, a ward behind it ("Deventer'de")."""
        text = reading.doc[start].text
        if not text.isascii() and (entries := self._in_script(text)):
            return Named(start, start + 1, entries, _SURE)
        head = self._head(text)
        if head and (entries := self._gazetteer.named(key(head))):
            return self._found(reading, Mention(start, start + 1, key(head), False, False, after_address), entries)
        if not after_address and not self._weigh.expected(reading, start):
            return None
        joined = key(head or text)
        if plain(text) in _COMMON:
            return None
        entries = self._gazetteer.nearly(joined, self._well_known)
        known = any(key(bare(entry.woonplaats)) in self._well_known for entry in entries) or self._gazetteer.in_regio(entries)
        if not entries or not (known or len(joined) >= _FUZZY_ANY):
            return None
        found = self._found(reading, Mention(start, start + 1, joined, False, False, after_address), entries)
        return replace(found, score=max(1, found.score - _SURE)) if found.score > 0 else None


_HEAD = 4  # letters before a hyphen that can be a name
_COMMON = frozenset({"winters", "worden", "helder", "waren", "dokters", "leerdam", "buiten", "moeders", "zomers"})


def _follows(text: str, at: int, ends: Iterable[int]) -> bool:
    """Right behind an address: "Kerkstraat 4, Goor", "Kerkstraat 4 (1234 AB) in Goor"."""
    return any(0 <= at - end <= _NEAR and "\n\n" not in text[end:at] and not _sentence_between(text[end:at]) for end in ends)


def _sentence_between(text: str) -> bool:
    return any(mark in text for mark in (". ", "! ", "? ")) or len(text.split()) > 2


def _between(reading: Reading, named: Sequence[Named], best: Named | None) -> Named | None:
    """The other place of "tussen X en Y"."""
    if best is None:
        return None
    for one, other in pairwise(named):
        joined = reading.doc[one.end : other.start].text.strip()
        before = plain(reading.doc[one.start - 1].text) if one.start else ""
        if joined == "en" and before == "tussen" and best in (one, other):
            return one if best is other else other
    return None


def _woonplaats(entries: Sequence[PlaceEntry]) -> str:
    """The official spelling; the name without a province when several fit."""
    names = list(dict.fromkeys(entry.woonplaats for entry in entries))
    return names[0] if len(names) == 1 else bare(names[0]) if names else ""


def _main(addresses: list[Address]) -> Address | None:
    """The first with a number, else the first."""
    return next((a for a in addresses if a.huisnummer), addresses[0] if addresses else None)
