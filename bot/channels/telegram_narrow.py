"""Leaves of a raw update only what we read. Pure.

The library refuses a whole update when something deep in it lacks a field that a newer Bot API made required: a poll that was
replied to would cost a melding. What is not needed is not parsed; where a message was forwarded from is not even seen.
"""

from collections.abc import Mapping
from typing import Any

Raw = dict[str, Any]

PLAIN = (
    "message_id",
    "date",
    "edit_date",
    "chat",
    "from",
    "sender_chat",
    "text",
    "caption",
    "location",
    "media_group_id",
    "migrate_to_chat_id",
)
FOR_GROUPS = ("entities", "caption_entities")
MEDIA = ("photo", "animation", "voice", "audio", "video", "video_note", "document")
OF_MEDIA = ("file_id", "file_unique_id", "width", "height", "length", "duration", "file_size", "file_name", "mime_type")
OF_A_PERSON = ("id", "is_bot", "first_name", "language_code")
# Sent by a person, but nothing in it to keep.
SOMETHING = ("sticker", "dice", "game", "contact", "poll", "story", "paid_media", "invoice", "checklist", "giveaway", "venue")
MESSAGES = ("message", "edited_message", "channel_post")
GONE = ("kicked", "left")
AWAY, HERE = "away", "here"


def narrow(raw: Raw) -> Raw:
    kept: Raw = {"update_id": raw["update_id"]}
    kept |= {name: message(raw[name]) for name in MESSAGES if name in raw}
    if "callback_query" in raw:
        kept["callback_query"] = query(raw["callback_query"])
    if "my_chat_member" in raw:
        kept["my_chat_member"] = membership(raw["my_chat_member"])
    return kept


def message(raw: Any) -> Raw:
    kept = persons(pick(raw, PLAIN))
    if in_a_group(raw):
        kept |= pick(raw, FOR_GROUPS)
        if "reply_to_message" in raw:
            kept["reply_to_message"] = persons(pick(raw["reply_to_message"], ("message_id", "date", "chat", "from")))
    for name in MEDIA:
        if found := raw.get(name):
            kept[name] = [pick(size, OF_MEDIA) for size in found] if name == "photo" else pick(found, OF_MEDIA)
    kept["something"] = any(raw.get(name) for name in SOMETHING)
    return kept


def in_a_group(raw: Any) -> bool:
    return bool(raw["chat"]["type"] != "private")


def query(raw: Any) -> Raw:
    kept = persons(pick(raw, ("id", "from", "data", "chat_instance")))
    if "message" in raw:
        kept["message"] = pick(raw["message"], ("message_id", "date", "chat"))
    return kept


def membership(raw: Any) -> Raw:
    kept = persons(pick(raw, ("chat", "from", "date")))
    for name in ("old_chat_member", "new_chat_member"):
        member = raw[name]
        away = member["status"] in GONE or member.get("is_member") is False
        # Not one of Telegram's statuses, so that the library asks no more of it than these two.
        kept[name] = {"user": pick(member["user"], OF_A_PERSON), "status": AWAY if away else HERE}
    return kept


def persons(raw: Raw) -> Raw:
    return raw | {"from": pick(raw["from"], OF_A_PERSON)} if "from" in raw else raw


def pick(raw: Any, names: tuple[str, ...]) -> Raw:
    if not isinstance(raw, Mapping):
        raise TypeError("not an object")
    return {name: raw[name] for name in names if name in raw}
