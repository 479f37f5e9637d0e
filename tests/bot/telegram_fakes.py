"""Fakes of what the Telegram adapters talk to, and a line: the emulator with our request, bot and sender on it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from telegram import Bot

from bot.channels.rendered import Button, Rendered
from bot.channels.telegram_api import make_bot
from bot.channels.telegram_out import TelegramSender
from bot.channels.telegram_poll import Poller
from bot.channels.telegram_request import AiohttpRequest
from flows import errors
from flows.door import RawUpdate
from flows.messages import ConversationKey
from tests.telegram_emulator import Emulator, SecondOpinion


class FakeDoor:
    """Implements flows.door.Door in memory. `away`: the next so many keeps find no database."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str, str], RawUpdate] = {}
        self.repeats = 0
        self.away = 0
        self._changed = asyncio.Condition()

    async def keep(self, updates: Sequence[RawUpdate]) -> None:
        async with self._changed:
            self._changed.notify_all()
            if self.away:
                self.away -= 1
                raise errors.StorageAway
            for update in updates:
                key = (update.channel, update.bot, update.update_id)
                self.repeats += key in self.kept
                self.kept.setdefault(key, update)

    @property
    def raw(self) -> list[RawUpdate]:
        return list(self.kept.values())

    async def wait(self, number: int, timeout: float = 5) -> list[RawUpdate]:
        async with asyncio.timeout(timeout), self._changed:
            await self._changed.wait_for(lambda: len(self.kept) >= number)
        return self.raw


class FakeLease:
    def __init__(self, *, ours: bool = True) -> None:
        self.ours, self.asked = ours, 0

    async def hold(self) -> bool:
        self.asked += 1
        return self.ours


class FakeSleep:
    """Counts instead of waiting; yields once, so that nothing starves."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0)


@dataclass
class Line:
    telegram: Emulator
    request: AiohttpRequest
    bot: Bot
    sleep: FakeSleep = field(default_factory=FakeSleep)
    counts: Counter[str] = field(default_factory=Counter)

    def count(self, name: str) -> None:
        self.counts[name] += 1

    @property
    def sender(self) -> TelegramSender:
        return TelegramSender(self.bot, sleep=self.sleep, count=self.count)

    def to(self, chat: int | str, html: str, plain: str | None = None, **more: object) -> Rendered:
        key = ConversationKey("telegram", str(self.telegram.bot_id), str(chat))
        return Rendered(key, html, html if plain is None else plain, **more)  # type: ignore[arg-type]

    def poller(self, door: FakeDoor, lease: FakeLease | None = None, **more: object) -> Poller:
        lease = lease or FakeLease()
        bot_id = str(self.telegram.bot_id)
        options: dict[str, object] = {"sleep": self.sleep, "uniform": lambda _, high: high, "count": self.count, "long_poll": 5}
        return Poller(self.bot, bot_id, self.request, door, lease, **(options | more))  # type: ignore[arg-type]


@asynccontextmanager
async def line(
    emulator: Emulator | SecondOpinion | None = None, *, read_timeout: float = 5, api: Callable[[str], str] = lambda url: url
) -> AsyncIterator[Line]:
    async with emulator or Emulator() as telegram_, AiohttpRequest(read_timeout=read_timeout, connect_timeout=2) as request:
        yield Line(telegram_, request, make_bot(telegram_.token, api(telegram_.url), request))  # type: ignore[arg-type]


@asynccontextmanager
async def polling(poller: Poller) -> AsyncIterator[asyncio.Event]:
    """Polls in the background; at the end it must stop promptly by itself."""
    stop = asyncio.Event()
    task = asyncio.create_task(poller.run(stop))
    try:
        yield stop
    finally:
        stop.set()
        async with asyncio.timeout(2):
            await task


def row(*labels: str) -> tuple[tuple[Button, ...], ...]:
    return (tuple(Button(label, label.lower()) for label in labels),)
