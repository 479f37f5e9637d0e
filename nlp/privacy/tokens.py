"""A text as names see it: words, numbers, marks, ends of lines; what is hidden already is one token of its own."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flows.assessment import PersonalData
from nlp.privacy.lists import Known, Lists, fold

_SHORTENED = r"(?i:mw|mevr|mej|dhr|hr|dr|drs|ir|mr|ing|fam|gr|prof|ds|mnr|cl|afz|betr|v\.d|jr|sr)\."
_CLIPPED = r"['’‘](?:t|n|k|s|m|r|em)(?!\w)"
_TOKEN = re.compile(rf"{_SHORTENED}|{_CLIPPED}|[^\W\d_]+(?:['’‘`-][^\W\d_]+)*|\d+(?:[.,:]\d+)*\w*|\n+|[^\w\s]|_+")
_LETTER = r"(?:[A-ZÀ-ÖØ-ÞĆĞİŁŚŞŹŻА-ЯІЇЄҐ]|Ch|Th|Ph|IJ)\."
_INITIALS = re.compile(
    rf"(?<![\w.]){_LETTER}(?:[ ]?{_LETTER}(?!\w)|{_LETTER}(?=\s?\w))*|(?<![\w.'’])[a-z]\.(?=[ ](?:van|de|der|den|ter|ten|te)\b)"
)
_ENDS = frozenset(".!?\n…•*|")


class Token(NamedTuple):
    start: int
    end: int
    text: str
    word: str  # folded; "=adres" for what is hidden already, "0" for a number, "A." for initials, "¶" for line ends
    shape: str  # x lower, X capital, XX capitals, i initials, o a script without capitals, - no word
    known: Known
    first: bool  # begins a sentence or a line


_NOTHING = Known("-", 0, place=False)


def split(text: str, taken: Iterable[PersonalData], lists: Lists) -> list[Token]:
    """In order. `taken` lie in order and apart."""
    result: list[Token] = []
    first = True
    for start, end, word in _pieces(text, taken):
        piece = text[start:end]
        if word:
            result.append(Token(start, end, piece, word, "i" if word == "A." else "-", _NOTHING, first))
        elif piece[-1].isalpha() or piece[0].isalpha():
            folded = fold(piece).replace(".", "")
            result.append(Token(start, end, piece, folded, _shape(piece), lists.word(folded), first))
        else:
            result.append(Token(start, end, piece, "¶" if piece[0] == "\n" else piece[0], "-", _NOTHING, first))
        first = piece[0] in _ENDS or (first and not piece[0].isalnum() and not word)
    return result


def _pieces(text: str, taken: Iterable[PersonalData]) -> Iterator[tuple[int, int, str]]:
    at = 0
    for span in taken:
        yield from _between(text, at, span.start)
        yield span.start, span.eind, f"={span.soort}"
        at = span.eind
    yield from _between(text, at, len(text))


def _between(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for initials in _INITIALS.finditer(text, start, end):
        yield from _plain(text, start, initials.start())
        yield initials.start(), initials.end(), "A."
        start = initials.end()
    yield from _plain(text, start, end)


def _plain(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in _TOKEN.finditer(text, start, end):
        yield match.start(), match.end(), "0" if match[0][0].isdigit() else ""


def _shape(piece: str) -> str:
    first = piece[0]
    if first.islower() or not first.isalpha():
        return "x"
    if first.isupper():
        return "XX" if len(piece) > 1 and piece.isupper() else "X"
    return "o"
