"""Concepts: long lists of words for what melders tell of (weapons, heights, debts, thanks…), found in one pass.

They judge nothing. They are features: a word that no text of the corpus holds still says what it is about.
"""

from collections.abc import Iterator, Sequence

from flows.errors import BadSettings
from nlp.normalise import plain
from nlp.reading import Reading
from nlp.rules import lexicon

FILE = "concepten.tsv"
_SHORTEST = 4  # letters before a `*`
_LONGEST = 4  # words in a phrase

Entry = tuple[tuple[str, ...], str]  # its words, `*` and all, and the concept


class Concepts:
    """A component: fills `concepts`."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._words: dict[str, list[Entry]] = {}
        self._pairs: dict[tuple[str, str], list[Entry]] = {}  # by the first two words, when both are whole
        self._prefixes: dict[str, list[Entry]] = {}
        for words, name in entries:
            first, *rest = words
            if first.endswith("*"):
                self._prefixes.setdefault(first[:-1], []).append((words[1:], name))
            elif rest and not rest[0].endswith("*"):
                self._pairs.setdefault((first, rest[0]), []).append((words[1:], name))
            else:
                self._words.setdefault(first, []).append((words[1:], name))
        self._stems = {prefix[:_SHORTEST] for prefix in self._prefixes}

    def __call__(self, reading: Reading) -> None:
        written = [plain(token.text) for token in reading.doc]
        mended = [one != other for one, other in zip(written, reading.words, strict=True)]
        for index, word in enumerate(reading.words):
            if word.strip():
                found = set(self._at(reading.words, index))
                if any(mended[index : index + _LONGEST]):
                    found.update(self._at(written, index))
                reading.concepts += [(index, index + length, name) for name, length in sorted(found)]

    def _at(self, words: Sequence[str], index: int) -> Iterator[tuple[str, int]]:
        """(name of the concept, words it takes) of every entry that begins here."""
        word = words[index]
        entries = [*self._words.get(word, ()), *self._pairs.get((word, words[index + 1] if index + 1 < len(words) else ""), ())]
        if word[:_SHORTEST] in self._stems:
            for cut in range(_SHORTEST, min(len(word), 24) + 1):
                entries += self._prefixes.get(word[:cut], ())
        for rest, name in entries:
            if all(_fits(pattern, at, words) for at, pattern in enumerate(rest, index + 1)):
                yield name, 1 + len(rest)


def _fits(pattern: str, at: int, words: Sequence[str]) -> bool:
    if at >= len(words):
        return False
    return words[at].startswith(pattern[:-1]) if pattern.endswith("*") else words[at] == pattern


def read(text: str, name: str = FILE) -> list[Entry]:
    """Lines `concept<TAB>entry, entry, …`; raises BadSettings with one line per mistake."""
    problems: list[str] = []
    found: dict[Entry, None] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        concept, tab, entries = line.partition("\t")
        if not tab or not concept.isidentifier():
            problems.append(f"{name}:{number}: verwacht een naam, een tab en woorden met komma's")
            continue
        for entry in entries.split(", "):
            words = tuple(_plain(word) for word in entry.split())
            if wrong := _wrong(words):
                problems.append(f"{name}:{number}: {wrong}: «{entry}»")
            else:
                found[words, concept] = None
    if problems:
        raise BadSettings(problems)
    return list(found)


def load() -> Concepts:
    return Concepts(read(lexicon.source(FILE)))


def _plain(word: str) -> str:
    return plain(word[:-1]) + "*" if word.endswith("*") else plain(word)


def _wrong(words: Sequence[str]) -> str:
    if not words or len(words) > _LONGEST:
        return f"een tot {_LONGEST} woorden"
    if any("*" in word[:-1] or len(word) == 0 for word in words):
        return "een * staat alleen aan het eind"
    return "te kort voor de *" if words[0].endswith("*") and len(words[0]) <= _SHORTEST else ""
