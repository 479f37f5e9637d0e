"""Have a text read, with patience. Whatever goes wrong in the reading, the melding goes on: a person reads it first."""

import asyncio
import logging

from flows import locating
from flows.assessment import Assessment
from flows.house import House

log = logging.getLogger(__name__)


async def read(house: House, text: str) -> Assessment | None:
    """None: it failed or took longer than `house.patience` seconds. The gemeente is looked up where the words leave several."""
    found = await _assessed(house, text)
    return None if found is None else await locating.certain(house, found)


async def _assessed(house: House, text: str) -> Assessment | None:
    try:
        return await asyncio.wait_for(house.triage.assess(text), house.patience)
    except TimeoutError:
        log.warning("triage took longer than %s s", house.patience)
    except Exception as problem:  # noqa: BLE001 - any fault of the reader must end here
        # Without the traceback: it may hold the text.
        log.error("triage failed: %s", type(problem).__name__)  # noqa: TRY400
    return None
