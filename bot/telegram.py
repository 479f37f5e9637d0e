"""Telegram put together: the bot, its poller or webhook, its sender and its files, joined to the app."""

import logging
from dataclasses import dataclass
from datetime import timedelta

import telegram
import telegram.error
from aiohttp import web

from bot.channels import telegram_api, telegram_in, telegram_webhook
from bot.channels.telegram_files import TelegramFiles
from bot.channels.telegram_out import TelegramSender
from bot.channels.telegram_poll import Poller
from bot.channels.telegram_request import AiohttpRequest
from bot.compose import App
from flows import errors
from flows.messages import Incoming
from storage.leases import Leases

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)  # longer than one long poll
LONG_POLL = 25


@dataclass(frozen=True, slots=True)
class Turn:
    """Who polls: one of all replicas."""

    leases: Leases
    name: str
    app: App

    async def hold(self) -> bool:
        return await self.leases.hold(self.name, self.app.holder, self.app.clock(), LEASE)


@dataclass(slots=True)
class Telegram:
    app: App
    bot: telegram.Bot
    bot_id: str
    request: AiohttpRequest
    polls: AiohttpRequest
    name: str = ""  # of the bot, without @; "" until Telegram told

    async def start(self) -> None:
        await self.request.initialize()
        await self.polls.initialize()

    async def stop(self) -> None:
        try:
            await self.app.store.leases.release(f"poll:{self.bot_id}", self.app.holder)
        except errors.StorageAway:
            log.warning("the turn to poll is not given back: it runs out by itself")
        await self.request.shutdown()
        await self.polls.shutdown()

    def poller(self) -> Poller:
        lease = Turn(self.app.store.leases, f"poll:{self.bot_id}", self.app)
        return Poller(self.bot, self.bot_id, self.polls, self.app.door, lease, count=self.app.count, long_poll=LONG_POLL)

    def webhook(self) -> web.RouteDef:
        hook = telegram_webhook.Webhook(self.bot_id, self.app.settings.webhook_secret, self.app.door, self.app.count)
        return web.post(telegram_webhook.PATH, hook.handle)

    async def webhook_state(self) -> telegram_webhook.WebhookState:
        return await telegram_webhook.state(self.bot)

    async def registered(self) -> bool:
        """Tell Telegram where to bring the updates; False when it did not take it."""
        own = self.app.settings
        try:
            await telegram_webhook.register(self.bot, own.public_url, self.bot_id, own.webhook_secret)
        except telegram.error.TelegramError:
            return False
        return True

    async def learn_name(self) -> None:
        """For mentions in groups; without it every command there counts as ours."""
        try:
            self.name = await telegram_api.username(self.bot)
        except (errors.BadSettings, errors.DeliveryError) as error:
            log.warning("the bot cannot be asked for its name: %s", type(error).__name__)

    def read(self, body: bytes) -> Incoming:
        return telegram_in.read_body(body, self.bot_id, username=self.name, received=self.app.clock())


def join(app: App) -> Telegram:
    """Raises BadSettings when the token has the wrong form. Nothing is sent yet."""
    own = app.settings
    request = AiohttpRequest()
    polls = AiohttpRequest(read_timeout=LONG_POLL + 10)
    bot_id = telegram_api.bot_id(own.telegram_token)
    bot = telegram_api.make_bot(own.telegram_token, own.telegram_api, request)
    app.senders["telegram"] = TelegramSender(bot, count=app.count)
    app.fetchers["telegram"] = TelegramFiles(bot, request).fetch
    joined = Telegram(app, bot, bot_id, request, polls)
    app.readers[f"telegram:{bot_id}"] = joined.read
    return joined
