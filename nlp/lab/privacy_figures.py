"""How well personal data is hidden: recall, recall per soort, precision.

The rule for partial overlap, the same for every redactor that is compared:

* a gold span is found when every letter and digit of it lies in some hidden span, of whatever soort: a name half hidden is a name
  shown, and a telephone number that is hidden as a bsn is hidden;
* a hidden span is right when it shares at least one letter or digit with some gold span, of whatever soort: the surroundings that
  go along are no false alarm, a span on its own is. Hidden spans that touch or overlap are one span.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from flows.assessment import PersonalData
from nlp.lab.corpus import Example

Span = tuple[int, int]  # [start, end) in code points
Hider = Callable[[str], Iterable[PersonalData]]


@dataclass(frozen=True, slots=True)
class Mistake:
    """`missed`: gold that is not wholly hidden; otherwise something hidden that is no personal data."""

    id: str
    missed: bool
    soort: str
    start: int
    end: int
    value: str


@dataclass(slots=True)
class PrivacyFigures:
    """Counts of spans; shares are 0..1, and 1.0 where there is nothing to count."""

    gold: Counter[str] = field(default_factory=Counter)  # per soort
    found: Counter[str] = field(default_factory=Counter)
    hidden: int = 0
    right: int = 0
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return _share(self.found.total(), self.gold.total())

    @property
    def precision(self) -> float:
        return _share(self.right, self.hidden)

    @property
    def recalls(self) -> Mapping[str, float]:
        return {soort: _share(self.found[soort], count) for soort, count in sorted(self.gold.items())}


def measure(examples: Iterable[Example], hide: Hider) -> PrivacyFigures:
    """`hide` gives the spans of one text; see the module for what counts."""
    figures = PrivacyFigures()
    for example in examples:
        _count(figures, example, list(hide(example.text)))
    return figures


def _count(figures: PrivacyFigures, example: Example, spans: list[PersonalData]) -> None:
    text = example.text
    hidden = _letters(text, ((span.start, span.eind) for span in spans))
    gold = _letters(text, ((span.start, span.eind) for span in example.pii))
    for span in example.pii:
        figures.gold[span.soort] += 1
        if _letters(text, [(span.start, span.eind)]) <= hidden:
            figures.found[span.soort] += 1
        else:
            figures.mistakes.append(_mistake(example, span.soort, span.start, span.eind, missed=True))
    for start, end, soort in _joined(spans):
        figures.hidden += 1
        if _letters(text, [(start, end)]) & gold:
            figures.right += 1
        else:
            figures.mistakes.append(_mistake(example, soort, start, end, missed=False))


def _mistake(example: Example, soort: str, start: int, end: int, *, missed: bool) -> Mistake:
    return Mistake(example.id, missed, soort, start, end, example.text[start:end])


def _letters(text: str, spans: Iterable[Span]) -> set[int]:
    return {at for start, end in spans for at in range(start, end) if text[at].isalnum()}


def _joined(spans: Iterable[PersonalData]) -> list[tuple[int, int, str]]:
    result: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda span: (span.start, span.eind)):
        if result and span.start <= result[-1][1]:
            start, end, soort = result.pop()
            result.append((start, max(end, span.eind), soort))
        else:
            result.append((span.start, span.eind, span.soort))
    return result


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
