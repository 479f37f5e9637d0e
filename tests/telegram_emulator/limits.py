"""How much Telegram lets through: about 1/s a chat with a small burst, 30/s in all, 20/min a group."""

import math
from collections import defaultdict, deque
from collections.abc import Callable

from tests.telegram_emulator.refusal import too_many


class Limits:
    def __init__(self, clock: Callable[[], float], *, on: bool) -> None:
        self.clock, self.on = clock, on
        self._sent: dict[object, deque[float]] = defaultdict(deque)
        self._floods: dict[int | None, float] = {}

    def flood(self, chat: int | None, seconds: float) -> None:
        """Refuse everything to this chat (None: to all) for so long."""
        self._floods[chat] = self.clock() + seconds

    def check(self, chat: int, *, group: bool) -> None:
        now = self.clock()
        until = max(self._floods.get(chat, 0), self._floods.get(None, 0))
        if until > now:
            raise too_many(math.ceil(until - now))
        if not self.on:
            return
        windows = [((chat, "s"), 3, 3.0), ("all", 30, 1.0)] + ([((chat, "min"), 20, 60.0)] if group else [])
        for key, most, seconds in windows:
            self._window(key, most, seconds, now)
        for key, _, _ in windows:
            self._sent[key].append(now)

    def _window(self, key: object, most: int, seconds: float, now: float) -> None:
        sent = self._sent[key]
        while sent and sent[0] <= now - seconds:
            sent.popleft()
        if len(sent) >= most:
            raise too_many(max(1, math.ceil(sent[0] + seconds - now)))
