"""What is known of the names of streets: those without an ending of streets, and the words that come before others in them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flows.errors import BadSettings
from nlp.rules import lexicon

FILE = "straatnamen.tsv"
_INITIAL = re.compile(r"(?:[A-Z]\.)+")
_ORDINAL = re.compile(r"\d{1,2}(?:e|ste|de)")
_WORD = re.compile(r"(?<![^\s(/])[\w'’.]+$")
_ARTICLES = frozenset({"de", "het", "'t", "t"})
_ENDS = frozenset(".!?:\n\"'(«“")
_SHORT = re.compile(r"(?<![\w])[a-z]{1,4}\.$")  # "bew.", "mw.": no end of a sentence
_ABBREVIATION = 6  # letters with the full stop: "burg."; a longer word ends a sentence
_ADJECTIVE = re.compile(r"\w+se(?:weg|straat|laan|dijk|kade|singel)(?!\w)")  # "Oirschotseweg": no "van" belongs to it
_MOST = 5  # words before the one that ends as streets do


@dataclass(frozen=True, slots=True)
class Streets:
    """`names`, `words` (names that are words too) and `first` have their capital; the others are in lower case."""

    names: frozenset[str]
    words: frozenset[str]
    first: frozenset[str]
    titles: frozenset[str]
    particles: frozenset[str]
    articles: frozenset[str]

    def named(self, name: str, text: str, at: int, *, placed: bool) -> bool:
        """Whether a capital and a number make this word a street. `placed`: a town or a postcode follows, then any word is."""
        word = name.split(" ")[0]
        if word in self.names or (word in self.words and not _opens(text, at)):
            return True
        return placed and word not in self.first

    def start(self, text: str, core: int, *, numbered: bool, common: bool) -> int:
        """Where the name begins whose last word begins at `core`. `common`: that word alone is surely a street, so that a
        capital article is more likely the first word of a sentence than of the name."""
        start = at = core
        for word in _words_before(text, core):
            at -= len(word) + 1
            opens = _opens(text, at)
            low = word.lower()
            if low in _ARTICLES and _previous(text, at).lower() == "van":
                break  # "van de Kerkstraat": no name
            if low in self.particles:
                if word[0].isupper() and (numbered or not opens) and not (low in self.articles and common and opens):
                    start = at
                elif not common or _ADJECTIVE.match(text, core):
                    break
            elif word.endswith(".") and len(word) > _ABBREVIATION:
                break
            elif self._belongs(text, at, word, opens=opens and not numbered):
                start = at
            else:
                break
        return start

    def _belongs(self, text: str, at: int, word: str, *, opens: bool) -> bool:
        short = word.rstrip(".")
        if short.lower() in self.titles or _ORDINAL.fullmatch(word):
            return True
        if _INITIAL.fullmatch(word):
            return not _capital(_previous(text, at))  # of "Zeliha K. Hagedoornlaan" the initial is hers
        return short in self.first and not opens


def _words_before(text: str, core: int) -> Iterable[str]:
    end = core
    for _ in range(_MOST):
        word = _previous(text, end)
        if not word:
            return
        yield word
        end -= len(word) + 1


def _previous(text: str, at: int) -> str:
    """The word before, with one space between."""
    if at < 2 or text[at - 1] != " ":
        return ""
    found = _WORD.search(text, max(0, at - 40), at - 1)
    return found[0] if found else ""


def _capital(word: str) -> bool:
    return word[:1].isupper() and not word.endswith(".")


def _opens(text: str, at: int) -> bool:
    """A sentence opens here: a capital says nothing."""
    before = text[max(0, at - 40) : at].rstrip(" ")
    if before.endswith(".") and _SHORT.search(before):
        return False
    return not before or before[-1] in _ENDS


def load(data: Mapping[str, Any]) -> Streets:
    """`data`: `[straten]` of places.toml. Raises BadSettings with every line that cannot be read."""
    kinds: dict[str, set[str]] = {"n": set(), "w": set(), "v": set()}
    problems = []
    for number, line in enumerate(lexicon.source(FILE).splitlines(), 1):
        if line.startswith("#"):
            continue
        word, _, kind = line.partition("\t")
        if word and kind in kinds:
            kinds[kind].add(word)
        else:
            problems.append(f"{FILE}:{number}: verwacht een woord, een tab en n, w of v: «{line}»")
    if problems:
        raise BadSettings(problems)
    lists = (frozenset(data[name]) for name in ("titels", "tussenvoegsels", "lidwoorden"))
    return Streets(*(frozenset(kinds[kind]) for kind in "nwv"), *lists)
