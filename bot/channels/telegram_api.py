"""The bot as an object: made without a call, so that the service starts while Telegram is away."""

import logging
import re

import telegram

from bot.channels.telegram_request import AiohttpRequest
from flows import errors

TOKEN = re.compile(r"(\d{1,20}):[A-Za-z0-9_-]{10,}")


def bot_id(token: str) -> str:
    """The bot's own id, which its token begins with. Raises BadSettings."""
    if not (match := TOKEN.fullmatch(token)):
        raise errors.BadSettings(["TELEGRAM_TOKEN: not of the form 123456:ABC…; ask @BotFather for it"])
    return match[1]


def make_bot(token: str, api: str, request: AiohttpRequest) -> telegram.Bot:
    """Use `request.initialize` and `shutdown`, not the bot's: Bot.initialize calls Telegram and puts the token in its error."""
    bot_id(token)
    # At DEBUG the library logs what people write and what they are told, whatever level the rest of the program has.
    logging.getLogger("telegram").setLevel(logging.INFO)
    base = api.rstrip("/")
    return telegram.Bot(token, f"{base}/bot", f"{base}/file/bot", request=request, get_updates_request=request)


async def username(bot: telegram.Bot) -> str:
    """The bot's name, or "". Raises BadSettings when Telegram refuses the token, DeliveryError when it cannot be asked."""
    try:
        return (await bot.get_me()).username or ""
    except telegram.error.InvalidToken:
        raise errors.BadSettings(["TELEGRAM_TOKEN: refused by Telegram; ask @BotFather for the present one"]) from None
    except telegram.error.TelegramError as error:
        raise errors.RetryAfter(5, everybody=True) from error
