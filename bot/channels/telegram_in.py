"""From a raw Telegram update to what the flows understand. Pure: one update, no clock, no network, nothing stored.

What is known and holds nothing for us is `IGNORED`; what cannot be read raises `errors.Unreadable`, whose message names a place
and never the content.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import telegram
from telegram.constants import ChatType

from bot.channels import telegram_message, telegram_narrow
from bot.channels.telegram_text import clean
from flows import errors
from flows.door import RawUpdate
from flows.messages import ConversationKey, Incoming, Kind

CHANNEL = "telegram"
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
WITH_A_CHAT = (
    "message",
    "edited_message",
    "my_chat_member",
    "channel_post",
    "edited_channel_post",
    "chat_member",
    "message_reaction",
)
EPOCH = datetime.fromtimestamp(0, UTC)
# Everything the library raises on a shape it does not expect; measured by feeding it wrong types in every field.
MALFORMED = (ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError, UserWarning)


def raw_update(update: object, body: bytes, bot: str) -> RawUpdate:
    """As it is kept. Without a usable update_id it gets one made from its body, so that it is kept once and passed."""
    number = number_of(update)
    key = f"bad:{hashlib.sha256(body).hexdigest()}" if number is None else str(number)
    return RawUpdate(CHANNEL, bot, key, lane(update, bot), body)


def number_of(update: object) -> int | None:
    """Its update_id, if that can be one."""
    number = update.get("update_id") if isinstance(update, Mapping) else None
    return number if type(number) is int and 0 <= number < 2**62 else None


def lane(raw: object, bot: str) -> str | None:
    """Whose turn it is in, as far as anybody can tell."""
    if not isinstance(raw, Mapping):
        return None
    query = raw.get("callback_query")
    if isinstance(query, Mapping):
        chat = _id(query.get("message"), "chat") or _id(query, "from")
        return f"{CHANNEL}:{bot}:{chat}" if chat else None
    for name in WITH_A_CHAT:
        if chat := _id(raw.get(name), "chat"):
            return f"{CHANNEL}:{bot}:{chat}"
    return None


def _id(holder: object, name: str) -> int | None:
    inner = holder.get(name) if isinstance(holder, Mapping) else None
    number = inner.get("id") if isinstance(inner, Mapping) else None
    return number if type(number) is int else None


def read_body(body: bytes, bot: str, *, username: str = "", received: datetime = EPOCH) -> Incoming:
    """The same from a kept body. Raises Unreadable."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        raise errors.Unreadable("not JSON") from None
    return read(raw, bot, username=username, received=received)


def read(raw: object, bot: str, *, username: str = "", received: datetime = EPOCH) -> Incoming:
    """`username` tells whether a message in a group is for us; `received` is the time of what Telegram gives no time, a
    pressed button. Raises Unreadable."""
    number = number_of(raw)
    if not isinstance(raw, dict) or number is None:
        raise errors.Unreadable("no update_id")
    try:
        update = telegram.Update.de_json(telegram_narrow.narrow(raw), None)
        return _read(update, bot, username, received)
    except MALFORMED as error:
        raise errors.Unreadable(f"update {number}: {type(error).__name__}") from None


def _read(update: telegram.Update, bot: str, username: str, received: datetime) -> Incoming:
    base = Incoming(ConversationKey(CHANNEL, bot, ""), str(update.update_id), Kind.IGNORED, received)
    if update.callback_query is not None:
        return pressed(update.callback_query, base)
    if update.my_chat_member is not None:
        return membership(update.my_chat_member, base)
    if message := update.message or update.channel_post:
        return said(message, base, username)
    if update.edited_message is not None:
        return edited(update.edited_message, base)
    return base


def pressed(query: telegram.CallbackQuery, base: Incoming) -> Incoming:
    message = query.message
    if message is None or query.data is None:
        return base
    chat = chat_of(message.chat)
    return changed(
        base,
        # In a group nobody's right to press can be told from the conversation, so there it is only something said in a group.
        kind=Kind.CHOICE if chat.type == ChatType.PRIVATE else Kind.GROUP,
        conversation=key(base, chat),
        message_id=str(whole(message.message_id)),
        action=clean(text_of(query.data)),
        callback_id=text_of(query.id),
        language=language(query.from_user),
    )


def membership(update: telegram.ChatMemberUpdated, base: Incoming) -> Incoming:
    chat, away = chat_of(update.chat), update.new_chat_member.status == telegram_narrow.AWAY
    here = changed(base, conversation=key(base, chat), at=moment(update.date), language=language(update.from_user))
    if chat.type == ChatType.PRIVATE:
        return changed(here, kind=Kind.BLOCKED if away else Kind.UNBLOCKED)
    was_away = update.old_chat_member.status == telegram_narrow.AWAY
    return changed(here, kind=Kind.GROUP) if was_away and not away else here


def said(message: telegram.Message, base: Incoming, username: str) -> Incoming:
    chat = chat_of(message.chat)
    here = changed(
        base,
        conversation=key(base, chat),
        at=moment(message.date),
        message_id=str(whole(message.message_id)),
        language=language(message.from_user),
    )
    if message.migrate_to_chat_id is not None:
        return changed(here, kind=Kind.MIGRATED, action=str(whole(message.migrate_to_chat_id)))
    if (message.from_user and message.from_user.is_bot) or (message.sender_chat and chat.type == ChatType.PRIVATE):
        return here
    if chat.type != ChatType.PRIVATE:
        ours = telegram_message.addressed(message, base.conversation.bot, username)
        return changed(here, kind=Kind.GROUP, text=words(message)) if ours else here
    return content(message, here)


def content(message: telegram.Message, here: Incoming) -> Incoming:
    """A private message. Where it was forwarded from is not looked at."""
    if message.text is not None:
        return changed(here, kind=Kind.TEXT, text=words(message))
    if place := telegram_message.place(message):
        return changed(here, kind=Kind.LOCATION, location=place)
    if attachments := telegram_message.attachments(message):
        album = text_of(message.media_group_id or "")
        return changed(here, kind=Kind.ATTACHMENT, text=words(message), attachments=attachments, album=album)
    return changed(here, kind=Kind.STICKER) if message.api_kwargs.get("something") else here


def edited(message: telegram.Message, base: Incoming) -> Incoming:
    """A live location that moves is an edit without words: ignored."""
    here = said(message, base, "")
    if here.kind in (Kind.TEXT, Kind.ATTACHMENT):
        return changed(here, kind=Kind.EDIT, at=moment(message.edit_date or message.date))
    return changed(here, kind=Kind.IGNORED)


def words(message: telegram.Message) -> str:
    return clean(text_of(message.text if message.text is not None else message.caption or ""))


def key(base: Incoming, chat: telegram.Chat) -> ConversationKey:
    return ConversationKey(CHANNEL, base.conversation.bot, str(chat.id))


def language(user: telegram.User | None) -> str:
    """Two letters, as far as Telegram tells."""
    code = user.language_code if user else None
    return text_of(code).split("-")[0].lower()[:3] if code else "nl"


def chat_of(chat: telegram.Chat) -> telegram.Chat:
    whole(chat.id)
    return chat


def changed(incoming: Incoming, **fields: Any) -> Incoming:
    values = {name: getattr(incoming, name) for name in Incoming.__slots__}
    return Incoming(**{**values, **fields})


def whole(value: object) -> int:
    if type(value) is not int:
        raise TypeError("not a number")
    return value


def text_of(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def moment(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise TypeError("not a time")
    return value.astimezone(UTC)
