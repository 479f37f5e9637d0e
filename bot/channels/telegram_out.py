"""Sends one rendered message to Telegram and tells its consequence: delivered, or one of `errors.DeliveryError`.

A text that was cut in parts goes on where it stopped: `PartlySent.parts` is the `first_part` to resend with.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from urllib.parse import urlsplit

import telegram
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from bot.channels import telegram_refusals
from bot.channels.rendered import Button, Rendered
from bot.channels.telegram_text import escape, plain, split
from flows import errors

Sleep = Callable[[float], Awaitable[None]]
Count = Callable[[str], None]

PATIENCE = 30.0  # seconds a started message waits for its next part; longer, and the outbox keeps the rest
CALLBACK_DATA_LIMIT = 64


class PartlySent(errors.Unknown):
    """The first `parts` parts arrived under `references`; whether the next one did, `cause` tells."""

    def __init__(self, parts: int, references: Iterable[str], cause: errors.DeliveryError) -> None:
        super().__init__(f"{parts} parts sent, then {type(cause).__name__}")
        self.parts, self.references, self.cause = parts, tuple(references), cause


def ignore(_: str) -> None:
    """Counts nothing."""


class TelegramSender:
    def __init__(self, bot: telegram.Bot, *, sleep: Sleep = asyncio.sleep, count: Count = ignore) -> None:
        self._bot, self._sleep, self._count = bot, sleep, count

    async def send(self, message: Rendered, *, first_part: int = 0) -> str:
        """The ids of the Telegram messages, with commas between. "" when only a pressed button was answered."""
        if message.callback_id and not first_part:
            await self._answer(message.callback_id)
        if not message.html.strip():
            return ""
        message = with_urls_told(message)
        parts = split(message.html)
        references: list[str] = []
        for number, part in enumerate(parts[first_part:], first_part):
            last = number == len(parts) - 1
            words = message.plain if len(parts) == 1 else plain(part)
            keyboard = keyboard_of(message) if last else None
            try:
                references.append(await self._send_part(message.conversation.chat, part, words, keyboard, started=number > 0))
            except (errors.RetryAfter, errors.Unknown, errors.Rejected, errors.Moved) as error:
                if number == 0:
                    raise
                raise PartlySent(number, references, error) from None
        return ",".join(references)

    async def _send_part(
        self, chat: str, html: str, words: str, keyboard: telegram.InlineKeyboardMarkup | None, *, started: bool
    ) -> str:
        """Waits for a turn when earlier parts are out: half a message is worse than a late one."""
        waited = 0.0
        while True:
            try:
                return await self._attempt(chat, html, words, keyboard)
            except errors.RetryAfter as error:
                waited += error.seconds
                if not started or waited > PATIENCE:
                    raise
                await self._sleep(error.seconds)

    async def _attempt(self, chat: str, html: str, words: str, keyboard: telegram.InlineKeyboardMarkup | None) -> str:
        try:
            return await self._post(chat, html, ParseMode.HTML, keyboard)
        except BadRequest as error:
            if not telegram_refusals.is_about_markup(error):
                raise telegram_refusals.consequence(error) from None
        except telegram_refusals.TROUBLE as error:
            raise telegram_refusals.consequence(error) from None
        self._count("telegram_sent_as_plain_text")
        try:
            return await self._post(chat, words, None, keyboard)
        except telegram_refusals.TROUBLE as error:
            raise telegram_refusals.consequence(error) from None

    async def _post(self, chat: str, text: str, mode: str | None, keyboard: telegram.InlineKeyboardMarkup | None) -> str:
        target = int(chat) if chat.lstrip("-").isdigit() else chat
        sent = await self._bot.send_message(target, text, parse_mode=mode, reply_markup=keyboard)
        return str(sent.message_id)

    async def _answer(self, callback_id: str) -> None:
        """Stops the little clock on the button. An old press is normal, and no failure here may hold up the message."""
        try:
            await self._bot.answer_callback_query(callback_id)
        except TelegramError as error:
            self._count("telegram_callback_too_old" if isinstance(error, BadRequest) else "telegram_callback_not_answered")


def keyboard_of(message: Rendered) -> telegram.InlineKeyboardMarkup | None:
    rows = [[inline(button) for button in row] for row in message.buttons]
    rows = [row for row in rows if row]
    return telegram.InlineKeyboardMarkup(rows) if rows else None


def inline(button: Button) -> telegram.InlineKeyboardButton:
    """Raises Rejected for what Telegram would refuse: our mistake, found before it is sent."""
    if button.url:
        return telegram.InlineKeyboardButton(button.label, url=button.url)
    if not button.action or len(button.action.encode()) > CALLBACK_DATA_LIMIT:
        raise errors.Rejected("a button has no action or one over 64 bytes")
    return telegram.InlineKeyboardButton(button.label, callback_data=button.action)


def with_urls_told(message: Rendered) -> Rendered:
    """A page on this very machine (demo, tests) is no button to Telegram: its address goes in the text."""
    told = [button for row in message.buttons for button in row if button.url and not is_public(button.url)]
    if not told:
        return message
    rows = tuple(tuple(button for button in row if button not in told) for row in message.buttons)
    html = "\n\n".join([message.html, *(f"{escape(button.label)}: {escape(button.url)}" for button in told)])
    text = "\n\n".join([message.plain, *(f"{button.label}: {button.url}" for button in told)])
    return replace(message, html=html, plain=text, buttons=tuple(row for row in rows if row))


def is_public(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "tg":
        return True
    return parts.scheme in ("http", "https") and "." in host and not host.startswith("127.") and host != "0.0.0.0"  # noqa: S104
