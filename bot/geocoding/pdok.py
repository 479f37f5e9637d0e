"""PDOK Locatieserver v3_1, the endpoint `/free` (https://api.pdok.nl/bzk/locatieserver/search/v3_1/ui/).

Only street, number, postcode and woonplaats leave the house. It refuses parameters that its specification does not name.
"""

import logging
import re
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from bot.geocoding.breaker import Breaker
from flows.assessment import Locatie
from flows.gemeenten import same_name
from flows.ports import Clock, Geocoder, Place

log = logging.getLogger(__name__)

TIMEOUT = 1.5  # seconds for the whole call: a melder waits
ROWS = 20
REMEMBERED = 500  # answers
FRESH = timedelta(hours=1)  # an address stays no longer in memory
FIELDS = "straatnaam,postcode,woonplaatsnaam,gemeentenaam,centroide_ll"
POINT = re.compile(r"POINT\((?P<lon>-?\d+(?:\.\d+)?) (?P<lat>-?\d+(?:\.\d+)?)\)")
STREET = re.compile(r"str\.?$")  # "Kerkstr."
# Characters that mean something to Solr: an address must not become a query of another kind.
MEANT = re.compile(r"[^\w\s'’.-]")


class Malformed(Exception):
    """The answer is not what the specification promises."""


class PdokGeocoder:
    """Whatever goes wrong, the `fallback` answers. `url`: up to and including the version, without a slash behind it."""

    def __init__(self, url: str, fallback: Geocoder, clock: Clock, *, timeout: float = TIMEOUT) -> None:
        self._url, self._fallback, self._clock = f"{url}/free", fallback, clock
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._breaker = Breaker(clock)
        self._answers: OrderedDict[tuple[str, str], tuple[datetime, tuple[Place, ...]]] = OrderedDict()
        self._session: aiohttp.ClientSession | None = None

    async def find(self, locatie: Locatie) -> Sequence[Place]:
        asked = query(locatie)
        if asked is None:
            return await self._fallback.find(locatie)
        found = self._remembered(asked)
        if found is None:
            found = await self._ask(asked, locatie)
        return found or await self._fallback.find(locatie)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _ask(self, asked: tuple[str, str], locatie: Locatie) -> tuple[Place, ...]:
        """Empty when it failed, when nobody was asked, or when nothing fits."""
        if not self._breaker.allows():
            return ()
        try:
            docs = await self._docs(*asked)
        except (aiohttp.ClientError, TimeoutError, Malformed, ValueError) as error:
            self._breaker.failed()
            # Only the kind of error: its words quote the address that was called.
            log.warning("pdok failed: %s", type(error).__name__)
            return ()
        self._breaker.succeeded()
        found = tuple(place for doc in docs if fits(doc, locatie) and (place := _place(doc)))
        self._remember(asked, found)
        return found

    async def _docs(self, text: str, kinds: str) -> list[Mapping[str, Any]]:
        """Raises ClientError, TimeoutError, ValueError or Malformed."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        params = {"q": text, "fq": f"type:({kinds})", "fl": FIELDS, "rows": str(ROWS)}
        async with self._session.get(self._url, params=params, allow_redirects=False) as response:
            if response.status != 200:
                raise Malformed(str(response.status))
            body = await response.json(content_type=None)
        try:
            docs = body["response"]["docs"]
        except (KeyError, TypeError):
            raise Malformed("no docs") from None
        if not isinstance(docs, list) or not all(isinstance(doc, dict) for doc in docs):
            raise Malformed("docs")
        return docs

    def _remembered(self, asked: tuple[str, str]) -> tuple[Place, ...] | None:
        at, found = self._answers.get(asked, (None, ()))
        return found if at is not None and self._clock() - at < FRESH else None

    def _remember(self, asked: tuple[str, str], found: tuple[Place, ...]) -> None:
        self._answers[asked] = (self._clock(), found)
        self._answers.move_to_end(asked)
        while len(self._answers) > REMEMBERED:
            self._answers.popitem(last=False)


def query(locatie: Locatie) -> tuple[str, str] | None:
    """What is asked, and for which types of result; None when there is nothing to ask. The surest type there can be."""
    street = locatie.straat and (locatie.woonplaats or locatie.postcode)
    parts = (*((locatie.straat, locatie.huisnummer) if street else ()), locatie.postcode, locatie.woonplaats)
    text = " ".join(MEANT.sub(" ", " ".join(part for part in parts if part)).split())
    if street:
        return text, "adres" if locatie.huisnummer else "weg"
    if locatie.postcode:
        return text, "postcode"
    return (text, "woonplaats") if text else None


def fits(doc: Mapping[str, Any], locatie: Locatie) -> bool:
    """The service also answers with what looks like it. What the result has must be what was asked for."""
    postcode, street, place = (doc.get(name) for name in ("postcode", "straatnaam", "woonplaatsnaam"))
    if locatie.postcode and isinstance(postcode, str) and not postcode.startswith(locatie.postcode):
        return False
    if locatie.straat and isinstance(street, str) and not same_name(street, STREET.sub("straat", locatie.straat)):
        return False
    return not (locatie.woonplaats and isinstance(place, str)) or _same_place(place, locatie.woonplaats)


def _same_place(one: str, other: str) -> bool:
    """ "Hengelo (Gld)" is a Hengelo."""
    return same_name(one.partition(" (")[0], other.partition(" (")[0])


def _place(doc: Mapping[str, Any]) -> Place | None:
    gemeente, woonplaats = doc.get("gemeentenaam"), doc.get("woonplaatsnaam")
    if not isinstance(gemeente, str) or not gemeente:
        return None
    point = POINT.fullmatch(str(doc.get("centroide_ll", "")))
    latitude, longitude = (float(point["lat"]), float(point["lon"])) if point else (None, None)
    return Place(woonplaats if isinstance(woonplaats, str) else "", gemeente, latitude, longitude)
