"""Finds thousands of phrases in one pass over the words of a text. The phrases' language: see patterns.py.

Words are compared after `normalise.plain`. A phrase never crosses the end of a sentence.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from flows.assessment import SignaalStatus, Thema, Urgentie
from nlp.rules.patterns import Element, Reader, Side

_APART = 10
_MEMORY = 50_000
_MOST = 20  # spans of one phrase in one sentence

Span = tuple[int, int]
Kinds = Mapping[int, int]  # number of an element → how many words it takes here


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
    parts: tuple[Span, ...] = ()  # of a phrase with several sides


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One side of a phrase; `keys` are the numbers of its elements, -n for a gap of n words.

    `second`: the element that must stand right behind the first; 0 when there is no such one."""

    keys: tuple[int, ...]
    optional: tuple[bool, ...]
    phrase: int
    place: int
    second: int


@dataclass(slots=True)
class Matcher:
    """Filled once with `add`, then only read: safe to share."""

    reader: Reader
    _rules: list[tuple[Rule, tuple[str, ...], bool]] = field(default_factory=list)
    _numbers: dict[Element, int] = field(default_factory=dict)
    _literal: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _prefix: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _suffix: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _several: dict[str, list[tuple[tuple[str, ...], int]]] = field(default_factory=lambda: defaultdict(list))
    _starts: dict[int, list[_Part]] = field(default_factory=lambda: defaultdict(list))
    _memory: dict[str, Kinds] = field(default_factory=dict)

    def add(self, rule: Rule, phrase: str, negations: frozenset[str] = frozenset()) -> None:
        """Raises ValueError that says what is wrong with the phrase."""
        for sides in self.reader.phrase(phrase):
            inherent = any(e.words & negations for side in sides if side.bond != "!" for e in side.elements)
            number = len(self._rules)
            self._rules.append((rule, tuple(side.bond for side in sides), inherent))
            for place, side in enumerate(sides):
                part = self._part(side, number, place)
                self._starts[part.keys[0]].append(part)

    def _part(self, side: Side, phrase: int, place: int) -> _Part:
        keys = tuple(-e.gap if e.gap else self._number(e) for e in side.elements)
        optional = tuple(e.optional for e in side.elements)
        second = keys[1] if len(keys) > 1 and keys[1] > 0 and not any(optional[:2]) else 0
        return _Part(keys, optional, phrase, place, second)

    def vocabulary(self) -> set[str]:
        """Every whole word that some phrase or class names."""
        return set(self._literal)

    def elements(self) -> Iterable[Element]:
        """Every element of every phrase."""
        return self._numbers.keys()

    def find(self, words: Sequence[str], sentences: Sequence[int], clauses: Sequence[int] | None = None) -> list[Hit]:
        """All hits, in the order of the text. Without clauses, a sentence is one clause."""
        kinds = [self._kinds(words, index) for index in range(len(words))]
        pairs: dict[tuple[int, int], dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
        hits: list[Hit] = []
        for start, here in enumerate(kinds):
            for kind in here:
                after = start + here[kind]
                for part in self._starts.get(kind, ()):
                    if part.second and not (after < len(kinds) and part.second in kinds[after]):
                        continue  # most phrases end here: the word behind the first is another
                    end = _walk(part, 0, start, kinds, sentences, sentences[start])
                    if end is None:
                        continue
                    rule, bonds, inherent = self._rules[part.phrase]
                    if len(bonds) == 1:
                        hits.append(Hit(rule, start, end, inherent))
                    else:
                        pairs[part.phrase, sentences[start]][part.place].append((start, end))
        hits.extend(self._paired(pairs, sentences if clauses is None else clauses))
        return sorted(hits, key=lambda hit: (hit.start, hit.end))

    def _paired(self, pairs: Mapping[tuple[int, int], Mapping[int, list[Span]]], clauses: Sequence[int]) -> Iterator[Hit]:
        for (phrase, _), found in pairs.items():
            rule, bonds, inherent = self._rules[phrase]
            spans: list[tuple[Span, ...]] = [(span,) for span in found.get(0, ())]
            for place, bond in enumerate(bonds):
                others = found.get(place, ())
                if bond == "!":
                    spans = [] if others else spans
                elif bond:
                    spans = [(*a, b) for a in spans for b in others if _join(a, b, bond, clauses)][:_MOST]
            for parts in spans:
                yield Hit(rule, min(a for a, _ in parts), max(b for _, b in parts), inherent, parts)

    def _kinds(self, words: Sequence[str], index: int) -> Kinds:
        word = words[index]
        found = self._memory.get(word)
        if found is None:
            found = dict.fromkeys(self._singles(word), 1)
            if len(self._memory) < _MEMORY and len(word) < 40:
                self._memory[word] = found
        longer = [(n, len(ws)) for ws, n in self._several.get(word, ()) if tuple(words[index : index + len(ws)]) == ws]
        return {**found, **dict(longer)} if longer else found

    def _singles(self, word: str) -> Iterator[int]:
        yield from self._literal.get(word, ())
        for cut in range(2, min(len(word), 30) + 1):
            yield from self._prefix.get(word[:cut], ())
            yield from self._suffix.get(word[-cut:], ())

    def _number(self, element: Element) -> int:
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
        for words in element.several:
            self._several[words[0]].append((words, number))
        return number


def _walk(part: _Part, at: int, token: int, kinds: Sequence[Kinds], sentences: Sequence[int], home: int) -> int | None:
    """The end of the part when its elements from `at` fit from `token` on, all in sentence `home`. Tried for every word of every
    text: so a loop, and a call only where there is a choice."""
    keys = part.keys
    while at < len(keys):
        key = keys[at]
        if key < 0:
            ends = (_walk(part, at + 1, skipped, kinds, sentences, home) for skipped in _behind(part, at, token, kinds))
            return next((end for end in ends if end is not None), None)
        length = kinds[token].get(key) if token < len(kinds) and sentences[token] == home else None
        if part.optional[at]:
            end = _walk(part, at + 1, token + length, kinds, sentences, home) if length else None
            if end is not None:
                return end
        elif length is None:
            return None
        else:
            token += length
        at += 1
    return token


def _behind(part: _Part, at: int, token: int, kinds: Sequence[Kinds]) -> Iterable[int]:
    """Where the gap at `at` may end: before its next element, when that is a sure one."""
    within = range(token, token - part.keys[at] + 1)
    if at + 1 == len(part.keys) or part.keys[at + 1] < 0 or part.optional[at + 1]:
        return within
    sure = part.keys[at + 1]
    return [place for place in within if place < len(kinds) and sure in kinds[place]]


def _join(spans: Sequence[Span], other: Span, bond: str, clauses: Sequence[int]) -> bool:
    """Whether `other` lies apart from all, but not far, and with `+` in the clause of the first."""
    if bond == "+" and clauses[other[0]] != clauses[spans[0][0]]:
        return False
    apart = [max(other[0] - end, start - other[1]) for start, end in spans]
    return min(apart) >= 0 and min(apart) <= _APART


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
