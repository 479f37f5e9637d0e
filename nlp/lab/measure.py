"""The measures of the evaluation, each with its 95 % interval. Shares: Wilson; F1 and calibration: bootstrap over the texts."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_RESAMPLES = 400
_SEED = 20261122
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` with its interval, over `n` texts or cases."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}] n={self.n}"


def share(hits: int, n: int) -> Figure:
    """hits of n, with Wilson's interval; nan over nothing."""
    if n == 0:
        return Figure(math.nan, math.nan, math.nan, 0)
    p, z2 = hits / n, _Z * _Z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z / (1 + z2 / n) * math.sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return Figure(p, max(0.0, middle - half), min(1.0, middle + half), n)


def bootstrap(measure: Callable[[Ints], float], n: int) -> Figure:
    """`measure` takes the indices of a sample of the texts."""
    generator = np.random.default_rng(_SEED)
    values = [measure(generator.integers(0, n, n)) for _ in range(_RESAMPLES)]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return Figure(measure(np.arange(n)), float(low), float(high), n)


def macro_f1(gold: Ints, found: Ints, classes: int) -> float:
    scores = []
    for label in range(classes):
        both = int(((gold == label) & (found == label)).sum())
        either = int((gold == label).sum() + (found == label).sum())
        if either:
            scores.append(2 * both / either)
    return float(np.mean(scores))


def micro_f1(gold: Sequence[frozenset[str]], found: Sequence[frozenset[str]], sample: Iterable[int]) -> float:
    """Over sets of labels a text."""
    both = either = 0
    for index in sample:
        both += len(gold[index] & found[index])
        either += len(gold[index]) + len(found[index])
    return 2 * both / either if either else math.nan


def recall_at(scores: Floats, gold: NDArray[np.bool_], precision: float) -> float:
    """The highest recall at which the precision still holds; no border parts texts with the same score."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(gold[order])
    last = np.append(np.diff(scores[order]) != 0, True)
    holds = last & (right / np.arange(1, len(order) + 1) >= precision)
    return float(right[holds].max() / gold.sum()) if holds.any() else 0.0


def calibration_error(certainty: Floats, right: NDArray[np.bool_], bins: int = 10) -> float:
    """ECE: how far the certainty of the chosen level is from how often it is right, weighed over `bins` of equal width."""
    total = 0.0
    number = np.searchsorted(np.linspace(0, 1, bins + 1), certainty).clip(1, bins)
    for own in range(1, bins + 1):
        inside = number == own
        if inside.any():
            total += inside.mean() * abs(certainty[inside].mean() - right[inside].mean())
    return float(total)


def confusion(gold: Ints, found: Ints, classes: int) -> Ints:
    """Rows: gold; columns: found."""
    matrix = np.zeros((classes, classes), dtype=np.int64)
    np.add.at(matrix, (gold, found), 1)
    return matrix


def alpha(pairs: Sequence[tuple[str, str]], distance: Callable[[str, str], float] | None = None) -> float:
    """Krippendorff's alpha for two coders without missing values; nominal unless a distance is given.

    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    apart = distance or (lambda a, b: float(a != b))
    values = [value for pair in pairs for value in pair]
    observed = float(np.mean([apart(a, b) for a, b in pairs]))
    counts: Mapping[str, int] = {value: values.count(value) for value in sorted(set(values))}
    n = len(values)
    expected = sum(counts[a] * counts[b] * apart(a, b) for a in counts for b in counts) / (n * (n - 1))
    return 1 - observed / expected if expected else 1.0
