"""The order of the components over one spaCy Doc."""

from collections.abc import Callable, Sequence

import spacy
from spacy.language import Language

from nlp import explain, melder, signals, themes, urgency
from nlp.language import Languages
from nlp.normalise import Normaliser
from nlp.privacy.redactor import Redactor
from nlp.reading import Reading
from nlp.rules.lexicon import load, table
from nlp.where.addresses import Addresses
from nlp.where.gazetteer import Gazetteer
from nlp.where.places import Places

Component = Callable[[Reading], None]
Window = tuple[tuple[int, int], ...]


class Pipeline:
    """Made once; `read` keeps nothing of a text but its words' spellings."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._nlp: Language = spacy.blank("nl")
        lexicon = load(lambda text: [token.text for token in self._nlp.tokenizer(text)])
        self._nlp.max_length = 10_000_000
        self._normaliser = Normaliser(lexicon.spellings, lexicon.matcher.vocabulary())
        self._matcher = lexicon.matcher
        languages = table("language.toml")
        places = table("places.toml")
        addresses = Addresses(places["straten"])
        self._components: Sequence[Component] = (
            Languages(languages["woorden"], languages["schrift"]),
            lexicon.clauses,
            self._match,
            signals.find,
            signals.conclude,
            themes.find,
            melder.find,
            Places(gazetteer, places, addresses),
            Redactor(table("names.toml"), addresses),
            urgency.conclude,
            explain.conclude,
        )

    def read(self, text: str, window: Window) -> Reading:
        """`text` is readable; only what lies in the window is judged, all of it is redacted."""
        doc = self._nlp(text)
        words = (self._normaliser.word(t.text) if any(a <= t.idx < b for a, b in window) else "" for t in doc)
        reading = Reading(text, doc, tuple(words))
        for component in self._components:
            component(reading)
        return reading

    def _match(self, reading: Reading) -> None:
        reading.hits = tuple(self._matcher.find(reading.words, reading.sentences, reading.clauses))
