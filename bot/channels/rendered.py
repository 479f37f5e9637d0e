"""A message as a channel sends it: words instead of names of texts."""

from dataclasses import dataclass

from flows.messages import ConversationKey


@dataclass(frozen=True, slots=True)
class Button:
    """Exactly one of `action` and `url` is set."""

    label: str
    action: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """`html` holds only <b> <i> <a> <code> and is escaped; `plain` is the same without markup; paragraphs stand a blank line
    apart in both. `key` names the outbox row, so that a channel of our own can tell a repeat from a new message."""

    conversation: ConversationKey
    html: str
    plain: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    ask_location: bool = False
    callback_id: str = ""
    key: str = ""
    melding: str = ""
