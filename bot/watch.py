"""Watches whether anything stands still: updates nobody handles, a channel we no longer hear. A person is told."""

from datetime import datetime, timedelta

from bot.compose import App
from flows import trouble
from flows.messages import say

STUCK = timedelta(minutes=5)
AGAIN = timedelta(hours=1)  # one alarm an hour about the same thing


class Watch:
    def __init__(self, app: App) -> None:
        self._app = app

    async def look(self) -> None:
        now = self._app.clock()
        health = await self._app.store.overview.health(now)
        if health.oldest_unhandled is not None and health.oldest_unhandled > STUCK:
            await self._alarm("alarm-stuck", now)

    async def _alarm(self, name: str, now: datetime) -> None:
        house = self._app.house
        async with house.begin() as work:
            if await work.limits.hit(f"alarm:{name}", now, window=AGAIN, most=1):
                await trouble.alarm(work, house, say(name), now)
                await work.commit()
        self._app.hub.wake("outbox")
