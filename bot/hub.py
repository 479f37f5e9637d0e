"""Wake-ups inside this process: something happened, look again. Only a hint: whoever waits also looks by the clock."""

import asyncio
import contextlib

INBOX = "inbox"  # a raw update was kept: the worker may look
QUEUE = "queue"  # a melding moved: the pages may look
MOST_TOPICS = 4096


class Hub:
    """Every wake gets the next number of one count, so a wake between two waits is never missed.

    Topics that nobody heard of for long are forgotten; a late waiter on one of them wakes once for nothing.
    """

    def __init__(self, most_topics: int = MOST_TOPICS) -> None:
        self._count = 0
        self._floor = 0
        self._last: dict[str, int] = {}
        self._waiters: dict[str, set[asyncio.Event]] = {}
        self._most = most_topics
        self._closed = False

    @property
    def closed(self) -> bool:
        return self._closed

    def wake(self, topic: str) -> None:
        self._count += 1
        self._last.pop(topic, None)
        self._last[topic] = self._count
        if len(self._last) > self._most:
            oldest = next(iter(self._last))
            self._floor = self._last.pop(oldest)
        for waiter in self._waiters.get(topic, ()):
            waiter.set()

    def close(self) -> None:
        """Everybody who waits stops waiting, now and from now on."""
        self._closed = True
        for waiters in self._waiters.values():
            for waiter in waiters:
                waiter.set()

    async def wait(self, topic: str, seen: int, seconds: float, *, also: str = "") -> int:
        """Until a wake of `topic` (or `also`) later than `seen`, the end of `seconds`, or the close; the next `seen`."""
        topics = {topic, also} - {""}
        if self._newest(topics) > seen or self._closed:
            return self._count
        event = asyncio.Event()
        for name in topics:
            self._waiters.setdefault(name, set()).add(event)
        try:
            # The end of the time is one of the three things waited for, not an error.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await event.wait()
        finally:
            self._leave(topics, event)
        return self._count

    def _newest(self, topics: set[str]) -> int:
        return max(self._last.get(name, self._floor) for name in topics)

    def _leave(self, topics: set[str], event: asyncio.Event) -> None:
        for name in topics:
            self._waiters[name].discard(event)
            if not self._waiters[name]:
                del self._waiters[name]
