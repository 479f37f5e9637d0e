"""How fast a channel may be spoken to, so that it never has to tell us to wait. Counted in rows, the same for every replica."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.messages import ConversationKey
from flows.ports import UnitOfWork


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` in `window`; then the rest waits until `rest` has passed."""

    window: timedelta
    most: int
    rest: timedelta


# Telegram: about 1 a second in a chat with short bursts, 20 a minute in a group, 30 a second in all.
CHAT = Limit(timedelta(seconds=10), 12, timedelta(seconds=2))
GROUP = Limit(timedelta(seconds=60), 18, timedelta(seconds=10))
ALL = Limit(timedelta(seconds=1), 28, timedelta(seconds=0.4))


class Pace:
    """Only the channels named are held back."""

    def __init__(self, channels: frozenset[str]) -> None:
        self._channels = channels

    async def count(self, work: UnitOfWork, to: ConversationKey, now: datetime) -> None:
        """One was sent. In the transaction that says so."""
        if to.channel not in self._channels:
            return
        chat = GROUP if to.chat.startswith("-") else CHAT
        await self._hit(work, to.lane, chat, now)
        await self._hit(work, f"{to.channel}:{to.bot}", ALL, now)

    async def _hit(self, work: UnitOfWork, key: str, limit: Limit, now: datetime) -> None:
        if not await work.limits.hit(f"pace:{key}", now, window=limit.window, most=limit.most):
            await work.outbox.hold(key, now + limit.rest)
