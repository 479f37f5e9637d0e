"""The words that moved the encoder most, with what they are a sign of: reasons beside those of the rules."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from flows.assessment import Reason, SignaalStatus, Urgentie
from nlp.meaning import labels
from nlp.reading import Reading

_URGENT = np.array([1.0, 0.5, 0.0, -0.5, -1.0])  # per level, acuut first
_COUNTS = 0.25  # of the strongest word: what weighs less is no reason
_SIGN_COUNTS = 0.3  # a vote for a signaal or thema, in logits


class Weighty:
    """`words` is explain.toml: what stands for a signaal, a thema and a direction."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._words = words

    def reasons(self, reading: Reading) -> Iterator[Reason]:
        """The heaviest first; at a level that is not urgent what lowers comes first."""
        if not reading.votes or not len(reading.doc):
            return
        votes = self._by_word(reading)
        moved = votes[:, labels.URGENTIE] @ _URGENT
        sign = -1.0 if reading.urgentie in {Urgentie.ADVIES, Urgentie.GEEN} else 1.0
        strongest = float(np.abs(moved).max(initial=0.0))
        for start, end in self._spans(reading, sign * moved, _COUNTS * strongest):
            first, last = reading.span(start, end)
            wat = self._sign(reading, votes[start:end].sum(axis=0)) if sign > 0 else ""
            yield Reason(first, last, wat or self._words["richting"]["omhoog" if sign > 0 else "omlaag"], omhoog=sign > 0)

    def _by_word(self, reading: Reading) -> NDArray[np.float64]:
        """Tokens × columns: the votes of its pieces together; begin and end of a window belong to no word."""
        begins = [token.idx for token in reading.doc]
        table = np.zeros((len(begins), labels.WIDTH))
        for window in reading.votes:
            words = np.clip(np.searchsorted(begins, window.starts[1:-1], side="right") - 1, 0, None)
            np.add.at(table, words, window.votes[1:-1])
        return table

    def _spans(self, reading: Reading, weight: NDArray[np.float64], least: float) -> list[tuple[int, int]]:
        """Neighbouring words that weigh, joined within a sentence."""
        found: list[tuple[int, int]] = []
        for index in np.flatnonzero(weight > max(least, 1e-6)).tolist():
            if not reading.words[index].strip() or reading.doc[index].is_punct:
                continue
            if found and index - found[-1][1] <= 1 and reading.sentences[index] == reading.sentences[found[-1][0]]:
                found[-1] = (found[-1][0], index + 1)
            else:
                found.append((index, index + 1))
        return sorted(found, key=lambda span: -float(weight[span[0] : span[1]].sum()))

    def _sign(self, reading: Reading, votes: NDArray[np.float64]) -> str:
        """What of the found signalen and themas these words speak for most."""
        table = votes[labels.SIGNAAL].reshape(len(labels.SIGNALEN), -1)
        named = {
            self._words["signalen"][signaal]: float(table[row, 1] - table[row, 0])
            for row, signaal in enumerate(labels.SIGNALEN)
            if reading.signalen.get(signaal) is SignaalStatus.NU
        }
        named |= {
            self._words["themas"][thema]: float(votes[labels.THEMA][row])
            for row, thema in enumerate(labels.THEMAS)
            if thema in reading.themas
        }
        best = max(named, key=named.__getitem__, default="")
        return best if best and named[best] >= _SIGN_COUNTS else ""
