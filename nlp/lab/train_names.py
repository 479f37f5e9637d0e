"""Learns the weights of `nlp.privacy.names` from the corpus; `learn(examples)` gives the text of nlp/model/names.tsv.

Only TRAIN is learned from. Each text is learned as it stands, in lower case, and with other names in the same places, so that the
place of a name teaches more than the name. The outcome depends on the texts and `SEED` only.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flows.assessment import PersonalData
from nlp.lab.corpus import Example, Part
from nlp.privacy.features import Context
from nlp.privacy.lists import Known
from nlp.privacy.names import read_weights
from nlp.privacy.redactor import Redactor
from nlp.rules.lexicon import source, table
from nlp.where.addresses import Addresses

SEED = 20
THRESHOLD = 0.4  # chosen on TUNE: from here down false alarms grow faster than finds
_STRENGTH = 1.0  # of the data against the penalty
_RARE = 3  # a feature that fewer samples have is not learned
_UNKNOWN = 0.2  # of the names, that are learned as if no list had them
_WRITTEN, _MADE = 1.0, 0.35  # weight of a text as written, and of one made from it
_SWAPS = 3
_NOBODY = Known("-", 0, place=False)


@dataclass(frozen=True, slots=True)
class Sample:
    features: tuple[str, ...]
    name: bool
    weight: float


def learn(examples: Iterable[Example]) -> str:
    """The text of nlp/model/names.tsv from the shipped lists and the corpus; some 15 seconds."""
    nothing = read_weights("*bias\t0\n*threshold\t0.5\n")
    redactor = Redactor(table("names.toml"), Addresses(table("places.toml")["straten"]), nothing)
    rows = (line.split("\t") for line in source("namen.tsv").splitlines())
    return train(examples, redactor, [name for name, kind in rows if kind != "e"])


def train(examples: Iterable[Example], redactor: Redactor, names: Sequence[str]) -> str:
    """`names`: first names and surnames to put in the place of others. Gives lines of a feature, a tab and a weight."""
    draw = random.Random(SEED)
    samples: list[Sample] = []
    for example in examples:
        if example.part is Part.TRAIN:
            for text, pii, weight in _variants(example, names, draw):
                samples += _samples(redactor, text, pii, weight, draw)
    bias, weights = _fit(samples)
    lines = {"*bias": bias, "*threshold": THRESHOLD} | {name: weight for name, weight in weights.items() if abs(weight) >= 0.02}
    return "".join(f"{name}\t{value:.3g}\n" for name, value in sorted(lines.items()))


def _variants(example: Example, names: Sequence[str], draw: random.Random) -> Iterator[tuple[str, Sequence[PersonalData], float]]:
    yield example.text, example.pii, _WRITTEN
    lowered = example.text.lower()
    if len(lowered) == len(example.text):
        yield lowered, example.pii, _MADE
    if any(span.soort == "persoon" for span in example.pii):
        for _ in range(_SWAPS):
            yield *_swapped(example, names, draw), _MADE


def _swapped(example: Example, names: Sequence[str], draw: random.Random) -> tuple[str, list[PersonalData]]:
    """Other names in the same places; a third of the time in lower case."""
    parts: list[str] = []
    spans: list[PersonalData] = []
    last = length = 0
    lower = draw.random() < 0.3
    for span in example.pii:
        value = example.text[span.start : span.eind]
        if span.soort == "persoon":
            value = " ".join(_other(word, names, draw, lower=lower) for word in value.split())
        before = example.text[last : span.start]
        spans.append(PersonalData(length + len(before), length + len(before) + len(value), span.soort))
        parts += [before, value]
        length += len(before) + len(value)
        last = span.eind
    return "".join([*parts, example.text[last:]]), spans


def _other(word: str, names: Sequence[str], draw: random.Random, *, lower: bool) -> str:
    if len(word) < 3 or not word.replace("-", "").isalpha() or word in {"van", "der", "den", "ter", "ten"}:
        return word
    name = draw.choice(names)
    return name if lower or word.islower() else name.title()


def _samples(redactor: Redactor, text: str, pii: Sequence[PersonalData], weight: float, draw: random.Random) -> Iterator[Sample]:
    """One for each token that the reader would judge; what is other personal data teaches nothing."""
    context = redactor.context(text)
    persons = [(span.start, span.eind) for span in pii if span.soort == "persoon"]
    others = [(span.start, span.eind) for span in pii if span.soort != "persoon"]
    for at, token in enumerate(context.tokens):
        name = any(token.start < end and start < token.end for start, end in persons)
        if name and draw.random() < _UNKNOWN:
            _forget(context, at)
        if context.candidate(at) and not any(token.start < end and start < token.end for start, end in others):
            yield Sample(tuple(dict.fromkeys(context.features(at))), name, weight)


def _forget(context: Context, at: int) -> None:
    tokens = list(context.tokens)
    tokens[at] = tokens[at]._replace(known=_NOBODY)
    context.tokens = tokens


def _fit(samples: Sequence[Sample]) -> tuple[float, dict[str, float]]:
    from scipy.sparse import csr_matrix  # type: ignore[import-untyped, unused-ignore]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped, unused-ignore]

    counts = Counter(feature for sample in samples for feature in sample.features)
    columns = {feature: at for at, feature in enumerate(sorted(name for name, count in counts.items() if count >= _RARE))}
    rows = [[columns[feature] for feature in sample.features if feature in columns] for sample in samples]
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row))
    flat = [column for row in rows for column in row]
    matrix = csr_matrix(([1.0] * len(flat), flat, starts), shape=(len(rows), len(columns)))
    model = LogisticRegression(C=_STRENGTH, max_iter=500, solver="liblinear", random_state=SEED)
    model.fit(matrix, [sample.name for sample in samples], sample_weight=[sample.weight for sample in samples])
    return float(model.intercept_[0]), dict(zip(columns, map(float, model.coef_[0]), strict=True))
