"""What each part adds: the same measures with one part left out, everything else fitted again on the tuning part."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from nlp import triage
from nlp.lab import fit, linear_training, measure
from nlp.lab.corpus import Example, Part
from nlp.lab.linear_training import Counts, Taught
from nlp.lab.train import Lab
from nlp.meaning import labels, reader
from nlp.meaning.judge import ACUUT, Borders, judge, mixed
from nlp.meaning.labels import LEVELS, Floats
from nlp.normalise import readable
from nlp.pipeline import Pipeline
from nlp.reading import Reading

_CONCEPT = ("gaat over", "vaak over")


@dataclass(frozen=True, slots=True)
class _Variant:
    name: str
    encoder: bool = True
    kept: Callable[[str, str], bool] | None = lambda group, name: True  # None: no linear reader
    floor: bool = True


_VARIANTS = (
    _Variant("alles"),
    _Variant("zonder de encoder", encoder=False),
    _Variant("zonder de lineaire lezer", kept=None),
    _Variant("zonder de signalen en cues van de regels", kept=lambda group, name: group != "signs" or name.startswith(_CONCEPT)),
    _Variant("zonder de concepten", kept=lambda group, name: not name.startswith(_CONCEPT)),
    _Variant("zonder woorddelen", kept=lambda group, name: group != "grams"),
    _Variant("zonder de veiligheidsvloer van de regels", floor=False),
)


def lines(examples: Sequence[Example]) -> Iterator[str]:
    """A Markdown table on the held-out part."""
    lab = Lab(examples, reader.load())
    yield "| variant | macro-F1 | acuut: recall | precisie | recall bij precisie 0.85 | themas | signalen |"
    yield "|---|---|---|---|---|---|---|"
    for variant in _VARIANTS:
        yield f"| {variant.name} | " + " | ".join(f"{value:.3f}" for value in _measured(lab, variant)) + " |"


def rules_only() -> Callable[[str], Reading]:
    """Reads a text with the rules alone."""
    pipeline = Pipeline(triage.gazetteer_of())
    return lambda text: pipeline.read(readable(text), ((0, len(text)),))


def _measured(lab: Lab, variant: _Variant) -> tuple[float, ...]:
    theirs = _linear(lab, variant)
    tune, held = lab.part(Part.TUNE), lab.part(Part.HELD)
    ours = {one.id: lab.seen[one.id].meant if variant.encoder else np.zeros(labels.WIDTH) for one in (*tune, *held)}
    pleads = np.array([variant.floor and lab.seen[one.id].pleads for one in tune])
    stacked = np.stack([ours[one.id] for one in tune]), np.stack([theirs[one.id] for one in tune])
    borders = fit.fit(*stacked, pleads, fit.gold(tune))
    return _scores(lab, held, ours, theirs, borders if variant.floor else replace(borders, raised=borders.acuut))


def _linear(lab: Lab, variant: _Variant) -> dict[str, Floats]:
    """Per text the logits of a linear reader that only has what the variant keeps."""
    some = [*lab.part(Part.TRAIN), *lab.part(Part.TUNE), *lab.part(Part.HELD)]
    if variant.kept is None:
        return {one.id: np.zeros(labels.WIDTH) for one in some}
    counted = {one.id: _kept(lab.seen[one.id].counted, variant.kept) for one in some}
    train = lab.part(Part.TRAIN)
    taught = [Taught(one.urgentie, one.themas, one.signalen, one.betreft) for one in train]
    made = linear_training.train([counted[one.id] for one in train], taught)
    return {one.id: made.logits(counted[one.id]) for one in some}


def _kept(counts: Counts, keep: Callable[[str, str], bool]) -> Counts:
    return {group: {name: count for name, count in found.items() if keep(group, name)} for group, found in counts.items()}


def _scores(
    lab: Lab, held: Sequence[Example], ours: dict[str, Floats], theirs: dict[str, Floats], borders: Borders
) -> tuple[float, ...]:  # fmt: skip
    chances = [mixed(ours[one.id], theirs[one.id], borders) for one in held]
    judged = [
        judge(found, borders, rule_pleads=lab.seen[one.id].pleads, evidence=lab.seen[one.id].evidence)
        for one, found in zip(held, chances, strict=True)
    ]
    gold = np.array([LEVELS.index(one.urgentie) for one in held])
    level = np.array([LEVELS.index(one.urgentie) for one in judged])
    acute, cried = gold == ACUUT, level == ACUUT
    recall_85 = measure.recall_at(np.array([found.urgentie[ACUUT] for found in chances]), acute, 0.85)
    themas = [frozenset(map(str, one.themas)) for one in held], [frozenset(map(str, one.themas)) for one in judged]
    signs = [_pairs(one.signalen) for one in held], [_pairs(one.signalen) for one in judged]
    everything = range(len(held))
    return (
        measure.macro_f1(gold, level, len(LEVELS)),
        float(cried[acute].mean()),
        float(acute[cried].mean()) if cried.any() else 0.0,
        recall_85,
        measure.micro_f1(*themas, everything),
        measure.micro_f1(*signs, everything),
    )


def _pairs(signalen: object) -> frozenset[str]:
    return frozenset(f"{name}={status}" for name, status in dict(signalen).items())  # type: ignore[call-overload]
