"""Reads the meaning of a text with both readers, and puts what they conclude in the place of what the rules did."""

import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from flows.assessment import SignaalStatus, Urgentie
from flows.errors import BadSettings
from nlp import urgency
from nlp.meaning import encoder, labels, linear
from nlp.meaning.encoder import Encoder
from nlp.meaning.judge import ACUUT, Borders, Judgement, judge, mixed
from nlp.meaning.labels import Floats
from nlp.meaning.linear import Linear
from nlp.reading import Reading

HEADS = "heads.npz"
_DANGERS = frozenset(
    [
        "wapen_voorwerp",
        "wapen_gebruik",
        "dreigen",
        "geweld_daad",
        "vernieling",
        "brand_vuur",
        "brandstof_gas",
        "hoogte_rand",
        "water_gevaar",
        "spoor_verkeer",
        "letsel_bloed",
        "bewusteloos_onwel",
        "niet_eten_drinken",
        "kou_buiten",
        "dood_levenloos",
        "dood_wens",
        "afscheid_middel",
        "zelfbeschadiging",
        "vermist_weg",
    ]
)  # names of concepten.tsv
_GRAPH, _PIECES = "encoder.onnx", "encoder.npz"


@dataclass(frozen=True, slots=True)
class Heads:
    """What `nlp train` makes anew: the linear reader and the borders. `version`: the name of the whole model."""

    linear: Linear
    borders: Borders
    version: str


class Meaning:
    """A component; safe to share between threads."""

    def __init__(self, reader: Encoder, heads: Heads) -> None:
        self.encoder = reader
        self.heads = heads
        self.version = heads.version

    def __call__(self, reading: Reading) -> None:
        reading.votes = self.encoder.read(reading)
        meant = joined([window.logits for window in reading.votes])
        found = mixed(meant, self.heads.linear.logits(linear.counted(reading)), self.heads.borders)
        conclude(reading, judge(found, self.heads.borders, rule_pleads=pleads(reading), evidence=evidence(reading)))


def joined(windows: Sequence[Floats]) -> Floats:
    """A long text is read in windows: the most acute decides on the level, each of the others adds what it shows."""
    if len(windows) == 1:
        return windows[0]
    table = np.stack(windows)
    worst = table[:, labels.URGENTIE].copy()
    worst -= worst.max(axis=1, keepdims=True)
    together = table[int(worst[:, ACUUT].argmax())].copy()
    together[labels.THEMA] = table[:, labels.THEMA].max(axis=0)
    signs = table[:, labels.SIGNAAL].reshape(len(windows), len(labels.SIGNALEN), -1)
    plainest = (signs[:, :, 0] - signs[:, :, 1:].max(axis=2)).argmin(axis=0)
    together[labels.SIGNAAL] = signs[plainest, np.arange(len(labels.SIGNALEN))].ravel()
    return np.asarray(together)


def pleads(reading: Reading) -> bool:
    """A rule found acute danger that is so now: the safety floor."""
    live = (finding for finding in reading.findings if finding.status is SignaalStatus.NU)
    return any(urgency.level(finding) is Urgentie.ACUUT for finding in live)


def evidence(reading: Reading) -> bool:
    """A rule found a signaal, or a concept of danger is named: without either an alarm needs more certainty."""
    signs = any(finding.hit.rule.soort == "signaal" for finding in reading.findings)
    return signs or any(name in _DANGERS for _, _, name in reading.concepts)


def conclude(reading: Reading, judgement: Judgement) -> None:
    reading.urgentie, reading.zekerheid = judgement.urgentie, judgement.zekerheid
    reading.themas = judgement.themas
    reading.signalen = dict(judgement.signalen)
    reading.betreft = judgement.betreft
    reading.doubt = judgement.doubt or ()
    reading.chance = tuple(judgement.chance)


def load(trained: Path | None = None) -> Meaning:
    """The shipped encoder with the shipped heads, or with those in `trained`; raises BadSettings that names the file."""
    folder = resources.files("nlp") / "model"
    reader = encoder.load((folder / _GRAPH).read_bytes(), (folder / _PIECES).read_bytes())
    if trained is None:
        return Meaning(reader, heads((folder / HEADS).read_bytes(), HEADS))
    try:
        return Meaning(reader, heads(trained.read_bytes(), str(trained)))
    except OSError as error:
        raise BadSettings([f"{trained}: {error.strerror}"]) from error


def heads(content: bytes, source: str) -> Heads:
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            given = json.loads(bytes(arrays["borders"]))
            return Heads(linear.unpack(arrays), Borders.read(given), bytes(arrays["version"]).decode())
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadSettings([f"{source}: geen leesbaar model: {error}"]) from error


def saved(found: Heads) -> bytes:
    """A file that `heads` reads again: arrays only."""
    target = io.BytesIO()
    borders = json.dumps({name: getattr(found.borders, name) for name in Borders.__dataclass_fields__})
    arrays: dict[str, Any] = {
        **linear.pack(found.linear),
        "borders": np.frombuffer(borders.encode(), np.uint8),
        "version": np.frombuffer(found.version.encode(), np.uint8),
    }
    np.savez_compressed(target, **arrays)
    return target.getvalue()
