"""Trains the linear reader with scikit-learn; what comes out is arrays of whole numbers (`nlp.meaning.linear`)."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flows.assessment import Betreft, Signaal, SignaalStatus, Thema, Urgentie
from nlp.meaning import labels
from nlp.meaning.labels import LEVELS, SIGNALEN, STATUSES, THEMAS
from nlp.meaning.linear import GROUPS, Linear, Vocabulary

Counts = Mapping[str, Mapping[str, int]]
_AT_LEAST = {"words": 2, "grams": 3, "signs": 3}  # texts that hold a feature
_FIRMNESS = {"urgentie": 3.0, "rest": 5.0}  # scikit-learn's C
_ROUNDS = 300
_LEAST = 4  # examples before anything is learned of a label
_FEW = -6.0  # the logit of what was hardly ever seen


@dataclass(frozen=True, slots=True)
class Taught:
    """The labels of one text; None: nobody said."""

    urgentie: Urgentie | None
    themas: frozenset[Thema] | None = None
    signalen: Mapping[Signaal, SignaalStatus] | None = None
    betreft: Betreft | None = None


def vocabulary(counted: Sequence[Counts]) -> Vocabulary:
    """What enough texts hold; rarity as scikit-learn's smooth idf."""
    columns: dict[str, dict[str, int]] = {}
    rarity: list[float] = []
    for group in GROUPS:
        held = Counter(name for counts in counted for name in counts[group])
        names = sorted(name for name, texts in held.items() if texts >= _AT_LEAST[group] and "\n" not in name)
        columns[group] = {name: len(rarity) + at for at, name in enumerate(names)}
        rarity += [math.log((1 + len(counted)) / (1 + held[name])) + 1 for name in names]
    return Vocabulary(columns, np.asarray(rarity, dtype=np.float32))


def matrix(known: Vocabulary, counted: Sequence[Counts]) -> Any:
    """Texts × features, sparse."""
    from scipy.sparse import csr_matrix

    vectors = [known.vector(counts) for counts in counted]
    rows = np.repeat(np.arange(len(vectors)), [len(columns) for columns, _ in vectors])
    columns = np.concatenate([columns for columns, _ in vectors])
    values = np.concatenate([values for _, values in vectors])
    return csr_matrix((values, (rows, columns)), shape=(len(vectors), known.size))


def train(counted: Sequence[Counts], taught: Sequence[Taught]) -> Linear:
    """One reader for all columns of labels.py."""
    known = vocabulary(counted)
    texts = matrix(known, counted)
    weights = np.zeros((known.size, labels.WIDTH))
    bias = np.full(labels.WIDTH, _FEW)
    for first, values, classes, firmness in _tasks(taught):
        has = np.array([value is not None for value in values])
        gold = np.array([value if value is not None else 0 for value in values])[has]
        _fit(texts[has], gold, first, classes, firmness, weights, bias)
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    return Linear(known, np.round(weights / scale).astype(np.int8), scale.astype(np.float32), bias)


def _tasks(taught: Sequence[Taught]) -> list[tuple[int, list[int | None], int, float]]:
    """Per head: its first column, the class of each text, how many classes (1: yes or no), and how firm."""
    firm, loose = _FIRMNESS["rest"], _FIRMNESS["urgentie"]
    level = [None if one.urgentie is None else LEVELS.index(one.urgentie) for one in taught]
    tasks: list[tuple[int, list[int | None], int, float]] = [(labels.URGENTIE.start, level, len(LEVELS), loose)]
    for row, thema in enumerate(THEMAS):
        given = [None if one.themas is None else int(thema in one.themas) for one in taught]
        tasks.append((labels.THEMA.start + row, given, 1, firm))
    for row, signaal in enumerate(SIGNALEN):
        status = [None if one.signalen is None else _status(one.signalen.get(signaal)) for one in taught]
        tasks.append((labels.SIGNAAL.start + row * (1 + len(STATUSES)), status, 1 + len(STATUSES), firm))
    zelf = [None if one.betreft is None else int(one.betreft is Betreft.ZELF) for one in taught]
    return [*tasks, (labels.ZELF, zelf, 1, firm)]


def _status(status: SignaalStatus | None) -> int:
    return 0 if status is None else 1 + STATUSES.index(status)


def _fit(
    texts: Any, gold: NDArray[Any], first: int, classes: int, firmness: float, weights: NDArray[Any], bias: NDArray[Any]
) -> None:  # fmt: skip
    """Fills the columns from `first` on; a class with hardly an example keeps its low bias."""
    from sklearn.linear_model import LogisticRegression

    seen = [label for label, count in Counter(gold.tolist()).items() if count >= _LEAST]
    kept = np.isin(gold, seen)
    if len(seen) < 2:
        if classes > 1 and seen:
            bias[first + seen[0]] = 0.0
        return
    fitted = LogisticRegression(C=firmness, max_iter=_ROUNDS).fit(texts[kept], gold[kept])
    if classes == 1:
        weights[:, first], bias[first] = fitted.coef_[0], fitted.intercept_[0]
    elif len(fitted.classes_) == 2:
        one, other = first + fitted.classes_
        weights[:, other], bias[other], bias[one] = fitted.coef_[0], fitted.intercept_[0], 0.0
    else:
        where = first + fitted.classes_
        weights[:, where], bias[where] = fitted.coef_.T, fitted.intercept_
