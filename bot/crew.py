"""Takes leased work off a table and does it, many lanes at a time. Woken by an event, swept by the clock, stopped by draining."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.hub import Hub
from bot.nursery import Nursery
from flows.errors import Conflict, StorageAway

log = logging.getLogger(__name__)

T = TypeVar("T")
SWEEP = 1.0  # seconds without a wake after which the table is looked at anyway: other replicas, terms that passed
AWAY = 2.0  # seconds of rest when the database is away


class Crew(Generic[T]):
    """`claim(n)` leases at most n; `work(one)` settles it. One lane never has two leased at once: the claim sees to that."""

    def __init__(
        self,
        name: str,
        topic: str,
        hub: Hub,
        claim: Callable[[int], Awaitable[Sequence[T]]],
        work: Callable[[T], Awaitable[None]],
        *,
        hands: int = 32,
    ) -> None:
        self._name, self._topic, self._hub, self._claim, self._work = name, topic, hub, claim, work
        self._hands, self._busy = hands, 0

    async def run(self, stop: asyncio.Event, nursery: Nursery) -> None:
        seen = 0
        while not stop.is_set():
            taken = await self._take(nursery)
            # Something is left for us, perhaps, as long as a claim came back full of what we could carry.
            if not taken or self._busy >= self._hands:
                seen = await self._hub.wait(self._topic, seen, SWEEP)

    async def _take(self, nursery: Nursery) -> int:
        free = self._hands - self._busy
        if free <= 0:
            return 0
        try:
            leased = await self._claim(free)
        except (StorageAway, Conflict) as trouble:
            log.warning("%s cannot claim: %s", self._name, type(trouble).__name__)
            await asyncio.sleep(AWAY)
            return 0
        except Exception:
            # Whatever it is, who takes the work must not stop taking it.
            log.exception("%s cannot claim", self._name)
            await asyncio.sleep(AWAY)
            return 0
        for one in leased:
            self._busy += 1
            nursery.start(self._do(one), f"{self._name}")
        return len(leased)

    async def _do(self, one: T) -> None:
        try:
            await self._work(one)
        except StorageAway:
            # Nothing was settled: the lease runs out and it is taken again.
            log.warning("%s: the database went away", self._name)
        finally:
            self._busy -= 1
            self._hub.wake(self._topic)
