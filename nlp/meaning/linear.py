"""Linear heads over words, pieces of words and signs: one sum per column of labels.py. Only arrays, no code in the file."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.meaning import features
from nlp.meaning.labels import Floats
from nlp.reading import Reading

GROUPS = ("words", "grams", "signs")
_SIGNS_WEIGH = 0.3  # beside two groups of length 1


def counted(reading: Reading) -> Mapping[str, Mapping[str, int]]:
    """The features of one text, by group."""
    return {"words": features.words(reading), "grams": features.grams(reading), "signs": features.signs(reading)}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Feature → column, and how rare it is; per group."""

    columns: Mapping[str, Mapping[str, int]]
    rarity: NDArray[np.float32]  # idf, by column

    @property
    def size(self) -> int:
        return len(self.rarity)

    def vector(self, counts: Mapping[str, Mapping[str, int]]) -> tuple[NDArray[np.int64], Floats]:
        """Columns and their values: words and grams as TF-IDF of length 1 each, signs as they are."""
        columns: list[int] = []
        values: list[float] = []
        for group in GROUPS:
            known = self.columns[group]
            found = [(known[name], count) for name, count in counts[group].items() if name in known]
            columns += [column for column, _ in found]
            values += self._weighed(found, group)
        return np.asarray(columns, dtype=np.int64), np.asarray(values, dtype=np.float64)

    def _weighed(self, found: Sequence[tuple[int, int]], group: str) -> Iterator[float]:
        if group == "signs":
            return iter([_SIGNS_WEIGH] * len(found))
        raw = [(1 + math.log(count)) * float(self.rarity[column]) for column, count in found]
        length = math.sqrt(sum(value * value for value in raw)) or 1.0
        return iter([value / length for value in raw])


@dataclass(frozen=True, slots=True)
class Linear:
    """`weights`: whole numbers of columns of features × labels, to be multiplied by `scale` (labels)."""

    vocabulary: Vocabulary
    weights: NDArray[np.int8]
    scale: NDArray[np.float32]
    bias: Floats

    def logits(self, counts: Mapping[str, Mapping[str, int]]) -> Floats:
        columns, values = self.vocabulary.vector(counts)
        summed = values @ self.weights[columns].astype(np.float64)
        return np.asarray(summed * self.scale + self.bias)


def pack(linear: Linear) -> dict[str, NDArray[np.generic]]:
    """As arrays for `numpy.savez`."""
    names = {group: sorted(found, key=found.__getitem__) for group, found in linear.vocabulary.columns.items()}
    packed: dict[str, NDArray[np.generic]] = {group: _letters(names[group]) for group in GROUPS}
    return packed | {
        "rarity": linear.vocabulary.rarity,
        "weights": linear.weights,
        "scale": linear.scale,
        "bias": linear.bias,
    }


def unpack(arrays: Mapping[str, NDArray[np.generic]]) -> Linear:
    """What `pack` made; raises KeyError or ValueError for anything else."""
    columns: dict[str, dict[str, int]] = {}
    first = 0
    for group in GROUPS:
        letters = bytes(arrays[group].astype(np.uint8)).decode()
        names = letters.split("\n") if letters else []
        columns[group] = {name: first + at for at, name in enumerate(names)}
        first += len(names)
    vocabulary = Vocabulary(columns, arrays["rarity"].astype(np.float32))
    return Linear(
        vocabulary, arrays["weights"].astype(np.int8), arrays["scale"].astype(np.float32), arrays["bias"].astype(np.float64)
    )  # fmt: skip


def _letters(names: Sequence[str]) -> NDArray[np.generic]:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)
