"""What the encoder learns from: texts in pieces with their marks and labels, in batches of about the same length."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from flows.assessment import Betreft
from nlp.lab.corpus import Example
from nlp.meaning import labels
from nlp.meaning.encoder import MOST
from nlp.meaning.marks import beside, marks
from nlp.meaning.pieces import Pieces
from nlp.reading import Reading

_LENGTHS = (32, 64, 96, 160, MOST)  # texts are padded to one of these, so that TensorFlow makes few graphs
_PADDING = 1
_FEWEST = 4  # texts a batch


class Sample(NamedTuple):
    """One text. `ids`: pieces; `flags`: pieces × marks; the rest as in Batch."""

    ids: NDArray[np.int32]
    flags: NDArray[np.float32]
    urgentie: int
    themas: NDArray[np.float32]
    signalen: NDArray[np.int32]
    zelf: float


class Batch(NamedTuple):
    """`ids`, `mask`: texts × pieces; `flags`: × marks. `urgentie`: level; `themas`: 0 or 1 each;
    `signalen`: 0 for none, else 1 + status; `zelf`: 0 or 1."""

    ids: NDArray[np.int32]
    flags: NDArray[np.float32]
    mask: NDArray[np.float32]
    urgentie: NDArray[np.int32]
    themas: NDArray[np.float32]
    signalen: NDArray[np.int32]
    zelf: NDArray[np.float32]


def sample(example: Example, reading: Reading, cutter: Pieces, concepts: Sequence[str]) -> Sample:
    """Cut and marked as `nlp.meaning.encoder` does when it reads; of a long text only the first window."""
    cut = cutter.windows(reading.text, MOST)[0]
    found = [example.signalen.get(signaal) for signaal in labels.SIGNALEN]
    return Sample(
        ids=np.array(cut.ids, np.int32),
        flags=beside(reading, marks(reading, concepts), cut.starts),
        urgentie=labels.LEVELS.index(example.urgentie),
        themas=np.array([thema in example.themas for thema in labels.THEMAS], np.float32),
        signalen=np.array([0 if status is None else 1 + labels.STATUSES.index(status) for status in found], np.int32),
        zelf=float(example.betreft is Betreft.ZELF),
    )


def batches(samples: Sequence[Sample], pieces: int, generator: np.random.Generator) -> Iterator[Batch]:
    """All samples in a drawn order, in batches of texts of about the same length; each full, some samples twice for it."""
    by_length: dict[int, list[int]] = {}
    for number, given in enumerate(samples):
        by_length.setdefault(next(length for length in _LENGTHS if len(given.ids) <= length), []).append(number)
    drawn: list[tuple[int, NDArray[np.int64]]] = []
    for length, members in sorted(by_length.items()):
        size = max(_FEWEST, pieces // length)
        order = generator.permutation(members)
        order = np.concatenate([order, generator.choice(members, -len(order) % size)])
        drawn += [(length, order[at : at + size]) for at in range(0, len(order), size)]
    for at in generator.permutation(len(drawn)):
        length, numbers = drawn[at]
        yield _batch([samples[number] for number in numbers], length)


def _batch(samples: Sequence[Sample], length: int) -> Batch:
    ids = np.full((len(samples), length), _PADDING, np.int32)
    flags = np.zeros((len(samples), length, samples[0].flags.shape[1]), np.float32)
    mask = np.zeros((len(samples), length), np.float32)
    for row, given in enumerate(samples):
        count = len(given.ids)
        ids[row, :count], flags[row, :count], mask[row, :count] = given.ids, given.flags, 1
    return Batch(
        ids, flags, mask,
        np.array([given.urgentie for given in samples], np.int32),
        np.stack([given.themas for given in samples]),
        np.stack([given.signalen for given in samples]),
        np.array([given.zelf for given in samples], np.float32),
    )  # fmt: skip
