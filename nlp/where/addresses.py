"""Streets with or without a number, and postcodes, as people type them. Finds spans; knows no place by name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_NUMBER = (
    r"(?:[ ]?,?[ ]?(?:nr\.?|nummer|no\.|huisnr\.?|huisnummer)?[ ]?(?P<huisnummer>\d{1,5}"
    r"(?:[ ]?-?[ ]?(?:bis|hs|rood|zw|I{1,3}|[A-Z]|[a-h])(?![\w'’])|[a-zA-Z]{1,2}(?!\w)"
    r"|-[ ]?\d{1,4}[a-zA-Z]?(?!\w)|/\d{1,3}(?!\w))?)"
    r"(?![\w:]|[.,]\d|[ ]?(?:{units})\b))"
)
_POSTCODE = re.compile(r"(?<![\w-])([1-9]\d{3})([ ]?)([A-Za-z]{2})(?![\w-])")
_SURELY_STREETS = ("straat", "stroat", "laan", "singel", "gracht", "plantsoen")  # also in lower case without a number
_BEFORE, _AFTER = 150, 60  # characters round a number or a street's ending that may belong to the address
_NEVER_LETTERS = frozenset({"SA", "SD", "SS"})


@dataclass(frozen=True, slots=True)
class Address:
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
        self._not_streets = frozenset(data["geen_straat"])
        self._not_first = frozenset(data["niet_ervoor"])
        self._not_letters = frozenset(data["geen_letters"])
        number = _NUMBER.replace("{units}", _any(data["eenheden"]))
        name = r"[^\W\d_][\w'’]*"
        before = rf"(?P<voor>(?:(?:(?i:{_any(data['titels'])})\.?|[A-Z]\.|[A-ZÀ-Ý][\w'’]+|\d(?:e|ste|de))[ ]){{0,4}})"
        sure, wide = _any(data["achtervoegsels"]), _any(data["achtervoegsels_met_nummer"])
        self._anchor = re.compile(rf"(?i:{sure}|{wide})(?!\w)|\d+")
        self._patterns = (
            re.compile(rf"(?<![\w@.-]){before}(?P<straat>[\w'’-]{{2,30}}(?i:{sure}))\b{number}?"),
            re.compile(rf"(?<![\w@.-]){before}(?P<straat>[\w'’-]{{2,30}}(?i:{wide}))\b{number}"),
            re.compile(rf"(?<![\w@.-]){before}(?P<straat>(?i:{_any(data['losse'])})[ ]{name})\b{number}"),
            re.compile(
                rf"(?<![\w@.-])(?P<voor>(?:(?:[Dd]e|[Hh]et|'t|[Dd]en)[ ])?)(?P<straat>[A-Z][a-zà-ÿ'’-]{{3,}})\b[ ]{number}"
                r"(?=[ ]?(?:$|[,.\n]|in\b|te\b|[1-9]\d{3}[ ]?[A-Z]{2}))"
            ),
        )

    def find(self, text: str) -> list[Address]:
        """Without overlap, the surest pattern first."""
        found: list[Address] = []
        windows = list(self._windows(text))
        for match in (m for pattern in self._patterns for start, end in windows for m in pattern.finditer(text, start, end)):
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
        if street.lower() in self._not_streets or not (number or street[0].isupper() or street.endswith(_SURELY_STREETS)):
            return None
        start, before = match.start("straat"), match["voor"].split()
        while before and before[-1].lower().rstrip(".") not in self._not_first:
            start = match.string.rindex(before.pop(), 0, start)
        straat = match.string[start : match.end("straat")]
        return Address(start, match.end("huisnummer") if number else match.end("straat"), straat, number)

    def postcodes(self, text: str) -> Iterator[Postcode]:
        """Lower case letters after a space may be a word: "2024 en" is none."""
        for match in _POSTCODE.finditer(text):
            digits, space, letters = match.groups()
            a_word = (space or letters.lower() in self._not_letters) and not letters.isupper()
            if letters.upper() in _NEVER_LETTERS or (a_word and letters.lower() in self._not_letters):
                continue
            yield Postcode(match.start(), match.end(), digits + letters.upper())


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
