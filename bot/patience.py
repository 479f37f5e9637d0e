"""What was done must be written down: tried again while the database is away, within the lease it was done under."""

import asyncio
from collections.abc import Awaitable, Callable

from flows.errors import MeldpuntError, StorageAway

WAITS = (0.5, 1.0, 2.0, 4.0, 8.0, 8.0, 8.0, 8.0, 8.0)  # together less than the shortest lease


async def insist(settle: Callable[[], Awaitable[None]], *also: type[MeldpuntError]) -> None:
    """`settle` may run more than once: after StorageAway, and after what else is named. Raises the last one when it stays."""
    passing: tuple[type[MeldpuntError], ...] = (StorageAway, *also)
    for wait in WAITS:
        try:
            await settle()
        except passing:
            await asyncio.sleep(wait)
        else:
            return
    await settle()
