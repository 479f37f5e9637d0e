"""Errors state their consequence.

MeldpuntError
├── Conflict            somebody else moved it first: load again and retry
├── StorageAway         the database does not answer: nothing was kept, nothing may be acknowledged
├── Refused             a person asked for what cannot be: `text` is the one sentence they get
├── BadSettings         start-up is refused; `problems` lists every one, with how to mend it
├── Unreadable          an update that cannot be understood: quarantine it, alarm, go on
└── DeliveryError       a message did not (surely) arrive
    ├── RetryAfter      not sent; try again after `seconds`
    ├── Unreachable     refused for good: this person cannot be reached here
    ├── Moved           refused: the chat has another id now (`chat`)
    ├── Unknown         it may have arrived
    └── Rejected        refused for a reason that is ours, or that we do not know: count, alarm, do not disable
"""

from collections.abc import Sequence

from flows.messages import Text


class MeldpuntError(Exception):
    """The root of all errors of this project."""


class Conflict(MeldpuntError):
    """The row moved since it was read."""


class StorageAway(MeldpuntError):
    """The database cannot be reached or cannot write."""


class Refused(MeldpuntError):
    """What was asked cannot be done; `text` says why and how to go on."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.name)
        self.text = text


class BadSettings(MeldpuntError):
    """Every problem is one line: where, what, how to mend it."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class Unreadable(MeldpuntError):
    """The raw update cannot be read; the message names the place, never the content."""


class DeliveryError(MeldpuntError):
    """A message did not surely arrive."""


class RetryAfter(DeliveryError):
    """Not sent. `everybody` when the whole channel must wait, not this chat alone."""

    def __init__(self, seconds: float, *, everybody: bool = False) -> None:
        super().__init__(f"retry after {seconds} s")
        self.seconds = seconds
        self.everybody = everybody


class Unreachable(DeliveryError):
    """Blocked, deactivated, kicked: permanent until the person comes back."""


class Moved(DeliveryError):
    """The chat lives under another id."""

    def __init__(self, chat: str) -> None:
        super().__init__("chat moved")
        self.chat = chat


class Unknown(DeliveryError):
    """Sent, but no answer came: it may have arrived."""


class Rejected(DeliveryError):
    """Refused for a reason that is ours or unknown."""
