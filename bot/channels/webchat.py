"""The web chat as a channel: its own raw JSON to `Incoming`, and a `Rendered` message to the timeline. Knows no HTTP."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from bot.channels.rendered import Button, Rendered
from bot.hub import Hub
from flows import errors
from flows.door import RawUpdate
from flows.messages import Attachment, ConversationKey, Incoming, Kind, Location

CHANNEL = "webchat"
BOT = "web"
KINDS = frozenset({Kind.TEXT, Kind.CHOICE, Kind.EDIT, Kind.LOCATION, Kind.ATTACHMENT})
SOORTEN = frozenset({"photo", "voice", "audio", "video", "document"})
MOST_TEXT = 20_000
MOST_ACTION = 64  # bytes
STORED = "stored:"  # an attachment whose bytes already are in the file store


class Keeps(Protocol):
    """The part of the timeline a sender needs."""

    async def append(self, lane: str, payload: Mapping[str, object], key: str, now: datetime) -> int: ...


def key_of(chat: str) -> ConversationKey:
    return ConversationKey(CHANNEL, BOT, chat)


def raw(chat: str, said: Mapping[str, object], at: datetime) -> RawUpdate:
    """What a page posted, as it is kept; `said` has the fields of `read` without `chat` and `at`."""
    body = {**said, "chat": chat, "at": at.isoformat()}
    return RawUpdate(CHANNEL, BOT, f"{chat}:{said.get('id')}", key_of(chat).lane, json.dumps(body, ensure_ascii=False).encode())


def read(body: bytes | Mapping[str, object]) -> Incoming:
    """`{"chat", "id", "kind", "text", "action", "message", "latitude", "longitude", "file", "at"}`.

    Raises `errors.Unreadable`, naming the field and never its value.
    """
    fields = _loads(body) if isinstance(body, bytes) else body
    chat, own = _words(fields, "chat", 128), _words(fields, "id", 64)
    kind = _kind(fields)
    return Incoming(
        conversation=key_of(chat),
        update_id=f"{chat}:{own}",
        kind=kind,
        at=_moment(fields),
        message_id=_words(fields, "message", 64) if kind is Kind.EDIT else own,
        text=_words(fields, "text", MOST_TEXT, empty=kind not in {Kind.TEXT, Kind.EDIT}),
        action=_action(fields) if kind is Kind.CHOICE else "",
        location=_location(fields) if kind is Kind.LOCATION else None,
        attachments=(_attachment(fields),) if kind is Kind.ATTACHMENT else (),
    )


def _loads(body: bytes) -> Mapping[str, object]:
    try:
        fields = json.loads(body)
    except ValueError:
        raise errors.Unreadable("not JSON") from None
    if not isinstance(fields, dict):
        raise errors.Unreadable("not a JSON object")
    return fields


def _words(fields: Mapping[str, object], name: str, most: int, *, empty: bool = False) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str) or len(value) > most or "\x00" in value or not (empty or value.strip()):
        raise errors.Unreadable(name)
    return value


def _kind(fields: Mapping[str, object]) -> Kind:
    name = fields.get("kind")
    if name not in KINDS:
        raise errors.Unreadable("kind")
    return Kind(str(name))


def _action(fields: Mapping[str, object]) -> str:
    action = _words(fields, "action", MOST_ACTION)
    if len(action.encode()) > MOST_ACTION:
        raise errors.Unreadable("action")
    return action


def _moment(fields: Mapping[str, object]) -> datetime:
    try:
        at = datetime.fromisoformat(_words(fields, "at", 40))
    except ValueError:
        raise errors.Unreadable("at") from None
    if at.tzinfo is None:
        raise errors.Unreadable("at")
    return at


def _location(fields: Mapping[str, object]) -> Location:
    return Location(_degrees(fields, "latitude", 90), _degrees(fields, "longitude", 180))


def _degrees(fields: Mapping[str, object], name: str, most: int) -> float:
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not -most <= value <= most:
        raise errors.Unreadable(name)
    return float(value)


def _attachment(fields: Mapping[str, object]) -> Attachment:
    file = fields.get("file")
    if not isinstance(file, dict):
        raise errors.Unreadable("file")
    soort, size = _words(file, "soort", 16), file.get("size")
    if soort not in SOORTEN or not isinstance(size, int):
        raise errors.Unreadable("file")
    reference = STORED + _words(file, "id", 64)
    return Attachment(soort, reference, _words(file, "name", 255, empty=True), _words(file, "media_type", 100, empty=True), size)


class WebSender:
    """Delivery to a page: the message stands in the timeline, once for each key; an open page is woken."""

    def __init__(self, timeline: Keeps, hub: Hub, clock: Callable[[], datetime]) -> None:
        self._timeline = timeline
        self._hub = hub
        self._clock = clock

    async def send(self, message: Rendered) -> str:
        lane = message.conversation.lane
        entry = await self._timeline.append(lane, payload_of(message), message.key, self._clock())
        self._hub.wake(lane)
        return str(entry)


def payload_of(message: Rendered) -> dict[str, object]:
    return {
        "html": message.html,
        "plain": message.plain,
        "buttons": [[_button(button) for button in row] for row in message.buttons],
        "ask_location": message.ask_location,
        "melding": message.melding,
    }


def _button(button: Button) -> dict[str, str]:
    return {"label": button.label, "action": button.action, "url": button.url}
