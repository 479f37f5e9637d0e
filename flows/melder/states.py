"""Where a conversation with a melder stands. One frozen class a state, holding exactly what is known by then.

Stored as JSON with `kind` as the discriminator; a new field needs a default, so that yesterday's rows still load.
"""

from dataclasses import dataclass, field
from typing import Literal

from flows.assessment import Topic
from flows.report import Report


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing is going on. `last` is the melding that was sent from here, "" when none was."""

    kind: Literal["idle"] = "idle"
    last: str = ""
    greeted: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """The story has begun; `topic` was asked last (None: the open question). `serial` makes buttons of older questions stale."""

    kind: Literal["asking"] = "asking"
    report: Report = field(default_factory=Report)
    topic: Topic | None = None
    serial: int = 0
    correcting: bool = False  # came from the summary; back to it after the answer
    last: str = ""


@dataclass(frozen=True, slots=True)
class Confirming:
    """The summary is shown."""

    kind: Literal["confirming"] = "confirming"
    report: Report = field(default_factory=Report)
    serial: int = 0
    last: str = ""


@dataclass(frozen=True, slots=True)
class Stopped:
    """The melder said stop; the story waits for "toch versturen" until retention takes it."""

    kind: Literal["stopped"] = "stopped"
    report: Report = field(default_factory=Report)
    serial: int = 0
    last: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A melding was sent. What is written next belongs to it."""

    kind: Literal["sent"] = "sent"
    last: str = ""
    question: str = ""  # an open question of the meldpunt, its number: the next text is the answer
    serial: int = 0


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """Asked: really withdraw this melding?"""

    kind: Literal["withdrawing"] = "withdrawing"
    last: str = ""
    serial: int = 0


@dataclass(frozen=True, slots=True)
class GivingCode:
    """Asked for the follow-up code, for /status, /aanvullen or /intrekken from another chat. `purpose` is that command."""

    kind: Literal["giving_code"] = "giving_code"
    purpose: str = "status"
    last: str = ""
    serial: int = 0


State = Idle | Asking | Confirming | Stopped | Sent | Withdrawing | GivingCode
