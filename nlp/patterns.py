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
from dataclasses import dataclass, field, replace

from nlp import inflect
from nlp.inflect import Verb
from nlp.normalise import plain

_GAP = re.compile(r"\.\.(\d*)")
_SIDE = re.compile(r" ([&+!]) ")
_SEPARABLE = re.compile(r"([\w]+)~(\w+)(!?)")
_SHORTEST = 2  # letters before or after a `*`
_VERB_REACHES = 4  # words between a verb and its particle


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
        elements = [self._element(symbol) for symbol in side.split()]
        while elements and elements[-1].optional:
            elements.pop()
        if not elements:
            raise ValueError("een lege zin, of niets naast &")
        if elements[0].gap or elements[0].optional or elements[-1].gap:
            raise ValueError("een zin begint niet met wat mag ontbreken en eindigt niet met ..")
        return tuple(elements)

    def _element(self, symbol: str) -> Element:
        if gap := _GAP.fullmatch(symbol):
            return Element(gap=int(gap[1] or 3))
        optional = symbol.endswith("?") and len(symbol) > 1
        found = Element(optional=optional)
        for choice in self._choices(symbol.removesuffix("?") if optional else symbol):
            found = _with(found, choice)
        return found

    def _choices(self, symbol: str) -> Iterator[str]:
        for choice in symbol.split("|"):
            if choice.startswith("{") and choice.endswith("}"):
                if choice[1:-1] not in self.classes:
                    raise ValueError(f"onbekende woordgroep {choice}")
                for word in self.classes[choice[1:-1]]:
                    yield from self._inflected(word)
            elif choice and not set(choice) & set("{}"):
                yield from self._inflected(choice)
            else:
                raise ValueError(f"onleesbaar: {symbol}")

    def _inflected(self, choice: str) -> Iterator[str]:
        if choice.endswith("!!"):
            verb = self._verb(choice[:-2])
            yield from sorted(verb.forms | verb.past)
        elif choice.endswith("!"):
            yield from sorted(self._verb(choice[:-1]).forms)
        else:
            yield choice


def _with(element: Element, choice: str) -> Element:
    """`element` with one more alternative."""
    words = tuple(plain(word) for word in choice.replace("_", " ").split())
    if len(words) > 1:
        return replace(element, several=element.several | {words})
    stem = plain(choice.strip("*"))
    if "*" in choice and len(stem) < _SHORTEST:
        raise ValueError(f"te kort naast *: {choice}")
    if choice.endswith("*"):
        return replace(element, prefixes=element.prefixes | {stem})
    if choice.startswith("*"):
        return replace(element, suffixes=element.suffixes | {stem})
    return replace(element, words=element.words | {stem})
