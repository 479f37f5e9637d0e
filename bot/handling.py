"""Handles what was kept: read it, hand it to the intake. What cannot be read or keeps failing is set apart with an alarm."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from bot import hub, patience
from flows import errors, intake, trouble
from flows.door import Kept
from flows.house import House
from flows.messages import Incoming

log = logging.getLogger(__name__)

Reader = Callable[[bytes], Incoming]

LEASE = timedelta(seconds=60)
TRIES = 5  # times our own fault is tried again before a person looks
OUTBOX = "outbox"


class Handling:
    """`readers`: by "<channel>:<bot>" of the raw update."""

    def __init__(self, house: House, readers: Mapping[str, Reader], wakes: hub.Hub) -> None:
        self._house, self._readers, self._hub = house, readers, wakes

    async def claim(self, most: int) -> Sequence[Kept]:
        async with self._house.begin() as work:
            kept = await work.inbox.claim(self._house.clock(), LEASE, most)
            await work.commit()
        return kept

    async def handle(self, kept: Kept) -> None:
        try:
            incoming = self._readers[f"{kept.raw.channel}:{kept.raw.bot}"](kept.raw.body)
        except (errors.Unreadable, KeyError) as error:
            await self._set_apart(kept, f"{type(error).__name__}: {error}")
            return
        except Exception as error:
            # A reader that breaks on an update breaks again on it. Its words may quote the update.
            log.exception("reading failed: inbox %s", kept.id)
            await self._set_apart(kept, type(error).__name__)
            return
        try:
            await patience.insist(lambda: intake.intake(self._house, incoming, kept))
        except errors.Conflict:
            await self._again(kept, "conflict")
        except errors.StorageAway:
            raise
        except Exception as error:
            # A fault of ours must not stop the lane: tried again, then set apart for a person.
            log.exception("handling failed: inbox %s", kept.id)
            await self._again(kept, type(error).__name__)
        self._hub.wake(OUTBOX)
        self._hub.wake(hub.QUEUE)

    async def _again(self, kept: Kept, problem: str) -> None:
        if kept.attempts >= TRIES:
            await self._set_apart(kept, problem)
            return
        async with self._house.begin() as work:
            await work.inbox.retry(kept, self._house.clock() + timedelta(seconds=2**kept.attempts / 4), problem)
            await work.commit()

    async def _set_apart(self, kept: Kept, problem: str) -> None:
        log.error("quarantined: inbox %s after %s tries", kept.id, kept.attempts)
        await trouble.quarantine(self._house, kept, problem)
        self._hub.wake(OUTBOX)
