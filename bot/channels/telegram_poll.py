"""Fetches updates and hands them to the door. The offset moves only after the door has kept them, and nothing here calls
Telegram for any other reason.

An update is kept as it came, one by one, so that a malformed one cannot stop the others. Trouble of any sort makes it
wait, longer each time; it never spins.
"""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import telegram
from telegram.error import Conflict, TelegramError

from bot.channels import telegram_batch, telegram_in
from bot.channels.telegram_request import AiohttpRequest, Flood
from flows import errors
from flows.door import Door

T = TypeVar("T")
LONG_POLL = 25
CONFLICT_WAIT = 5.0
LEASE_WAIT = 2.0
FIRST_WAIT, LONGEST_WAIT = 1.0, 60.0


class Lease(Protocol):
    async def hold(self) -> bool:
        """Ours until well after one long poll? Raises StorageAway."""


class Trouble(Exception):
    """Wait before the next poll: `least` seconds when the other side named them."""

    def __init__(self, name: str, least: float = 0.0) -> None:
        super().__init__(name)
        self.name, self.least = name, least


def ignore(_: str) -> None:
    """Counts nothing."""


@dataclass(repr=False)  # the bot shows its token
class Poller:
    """`run` polls until `stop` is set. `offset` is one past the last kept update; after a restart Telegram gives again what was
    not confirmed, and the door drops what it has."""

    bot: telegram.Bot
    bot_id: str
    request: AiohttpRequest
    door: Door
    lease: Lease
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    uniform: Callable[[float, float], float] = random.uniform
    count: Callable[[str], None] = ignore
    long_poll: int = LONG_POLL
    offset: int | None = None
    failures: int = field(default=0, init=False)
    _single: bool = field(default=False, init=False)  # the last answer was garbage: ask for one at a time

    async def run(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                waiting = await self._turn(stop)
                self.failures = 0
            except Trouble as trouble:
                self.failures += 1
                self.count(f"telegram_poll_{trouble.name}")
                waiting = max(trouble.least, self._backoff())
            if waiting:
                await unless(stop, self._rest(waiting))

    async def _turn(self, stop: asyncio.Event) -> float:
        """One poll; how long to wait before the next."""
        try:
            if not await self.lease.hold():
                return LEASE_WAIT
            body = await unless(stop, self._fetch())
            if body is not None:
                await self._keep(body)
        except Conflict:
            self.count("telegram_poll_conflict")
            return CONFLICT_WAIT
        except Flood as error:
            raise Trouble("flood", error.seconds) from None
        except TelegramError as error:
            raise Trouble(type(error).__name__.lower()) from None
        except errors.StorageAway:
            raise Trouble("storage_away") from None
        return 0.0

    async def _fetch(self) -> bytes:
        params: dict[str, object] = {"timeout": self.long_poll, "allowed_updates": list(telegram_in.ALLOWED_UPDATES)}
        params["limit"] = 1 if self._single else 100
        if self.offset is not None:
            params["offset"] = self.offset
        return await self.request.ask(f"{self.bot.base_url}/getUpdates", params, read_timeout=self.long_poll + 10)

    async def _keep(self, body: bytes) -> None:
        updates = telegram_batch.updates_in(body)
        if updates is None:
            return await self._keep_garbage(body)
        if not updates:
            return None
        try:
            raws = [telegram_in.raw_update(one, encoded(one), self.bot_id) for one in updates]
        except RecursionError:  # nested too deep to be written again
            return await self._keep_garbage(body)
        await self.door.keep(raws)
        numbers = [number for one in updates if (number := telegram_in.number_of(one)) is not None]
        if numbers:
            self.offset, self._single = max(numbers) + 1, False
            return None
        # Kept, but none says where we are. One step on confirms at most the first of them, never one that was not seen.
        self.offset = None if self.offset is None else self.offset + 1
        raise Trouble("without_number")

    async def _keep_garbage(self, body: bytes) -> None:
        """The first time: ask for one at a time, to find the culprit. Then that one is kept as it is, for the quarantine."""
        number = telegram_batch.salvaged_number(body) if self._single else None
        self._single = True
        if number is not None:
            await self.door.keep([telegram_in.raw_update({"update_id": number}, body, self.bot_id)])
            self.offset, self._single = number + 1, False
        raise Trouble("garbage")

    def _backoff(self) -> float:
        """Full jitter: anywhere up to a bound that doubles, yet never nothing."""
        bound = min(FIRST_WAIT * 2 ** min(self.failures - 1, 10), LONGEST_WAIT)
        return max(self.uniform(0, bound), 0.05)

    async def _rest(self, seconds: float) -> None:
        await self.sleep(seconds)


def encoded(update: object) -> bytes:
    return json.dumps(update, separators=(",", ":")).encode()


async def unless(stop: asyncio.Event, work: Coroutine[object, object, T]) -> T | None:
    """The result of `work`, or None when `stop` came first and `work` was ended."""
    # Both are awaited to their end before this returns: no stray task.
    doing, stopping = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({doing, stopping}, return_when=asyncio.FIRST_COMPLETED)
        return doing.result() if doing.done() else None
    finally:
        for task in (doing, stopping):
            task.cancel()
        await asyncio.gather(doing, stopping, return_exceptions=True)
