"""Streets with or without a number, and postcodes, as people type them. Finds spans; knows no place by name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from nlp.where import streets
from nlp.where.patterns import Patterns, any_of

_POSTCODE = re.compile(r"(?<![\w-])([1-9]\d{3})([ ]?)([A-Za-z]{2})(?![\w-])")
_SURELY = ("straat", "stroat", "laan", "singel", "gracht", "plantsoen", "strjitte", "straete")  # in lower case without a number
_NUMBER_BEFORE = re.compile(
    r"(?i:\bnr\.?|\bnummer|\bhuisnummer|\bno\.)[ ]?(\d{1,5}[ ]?[a-zA-Z]?)(?!\w)[ ,]*"
    r"(?:(?:in|aan|op|van|yn)[ ])?(?:(?:de|het|'t|t)[ ])?\(?$"
)
_ARTICLE = re.compile(r"(?:aan|op|in) (?:de|het) $")  # "aan de Dijk 18"
_BEFORE, _AFTER = 150, 60  # characters round a number or a street's ending that may belong to the address
_NEVER_LETTERS = frozenset({"SA", "SD", "SS"})


@dataclass(frozen=True, slots=True)
class Address:
    """`start` and `end` hold the street and a number behind it; a number before it ("nr 14 in de Dorpsstraat") lies outside."""

    start: int
    end: int
    straat: str
    huisnummer: str = ""


@dataclass(frozen=True, slots=True)
class Postcode:
    start: int
    end: int
    code: str  # 1234AB


class Addresses:
    """Built from `[straten]` of places.toml."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._streets = streets.load(data)
        self._not_streets = frozenset(data["geen_straat"])
        self._capital_only = frozenset(data["alleen_met_hoofdletter"])
        self._known = frozenset(data["klein_bekend"])
        self._people = frozenset(data["personen"])
        self._not_letters = frozenset(data["geen_letters"])
        self._patterns = Patterns(data)
        self._anchor = re.compile(rf"(?i:{any_of([*data['achtervoegsels'], *data['achtervoegsels_met_nummer']])})(?!\w)|\d+")

    def find(self, text: str) -> list[Address]:
        """Without overlap, the surest pattern first."""
        found: list[Address] = []
        windows = list(self._windows(text))
        for pattern in self._patterns.every:
            for start, end in windows:
                for match in pattern.finditer(text, start, end):
                    address = self._address(match)
                    if address and all(address.end <= a.start or a.end <= address.start for a in found):
                        found.append(address)
        return sorted(found, key=lambda address: address.start)

    def _windows(self, text: str) -> Iterator[tuple[int, int]]:
        """Where a street can be: round each number and each word that ends as streets do."""
        start = end = 0
        for anchor in self._anchor.finditer(text):
            if anchor.start() - _BEFORE > end:
                if end:
                    yield start, end
                start = anchor.start() - _BEFORE
            end = anchor.end() + _AFTER
        if end:
            yield max(0, start), min(end, len(text))

    def _address(self, match: re.Match[str]) -> Address | None:
        street, number = match["straat"], match["huisnummer"] or ""
        text, core = match.string, match.start("straat")
        if not self._is_street(match, street, number) or self._is_person(text, core):
            return None
        common = match.re is self._patterns.sure
        start = self._streets.start(text, core, numbered=bool(number), common=common)
        end = match.end("huisnummer") if number else match.end("straat")
        found = Address(start, end, text[start : match.end("straat")], number)
        before = None if number else _NUMBER_BEFORE.search(text, max(0, start - 40), start)
        return replace(found, huisnummer=before[1]) if before else found

    def _is_street(self, match: re.Match[str], street: str, number: str) -> bool:
        low, capital = street.lower(), street[0].isupper()
        if number.startswith("0") or (not number and not capital and low.endswith("slaan")):
            return False
        if low in self._not_streets:
            return (
                bool(number)
                and capital
                and bool(_ARTICLE.search(match.string[max(0, match.start("straat") - 8) : match.start("straat")]))
            )
        if match.re is self._patterns.bare:
            placed = match["plaats"] is not None
            return self._streets.named(street, match.string, match.start("straat"), placed=placed)
        if low in self._capital_only:
            return capital or bool(number)
        return bool(number) or capital or low.endswith(_SURELY) or low in self._known

    def _is_person(self, text: str, core: int) -> bool:
        before = text[max(0, core - 20) : core].lower().split()
        return bool(before) and before[-1].strip("(.") in self._people

    def postcodes(self, text: str) -> Iterator[Postcode]:
        """Lower case letters after a space may be a word: "2024 en" is none."""
        for match in _POSTCODE.finditer(text):
            digits, space, letters = match.groups()
            a_word = (space or letters.lower() in self._not_letters) and not letters.isupper()
            if letters.upper() in _NEVER_LETTERS or (a_word and letters.lower() in self._not_letters):
                continue
            yield Postcode(match.start(), match.end(), digits + letters.upper())
