"""Ask a geocoder for the gemeente where the words of a melding leave several. What it cannot tell stays as it was."""

import asyncio
import logging
from collections.abc import Iterable
from dataclasses import replace

from flows.assessment import Assessment, Locatie
from flows.house import House

log = logging.getLogger(__name__)


async def certain(house: House, found: Assessment) -> Assessment:
    """The same, with the gemeente when the geocoder knows one only. Waits `house.patience` seconds at most; never raises."""
    if house.geocoder is None or found.locatie is None or not _in_doubt(house, found.locatie):
        return found
    try:
        places = await asyncio.wait_for(house.geocoder.find(found.locatie), house.patience)
    except TimeoutError:
        log.warning("geocoder took longer than %s s", house.patience)
        return found
    except Exception as problem:  # noqa: BLE001 - any fault of a geocoder must end here; its words may hold the address
        log.error("geocoder failed: %s", type(problem).__name__)  # noqa: TRY400
        return found
    return replace(found, locatie=_decided(found.locatie, (place.gemeente for place in places)))


def _in_doubt(house: House, locatie: Locatie) -> bool:
    """A street alone is not asked for: most names of streets are found in dozens of gemeenten."""
    if not (locatie.woonplaats or locatie.postcode):
        return False
    route = house.regio.route(locatie)
    return not (route.gemeente or route.outside)


def _decided(locatie: Locatie, gemeenten: Iterable[str]) -> Locatie:
    found = {naam for naam in gemeenten if naam}
    return replace(locatie, gemeente=found.pop(), candidates=()) if len(found) == 1 else locatie
