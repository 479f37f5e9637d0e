"""The one door in: a raw update is kept, and only then may its channel say that it has it."""

from collections.abc import Sequence

from bot import hub
from flows.door import RawUpdate
from flows.ports import Begin, Clock


class InboxDoor:
    """Implements `flows.door.Door`."""

    def __init__(self, begin: Begin, clock: Clock, wakes: hub.Hub) -> None:
        self._begin, self._clock, self._hub = begin, clock, wakes

    async def keep(self, updates: Sequence[RawUpdate]) -> None:
        async with self._begin() as work:
            await work.inbox.keep(updates, self._clock())
            await work.commit()
        self._hub.wake(hub.INBOX)
