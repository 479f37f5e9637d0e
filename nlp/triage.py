"""Dutch in, Assessment out: implements the core's Triage port. Never raises for any text."""

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from flows.assessment import Assessment, Reason, Urgentie
from nlp.meaning import reader
from nlp.meaning.reader import Meaning
from nlp.normalise import readable
from nlp.pipeline import Pipeline, Slow, Window
from nlp.reading import Reading
from nlp.rules import lexicon
from nlp.where import gazetteer
from nlp.where.gazetteer import Gazetteer, PlaceEntry

RULES = "regels-2"
SECONDS = 2.0  # a text that takes longer is read by a person first
LONGEST = 4000  # characters that are read from the start
TAIL = 500  # and from the end, when there is more


class DutchTriage:
    """Safe to call from several threads: nothing of a text outlives its reading."""

    def __init__(self, gazetteer: Gazetteer, meaning: Meaning | None, seconds: float = SECONDS) -> None:
        """Without `meaning` the rules alone read."""
        self.gazetteer = gazetteer
        self.version = meaning.version if meaning else RULES
        self._pipeline = Pipeline(gazetteer, meaning)
        self._seconds = seconds
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="triage")

    def read(self, text: str) -> Assessment:
        """Always an answer: what takes too long is hidden whole, called spoed, and left to a person."""
        return self.read_with_chances(text)[0]

    def read_with_chances(self, text: str) -> tuple[Assessment, tuple[float, ...]]:
        """With the chance of every level, acuut first; none for what was not read."""
        window = _window(len(text))
        try:
            reading = self._pipeline.read(readable(text), window, self._seconds)
        except Slow:
            return _unread(self.version), ()
        return self._answer(reading, window), reading.chance

    def _answer(self, reading: Reading, window: Window) -> Assessment:
        return Assessment(
            urgentie=reading.urgentie,
            zekerheid=reading.zekerheid,
            veilig=reading.veilig,
            model=self.version,
            themas=reading.themas,
            signalen=reading.signalen,
            betreft=reading.betreft,
            locatie=reading.locatie,
            taal=reading.taal,
            pii=reading.pii,
            uitleg=(*_cut(window), *reading.uitleg)[:5],
            said=reading.said,
            role=reading.role,
            doubt=reading.doubt,
        )

    async def assess(self, text: str) -> Assessment:
        """Reads in the one worker thread; the caller decides how long to wait."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, self.read, text)

    def close(self) -> None:
        """Lets the worker thread go."""
        self._worker.shutdown(wait=False, cancel_futures=True)


def load(places: Iterable[PlaceEntry] = (), trained: Path | None = None) -> DutchTriage:
    """The shipped lexicons and model, the places of the regio and all other woonplaatsen; raises BadSettings.

    `trained`: heads that `nlp train` made, instead of the shipped ones.
    """
    return DutchTriage(gazetteer_of(places), reader.load(trained))


def gazetteer_of(places: Iterable[PlaceEntry] = ()) -> Gazetteer:
    return Gazetteer([*places, *gazetteer.national()], lexicon.table("places.toml")["aliases"])


def _unread(version: str) -> Assessment:
    """In doubt the higher, and nothing of the text is shown."""
    why = Reason(0, 0, "eerst een mens: het lezen duurde te lang", omhoog=True)
    doubt = (Urgentie.ACUUT, Urgentie.SPOED)
    return Assessment(Urgentie.SPOED, 0.0, "[niet gelezen]", version, uitleg=(why,), doubt=doubt)


def _window(length: int) -> Window:
    if length <= LONGEST + TAIL:
        return ((0, length),)
    return ((0, LONGEST), (length - TAIL, length))


def _cut(window: Window) -> tuple[Reason, ...]:
    if len(window) == 1:
        return ()
    (_, start), (end, _) = window
    return (Reason(start, end, "lang bericht: dit deel is niet meegelezen", omhoog=False),)
