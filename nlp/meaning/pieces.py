"""Cuts a text into the pieces of words the encoder was trained on, and remembers where each stood.

The vocabulary is that of XLM-RoBERTa (a SentencePiece unigram model), less what the languages of the melders do not need. The
best cut is the one with the highest sum of scores (Kudo 2018, Subword Regularization).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SPACE = "▁"
_UNKNOWN_COSTS = 10.0  # below the rarest piece


@dataclass(frozen=True, slots=True)
class Cut:
    """Numbers of pieces, each with the offset of its first letter in the text; with a begin and an end."""

    ids: tuple[int, ...]
    starts: tuple[int, ...]


class Pieces:
    """Only read after it was made. The first four numbers are begin, padding, end and unknown."""

    BEGIN, END, UNKNOWN = 0, 2, 3

    def __init__(self, pieces: Sequence[str], scores: Sequence[float], spelled: Mapping[str, str]) -> None:
        """`spelled`: what stands for a character before it is cut (Unicode compatibility forms)."""
        self._known = {piece: (float(score), number) for number, (piece, score) in enumerate(zip(pieces, scores, strict=True))
                       if piece and number > self.UNKNOWN}  # fmt: skip
        self._beginnings = frozenset(piece[:length] for piece in self._known for length in range(1, len(piece) + 1))
        self._unknown = min(scores) - _UNKNOWN_COSTS
        self._spelled = spelled

    def windows(self, text: str, most: int) -> list[Cut]:
        """The whole text in cuts of at most `most` pieces, begin and end included; at least one.

        All are as long as each other: a few words left over would be read as a message of their own.
        """
        letters, places = self._letters(text)
        found = self._best(letters)
        starts = [places[start + (letters[start] == _SPACE and end - start > 1)] for start, end, _ in found]
        ids = [number for _, _, number in found]
        count = max(1, -(-len(ids) // (most - 2)))
        edges = [len(ids) * number // count for number in range(count + 1)]
        return [self._window(ids[start:end], starts[start:end]) for start, end in pairwise(edges)]

    def _window(self, ids: list[int], starts: list[int]) -> Cut:
        last = starts[-1] if starts else 0
        return Cut((self.BEGIN, *ids, self.END), (0, *starts, last))

    def _letters(self, text: str) -> tuple[str, list[int]]:
        """The text as it is cut: one space between words and one before the first; with the offset of each letter."""
        letters, places = [_SPACE], [0]
        for index, char in enumerate(text):
            for letter in self._spelled.get(char, char):
                space = letter == " "
                if not (space and letters[-1] == _SPACE):
                    letters.append(_SPACE if space else letter)
                    places.append(index)
        return "".join(letters), places

    def _best(self, letters: str) -> list[tuple[int, int, int]]:
        """(start, end, number) of each piece of the best cut, in order (Viterbi)."""
        length = len(letters)
        score = [0.0] + [float("-inf")] * length
        came = [(0, self.UNKNOWN)] * (length + 1)
        for start in range(length):
            here = score[start]
            if here + self._unknown > score[start + 1]:
                score[start + 1], came[start + 1] = here + self._unknown, (start, self.UNKNOWN)
            end = start + 1
            while end <= length and (part := letters[start:end]) in self._beginnings:
                known = self._known.get(part)
                if known and here + known[0] > score[end]:
                    score[end], came[end] = here + known[0], (start, known[1])
                end += 1
        found = []
        end = length
        while end > 0:
            start, number = came[end]
            found.append((start, end, number))
            end = start
        return found[::-1]
