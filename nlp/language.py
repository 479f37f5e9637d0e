"""Which of the languages of the melders a text is in: nl, en, de, tr, pl, uk or ar.

py3langid tells, out of these seven only. Dialects and mixtures count as Dutch, and so does what is too short to tell: the melders
write to a Dutch meldpunt.
"""

from collections.abc import Sequence

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from flows.errors import StorageAway
from nlp.reading import Reading

DUTCH = "nl"
_MOST = 1000  # characters that are looked at


class Languages:
    """A component: fills `taal`. `served`: ISO 639-1, as py3langid knows them; `sure`: below this chance it is Dutch."""

    def __init__(self, served: Sequence[str], sure: float) -> None:
        try:
            self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
        except OSError as error:  # it unpacks its model into a temporary file
            raise StorageAway(f"geen ruimte voor een tijdelijk bestand: {error}") from error
        self._identifier.set_languages(list(served))
        self._sure = sure

    def __call__(self, reading: Reading) -> None:
        reading.taal = self.tell(reading.text)

    def tell(self, text: str) -> str:
        if not any(char.isalpha() for char in text):
            return DUTCH
        language, chance = self._identifier.classify(text[:_MOST])
        return str(language) if chance >= self._sure else DUTCH
