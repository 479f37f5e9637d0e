"""What is in a Telegram message besides its text. Pure."""

import math

import telegram
from telegram.constants import MessageEntityType

from bot.channels.telegram_text import clean
from flows.messages import Attachment, Location

# Telegram makes an animation of a film without sound, so it is one.
FILES = (("video", "animation"), ("voice", "voice"), ("audio", "audio"), ("video", "video"), ("video", "video_note"))
LAST = ("document", "document")  # an animation comes as a document too


def attachments(message: telegram.Message) -> tuple[Attachment, ...]:
    if message.photo:
        return (photo(max(message.photo, key=lambda size: size.width * size.height)),)
    for soort, field in (*FILES, LAST):
        if found := getattr(message, field):
            return (attachment(soort, found),)
    return ()


def photo(size: telegram.PhotoSize) -> Attachment:
    return Attachment("photo", reference(size.file_id), "", "image/jpeg", number(size.file_size))


def attachment(soort: str, found: object) -> Attachment:
    name, media_type = getattr(found, "file_name", None), getattr(found, "mime_type", None)
    size = number(getattr(found, "file_size", None))
    return Attachment(soort, reference(getattr(found, "file_id", None)), clean(name or ""), clean(media_type or ""), size)


def reference(file_id: object) -> str:
    if not isinstance(file_id, str) or not file_id:
        raise TypeError("not a file id")
    return file_id


def number(size: object) -> int | None:
    return size if type(size) is int and size >= 0 else None


def place(message: telegram.Message) -> Location | None:
    found = message.location
    if found is None:
        return None
    latitude, longitude = float(found.latitude), float(found.longitude)
    if not (math.isfinite(latitude) and -90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ValueError("not a place on earth")
    return Location(latitude, longitude)


def addressed(message: telegram.Message, bot: str, username: str) -> bool:
    """In a group: a command, a mention or a reply to the bot."""
    replied = message.reply_to_message
    if replied and replied.from_user and str(replied.from_user.id) == bot:
        return True
    found = message.parse_entities() if message.text is not None else message.parse_caption_entities()
    ours = f"@{username}".lower()
    for entity, text in found.items():
        if entity.type == MessageEntityType.BOT_COMMAND and entity.offset == 0:
            _, _, whose = text.partition("@")
            return not whose or not username or f"@{whose}".lower() == ours
        if username and entity.type == MessageEntityType.MENTION and text.lower() == ours:
            return True
    return False
