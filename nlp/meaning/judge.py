"""From chances to labels: how the two readers are weighed, where the borders lie, and what the rules may raise.

The numbers are fitted on the tuning part of the corpus (`nlp/lab/fit.py`) and stand in the file of the model.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from flows.assessment import Betreft, Signaal, SignaalStatus, Thema, Urgentie
from nlp.meaning import labels
from nlp.meaning.labels import LEVELS, SIGNALEN, STATUSES, THEMAS, Chances, Floats, chances

ACUUT, ADVIES, GEEN = (LEVELS.index(level) for level in (Urgentie.ACUUT, Urgentie.ADVIES, Urgentie.GEEN))


@dataclass(frozen=True, slots=True)
class Borders:
    """`encoder`, `linear`: the weight of each reader's logits for urgentie, themas, signalen and zelf, in this order.
    The others are chances: from where on a label is given. `raised`: for acuut when a rule pleads for it too."""

    encoder: tuple[float, float, float, float]
    linear: tuple[float, float, float, float]
    acuut: float
    raised: float
    geen: float
    themas: tuple[float, ...]
    signalen: tuple[float, ...]
    zelf: float
    unsure: float
    bare: float = 0.5  # for acuut when no signaal and no concept of danger stands beside it
    heeded: float = 1.0  # from this chance of acuut on a text is regulier at least

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Borders":
        """Of JSON; raises TypeError or ValueError for anything else."""
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else float(value) for name, value in given.items()
        }
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Judgement:
    """`doubt`: the two levels between which the reader cannot choose; then a person reads first."""

    urgentie: Urgentie
    zekerheid: float
    themas: tuple[Thema, ...]
    signalen: Mapping[Signaal, SignaalStatus]
    betreft: Betreft
    doubt: tuple[Urgentie, Urgentie] | None = None
    chance: tuple[float, ...] = ()  # of each level


def mixed(encoder: Floats, linear: Floats, borders: Borders) -> Chances:
    """Both readers' logits as one."""
    parts = [labels.URGENTIE, labels.THEMA, labels.SIGNAAL, slice(labels.ZELF, labels.ZELF + 1)]
    logits = np.empty(labels.WIDTH)
    for part, ours, theirs in zip(parts, borders.encoder, borders.linear, strict=True):
        logits[part] = ours * encoder[part] + theirs * linear[part]
    return chances(logits)


def judge(found: Chances, borders: Borders, *, rule_pleads: bool, evidence: bool = True) -> Judgement:
    """`rule_pleads`: a rule found acute danger that is so now. `evidence`: something in the text speaks of danger."""
    border = borders.raised if rule_pleads else borders.acuut if evidence else borders.bare
    level = _level(found.urgentie, borders, border)
    doubt = _doubt(found.urgentie, level, borders)
    if doubt:
        level = LEVELS.index(min(doubt, key=LEVELS.index))
    urgentie = LEVELS[level]
    signalen = _signalen(found.signalen, borders)
    themas = () if urgentie is Urgentie.GEEN else _themas(found.themas, signalen, borders)
    betreft = Betreft.ZELF if found.zelf >= borders.zelf else Betreft.ANDER
    return Judgement(urgentie, float(found.urgentie[level]), themas, signalen, betreft, doubt, tuple(found.urgentie.tolist()))


def _level(chance: Floats, borders: Borders, acuut: float) -> int:
    """Acuut from its own border on; geen only when that is sure; else the likeliest of what is left, which is no light level
    as long as acuut is not unlikely."""
    if chance[ACUUT] >= acuut:
        return ACUUT
    rest = chance.copy()
    rest[ACUUT] = 0
    if chance[ACUUT] >= borders.heeded:
        rest[[ADVIES, GEEN]] = 0
    if chance[GEEN] < borders.geen:
        rest[GEEN] = 0
    return int(rest.argmax())


def _doubt(chance: Floats, level: int, borders: Borders) -> tuple[Urgentie, Urgentie] | None:
    """In doubt between two levels the higher is taken. Acuut is never taken away by doubt, and has a border of its own."""
    if level == ACUUT or chance[level] >= borders.unsure:
        return None
    rest = chance.copy()
    rest[ACUUT] = -1
    first, second = np.argsort(-rest, kind="stable")[:2]
    return LEVELS[int(first)], LEVELS[int(second)]


def _signalen(chance: Floats, borders: Borders) -> dict[Signaal, SignaalStatus]:
    found = {}
    for row, signaal in enumerate(SIGNALEN):
        if 1 - chance[row, 0] >= borders.signalen[row]:
            found[signaal] = STATUSES[int(chance[row, 1:].argmax())]
    return found


def _themas(chance: Floats, signalen: Mapping[Signaal, SignaalStatus], borders: Borders) -> tuple[Thema, ...]:
    """With a child there now comes the thema gezin (codebook, section 3)."""
    found = {thema for row, thema in enumerate(THEMAS) if chance[row] >= borders.themas[row]}
    if signalen.get(Signaal.KIND) is SignaalStatus.NU:
        found.add(Thema.GEZIN)
    return tuple(thema for thema in THEMAS if thema in found)
