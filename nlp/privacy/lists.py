"""What is known of a word by itself: is it a first name, a surname, an ordinary Dutch word, a place.

Sources and licences of the lists stand in nlp/data/README.md.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from flows.errors import BadSettings

_SAME = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "’": "'", "‘": "'", "`": "'"})
_FIRST, _SUR, _COMMON, _PLACE = 4, 8, 16, 32  # the lower two bits are the band of the word
_OTHER = _COMMON  # common and no name of a person: a proper noun of something else
_KINDS = {"v": _FIRST, "a": _SUR, "b": _FIRST | _SUR, "e": _OTHER}
_KINDS |= {kind.upper(): _KINDS[kind] | _COMMON for kind in "vab"}
_BANDS = {"1": 1, "2": 2, "3": 3}


def fold(word: str) -> str:
    """Lower case without accents, as the lists spell; also the letters that Unicode does not take apart (ı, ł, ø)."""
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    apart = unicodedata.normalize("NFD", lowered.translate(_SAME))
    return unicodedata.normalize("NFC", "".join(c for c in apart if unicodedata.category(c) != "Mn"))


@dataclass(frozen=True, slots=True)
class Known:
    """`kind`: v first name, a surname, b both, in capitals when it is common here; e another proper noun; - none of these.

    `band`: how frequent as an ordinary word, 0 (none) to 3.
    """

    kind: str
    band: int
    place: bool
    person: bool = field(init=False)
    surely_first: bool = field(init=False)  # a common first name and nothing else

    def __post_init__(self) -> None:
        object.__setattr__(self, "person", self.kind in "vVaAbB")
        object.__setattr__(self, "surely_first", self.kind in "VB" and self.band == 0 and not self.place)


class Lists:
    """One dictionary of small numbers; some 60 000 words."""

    def __init__(self, codes: Mapping[str, int]) -> None:
        self._codes = codes
        kinds = {code: kind for kind, code in _KINDS.items()} | {0: "-"}
        self._known = [Known(kinds[code & 28], code & 3, bool(code & _PLACE)) for code in range(64)]

    def word(self, folded: str) -> Known:
        """A double name counts as its first part when the second is a name too; a genitive as the name itself."""
        codes = self._codes
        code = codes.get(folded)
        if code is None:
            first, _, second = folded.replace("'s", "").rstrip("'").partition("-")
            code = codes.get(first, 0) & ~_PLACE
            if second and not codes.get(second, 0) & (_FIRST | _SUR):
                code = 0
        return self._known[code]


def build(namen: str, woorden: str, places: Iterable[str]) -> Lists:
    """From the text of namen.tsv and woorden.tsv; raises BadSettings with a line per mistake: file, line, what is wrong."""
    problems: list[str] = []
    codes: dict[str, int] = {}
    for name, text, values in (("namen.tsv", namen, _KINDS), ("woorden.tsv", woorden, _BANDS)):
        for word, value in _rows(name, text, values, problems):
            codes[word] = codes.get(word, 0) | value
    if problems:
        raise BadSettings(problems)
    for place in map(fold, places):
        if " " not in place:
            codes[place] = codes.get(place, 0) | _PLACE
    return Lists(codes)


def _rows(name: str, text: str, values: Mapping[str, int], problems: list[str]) -> Iterator[tuple[str, int]]:
    before = ""
    wrong = partial("{}:{}: {}".format, name)
    for number, line in enumerate(text.splitlines(), 1):
        word, _, value = line.partition("\t")
        if value not in values:
            problems.append(wrong(number, f"verwacht een woord, een tab en een van {', '.join(values)}"))
        elif word <= before:
            problems.append(wrong(number, f"{word} staat niet op volgorde of twee keer"))
        else:
            before = word
            yield word, values[value]
