"""Fetches the attachments that melders sent, into the encrypted file store. A melding never waits for one (failure 22)."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

from bot.channels.telegram_files import Gone, RetryLater, TooBig
from flows.ports import Clock
from storage.files import Wanted
from storage.filestore import FileStore
from storage.unit_of_work import Work

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
LARGEST = 20 * 1024 * 1024
TRIES = 8
STORED = "stored:"  # the reference of a file that its channel put in the store itself

Fetch = Callable[[str, int], Awaitable[bytes]]


class Fetching:
    """`fetchers` by channel."""

    def __init__(
        self,
        begin: Callable[[], AbstractAsyncContextManager[Work]],
        store: FileStore,
        fetchers: Mapping[str, Fetch],
        clock: Clock,
    ) -> None:
        self._begin, self._store, self._fetchers, self._clock = begin, store, fetchers, clock

    async def sweep(self) -> None:
        async with self._begin() as work:
            wanted = await work.files.claim_wanted(self._clock(), LEASE, 4)
            await work.commit()
        for one in wanted:
            await self._one(one)

    async def _one(self, wanted: Wanted) -> None:
        try:
            data = await self._bytes(wanted)
        except (TooBig, Gone, KeyError) as error:
            await self._failed(wanted, type(error).__name__, None)
        except RetryLater as error:
            await self._failed(wanted, "later", error.seconds)
        else:
            await self._store.put(wanted.id, data)
            async with self._begin() as work:
                await work.files.kept(wanted.id, len(data))
                await work.commit()

    async def _bytes(self, wanted: Wanted) -> bytes:
        reference = wanted.attachment.reference
        if reference.startswith(STORED):
            return await self._store.get(reference.removeprefix(STORED))
        return await self._fetchers[wanted.key.channel](reference, LARGEST)

    async def _failed(self, wanted: Wanted, problem: str, seconds: float | None) -> None:
        """ "Bijlage niet opgehaald" stands on the melding; tried again later unless it never can be."""
        again = None if seconds is None or wanted.attempts >= TRIES else timedelta(seconds=seconds * 2**wanted.attempts)
        log.warning("file not fetched: %s, %s", wanted.id, problem)
        async with self._begin() as work:
            await work.files.failed(wanted.id, problem, self._clock() + again if again else None)
            await work.commit()
