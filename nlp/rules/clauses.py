"""Numbers the sentences and clauses of a text, also where people chat without commas.

A clause opens at a pause, a joining word, a subject with its verb ("hij slaat"), or a second finite verb.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nlp.reading import Reading
from nlp.rules.inflect import Verb

_ENDS = frozenset({".", "!", "?", "…", "..", "...", ";", "•"})
_PAUSES = frozenset({",", ":", "-", "–", "(", ")", '"', "'", "/", "”", "“", "„"})
_LOOK_AHEAD = 8


@dataclass(frozen=True, slots=True)
class Clauses:
    """`joints` open a clause; `links` do where a finite verb follows; `subjects` do before a finite verb."""

    joints: frozenset[str]
    links: frozenset[str]
    subjects: frozenset[str]
    now: frozenset[str]
    past: frozenset[str]

    def __call__(self, reading: Reading) -> None:
        reading.sentences = self._sentences(reading)
        reading.clauses = self._clauses(reading.words, reading.sentences)
        reading.present = frozenset(
            clause for word, clause in zip(reading.words, reading.clauses, strict=True) if word in self.now
        )

    def finite(self, word: str) -> bool:
        return word in self.now or word in self.past

    def _sentences(self, reading: Reading) -> tuple[int, ...]:
        number, numbers = 0, []
        for token, word in zip(reading.doc, reading.words, strict=True):
            numbers.append(number)
            if word in _ENDS or "\n" in token.text or (token.is_punct and set(token.text) <= {".", "!", "?"}):
                number += 1
        return tuple(numbers)

    def _clauses(self, words: Sequence[str], sentences: Sequence[int]) -> tuple[int, ...]:
        number, numbers = 0, [0] * len(words)
        start, seen = 0, False  # where the clause starts; whether it has its finite verb
        for index, word in enumerate(words):
            if index and (sentences[index] != sentences[index - 1] or self._opens(words, index, start, seen=seen)):
                number, start, seen = number + 1, index, False
            seen = seen or self.finite(word)
            numbers[index] = number
        return tuple(numbers)

    def _opens(self, words: Sequence[str], index: int, start: int, *, seen: bool) -> bool:
        word, before = words[index], words[index - 1]
        following = words[index + 1] if index + 1 < len(words) else ""
        if word in _PAUSES or word in self.joints:
            return True
        if word in self.links:
            return any(self.finite(later) for later in words[index + 1 : index + _LOOK_AHEAD])
        if word in self.subjects and self.finite(following):
            return before not in self.joints and before not in self.links and not (self.finite(before) and index - start < 2)
        return seen and self.finite(word) and not self.finite(before)


NONE = Clauses(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())


def build(data: Mapping[str, Sequence[str]], verbs: Mapping[str, Verb]) -> Clauses:
    """`data`: `[zinsdelen]` of words.toml."""
    no_sign = frozenset(data["geen_gezegde"])
    now = frozenset(form for verb in verbs.values() for form in verb.now) | frozenset(data["hulpwerkwoorden"])
    past = frozenset(form for verb in verbs.values() for form in verb.past)
    return Clauses(
        frozenset(data["voegwoorden"]), frozenset(data["nevenschikkers"]), frozenset(data["onderwerpen"]),
        now - no_sign, past - no_sign - now,
    )  # fmt: skip
