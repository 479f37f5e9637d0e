"""Fetches what a melder sent. An attachment that cannot be had never holds up the melding; the error says whether to try again.

FileError
├── TooBig       over the limit here, or over the 20 MB a bot may fetch
├── Gone         Telegram does not know it (any more)
└── RetryLater   Telegram or the way to it is in trouble; `seconds` from now at the earliest
"""

import telegram
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram_request import AiohttpRequest, Flood, Missing, TooLarge
from flows import errors

TELEGRAM_LIMIT = 20 * 1024 * 1024
LATER = 60.0
GONE = ("invalid file_id", "wrong file identifier", "wrong remote file identifier", "file reference expired", "file not found")


class FileError(errors.MeldpuntError):
    """The file was not fetched."""


class TooBig(FileError):
    """Trying again is of no use."""


class Gone(FileError):
    """Trying again is of no use."""


class RetryLater(FileError):
    """Not now."""

    def __init__(self, why: str, seconds: float = LATER) -> None:
        super().__init__(why)
        self.seconds = seconds


class TelegramFiles:
    def __init__(self, bot: telegram.Bot, request: AiohttpRequest) -> None:
        self._bot, self._request = bot, request

    async def fetch(self, reference: str, limit: int = TELEGRAM_LIMIT) -> bytes:
        """`limit` in bytes. Raises FileError."""
        try:
            found = await self._bot.get_file(reference)
            if (found.file_size or 0) > limit:
                raise TooBig("larger than the limit")
            if not found.file_path:
                raise Gone("no path")
            return await self._request.download(found.file_path, limit)
        except TelegramError as error:
            raise consequence(error) from None
        except (AttributeError, LookupError, TypeError, ValueError) as error:
            raise RetryLater(f"unreadable answer: {type(error).__name__}") from None


def consequence(error: TelegramError) -> FileError:
    match error:
        case TooLarge():
            return TooBig("larger than the limit")
        case Missing():
            return Gone("no such file")
        case Flood():
            return RetryLater("flood", error.seconds)
        case BadRequest() if "file is too big" in error.message.lower():
            return TooBig("larger than a bot may fetch")
        case BadRequest() if any(words in error.message.lower() for words in GONE):
            return Gone("Telegram does not know it")
        case InvalidToken():
            return RetryLater("token refused")
    return RetryLater(type(error).__name__)
