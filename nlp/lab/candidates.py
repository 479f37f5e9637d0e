"""Compares ways to read the urgentie: each learns from the train part and is measured on the held-out part."""

import math
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from statistics import median

import numpy as np

from flows.errors import BadSettings
from nlp.lab import measure
from nlp.lab.candidate_readers import RECIPES, Chance, Recipe
from nlp.lab.corpus import Example, Part
from nlp.lab.measure import Figure, Ints
from nlp.meaning.judge import ACUUT
from nlp.meaning.labels import LEVELS, Floats
from nlp.normalise import readable
from nlp.reading import Reading

NAMES = tuple(recipe.name for recipe in RECIPES)
MISSING = "niet geïnstalleerd"
_TIMED = 60  # texts


@dataclass(frozen=True, slots=True)
class Candidate:
    """`recall_75`, `recall_85`: of acuut, at the most at that precision. What could not be measured is nan."""

    name: str
    macro_f1: Figure
    recall_75: float
    recall_85: float
    milliseconds: float  # per text, the median
    note: str


@dataclass(frozen=True, slots=True)
class _Texts:
    texts: list[str]
    gold: Ints


def compare(
    examples: Sequence[Example], read: Callable[[str], Reading], only: Collection[str] = NAMES
) -> list[Candidate]:  # fmt: skip
    """`read`: the rules without a model. `only`: some of NAMES. Raises BadSettings when there is nothing to learn or measure."""
    train, held = _part(examples, Part.TRAIN), _part(examples, Part.HELD)
    return [_candidate(recipe, train, held, read) for recipe in RECIPES if recipe.name in only]


def running(name: str, gold: Ints, given: Floats, found: Ints, milliseconds: float) -> Candidate:
    """The reader in use, on the same held-out texts. `given`: texts × levels; `found`: the levels it said."""
    acute = gold == ACUUT
    return Candidate(
        name=name,
        macro_f1=measure.bootstrap(lambda at: measure.macro_f1(gold[at], found[at], len(LEVELS)), len(gold)),
        recall_75=measure.recall_at(given[:, ACUUT], acute, 0.75),
        recall_85=measure.recall_at(given[:, ACUUT], acute, 0.85),
        milliseconds=milliseconds,
        note="in gebruik: getrainde e5-lagen met de tekens van de regels, en de lineaire lezer",
    )


def table(candidates: Iterable[Candidate]) -> Iterator[str]:
    """Lines of Markdown."""
    yield "| kandidaat | macro-F1 | 95 % | n | recall acuut bij precisie 0.75 | bij precisie 0.85 | ms per tekst | opmerking |"
    yield "|---|---|---|---|---|---|---|---|"
    for one in candidates:
        figure = one.macro_f1
        between = "" if math.isnan(figure.low) else f"{figure.low:.3f}-{figure.high:.3f}"
        recalls = f"{_number(one.recall_75)} | {_number(one.recall_85)}"
        time_taken = _number(one.milliseconds, 1)
        yield f"| {one.name} | {_number(figure.value)} | {between} | {figure.n} | {recalls} | {time_taken} | {one.note} |"


def _part(examples: Sequence[Example], part: Part) -> _Texts:
    chosen = [one for one in examples if one.part is part]
    if not chosen:
        raise BadSettings([f"geen teksten in het deel {part}"])
    return _Texts([readable(one.text) for one in chosen], np.array([LEVELS.index(one.urgentie) for one in chosen]))


def _candidate(recipe: Recipe, train: _Texts, held: _Texts, read: Callable[[str], Reading]) -> Candidate:
    if any(find_spec(package) is None for package in recipe.packages):
        nothing = Figure(math.nan, math.nan, math.nan, 0)
        return Candidate(recipe.name, nothing, math.nan, math.nan, math.nan, MISSING)
    chance = recipe.learn(train.texts, train.gold, read)
    given = np.stack([chance(text) for text in held.texts])
    found = given.argmax(axis=1)
    return Candidate(
        name=recipe.name,
        macro_f1=measure.bootstrap(lambda at: measure.macro_f1(held.gold[at], found[at], len(LEVELS)), len(held.texts)),
        recall_75=_recall(recipe, given, held.gold, 0.75),
        recall_85=_recall(recipe, given, held.gold, 0.85),
        milliseconds=_milliseconds(chance, held.texts),
        note=recipe.note,
    )


def _recall(recipe: Recipe, given: Floats, gold: Ints, precision: float) -> float:
    """nan for what gives no chances: there is no border to move."""
    acute = gold == ACUUT
    if not recipe.graded or not acute.any():
        return math.nan
    return measure.recall_at(given[:, ACUUT], acute, precision)


def _milliseconds(chance: Chance, texts: Sequence[str]) -> float:
    """Over texts from the whole part: the files of the corpus differ in length."""
    spread = np.linspace(0, len(texts) - 1, min(_TIMED, len(texts))).astype(int)
    return median(_timed(chance, texts[at]) for at in spread)


def _timed(chance: Chance, text: str) -> float:
    start = time.perf_counter()
    chance(text)
    return (time.perf_counter() - start) * 1000


def _number(value: float, digits: int = 3) -> str:
    return "niet gemeten" if math.isnan(value) else f"{value:.{digits}f}"
