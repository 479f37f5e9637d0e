"""What speaks for and against "this token is part of a name", as short strings; the weights stand in nlp/model/names.tsv.

The learner (`nlp.lab.train_names`) and the reader ask the same functions.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from nlp.privacy.tokens import Token

_EDGE = "^"


class Context:
    """One text: its tokens, their classes, and what words do elsewhere in it."""

    def __init__(self, tokens: Sequence[Token], classes: Mapping[str, str], languages: Mapping[str, str]) -> None:
        """`classes`: folded word to class (aanhef, relatie, heet ...), `languages`: folded word to language; from names.toml."""
        self.tokens = tokens
        self.classes = [_class(token, classes) for token in tokens]
        self._lower = {token.word for token in tokens if token.shape == "x"}
        inside = [token for token in tokens if token.shape == "X" and not token.first]
        self._inside = {token.word for token in inside}
        spoken = Counter(languages[token.word] for token in tokens if token.word in languages)
        language, count = max(spoken.items(), key=lambda item: item[1], default=("nl", 0))
        words = sum(token.shape in {"x", "X", "XX"} for token in tokens)
        capitals = sum(token.shape in {"X", "XX"} for token in tokens)
        shouted = sum(token.shape == "XX" for token in tokens)
        self.language = language if count * 8 > words and count > 1 else "nl"
        self.style = "shout" if shouted * 2 > words else "low" if not capitals else "few" if capitals * 25 < words else "tidy"

    def candidate(self, at: int) -> bool:
        """Worth a judgement: a capital, a listed name, or an unknown word behind an introduction."""
        token, group = self.tokens[at], self.classes[at]
        if token.shape in {"-", "i"} or (len(token.word) < 2 and token.shape != "o"):
            return False
        if group in _NO_NAME:
            return group == "relatie" and token.shape == "X" and not token.first and token.known.kind in "aAbB"
        if token.shape == "x" and token.known.band and token.known.kind in "aA":
            return at > 0 and (self.classes[at - 1] in _INTRODUCE or self.tokens[at - 1].known.person)
        if token.known.person or token.shape == "X" or (token.shape == "XX" and not token.known.band):
            return True
        return token.known.band == 0 and any(group in _INTRODUCE for group in self.classes[max(0, at - 2) : at])

    def features(self, at: int) -> Iterator[str]:
        token = self.tokens[at]
        known = token.known
        where = "B" if token.first else "M"
        base = f"{token.shape}{known.kind}{known.band}"
        placed = base + where
        before, before2 = self._around(at - 1), self._around(at - 2)
        after, after2 = self._around(at + 1), self._around(at + 2)
        yield placed
        yield f"{base}|{self.style}"
        yield f"{placed}|{self.language}"
        yield f"w={token.word}"
        yield f"shape={token.shape}{where}"
        yield f"kind={known.kind}|{token.shape}"
        yield f"band={known.band}|{token.shape}"
        if known.place:
            yield f"place|{token.shape}{known.kind}"
        yield from _neighbours("p1", before, placed)
        yield from _neighbours("n1", after, placed)
        yield f"p2={before2[0]}"
        yield f"n2={after2[0]}"
        yield f"p21={before2[1]}|{before[1]}|{token.shape}"
        yield f"n12={after[1]}|{after2[1]}|{token.shape}"
        yield f"pn={before[1]}|{after[1]}|{base}"
        yield from self._form(token)
        yield from self._elsewhere(at)

    def _around(self, at: int) -> tuple[str, str]:
        """The word and the class of a neighbour."""
        if not 0 <= at < len(self.tokens):
            return _EDGE, _EDGE
        return self.tokens[at].word, self.classes[at]

    def _form(self, token: Token) -> Iterator[str]:
        word = token.word
        if len(word) <= 3:
            yield f"len={len(word)}{token.shape}{token.known.kind}"
        if token.known.kind == "-" and token.known.band == 0:
            yield f"end3={word[-3:]}|{token.shape}"
            yield f"end4={word[-4:]}"
            yield f"long={min(len(word), 12) // 3}|{token.shape}"
        if "-" in word:
            yield f"double|{token.shape}{token.known.kind}"
        if word.endswith("'s"):
            yield f"genitive|{token.shape}{token.known.kind}"

    def _elsewhere(self, at: int) -> Iterator[str]:
        token = self.tokens[at]
        if token.shape != "x" and token.word in self._lower:
            yield f"lower elsewhere|{token.known.kind}"
        if token.word in self._inside and (token.first or token.shape == "x"):
            yield f"capital elsewhere|{token.known.kind}{token.shape}"


_NO_NAME = frozenset({"aanhef", "ambt", "relatie", "groet", "nooit", "tussen", "instelling"})
_INTRODUCE = frozenset({"aanhef", "ambt", "relatie", "heet", "groet", "tussen"})


def _neighbours(side: str, around: tuple[str, str], placed: str) -> Iterator[str]:
    word, group = around
    yield f"{side}={word}"
    yield f"{side}c={group}"
    yield f"{side}c={group}|{placed}"
    yield f"{side}={word}|{placed[:2]}"


def _class(token: Token, classes: Mapping[str, str]) -> str:
    if group := classes.get(token.word):
        return group
    known = token.known
    if token.shape == "-":
        return token.word
    if token.shape == "i":
        return "initials"
    if known.person and (known.band == 0 or token.shape != "x"):
        return f"{token.shape}{known.kind}{'?' if known.band else ''}"
    return f"{token.shape}{'word' if known.band else 'proper' if known.kind == 'e' else 'unknown'}"
