"""The order of the components over one spaCy Doc."""

import time
from collections.abc import Callable, Sequence
from typing import Any, cast

import spacy
from spacy.language import Language

from nlp import concepts, melder, signals, themes, urgency
from nlp.explain import Explanation
from nlp.language import Languages
from nlp.normalise import Normaliser
from nlp.privacy.redactor import Redactor
from nlp.reading import Reading
from nlp.rules.lexicon import load, table
from nlp.weighty import Weighty
from nlp.where.addresses import Addresses
from nlp.where.gazetteer import Gazetteer
from nlp.where.places import Places

Component = Callable[[Reading], None]
Window = tuple[tuple[int, int], ...]


_LONGEST_WORD = 200  # characters without a space: spaCy's time grows with the square of them


class Slow(Exception):
    """The text took longer than it may; a person reads it."""


class Pipeline:
    """Made once; `read` keeps nothing of a text but its words' spellings. Without `meaning` only the rules read."""

    def __init__(self, gazetteer: Gazetteer, meaning: Component | None = None) -> None:
        self._nlp: Language = spacy.blank("nl")
        tokenizer = cast("Any", self._nlp.tokenizer)
        tokenizer.token_match = _endless
        lexicon = load(lambda text: [token.text for token in tokenizer(text)])
        self._nlp.max_length = 10_000_000
        self._normaliser = Normaliser(lexicon.spellings, lexicon.matcher.vocabulary())
        self._matcher = lexicon.matcher
        languages = table("language.toml")
        places = table("places.toml")
        addresses = Addresses(places["straten"])
        self._components: Sequence[Component] = (
            Languages(languages["talen"], languages["zeker"]),
            lexicon.clauses,
            self._match,
            concepts.load(),
            signals.find,
            signals.conclude,
            themes.find,
            melder.find,
            Places(gazetteer, places, addresses),
            Redactor(table("names.toml"), addresses),
            urgency.conclude,
            *((meaning,) if meaning else ()),
            Explanation(Weighty(table("explain.toml"))),
        )

    def read(self, text: str, window: Window, seconds: float = 60.0) -> Reading:
        """`text` is readable; only what lies in the window is judged, all of it is redacted. Raises Slow after `seconds`."""
        until = time.monotonic() + seconds
        doc = self._nlp(text)
        words = (self._normaliser.word(t.text) if any(a <= t.idx < b for a, b in window) else "" for t in doc)
        reading = Reading(text, doc, tuple(words), window)
        for component in self._components:
            component(reading)
            if time.monotonic() > until:
                raise Slow
        return reading

    def _match(self, reading: Reading) -> None:
        reading.hits = tuple(self._matcher.find(reading.words, reading.sentences, reading.clauses))


def _endless(written: str) -> bool:
    """What no one takes apart: a thousand times the same sign is one token."""
    return len(written) > _LONGEST_WORD
