"""Measures the reader as it runs, on texts with labels: every figure with its interval, its floor and its goal."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from flows.assessment import Assessment, Locatie, Signaal, SignaalStatus, Urgentie
from nlp.lab import measure, privacy_figures
from nlp.lab.corpus import Example
from nlp.lab.figures import Row
from nlp.lab.measure import Figure, Floats, Ints
from nlp.meaning.judge import ACUUT, GEEN
from nlp.meaning.labels import LEVELS

ADVIES = LEVELS.index(Urgentie.ADVIES)


@dataclass(frozen=True, slots=True)
class Read:
    """One text with what was found: the answer, and the chance of every level."""

    example: Example
    found: Assessment
    chance: Sequence[float]


def rows(read: Sequence[Read], gemeenten: Callable[[str], frozenset[str]]) -> Iterator[Row]:
    """`gemeenten`: in which a woonplaats lies, by its official name."""
    yield from urgentie_rows(read)
    yield from label_rows(read)
    yield from place_rows(read, gemeenten)
    yield from privacy_rows(read)


def urgentie_rows(read: Sequence[Read]) -> Iterator[Row]:
    gold, found = levels(read)
    chance = np.array([one.chance for one in read])
    acute, cried = gold == ACUUT, found == ACUUT
    yield Row("acuut: recall", measure.share(int((acute & cried).sum()), int(acute.sum())), 0.92, 0.97)
    yield Row("acuut: precisie", measure.share(int((acute & cried).sum()), int(cried.sum())), 0.75, 0.85)
    for precision, floor, goal in ((0.75, 0.92, None), (0.85, None, 0.97)):
        figure = measure.bootstrap(lambda at, p=precision: measure.recall_at(chance[at, ACUUT], acute[at], p), len(read))  # type: ignore[misc]
        yield Row(f"acuut: recall bij precisie {precision}", figure, floor, goal)
    low = int((acute & (found >= ADVIES)).sum())
    yield Row("acuut gelezen als geen of advies", measure.share(low, int(acute.sum())), 0.01, 0.0, most=True)
    yield Row("urgentie macro-F1", measure.bootstrap(lambda at: measure.macro_f1(gold[at], found[at], 5), len(read)), 0.80, 0.88)
    quiet = found == GEEN
    yield Row("geen: precisie", measure.share(int((quiet & (gold == GEEN)).sum()), int(quiet.sum())), 0.95, 0.98)
    hard = np.array(["hard" in one.example.tags for one in read]) & ~acute
    yield Row(
        "vals acuut bij ontkend, verleden, figuurlijk, citaat",
        measure.share(int((hard & cried).sum()), int(hard.sum())),
        0.06,
        0.02,
        most=True,
    )
    certainty, right = calibration(read)
    yield Row(
        "kalibratiefout (ECE)",
        measure.bootstrap(lambda at: measure.calibration_error(certainty[at], right[at]), len(read)),
        0.07,
        0.03,
        most=True,
    )


def calibration(read: Sequence[Read]) -> tuple[Floats, "np.typing.NDArray[np.bool_]"]:
    """Of each text the chance of its likeliest level, and whether that level is right."""
    gold, _ = levels(read)
    chance = np.array([one.chance for one in read])
    return chance.max(axis=1), chance.argmax(axis=1) == gold


def levels(read: Sequence[Read]) -> tuple[Ints, Ints]:
    """Numbers of the levels: gold, found."""
    gold = np.array([LEVELS.index(one.example.urgentie) for one in read])
    return gold, np.array([LEVELS.index(one.found.urgentie) for one in read])


def label_rows(read: Sequence[Read]) -> Iterator[Row]:
    themas = _sets(read, lambda one: one.example.themas), _sets(read, lambda one: one.found.themas)
    yield Row("themas micro-F1", measure.bootstrap(lambda at: measure.micro_f1(*themas, at), len(read)), 0.80, 0.88)
    signs = _sets(read, lambda one: _pairs(one.example.signalen)), _sets(read, lambda one: _pairs(one.found.signalen))
    yield Row("signalen met status micro-F1", measure.bootstrap(lambda at: measure.micro_f1(*signs, at), len(read)), 0.70, 0.82)
    same = sum(one.example.betreft is one.found.betreft for one in read)
    yield Row("betreft", measure.share(same, len(read)), 0.97, 0.99)
    language = sum(one.example.taal == one.found.taal for one in read)
    yield Row("taal", measure.share(language, len(read)))


def _sets(read: Sequence[Read], of: Callable[[Read], object]) -> list[frozenset[str]]:
    return [frozenset(map(str, of(one))) for one in read]  # type: ignore[call-overload]


def _pairs(signalen: Mapping[Signaal, SignaalStatus]) -> list[str]:
    return [f"{name}={status}" for name, status in signalen.items()]


def place_rows(read: Sequence[Read], gemeenten: Callable[[str], frozenset[str]]) -> Iterator[Row]:
    """The gemeente is right when it is the one the woonplaats lies in, or when all that fit are named."""
    named = [one for one in read if "woonplaats" in one.example.locatie]
    right = sum(_gemeente(one.found.locatie, gemeenten(one.example.locatie["woonplaats"])) for one in named)
    yield Row("gemeente, waar de tekst een plaats noemt", measure.share(right, len(named)), 0.93, 0.98)
    streets = [one for one in read if "straat" in one.example.locatie]
    same = sum(_street(one.found.locatie, one.example.locatie) for one in streets)
    yield Row("straat en huisnummer precies", measure.share(same, len(streets)), 0.88, 0.95)


def _gemeente(found: Locatie | None, fits: frozenset[str]) -> bool:
    if found is None:
        return False
    return found.gemeente in fits if found.gemeente else bool(found.candidates) and set(found.candidates) >= fits


def _street(found: Locatie | None, gold: Mapping[str, str]) -> bool:
    if found is None:
        return False
    return (_plain(found.straat), _plain(found.huisnummer)) == (_plain(gold["straat"]), _plain(gold.get("huisnummer", "")))


def _plain(part: str) -> str:
    return "".join(part.split()).lower()


def privacy_rows(read: Sequence[Read]) -> Iterator[Row]:
    hidden = {one.example.text: one.found.pii for one in read}
    figures = privacy_figures.measure([one.example for one in read], lambda text: hidden[text])
    yield Row("persoonsgegevens: recall", _counted(figures.found.total(), figures.gold.total()), 0.96, 0.99)
    yield Row("persoon: recall", _counted(figures.found["persoon"], figures.gold["persoon"]), 0.93, 0.98)
    yield Row("persoonsgegevens: precisie", _counted(figures.right, figures.hidden), 0.88, 0.95)


def _counted(hits: int, n: int) -> Figure:
    return measure.share(hits, n)
