"""What an error of Telegram means for a message: the one place where its words are read.

Only texts listed here disable a person. A 400 or 403 we do not know is ours to look at (`Rejected`), never a reason to stop.
"""

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, TelegramError, TimedOut

from bot.channels.telegram_request import Flood, Lost, NotSent
from flows import errors

# Telegram's descriptions, in lower case; each was seen in its sources or in a bot that runs.
UNREACHABLE = (
    "bot was blocked by the user",
    "user is deactivated",
    "bot was kicked from",
    "bot is not a member of",
    "bot can't initiate conversation with",
    "bot can't send messages to bots",
    "bot can't send messages to the user",
    "the group chat was deleted",
    "chat not found",
)
MARKUP = ("can't parse entities", "can't find end tag", "can't find end of the entity")
# An answer in the shape of a success whose content the library cannot read: the message is there all the same.
TROUBLE = (TelegramError, AttributeError, LookupError, TypeError, ValueError)
RETRY_NOT_SENT = 5.0
RETRY_NO_TOKEN = 60.0


def is_about_markup(error: TelegramError) -> bool:
    return any(words in error.message.lower() for words in MARKUP)


def consequence(error: Exception) -> errors.DeliveryError:
    """The messages of these errors hold a class name or a status: Telegram's own words may repeat what was sent."""
    match error:
        case Flood():
            return errors.RetryAfter(error.seconds)
        case NotSent():
            return errors.RetryAfter(RETRY_NOT_SENT, everybody=True)
        case ChatMigrated():
            return errors.Moved(str(error.new_chat_id))
        case Forbidden() | BadRequest():
            return refused(error)
        case InvalidToken():
            # Not this message but the bot is refused: nothing dies, all wait until somebody mends the token.
            return errors.RetryAfter(RETRY_NO_TOKEN, everybody=True)
        case TimedOut() | Lost():
            return errors.Unknown(type(error).__name__)
        case TelegramError():
            return errors.Rejected(type(error).__name__)
    return errors.Unknown(f"unreadable answer: {type(error).__name__}")


def refused(error: TelegramError) -> errors.DeliveryError:
    words = error.message.lower()
    for known in UNREACHABLE:
        if known in words:
            return errors.Unreachable(known)
    return errors.Rejected(f"{type(error).__name__}: {gist(words)}")


def gist(words: str) -> str:
    """The first words of a refusal, enough to look it up. Quoted parts may be ours, so they go."""
    head = words.split("'")[0].split('"')[0].split(":")[0]
    return head.strip()[:80]
