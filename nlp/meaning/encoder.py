"""The small transformer: nine layers of multilingual-e5-small, trained on the corpus, in whole numbers of 8 bits.

It reads pieces of words beside the marks of the rules, and lets every piece vote for every column of labels.py. The votes of a
text add up to its logits, so a vote is also the reason.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from nlp.meaning.labels import Floats
from nlp.meaning.marks import beside, marks
from nlp.meaning.pieces import Cut, Pieces
from nlp.reading import Reading

MOST = 300  # pieces; about 200 words
WINDOWS = 5
_BLOCK = 32  # numbers that share one scale


@dataclass(frozen=True, slots=True)
class Votes:
    """`starts`: where each piece stands in the text; `votes`: pieces × columns of labels.py."""

    starts: tuple[int, ...]
    votes: NDArray[np.float32]
    bias: Floats

    @property
    def logits(self) -> Floats:
        return np.asarray(self.votes.sum(axis=0, dtype=np.float64) + self.bias)


class Encoder:
    """Safe to share between threads; one text takes one core."""

    def __init__(self, graph: bytes, arrays: Mapping[str, NDArray[Any]]) -> None:
        """`arrays`: what `nlp.lab.export` wrote beside the graph."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        names = bytes(arrays["pieces"]).decode().split("\n")
        self._pieces = Pieces(names, arrays["scores"].tolist(), json.loads(bytes(arrays["spelled"])))
        self._table, self._scales = arrays["table"], arrays["scales"]
        self._places = arrays["places"].astype(np.float32)
        self._bias = arrays["bias"].astype(np.float64)
        self._concepts = [name for name in bytes(arrays["concepts"]).decode().split("\n") if name]

    def read(self, reading: Reading) -> list[Votes]:
        """What is judged of the text, in windows of MOST pieces: the first WINDOWS of each stretch."""
        marked = marks(reading, self._concepts)
        cuts = [cut for stretch in reading.judged for cut in self._cuts(reading.text, *stretch)]
        return [self._window(cut, beside(reading, marked, cut.starts)) for cut in cuts]

    def _cuts(self, text: str, start: int, end: int) -> list[Cut]:
        found = self._pieces.windows(text[start:end], MOST)[:WINDOWS]
        return [Cut(cut.ids, tuple(start + at for at in cut.starts)) for cut in found] if start else found

    def _window(self, cut: Cut, flags: NDArray[np.float32]) -> Votes:
        (votes,) = self._session.run(["votes"], {"x": self._looked_up(cut.ids), "flags": flags})
        return Votes(cut.starts, np.asarray(votes, dtype=np.float32), self._bias)

    def _looked_up(self, ids: tuple[int, ...]) -> NDArray[np.float32]:
        """Pieces × 384: two numbers of 4 bits a byte, low half first within a block."""
        packed = self._table[list(ids)]
        count, width = packed.shape
        blocks = packed.reshape(count, -1, _BLOCK // 2)
        numbers = np.concatenate([blocks & 15, blocks >> 4], axis=2).astype(np.float32) - 8
        numbers *= self._scales[list(ids)].astype(np.float32)[:, :, None]
        return numbers.reshape(count, 2 * width) + self._places[:count]


def load(graph: bytes, arrays: bytes) -> Encoder:
    with np.load(io.BytesIO(arrays), allow_pickle=False) as opened:
        return Encoder(graph, {name: opened[name] for name in opened.files})
