"""The table of figures: what was measured beside its floor and its goal."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nlp.lab.measure import Figure


@dataclass(frozen=True, slots=True)
class Row:
    """`floor`, `goal`: shares, milliseconds, seconds or megabytes, as the name says; `most`: less is better."""

    name: str
    figure: Figure
    floor: float | None = None
    goal: float | None = None
    most: bool = False

    @property
    def fails(self) -> bool:
        """Below the floor; what could not be measured does not fail here, it is named."""
        return self.floor is not None and not math.isnan(self.figure.value) and not self._reaches(self.floor)

    @property
    def short(self) -> bool:
        """Not at the goal."""
        return self.goal is not None and not math.isnan(self.figure.value) and not self._reaches(self.goal)

    def _reaches(self, bar: float) -> bool:
        return self.figure.value <= bar if self.most else self.figure.value >= bar


def table(rows: Iterable[Row]) -> Iterator[str]:
    """Lines of Markdown."""
    yield "| maat | gemeten | 95 % | n | ondergrens | doel | |"
    yield "|---|---|---|---|---|---|---|"
    for row in rows:
        figure = row.figure
        between = "" if math.isnan(figure.low) else f"{_number(figure.low)}-{_number(figure.high)}"
        bars = f"{_bar(row.floor, most=row.most)} | {_bar(row.goal, most=row.most)}"
        verdict = _verdict(row)
        yield f"| {row.name} | **{_number(figure.value)}** | {between} | {figure.n} | {bars} | {verdict} |"


def _verdict(row: Row) -> str:
    if math.isnan(row.figure.value):
        return "niet gemeten"
    if row.fails:
        return "**onder de grens**"
    return "onder het doel" if row.short else "doel gehaald" if row.goal is not None else ""


def _bar(bar: float | None, *, most: bool) -> str:
    return "" if bar is None else f"{'≤' if most else '≥'} {_number(bar)}"


def _number(value: float) -> str:
    if math.isnan(value):
        return "niet gemeten"
    return f"{value:.3f}" if abs(value) < 2 else f"{value:.1f}"
