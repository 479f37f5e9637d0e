"""The language in which the lexicons write phrases, read into elements. Knows nothing of texts.

zwaai* met .. {wapen}       prefix; a gap of at most 3 words (`..5`: at most 5); a class of words
zijn|haar hoofd? open       one of several; a word that may be absent
kort_en_klein|kapot         several words as one alternative
slaan! .. hem               every form of a verb but its simple past; `slaan!!` has that too
neer~slaan                  a separable verb: slaat .. neer, neerslaan, neer te slaan, neergeslagen
{wapen} & dreig*            both in one sentence, in any order, at most 10 words apart
{wapen} + {mens}            both in one clause, in any order
{wapen} & {mens} ! tuin*    not when this stands in the same sentence
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nlp.normalise import plain
from nlp.rules import inflect
from nlp.rules.inflect import Verb

_GAP = re.compile(r"\.\.(\d*)")
_SIDE = re.compile(r" ([&+!]) ")
_SEPARABLE = re.compile(r"([\w]+)~(\w+)(!?)")
_SHORTEST = 2  # letters before or after a `*`
_VERB_REACHES = 4  # words between a verb and its particle

_Found = tuple[set[str], set[str], set[str], set[str]]


@dataclass(frozen=True, slots=True)
class Element:
    words: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    several: frozenset[tuple[str, ...]] = frozenset()  # alternatives of more than one word
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Side:
    """`bond`: "" for the first, else how it hangs on what stands before it: & + or !"""

    bond: str
    elements: tuple[Element, ...]


@dataclass(slots=True)
class Reader:
    """Reads phrases; `compounds` and `verbs` come from the lexicons."""

    classes: Mapping[str, Sequence[str]]
    verbs: Mapping[str, Verb] = field(default_factory=dict)
    spellings: Mapping[str, str] = field(default_factory=dict)  # what the normaliser makes of a word
    _memory: dict[str, Element] = field(default_factory=dict)
    _found: dict[str, _Found] = field(default_factory=dict)

    def phrase(self, phrase: str) -> Iterator[tuple[Side, ...]]:
        """One reading for each place a separable verb may take; raises ValueError that says what is wrong."""
        if match := _SEPARABLE.search(phrase):
            for variant in self._separated(match[1], match[2], past=bool(match[3])):
                yield from self.phrase(phrase[: match.start()] + variant + phrase[match.end() :])
            return
        first, *rest = _SIDE.split(phrase)
        bonds, sides = ["", *rest[::2]], [first, *rest[1::2]]
        yield tuple(Side(bond, self._elements(side)) for bond, side in zip(bonds, sides, strict=True))

    def _separated(self, particle: str, infinitive: str, *, past: bool) -> Iterator[str]:
        verb = self._verb(infinitive)
        forms = inflect.joined(particle, verb, infinitive)
        yield "|".join(form.replace(" ", "_") for form in forms)
        yield f"{infinitive}!{'!' if past else ''} ..{_VERB_REACHES} {particle}"

    def _verb(self, infinitive: str) -> Verb:
        if infinitive not in self.verbs:
            raise ValueError(f"onbekend werkwoord {infinitive}")
        return self.verbs[infinitive]

    def _elements(self, side: str) -> tuple[Element, ...]:
        elements = [self._remembered(symbol) for symbol in side.split()]
        while elements and elements[-1].optional:
            elements.pop()
        if not elements:
            raise ValueError("een lege zin, of niets naast &")
        if elements[0].gap or elements[0].optional or elements[-1].gap:
            raise ValueError("een zin begint niet met wat mag ontbreken en eindigt niet met ..")
        return tuple(elements)

    def _remembered(self, symbol: str) -> Element:
        if symbol not in self._memory:
            self._memory[symbol] = self._element(symbol)
        return self._memory[symbol]

    def _element(self, symbol: str) -> Element:
        if gap := _GAP.fullmatch(symbol):
            return Element(gap=int(gap[1] or 3))
        optional = symbol.endswith("?") and len(symbol) > 1
        parts = [self._alternative(part) for part in (symbol.removesuffix("?") if optional else symbol).split("|")]
        words, prefixes, suffixes = (frozenset[str]().union(*(p[i] for p in parts)) for i in range(3))
        several = frozenset(tuple(joined.split()) for part in parts for joined in part[3])
        return Element(words, prefixes, suffixes, several, optional)

    def _alternative(self, part: str) -> _Found:
        """What one word, verb or class between `|` stands for: words, prefixes, suffixes, and several words joined."""
        if part in self._found:
            return self._found[part]
        found: _Found = (set(), set(), set(), set())
        for choice in self._choices(part):
            words = [self.spellings.get(plain(word), plain(word)) for word in choice.replace("_", " ").split()]
            if len(words) > 1:
                found[3].add(" ".join(words))
            else:
                kind, word = _single(choice, words[0])
                found[kind].add(word)
        self._found[part] = found
        return found

    def _choices(self, choice: str) -> Iterator[str]:
        if choice.startswith("{") and choice.endswith("}"):
            if choice[1:-1] not in self.classes:
                raise ValueError(f"onbekende woordgroep {choice}")
            for word in self.classes[choice[1:-1]]:
                yield from self._inflected(word)
        elif choice and not set(choice) & set("{}"):
            yield from self._inflected(choice)
        else:
            raise ValueError(f"onleesbaar: {choice}")

    def _inflected(self, choice: str) -> Iterator[str]:
        if choice.endswith("!!"):
            verb = self._verb(choice[:-2])
            yield from sorted(verb.forms | verb.past)
        elif choice.endswith("!"):
            yield from sorted(self._verb(choice[:-1]).forms)
        else:
            yield choice


def _single(choice: str, word: str) -> tuple[int, str]:
    """Whether this is a word (0), a prefix (1) or a suffix (2), and its letters."""
    stem = plain(choice.strip("*"))
    if "*" in choice and len(stem) < _SHORTEST:
        raise ValueError(f"te kort naast *: {choice}")
    if choice.endswith("*"):
        return 1, stem
    return (2, stem) if choice.startswith("*") else (0, word)
