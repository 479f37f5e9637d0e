"""What a medewerker types behind /wachtrij: "acuut", "te laat Almelo", "vrij mijn". Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flows.assessment import Urgentie
from flows.ports import QueueFilter
from flows.regio import Regio

LATE, FREE, MINE = "laat", "vrij", "mijn"
WORDS = (str(Urgentie.ACUUT), LATE, FREE, MINE)  # as buttons, in this order
_SAME = {"late": LATE, "telaat": LATE, "niemand": FREE, "vrije": FREE, "mij": MINE, "eigen": MINE, "acute": str(Urgentie.ACUUT)}
_FILLERS = frozenset({"te", "van", "in", "en", "de", "uit"})
_LONGEST = 5  # words of the name of a gemeente
_MOST_DIGITS = 6  # of where a page begins


@dataclass(frozen=True, slots=True)
class Wanted:
    """`unknown`: the first word that was not understood; `offset`: where the page begins."""

    urgentie: Urgentie | None = None
    gemeente: str = ""
    late: bool = False
    free: bool = False
    mine: bool = False
    offset: int = 0
    unknown: str = ""

    @property
    def words(self) -> str:
        """As it may be typed again; "" is everything."""
        flags = ((self.late, LATE), (self.free, FREE), (self.mine, MINE))
        parts = [str(self.urgentie) if self.urgentie else "", *(word for on, word in flags if on), self.gemeente]
        return " ".join(part for part in parts if part)

    def filter(self, regio: str, person: int, now: datetime) -> QueueFilter:
        return QueueFilter(
            regio,
            gemeente=self.gemeente,
            mine=person if self.mine else None,
            urgentie=self.urgentie,
            late_at=now if self.late else None,
            free=self.free,
        )

    def toggled(self, word: str) -> "Wanted":
        """With this one of WORDS switched on or off, from the first page."""
        first = replace(self, offset=0)
        match word:
            case "laat":
                return replace(first, late=not self.late)
            case "vrij":
                return replace(first, free=not self.free)
            case "mijn":
                return replace(first, mine=not self.mine)
            case _:
                return replace(first, urgentie=None if str(self.urgentie) == word else Urgentie(word))


def hear(said: str, regio: Regio) -> Wanted:
    """A number is where the page begins; a word that means nothing is named, and what is understood stands."""
    wanted = Wanted()
    words = said.replace(",", " ").split()
    while words:
        found, count = _first(words, wanted, regio)
        wanted, words = found, words[count:]
    return wanted


def _first(words: Sequence[str], wanted: Wanted, regio: Regio) -> tuple[Wanted, int]:
    """What the words begin with, and how many of them it takes."""
    for count in range(min(_LONGEST, len(words)), 0, -1):
        if known := regio.gemeente(" ".join(words[:count])):
            return replace(wanted, gemeente=known.naam), count
    word = words[0].casefold()
    word = _SAME.get(word, word)
    if word in set(Urgentie):
        return replace(wanted, urgentie=Urgentie(word)), 1
    if word in WORDS:
        return wanted if _on(wanted, word) else replace(wanted.toggled(word), offset=wanted.offset), 1
    if word.isascii() and word.isdigit() and len(word) <= _MOST_DIGITS:
        return replace(wanted, offset=int(word)), 1
    return (wanted if word in _FILLERS or wanted.unknown else replace(wanted, unknown=words[0])), 1


def _on(wanted: Wanted, word: str) -> bool:
    return {LATE: wanted.late, FREE: wanted.free, MINE: wanted.mine}.get(word, False)
