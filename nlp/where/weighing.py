"""How likely it is that a name in the text is the place where the person is. Points; nothing or less is no place."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flows.assessment import Betreft
from nlp.normalise import plain
from nlp.reading import Reading
from nlp.where.gazetteer import key

_AFTER_ADDRESS, _PREPOSITION, _ALONE, _WEAK, _CAPITAL, _KNOWN = 8, 6, 5, 4, 3, 1
_HOME, _OFFICE, _ELSEWHERE, _RELATIVE, _MELDER = 1, -3, -6, -6, -5
_NEAR, _SAME_CLAUSE = 4, 6  # tokens back
_DETERMINERS = frozenset({"de", "het", "een", "den", "der", "'t", "mijn", "zijn", "haar", "the", "ein", "die"})
_EDGES = frozenset(".,;:!?()[]\"'«»“”/-–—…|")


@dataclass(frozen=True, slots=True)
class Mention:
    """Tokens [start, end) that spell a place. `word`: an ordinary word too; `known`: a town everybody knows, or of the regio."""

    start: int
    end: int
    name: str
    word: bool
    known: bool
    after_address: bool


class Weigher:
    """Built from `[woorden]` of places.toml."""

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._lists = {name: frozenset(plain(word) for word in found) for name, found in words.items()}
        self._after_in = frozenset(key(name) for name in words["na_in"])

    def __call__(self, reading: Reading, mention: Mention) -> int:
        if self._is_person(reading, mention):
            return 0
        found = self._word(reading, mention) if mention.word else self._name(reading, mention)
        if found <= 0 or self._before(reading, mention.start, "ontkend") or self._elsewhere(reading, mention):
            return 0
        return max(1, found + self._context(reading, mention))

    def expected(self, reading: Reading, start: int) -> bool:
        """Whether a place is likely to stand here."""
        return self._before(reading, start, "voorzetsels", "zwakke_voorzetsels") or _alone(reading, start, start + 1)

    def _name(self, reading: Reading, mention: Mention) -> int:
        """A name that is no word."""
        if mention.after_address:
            return _AFTER_ADDRESS
        if self._before(reading, mention.start, "voorzetsels"):
            return _PREPOSITION
        if _alone(reading, mention.start, mention.end):
            return _ALONE
        if self._before(reading, mention.start, "zwakke_voorzetsels"):
            return _WEAK
        return _CAPITAL if _capital(reading, mention) else _KNOWN if mention.known or len(mention.name) >= _LONG else 0

    def _word(self, reading: Reading, mention: Mention) -> int:
        """A name that is a word too needs a capital that says something, and a place where names stand."""
        capital = _capital(reading, mention)
        if mention.after_address:
            return _AFTER_ADDRESS if capital or _closes(reading, mention.end) else 0
        if capital:
            if self._before(reading, mention.start, "voorzetsels"):
                return _PREPOSITION
            if _alone(reading, mention.start, mention.end) and self._stands(reading, mention):
                return _ALONE
            if self._before(reading, mention.start, "zwakke_voorzetsels"):
                return _WEAK
            inside = not _opens(reading, mention.start) and not _capital_or_article(reading.doc[mention.start - 1].text)
            return _KNOWN if inside else 0
        return _WEAK if mention.name in self._after_in and self._before(reading, mention.start, "woordvoorzetsels") else 0

    def _stands(self, reading: Reading, mention: Mention) -> bool:
        """A word by itself is a place at the very end ("Horst"), or at the very start before a comma ("Rijen, snackbar")."""
        first = mention.start == 0 and mention.end < len(reading.doc) and reading.doc[mention.end].text in {",", ":"}
        listed = mention.start > 0 and reading.doc[mention.start - 1].text == ","
        return listed or (len(mention.name) > _SHORT and (first or _closes_text(reading, mention.end)))

    def _before(self, reading: Reading, start: int, *names: str) -> bool:
        word = plain(reading.doc[start - 1].text) if start else ""
        return any(word in self._lists[name] for name in names)

    def _is_person(self, reading: Reading, mention: Mention) -> bool:
        """ "mevrouw Doorn", "Jan van Dalen"."""
        words = [plain(token.text).strip(".") for token in reading.doc[max(0, mention.start - 3) : mention.start]]
        if words[-1:] and words[-1] in self._lists["titels"]:
            return True
        names = mention.start - 1
        while names >= 0 and plain(reading.doc[names].text) in {"van", "de", "der", "den"}:
            names -= 1
        if names < 0 or names == mention.start - 1:
            return False
        first = reading.doc[names]
        return plain(first.text).strip(".") in self._lists["titels"] or (mention.word and first.text.istitle())

    def _elsewhere(self, reading: Reading, mention: Mention) -> bool:
        """ "geboren in X", "haar kamer in X opgezegd": then, or there, the person is not."""
        after = {plain(token.text) for token in reading.doc[mention.end : mention.end + 2]}
        if mention.after_address:
            return False
        return bool(self._lists["verleden"] & set(_back(reading, mention)) or self._lists["elders_erna"] & after)

    def _context(self, reading: Reading, mention: Mention) -> int:
        """What the words before it in the sentence say of whose place it is."""
        back = _back(reading, mention)
        found = _HOME if self._lists["plaats_van_de_persoon"] & set(back) else 0
        if self._lists["instanties"] & set(back[-2:]):
            found += _OFFICE
        if mention.after_address:
            return found
        if self._lists["elders"] & set(back):
            found += _ELSEWHERE
        if self._relative(reading, back):
            found += _RELATIVE
        if reading.betreft is Betreft.ANDER and self._melder(back):
            found += _MELDER
        return found

    def _relative(self, reading: Reading, back: list[str]) -> bool:
        """ "zijn zus in X": somebody round the person, who is elsewhere. "mijn zus in X" is the person, unless the melder is."""
        whose = self._lists["bezit"]
        if reading.betreft is Betreft.ZELF:
            whose |= self._lists["van_de_melder"]
        return any(word in self._lists["verwanten"] and before in whose for before, word in pairwise(back))

    def _melder(self, back: list[str]) -> bool:
        """ "ik woon in X", "wij zitten in X", "ik schrijf vanuit X"."""
        doing = {word for word in back[-_NEAR:] if word in self._lists["zelf_doet"]}
        return "vanuit" in back[-1:] or bool(doing and self._lists["zelf"] & set(back))


_LONG = 6  # letters from which an unknown name in lower case is no chance hit
_SHORT = 4  # a word that is also a name, by itself: "Echt.", "Heel."


def _capital(reading: Reading, mention: Mention) -> bool:
    """A capital that says something: not that of a sentence or of a text in capitals."""
    text = reading.doc[mention.start : mention.end].text
    if not any(char.isupper() for char in text) or reading.text[:200].isupper():
        return False
    if mention.word and text.isupper() and len(text) > 1:
        return False  # shouted, not named
    return not mention.word or not _opens(reading, mention.start) or _alone(reading, mention.start, mention.end)


def _back(reading: Reading, mention: Mention) -> list[str]:
    """The words of the sentence before it, the nearest last."""
    sentence = reading.sentences[mention.start]
    first = max(0, mention.start - _SAME_CLAUSE)
    return [plain(reading.doc[i].text) for i in range(first, mention.start) if reading.sentences[i] == sentence]


def _capital_or_article(word: str) -> bool:
    """Before a name it makes it that of a person or a thing: "Annelies Bos", "de Horst"."""
    return word[:1].isupper() or plain(word) in {
        "de",
        "het",
        "een",
        "den",
        "der",
        "'t",
        "mijn",
        "zijn",
        "haar",
        "the",
        "ein",
        "die",
    }


def _opens(reading: Reading, start: int) -> bool:
    return start == 0 or reading.doc[start - 1].text[-1:] in ".!?:\n" or reading.sentences[start - 1] != reading.sentences[start]


def _closes(reading: Reading, end: int) -> bool:
    """Nothing but an edge or a new line follows."""
    return end >= len(reading.doc) or reading.doc[end].text[:1] in _EDGES or reading.doc[end].is_space


def _closes_text(reading: Reading, end: int) -> bool:
    return all(token.is_space or token.is_punct for token in reading.doc[end:])


def _alone(reading: Reading, start: int, end: int) -> bool:
    """ "…, Zwolle." or a line of its own."""
    before = start == 0 or reading.doc[start - 1].is_space or reading.doc[start - 1].text[-1:] in _EDGES
    return before and _closes(reading, end)
