"""The columns of every head: the levels, the themas, each signaal with no status or one of four, and who it is about."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from flows.assessment import Signaal, SignaalStatus, Thema, Urgentie

Floats = NDArray[np.float64]

LEVELS = list(Urgentie)
THEMAS = list(Thema)
SIGNALEN = list(Signaal)
STATUSES = list(SignaalStatus)
_PER_SIGN = 1 + len(STATUSES)

URGENTIE = slice(0, len(LEVELS))
THEMA = slice(URGENTIE.stop, URGENTIE.stop + len(THEMAS))
SIGNAAL = slice(THEMA.stop, THEMA.stop + len(SIGNALEN) * _PER_SIGN)
ZELF = SIGNAAL.stop
WIDTH = ZELF + 1


@dataclass(frozen=True, slots=True)
class Chances:
    """Of one text. `urgentie`: per level, together 1. `themas`: each by itself. `zelf`: that the melder is the person.
    `signalen`: signaal × (none, nu, mogelijk, eerder, niet), each row together 1."""

    urgentie: Floats
    themas: Floats
    signalen: Floats
    zelf: float


def chances(logits: Floats) -> Chances:
    """From the WIDTH columns of a head."""
    signs = logits[SIGNAAL].reshape(len(SIGNALEN), _PER_SIGN)
    return Chances(
        softmax(logits[URGENTIE]), sigmoid(logits[THEMA]), softmax(signs), float(sigmoid(logits[ZELF : ZELF + 1])[0])
    )  # fmt: skip


def softmax(logits: Floats) -> Floats:
    """Over the last axis."""
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def sigmoid(logits: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -40, 40))))
