"""The encoder while it is trained, in TensorFlow; `nlp.lab.export` writes the same sums as a graph. Import it late.

A post-norm transformer (Vaswani et al. 2017) on pieces of words; for every column of labels.py one attention over the pieces
says where it looks, and one vector what it sees there. Products are in bfloat16, sums in float32.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from nlp.lab.base_weights import HEADS, WIDTH, BaseWeights
from nlp.meaning import labels
from nlp.meaning.encoder import MOST

Tensor = Any
_SHARPER = 4.0  # as in export.py: makes these vectors learn faster under Adam
_NOWHERE = -1e9


@dataclass(frozen=True, slots=True)
class Dropout:
    """Chances. `piece`: that a whole piece is blank; `inner`: within the layers."""

    outer: float
    inner: float
    piece: float


def _gelu_sum(x: Tensor) -> Tensor:
    return 0.5 * x * (1 + tf.tanh(0.7978845608 * (x + 0.044715 * x * x * x)))


def _normal_sum(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    centred = x - tf.reduce_mean(x, -1, keepdims=True)
    return centred * tf.math.rsqrt(tf.reduce_mean(centred * centred, -1, keepdims=True) + 1e-12) * weight + bias


_gelu = tf.function(_gelu_sum, jit_compile=True)  # one kernel each, forward and back
_normal = tf.function(_normal_sum, jit_compile=True)


def _times(x: Tensor, weight: Tensor) -> Tensor:
    return tf.cast(tf.matmul(tf.cast(x, tf.bfloat16), tf.cast(weight, tf.bfloat16)), tf.float32)


def _dropped(x: Tensor, chance: float | None) -> Tensor:
    return tf.nn.dropout(x, chance) if chance else x


class Net:
    """`body`: what was trained before, `heads`: what begins anew; by the names of `nlp.lab.export`. The table stays as it is."""

    def __init__(self, base: BaseWeights, marked: int, seed: int, learned: Mapping[str, NDArray[Any]] | None = None) -> None:
        """`marked`: numbers beside each piece. `learned`: what an earlier training gave, of as many layers or more."""
        self._count = sum(name.endswith(".qkv") for name in base.layers)
        self._table = tf.constant(base.embedded())
        self._places = tf.constant(base.places[:MOST])
        given = learned or {}
        self.body: Mapping[str, Any] = {name: tf.Variable(given.get(name, array)) for name, array in base.layers.items()}
        heads = {name: given.get(name, array) for name, array in _heads(marked, seed).items()}
        self.heads: Mapping[str, Any] = {name: tf.Variable(array) for name, array in heads.items()}

    def weights(self) -> dict[str, NDArray[Any]]:
        """What `nlp.lab.export.graph` takes."""
        trained = {name: variable.numpy() for name, variable in {**self.body, **self.heads}.items()}
        return {"NL": np.array(self._count), **trained}

    def logits(self, ids: Tensor, flags: Tensor, mask: Tensor, dropout: Dropout | None = None) -> Tensor:
        """Texts × labels.WIDTH. `ids`: texts × pieces; `flags`: × marks; `mask`: 1 where a piece is."""
        outer = dropout.outer if dropout else None
        x = self._looked_up(ids, dropout) + _times(flags, self.heads["head.Wf"])
        x = _dropped(x, outer)
        unseen = tf.where(mask > 0, 0.0, _NOWHERE)
        for number in range(self._count):
            own = {name: self.body[f"l{number}.{name}"] for name in _LAYER}
            x = _layer(x, unseen, own, dropout.inner if dropout else None)
        x = _dropped(x, outer)
        attention = tf.nn.softmax(tf.matmul(x, self.heads["head.q"] * _SHARPER) + unseen[..., None], 1)
        votes = attention * tf.matmul(x, self.heads["head.w"] * _SHARPER)
        return tf.reduce_sum(votes, 1) + self.heads["head.bo"]

    def _looked_up(self, ids: Tensor, dropout: Dropout | None) -> Tensor:
        words = tf.gather(self._table, ids)
        if dropout:
            words *= tf.cast(tf.random.uniform(tf.shape(ids)) > dropout.piece, tf.float32)[..., None]
        return _normal(words + self._places[: tf.shape(ids)[1]], self.body["enc.elw"], self.body["enc.elb"])


_LAYER = ("qkv", "qkvb", "ao", "aob", "alw", "alb", "fi", "fib", "fo", "fob", "olw", "olb")


def _layer(x: Tensor, unseen: Tensor, own: Mapping[str, Any], inner: float | None) -> Tensor:
    x = _normal(x + _times(_attended(x, unseen, own), own["ao"]) + own["aob"], own["alw"], own["alb"])
    more = _times(_gelu(_times(x, own["fi"]) + own["fib"]), own["fo"]) + own["fob"]
    return _normal(x + _dropped(more, inner), own["olw"], own["olb"])


def _attended(x: Tensor, unseen: Tensor, own: Mapping[str, Any]) -> Tensor:
    """Texts × pieces × WIDTH: what each piece takes over from the others."""
    count, length = tf.shape(x)[0], tf.shape(x)[1]
    size = WIDTH // HEADS
    mixed = tf.reshape(_times(x, own["qkv"]) + own["qkvb"], (count, length, 3 * HEADS, size))
    asked, offered, told = tf.split(tf.transpose(mixed, (0, 2, 1, 3)), 3, 1)
    likeness = tf.matmul(asked, offered, transpose_b=True) * size**-0.5
    read = tf.matmul(tf.nn.softmax(likeness + unseen[:, None, None, :]), told)
    return tf.reshape(tf.transpose(read, (0, 2, 1, 3)), (count, length, WIDTH))


def _heads(marked: int, seed: int) -> dict[str, NDArray[np.float32]]:
    """The marks weigh nothing yet; the bias says that most themas and signalen are absent."""
    generator = np.random.default_rng(seed)
    bias = np.zeros(labels.WIDTH, np.float32)
    bias[labels.THEMA] = -2
    bias[labels.SIGNAAL][:: 1 + len(labels.STATUSES)] = 3
    return {
        "head.Wf": np.zeros((marked, WIDTH), np.float32),
        "head.q": (generator.standard_normal((WIDTH, labels.WIDTH)) * 0.02).astype(np.float32),
        "head.w": (generator.standard_normal((WIDTH, labels.WIDTH)) * 0.02).astype(np.float32),
        "head.bo": bias,
    }
