"""Where Telegram brings its updates. Answered with 200 only after the door has kept them; Telegram repeats everything else."""

import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import telegram
from aiohttp import web

from bot.channels import telegram_in
from flows import errors
from flows.door import Door

HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATH = "/telegram/webhook/{bot}"
LARGEST = 1024 * 1024


@dataclass(frozen=True)
class Webhook:
    """`count` gets the name of everything that happens here, refusals too."""

    bot_id: str
    secret: str = field(repr=False)
    door: Door
    count: Callable[[str], None]

    def __post_init__(self) -> None:
        if not self.secret:
            raise errors.BadSettings(["WEBHOOK_SECRET: empty, so that anybody could speak as Telegram"])

    def add_to(self, app: web.Application) -> None:
        app.router.add_post(PATH, self.handle)

    async def handle(self, request: web.Request) -> web.Response:
        if request.match_info["bot"] != self.bot_id:
            return self._refuse(404, "path")
        if not hmac.compare_digest(request.headers.get(HEADER, "").encode("utf-8", "replace"), self.secret.encode()):
            return self._refuse(401, "secret")
        body = await read_at_most(request, LARGEST)
        if body is None:
            return self._refuse(413, "size")
        try:
            update = parsed(body)
        except ValueError:
            return self._refuse(400, "json")
        try:
            await self.door.keep([telegram_in.raw_update(update, body, self.bot_id)])
        except errors.StorageAway:
            return self._refuse(503, "storage_away")
        self.count("telegram_webhook_kept")
        return web.Response()

    def _refuse(self, status: int, why: str) -> web.Response:
        self.count(f"telegram_webhook_{why}")
        return web.Response(status=status)


def parsed(body: bytes) -> object:
    """Raises ValueError. Nested beyond reason is kept all the same: refused, it would come back for a day."""
    try:
        return json.loads(body)
    except RecursionError:
        return None


async def read_at_most(request: web.Request, limit: int) -> bytes | None:
    if (request.content_length or 0) > limit:
        return None
    body = bytearray()
    async for chunk in request.content.iter_chunked(65536):
        body += chunk
        if len(body) > limit:
            return None
    return bytes(body)


@dataclass(frozen=True, slots=True)
class WebhookState:
    """What Telegram says of it; worth an alarm when much waits or the last error is fresh."""

    url: str
    waiting: int
    last_error_at: datetime | None


async def register(bot: telegram.Bot, public_url: str, bot_id: str, secret: str) -> None:
    """Raises telegram.error.TelegramError, also for a secret outside A-Z a-z 0-9 _ -."""
    url = public_url.rstrip("/") + PATH.format(bot=bot_id)
    await bot.set_webhook(url, allowed_updates=list(telegram_in.ALLOWED_UPDATES), secret_token=secret)


async def state(bot: telegram.Bot) -> WebhookState:
    """Raises telegram.error.TelegramError."""
    found = await bot.get_webhook_info()
    last = found.last_error_date
    return WebhookState(found.url, found.pending_update_count, last.astimezone(UTC) if last else None)
