"""Names of people, by lists of names and by the words that introduce one. In doubt it hides."""

from collections.abc import Iterator, Mapping
from typing import Any

from nlp.normalise import plain
from nlp.reading import Reading

_LONGEST = 6  # tokens in one name


class Names:
    """`data` is names.toml: first names, surnames, and the words that may not be taken for one."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._first = _words(data["voornamen"])
        self._sur = _words(data["achternamen"])
        self._doubtful = _words(data["ook_woorden"])
        self._particles = _words(data["tussenvoegsels"])
        self._titles = _words(data["aanhef"])
        self._relations = _words(data["relaties"])
        self._introductions = _words(data["heet"])
        self._greetings = _words(data["groet"])
        self._never = _words(data["nooit"]) | self._titles | self._relations | self._introductions | self._greetings
        self._figures = {tuple(plain(word) for word in phrase.split()) for phrase in data["spreekwoordelijk"]}

    def find(self, reading: Reading) -> Iterator[tuple[int, int]]:
        """Token spans [start, end), in order, without overlap."""
        tokens = [token.text for token in reading.doc]
        words = [plain(token) for token in tokens]
        start = 0
        while start < len(tokens):
            end = self._name(reading, tokens, words, start)
            if end > start:
                yield start, end
            start = max(end, start + 1)

    def _name(self, reading: Reading, tokens: list[str], words: list[str], start: int) -> int:
        """Where a name that starts here ends; `start` when none does."""
        if self._figure(words, start):
            return start
        introduced = self._introduced(words, start)
        at = start
        while introduced in {"aanhef", "heet", "groet"} and at < len(words) - 1 and words[at] in self._particles:
            at += 1
        if at < len(words) and (self._counts(tokens, words, at, introduced) or self._initial(tokens, at)):
            return self._extend(tokens, words, at + 1)
        return start

    def _introduced(self, words: list[str], start: int) -> str:
        """What stands before: aanhef, relatie, heet, groet or nothing."""
        before = start - 1
        while before >= 0 and words[before] in {".", ",", ":", "\n"} and start - before <= 3:
            before -= 1
        if before < 0:
            return ""
        near = start - before == 1
        for name, group in (("aanhef", self._titles), ("heet", self._introductions), ("groet", self._greetings)):
            if words[before] in group and (near or name != "heet"):
                return name
        return "relatie" if near and words[before] in self._relations else ""

    def _counts(self, tokens: list[str], words: list[str], at: int, introduced: str) -> bool:
        token, word = tokens[at], words[at]
        if not word[:1].isalpha() or word in self._never or len(word) < 2:
            return False
        known = word in self._first and not self._month(words, at)
        capital = token[0].isupper() and not (len(token) > 3 and token.isupper())
        if introduced:
            named = known or (capital and word not in self._particles)
            return named or (introduced == "aanhef" and word in self._sur and word not in self._doubtful)
        if not known or word not in self._doubtful:
            return known
        return capital and at > 0 and self._surname_follows(tokens, words, at + 1)

    def _month(self, words: list[str], at: int) -> bool:
        beside = words[max(0, at - 1) : at] + words[at + 1 : at + 2]
        return words[at] in {"jan", "mei", "juni", "april", "augustus", "august"} and any(word.isdigit() for word in beside)

    def _figure(self, words: list[str], start: int) -> bool:
        return any(tuple(words[start - back : start - back + len(figure)]) == figure
                   for figure in self._figures for back in range(len(figure)) if start >= back)  # fmt: skip

    def _initial(self, tokens: list[str], at: int) -> bool:
        """ "B. de Vries", "J.P. Jansen"."""
        token = tokens[at]
        dotted = len(token) <= 6 and token[0].isupper() and token.endswith(".") and token.replace(".", "").isupper()
        words = [plain(word) for word in tokens[at + 1 : at + 4]]
        return dotted and self._surname_follows(tokens[at + 1 : at + 4], words, 0)

    def _surname_follows(self, tokens: list[str], words: list[str], at: int) -> bool:
        return self._extend(tokens, words, at) > at

    def _extend(self, tokens: list[str], words: list[str], at: int) -> int:
        """Past the particles and surnames that follow; particles alone are no name."""
        first = end = at
        while at < len(words) and at - end < _LONGEST:
            word, token = words[at], tokens[at]
            if word in self._particles:
                at += 1
                continue
            capital = token[:1].isupper() and token[:1].isalpha() and word not in self._never and not token.isupper()
            initial = len(token) <= 2 and token[:1].isupper() and (token.endswith(".") or len(token) == 1)
            # Right behind a first name even a surname that is also a word is taken for one: in doubt it hides.
            if not (capital or initial or (word in self._sur and (at == first or word not in self._doubtful))):
                break
            at += 1
            end = at
        return end


def _words(value: str | list[str]) -> frozenset[str]:
    return frozenset(plain(word) for word in (value.split() if isinstance(value, str) else value))
