"""What was done must be written down: tried again while the database is away, within the lease it was done under."""

import asyncio
from collections.abc import Awaitable, Callable

from flows.errors import StorageAway

WAITS = (0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0, 8.0, 8.0)  # together less than the shortest lease


async def insist(settle: Callable[[], Awaitable[None]]) -> None:
    """`settle` may run more than once. Raises StorageAway when it stays away: then the lease runs out."""
    for wait in WAITS:
        try:
            await settle()
        except StorageAway:
            await asyncio.sleep(wait)
        else:
            return
    await settle()
