"""What passes the door, in both directions. No channel is named here: an adapter fills and reads these values.

Times are timezone-aware UTC. Texts for people are names with arguments (`Text`); `bot` renders them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in a text: `bot` says it in words of Europe/Amsterdam ("vandaag om 17.00 uur")."""

    at: datetime


Argument = str | int | Moment


@dataclass(frozen=True, slots=True)
class ConversationKey:
    """One chat with one person: `chat` is only unique within `channel` and `bot` (failure 5)."""

    channel: str
    bot: str
    chat: str

    @property
    def lane(self) -> str:
        """The unit of strict order: everything in one lane is handled and delivered one after another."""
        return f"{self.channel}:{self.bot}:{self.chat}"

    @classmethod
    def of_lane(cls, lane: str) -> "ConversationKey":
        """The inverse of `lane`."""
        channel, bot, chat = lane.split(":", 2)
        return cls(channel, bot, chat)


class Kind(StrEnum):
    """What an update is to the flows. Every other kind of update is `IGNORED` by its adapter."""

    TEXT = "text"
    CHOICE = "choice"  # a button was pressed: `action` says which
    EDIT = "edit"  # `message_id` names the message that changed, `text` is its new text
    LOCATION = "location"
    ATTACHMENT = "attachment"  # `text` holds the caption, or ""
    STICKER = "sticker"  # sticker, dice, game, contact: nothing to keep in it
    GROUP = "group"  # anything said outside a private chat
    BLOCKED = "blocked"  # the person stopped the bot
    UNBLOCKED = "unblocked"
    MIGRATED = "migrated"  # a group got another chat id: `action` holds the new one
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Location:
    """WGS84, degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file the melder sent. `reference` is how its channel fetches it; `size` in bytes when known."""

    soort: str  # photo | voice | audio | video | document
    reference: str
    name: str = ""
    media_type: str = ""
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something was said. `update_id` is unique within (channel, bot); `message_id` within the conversation."""

    conversation: ConversationKey
    update_id: str
    kind: Kind
    at: datetime  # when it was said, by the channel's clock
    message_id: str = ""
    text: str = ""
    action: str = ""
    location: Location | None = None
    attachments: tuple[Attachment, ...] = ()
    language: str = "nl"
    album: str = ""  # updates of one album share this
    callback_id: str = ""  # a pressed button wants to be answered under this id


@dataclass(frozen=True, slots=True)
class Text:
    """The name of a text in the catalogue and its arguments."""

    name: str
    args: Mapping[str, Argument] = field(default_factory=dict)


def say(name: str, /, **args: Argument) -> Text:
    return Text(name, args)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: its label and what comes back as `Incoming.action` (at most 64 bytes)."""

    label: Text
    action: str
    url: str = ""  # set: the button opens this page and nothing comes back


class Priority(IntEnum):
    """Who goes first when more waits than may be sent."""

    ALARM = 0
    REPLY = 1
    NOTICE = 2
    BULK = 3


Rows = tuple[tuple[Choice, ...], ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one conversation; becomes an outbox row in the transaction of the fact it tells."""

    to: ConversationKey
    text: tuple[Text, ...]  # paragraphs of one message
    choices: Rows = ()
    priority: Priority = Priority.REPLY
    not_before: datetime | None = None
    ask_location: bool = False  # the channel may offer to share a location
    # A waiting message with the same key in the same lane is replaced by this one: ten greetings get one answer.
    collapse: str = ""
    # Sent again, marked "mogelijk dubbel", when it is unknown whether it arrived. Only for staff (failure 6).
    resend_when_unknown: bool = False
    melding: str = ""  # the number it is about, so a failed delivery can be told on the melding
    person: int | None = None  # the member of staff it is for
    callback_id: str = ""  # the pressed button this answers
