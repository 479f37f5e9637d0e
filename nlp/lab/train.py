"""`meldpunt nlp train`: makes the linear reader and the borders anew beside the encoder that is there.

A new version is only taken into use when it is no worse on the held-out part and on the recall of acuut.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from flows.decisions import Labelled
from nlp import triage
from nlp.lab import fit, linear_training, measure
from nlp.lab.corpus import Example, Part, nothing
from nlp.lab.corpus import load as load_corpus
from nlp.lab.linear_training import Taught
from nlp.meaning import linear, reader
from nlp.meaning.judge import ACUUT, judge, mixed
from nlp.meaning.labels import LEVELS, Floats
from nlp.meaning.linear import Linear
from nlp.meaning.reader import Heads, Meaning
from nlp.normalise import readable
from nlp.pipeline import Pipeline
from nlp.reading import Reading

SLACK = 0.005  # so much lower is still "no worse": less than one text in a hundred
SHIPPED = Path(__file__).parents[1] / "model" / reader.HEADS


@dataclass(frozen=True, slots=True)
class Outcome:
    """`lines`: plain Dutch for the beheerder."""

    accepted: bool
    version: str
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as both readers see it before anything is learned: features, the encoder's logits, whether a rule pleads."""

    counted: linear_training.Counts
    meant: Floats
    pleads: bool
    evidence: bool


@dataclass(frozen=True, slots=True)
class Score:
    """On the held-out part."""

    macro_f1: float
    acuut: float  # recall


class Lab:
    """The corpus, seen once; heads are made and measured on it."""

    def __init__(self, examples: Sequence[Example], meaning: Meaning, ordinary: Sequence[Example] = ()) -> None:
        """`ordinary`: sentences that are no melding; the linear reader learns from those of TRAIN."""
        self._ordinary = [one for one in ordinary if one.part is Part.TRAIN]
        self._meaning = meaning
        self._pipeline = Pipeline(triage.gazetteer_of())
        self.examples = examples
        self.seen = {one.id: self.see(one.text) for one in examples}

    def see(self, text: str) -> Seen:
        reading = self._rules(text)
        windows = self._meaning.encoder.read(reading)
        meant = reader.joined([window.logits for window in windows])
        return Seen(linear.counted(reading), meant, reader.pleads(reading), reader.evidence(reading))

    def _counted(self, text: str) -> linear_training.Counts:
        return linear.counted(self._rules(text))

    def _rules(self, text: str) -> Reading:
        return self._pipeline.read(readable(text), ((0, len(text)),))

    def part(self, part: Part) -> list[Example]:
        return [one for one in self.examples if one.part is part]

    def heads(self, decided: Sequence[Labelled] = ()) -> Heads:
        taught = [Taught(one.urgentie, one.themas, one.signalen, one.betreft) for one in self.part(Part.TRAIN)]
        counted = [self.seen[one.id].counted for one in self.part(Part.TRAIN)]
        taught += [Taught(one.urgentie, one.themas, one.signalen, one.betreft) for one in self._ordinary]
        counted += [self._counted(one.text) for one in self._ordinary]
        taught += [Taught(one.urgentie, one.themas) for one in decided]
        counted += [self._counted(one.text) for one in decided]
        made = linear_training.train(counted, taught)
        tune = self.part(Part.TUNE)
        ours, theirs, pleads = self._logits(tune, made)
        found = Heads(made, fit.fit(ours, theirs, pleads, fit.gold(tune)), "")
        return replace(found, version=f"lezer-{hashlib.sha256(reader.saved(found)).hexdigest()[:10]}")

    def _logits(self, examples: Sequence[Example], made: Linear) -> tuple[Floats, Floats, "np.typing.NDArray[np.bool_]"]:
        seen = [self.seen[one.id] for one in examples]
        theirs = np.stack([made.logits(one.counted) for one in seen])
        return np.stack([one.meant for one in seen]), theirs, np.array([one.pleads for one in seen])

    def score(self, heads: Heads) -> Score:
        held = self.part(Part.HELD)
        found = []
        for one in held:
            seen = self.seen[one.id]
            chance = mixed(seen.meant, heads.linear.logits(seen.counted), heads.borders)
            found.append(LEVELS.index(judge(chance, heads.borders, rule_pleads=seen.pleads, evidence=seen.evidence).urgentie))
        gold = np.array([LEVELS.index(one.urgentie) for one in held])
        level = np.array(found)
        acute = gold == ACUUT
        return Score(measure.macro_f1(gold, level, len(LEVELS)), float((level[acute] == ACUUT).mean()))


def retrain(decided: Sequence[Labelled], target: Path, current: Path | None = None, folder: Path | None = None) -> Outcome:
    """Writes to `target` only what is no worse than `current` (else the shipped heads). Raises BadSettings."""
    meaning = reader.load(current)
    lab = Lab(load_corpus(folder), meaning) if folder else Lab(load_corpus(), meaning, nothing())
    made = lab.heads(decided)
    before, after = lab.score(meaning.heads), lab.score(made)
    better = after.macro_f1 >= before.macro_f1 - SLACK and after.acuut >= before.acuut - SLACK
    lines = [
        f"Geleerd van {len(decided)} beslissingen naast {len(lab.part(Part.TRAIN))} teksten.",
        f"Macro-F1 op het apart gehouden deel: was {before.macro_f1:.3f}, wordt {after.macro_f1:.3f}.",
        f"Gevonden acute meldingen: was {before.acuut:.3f}, wordt {after.acuut:.3f}.",
    ]
    if not better:
        return Outcome(False, made.version, [*lines, f"{made.version} is slechter en wordt niet gebruikt."])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(reader.saved(made))
    return Outcome(True, made.version, [*lines, f"{made.version} is klaar voor gebruik: {target}."])
