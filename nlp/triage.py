"""Dutch in, Assessment out: implements the core's Triage port. Never raises for any text."""

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from flows.assessment import Assessment, Reason
from nlp.normalise import readable
from nlp.pipeline import Pipeline, Window
from nlp.rules import lexicon
from nlp.where import gazetteer
from nlp.where.gazetteer import Gazetteer, PlaceEntry

MODEL = "regels-1"
LONGEST = 4000  # characters that are read from the start
TAIL = 500  # and from the end, when there is more


class DutchTriage:
    """Safe to call from several threads: nothing of a text outlives its reading."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._pipeline = Pipeline(gazetteer)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="triage")

    def read(self, text: str) -> Assessment:
        window = _window(len(text))
        reading = self._pipeline.read(readable(text), window)
        return Assessment(
            urgentie=reading.urgentie,
            zekerheid=reading.zekerheid,
            veilig=reading.veilig,
            model=MODEL,
            themas=reading.themas,
            signalen=reading.signalen,
            betreft=reading.betreft,
            locatie=reading.locatie,
            taal=reading.taal,
            pii=reading.pii,
            uitleg=(*_cut(window), *reading.uitleg)[:5],
            said=reading.said,
            role=reading.role,
        )

    async def assess(self, text: str) -> Assessment:
        """Reads in the one worker thread; the caller decides how long to wait."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, self.read, text)

    def close(self) -> None:
        """Lets the worker thread go."""
        self._worker.shutdown(wait=False, cancel_futures=True)


def load(places: Iterable[PlaceEntry] = ()) -> DutchTriage:
    """The shipped lexicons, the places of the regio and all other woonplaatsen; raises BadSettings."""
    data = lexicon.table("places.toml")
    villages = (PlaceEntry(name, "") for name in data["dorpen"]["namen"])
    return DutchTriage(Gazetteer([*places, *gazetteer.national(), *villages], data["aliases"]))


def _window(length: int) -> Window:
    if length <= LONGEST + TAIL:
        return ((0, length),)
    return ((0, LONGEST), (length - TAIL, length))


def _cut(window: Window) -> tuple[Reason, ...]:
    if len(window) == 1:
        return ()
    (_, start), (end, _) = window
    return (Reason(start, end, "lang bericht: dit deel is niet meegelezen", omhoog=False),)
