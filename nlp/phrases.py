"""A small language for phrases, and a matcher that finds thousands of them in one pass.

    zwaai* met .. {wapen}       prefix; a gap of at most 3 words (`..5`: at most 5); a class of words
    zijn|haar hoofd? open       one of several; a word that may be absent
    {wapen} & dreig*            both in one sentence, in any order, at most 10 words apart

Words are compared after `normalise.plain`. A phrase never crosses the end of a sentence.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flows.assessment import SignaalStatus, Thema, Urgentie
from nlp.normalise import plain

_GAP = re.compile(r"\.\.(\d*)")
_APART = 10
_MEMORY = 50_000
_SHORTEST = 2  # letters before or after a `*`


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One table of a lexicon: what its phrases mean."""

    soort: str  # signaal | thema | cue | context | melder | ...
    naam: str
    where: str  # file:line
    niveau: Urgentie | None = None
    status: SignaalStatus | None = None  # set: not weighed by context
    themas: tuple[Thema, ...] = ()
    wat: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """`rule` was found in tokens [start, end). `inherent`: the phrase itself holds a negation."""

    rule: Rule
    start: int
    end: int
    inherent: bool = False


@dataclass(frozen=True, slots=True)
class _Element:
    words: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One side of `&`; `keys` are the numbers of its elements, -n for a gap of n words."""

    keys: tuple[int, ...]
    optional: tuple[bool, ...]
    phrase: int
    place: int


@dataclass(slots=True)
class Matcher:
    """Filled once with `add`, then only read: safe to share."""

    classes: Mapping[str, Sequence[str]]
    _rules: list[tuple[Rule, int, bool]] = field(default_factory=list)
    _numbers: dict[_Element, int] = field(default_factory=dict)
    _literal: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _prefix: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _suffix: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _starts: dict[int, list[_Part]] = field(default_factory=lambda: defaultdict(list))
    _memory: dict[str, frozenset[int]] = field(default_factory=dict)

    def add(self, rule: Rule, phrase: str, negations: frozenset[str] = frozenset()) -> None:
        """Raises ValueError that says what is wrong with the phrase."""
        sides = [self._elements(side) for side in phrase.split("&")]
        number = len(self._rules)
        inherent = any(e.words & negations for side in sides for e in side)
        self._rules.append((rule, len(sides), inherent))
        for place, side in enumerate(sides):
            keys = tuple(-e.gap if e.gap else self._number(e) for e in side)
            part = _Part(keys, tuple(e.optional for e in side), number, place)
            self._starts[keys[0]].append(part)

    def vocabulary(self) -> set[str]:
        """Every whole word that some phrase or class names."""
        return set(self._literal)

    def find(self, words: Sequence[str], sentences: Sequence[int]) -> list[Hit]:
        """All hits, in the order of the text."""
        kinds = [self._kinds(word) for word in words]
        pairs: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
        hits: list[Hit] = []
        for start, here in enumerate(kinds):
            for part in (part for kind in here if kind in self._starts for part in self._starts[kind]):
                end = _walk(part, 1, start + 1, kinds, sentences, sentences[start])
                if end is None:
                    continue
                rule, sides, inherent = self._rules[part.phrase]
                if sides == 1:
                    hits.append(Hit(rule, start, end, inherent))
                else:
                    pairs[part.phrase, sentences[start]].append((part.place, start, end))
        hits.extend(self._paired(pairs))
        return sorted(hits, key=lambda hit: (hit.start, hit.end))

    def _paired(self, pairs: Mapping[tuple[int, int], list[tuple[int, int, int]]]) -> Iterator[Hit]:
        for (phrase, _), found in pairs.items():
            rule, sides, inherent = self._rules[phrase]
            spans = [(start, end) for place, start, end in found if place == 0]
            for wanted in range(1, sides):
                others = [(start, end) for place, start, end in found if place == wanted]
                spans = [joined for a in spans for b in others if (joined := _join(a, b))][:20]
            for start, end in spans:
                yield Hit(rule, start, end, inherent)

    def _kinds(self, word: str) -> frozenset[int]:
        if (found := self._memory.get(word)) is not None:
            return found
        kinds = set(self._literal.get(word, ()))
        for cut in range(_SHORTEST, min(len(word), 30) + 1):
            kinds.update(self._prefix.get(word[:cut], ()))
            kinds.update(self._suffix.get(word[-cut:], ()))
        found = frozenset(kinds)
        if len(self._memory) < _MEMORY and len(word) < 40:
            self._memory[word] = found
        return found

    def _number(self, element: _Element) -> int:
        if element in self._numbers:
            return self._numbers[element]
        number = self._numbers[element] = len(self._numbers) + 1
        for index, spellings in (
            (self._literal, element.words),
            (self._prefix, element.prefixes),
            (self._suffix, element.suffixes),
        ):
            for spelling in spellings:
                index[spelling].append(number)
        return number

    def _elements(self, side: str) -> list[_Element]:
        elements = [self._element(symbol) for symbol in side.split()]
        while elements and elements[-1].optional:
            elements.pop()
        if not elements:
            raise ValueError("een lege zin, of niets naast &")
        if elements[0].gap or elements[0].optional or elements[-1].gap:
            raise ValueError("een zin begint niet met wat mag ontbreken en eindigt niet met ..")
        return elements

    def _element(self, symbol: str) -> _Element:
        if gap := _GAP.fullmatch(symbol):
            return _Element(gap=int(gap[1] or 3))
        optional = symbol.endswith("?") and len(symbol) > 1
        words: set[str] = set()
        prefixes: set[str] = set()
        suffixes: set[str] = set()
        for choice in self._choices(symbol.removesuffix("?") if optional else symbol):
            stem = plain(choice.strip("*"))
            if "*" in choice and len(stem) < _SHORTEST:
                raise ValueError(f"te kort naast *: {choice}")
            target = prefixes if choice.endswith("*") else suffixes if choice.startswith("*") else words
            target.add(stem)
        return _Element(frozenset(words), frozenset(prefixes), frozenset(suffixes), optional)

    def _choices(self, symbol: str) -> Iterator[str]:
        for choice in symbol.split("|"):
            if choice.startswith("{") and choice.endswith("}"):
                if choice[1:-1] not in self.classes:
                    raise ValueError(f"onbekende woordgroep {choice}")
                yield from self.classes[choice[1:-1]]
            elif choice and not set(choice) & set("{}"):
                yield choice
            else:
                raise ValueError(f"onleesbaar: {symbol}")


def _walk(part: _Part, at: int, token: int, kinds: Sequence[frozenset[int]], sentences: Sequence[int], home: int) -> int | None:
    """The end of the part when its elements from `at` fit from `token` on, all in sentence `home`."""
    if at == len(part.keys):
        return token
    key = part.keys[at]
    if key < 0:
        ends = (_walk(part, at + 1, token + skipped, kinds, sentences, home) for skipped in range(-key + 1))
        return next((end for end in ends if end is not None), None)
    if token < len(kinds) and sentences[token] == home and key in kinds[token]:
        end = _walk(part, at + 1, token + 1, kinds, sentences, home)
        if end is not None:
            return end
    return _walk(part, at + 1, token, kinds, sentences, home) if part.optional[at] else None


def _join(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int] | None:
    """The span over both when they lie apart, but not far apart."""
    first, second = sorted((a, b))
    apart = second[0] - first[1]
    return (first[0], second[1]) if 0 <= apart <= _APART else None


def fill(matcher: Matcher, rules: Iterable[tuple[Rule, Sequence[str]]], negations: frozenset[str]) -> list[str]:
    """Adds all; returns one line per phrase that cannot be read."""
    problems = []
    for rule, phrases in rules:
        for phrase in phrases:
            try:
                matcher.add(rule, phrase, negations)
            except ValueError as error:
                problems.append(f"{rule.where}: {error} in «{phrase}»")
    return problems
