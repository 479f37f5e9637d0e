"""Words as the lexicons spell them: lower case, no accents, chat spelling and small typing errors undone.

One word per token and never a token more or less, so offsets keep their meaning.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

_STRETCHED = re.compile(r"(.)\1{2,}")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'"})
_FUZZY_FROM = 8  # shorter words have too many neighbours
_MEMORY = 50_000


def readable(text: str) -> str:
    """As long as `text`, with a mark where a lone surrogate or a NUL stood: nothing can encode those."""
    return "".join("\ufffd" if char == "\0" or "\ud800" <= char <= "\udfff" else char for char in text)


def plain(word: str) -> str:
    """Lower case without accents; three or more of one letter become one."""
    lowered = word.translate(_APOSTROPHES).lower()
    if not lowered.isascii():
        lowered = "".join(c for c in unicodedata.normalize("NFD", lowered) if unicodedata.category(c) != "Mn")
    return _STRETCHED.sub(r"\1", lowered)


def _deletions(word: str) -> Iterable[str]:
    return (word[:i] + word[i + 1 :] for i in range(1, len(word)))


class Normaliser:
    """`spellings` maps a written form to the lexicon's; `vocabulary` are the words worth a correction."""

    def __init__(self, spellings: Mapping[str, str], vocabulary: Iterable[str]) -> None:
        self._spellings = {plain(written): meant for written, meant in spellings.items()}
        self._words = frozenset(vocabulary)
        self._known = {word for word in self._words if len(word) >= _FUZZY_FROM}
        self._near: dict[str, str] = {}
        for word in sorted(self._known):
            for shorter in _deletions(word):
                self._near.setdefault(shorter, word)
        self._memory: dict[str, str] = {}

    def word(self, token: str) -> str:
        """The lexicon's spelling of one token."""
        if (found := self._memory.get(token)) is None:
            found = self._look_up(token)
            if len(self._memory) < _MEMORY and len(token) < 40:
                self._memory[token] = found
        return found

    def _look_up(self, token: str) -> str:
        word = plain(token)
        if word in self._spellings:
            return self._spellings[word]
        return self._corrected(word) if len(word) >= _FUZZY_FROM - 1 and word.isalpha() else word

    def _corrected(self, word: str) -> str:
        """One letter too many, too few or swapped, never the first; another letter is mostly another word."""
        if word in self._words or len(word) > 30:
            return word
        if len(word) >= _FUZZY_FROM - 1 and word in self._near:
            return self._near[word]
        for shorter in _deletions(word):
            if shorter in self._known:
                return shorter
            near = self._near.get(shorter)
            if near and len(near) == len(word) and sorted(near) == sorted(word):
                return near
        return word
