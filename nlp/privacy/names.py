"""Names of people: a linear model over what a word is and what stands around it. In doubt it hides.

Measured against rules by hand on the same lists; see `nlp.lab.privacy_figures`.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.assessment import PersonalData
from flows.errors import BadSettings
from nlp.privacy import evidence, spans
from nlp.privacy.features import Context
from nlp.privacy.lists import Lists, fold
from nlp.privacy.tokens import Token, split

Span = tuple[int, int]  # [start, end): of tokens, or of code points where it says so


@dataclass(frozen=True, slots=True)
class Weights:
    """Logits by feature; a token is a name from `threshold` (a chance) on."""

    bias: float
    threshold: float
    values: Mapping[str, float]

    def chance(self, features: Iterator[str]) -> float:
        values = self.values
        total = self.bias + sum(values.get(feature, 0.0) for feature in features)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def read_weights(text: str) -> Weights:
    """`names.tsv`: a feature, a tab and a number a line; `*bias` and `*threshold` among them. Raises BadSettings."""
    problems: list[str] = []
    values: dict[str, float] = {}
    for number, line in enumerate(text.splitlines(), 1):
        feature, _, weight = line.partition("\t")
        try:
            values[feature] = float(weight)
        except ValueError:
            problems.append(f"names.tsv:{number}: verwacht een kenmerk, een tab en een getal")
    if missing := {"*bias", "*threshold"} - values.keys():
        problems.append(f"names.tsv: mist {', '.join(sorted(missing))}")
    if problems:
        raise BadSettings(problems)
    return Weights(values.pop("*bias"), values.pop("*threshold"), values)


class Names:
    """`data` is names.toml: what stands around names, and fixed phrases in which a name is nobody."""

    def __init__(self, data: Mapping[str, Any], lists: Lists, weights: Weights, places: Iterable[str] = ()) -> None:
        """`places`: names of places; those of more than one word are nobody either."""
        self._classes = classes(data["klassen"])
        self._languages = classes(data["talen"])
        self._figures = _figures([*data["vast"]["spreekwoordelijk"], *(place for place in places if " " in place)])
        self._things = tuple(data["vast"]["zaken"].split())
        self._months = frozenset(data["vast"]["maanden"].split())
        self._moments = frozenset(data["vast"]["voor_maanden"].split())
        self._lists = lists
        self._weights = weights

    def find(self, text: str, taken: Sequence[PersonalData] = ()) -> Iterator[Span]:
        """Code points [start, end), in order, without overlap. `taken`: what is hidden already, in order and apart."""
        context = self.context(text, taken)
        tokens = context.tokens
        named = self._repeated(tokens, [self.named(context, at) for at in range(len(tokens))])
        for start, end in self._figured(tokens):
            named[start:end] = [False] * (end - start)
        for start, end in spans.joined(context, named):
            if self._thing(context, start, end):
                continue
            yield tokens[start].start, tokens[end - 1].end

    def _repeated(self, tokens: Sequence[Token], named: list[bool]) -> list[bool]:
        """Who is named once is named everywhere: with a capital, and in lower case when the name is no word."""
        known = {token.word.removesuffix("'s") for token, name in zip(tokens, named, strict=True) if name}
        return [
            name or (token.word.removesuffix("'s") in known and self._again(tokens, at))
            for at, (token, name) in enumerate(zip(tokens, named, strict=True))
        ]

    def _again(self, tokens: Sequence[Token], at: int) -> bool:
        return (tokens[at].shape == "X" or tokens[at].known.surely_first) and not self._month(tokens, at)

    def context(self, text: str, taken: Sequence[PersonalData] = ()) -> Context:
        return Context(split(text, taken, self._lists), self._classes, self._languages)

    def named(self, context: Context, at: int) -> bool:
        """In doubt it is: a common first name with a capital needs no further proof."""
        if not context.candidate(at) or self._month(context.tokens, at):
            return False
        if evidence.certain(context, at):
            return True
        return self._weights.chance(context.features(at)) >= self._weights.threshold + evidence.doubt(context, at)

    def _month(self, tokens: Sequence[Token], at: int) -> bool:
        """ "eind jan", "5 mei", "jan '22"."""
        if tokens[at].word not in self._months:
            return False
        before = tokens[at - 1].word if at else ""
        after = [token.word for token in tokens[at + 1 : at + 3]]
        dated = before == "0" or after[:1] == ["0"] or after in (["'", "0"], ["’", "0"])
        return dated or before in self._moments

    def _thing(self, context: Context, start: int, end: int) -> bool:
        """ "Johannes Postschool", "Hotel Frederik Hendrik": named after somebody."""
        if start and context.classes[start - 1] == "instelling":
            return True
        last = context.tokens[end - 1]
        return (end - start > 1 or not last.known.person) and last.word.endswith(self._things)

    def _figured(self, tokens: Sequence[Token]) -> Iterator[Span]:
        words = [token.word for token in tokens]
        for at, pair in enumerate(zip(words, [*words[1:], ""], strict=False)):
            for figure in (*self._figures.get(pair, ()), *self._figures.get((pair[0], ""), ())):
                if tuple(words[at : at + len(figure)]) == figure:
                    yield at, at + len(figure)


def classes(data: Mapping[str, str]) -> dict[str, str]:
    """Folded word to class; the first class that names a word has it."""
    found: dict[str, str] = {}
    for name, words in data.items():
        for word in words.split():
            found.setdefault(fold(word), name)
    return found


def _figures(phrases: Sequence[str]) -> Mapping[tuple[str, str], list[tuple[str, ...]]]:
    """By their first two words; the second is "" for a single word."""
    found: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(fold(word) for word in phrase.split())
        found.setdefault((words[0], words[1] if len(words) > 1 else ""), []).append(words)
    return found
