"""Watches whether anything stands still: updates nobody handles, a channel we no longer hear. A person is told."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from telegram.error import TelegramError

from bot.channels.telegram_webhook import WebhookState
from bot.compose import App
from flows import trouble
from flows.messages import Text, say

STUCK = timedelta(minutes=5)
AGAIN = timedelta(hours=1)  # one alarm an hour about the same thing


MUCH = 50  # updates that wait at Telegram for a webhook that should take them at once

Webhook = Callable[[], Awaitable[WebhookState]]


class Watch:
    """`webhook`: what Telegram says of ours, when we have one."""

    def __init__(self, app: App, webhook: Webhook | None = None) -> None:
        self._app, self._webhook = app, webhook

    async def look(self) -> None:
        now = self._app.clock()
        health = await self._app.store.overview.health(now)
        if health.oldest_unhandled is not None and health.oldest_unhandled > STUCK:
            await self._alarm(say("alarm-stuck"), now)
        if self._webhook is not None and not await self._taken(self._webhook, now):
            await self._alarm(say("alarm-webhook"), now)

    async def _taken(self, webhook: Webhook, now: datetime) -> bool:
        """Telegram brings its updates here, and here only, and we take them (failure 23)."""
        try:
            state = await webhook()
        except TelegramError:
            return False
        failed = state.last_error_at is not None and now - state.last_error_at < STUCK
        return bool(state.url) and state.waiting <= MUCH and not failed

    async def _alarm(self, text: Text, now: datetime) -> None:
        house = self._app.house
        async with house.begin() as work:
            if await work.limits.hit(f"alarm:{text.name}", now, window=AGAIN, most=1):
                await trouble.alarm(work, house, text, now)
                await work.commit()
        self._app.hub.wake("outbox")
