"""The values of one step of the dialogue. `hear` takes in what was said, the triage reads, `answer` decides what is said back."""

from dataclasses import dataclass
from datetime import datetime

from flows.assessment import Topic, Urgentie
from flows.melder.states import Asking, Confirming, GivingCode, Idle, Sent, State, Stopped, Withdrawing
from flows.messages import Rows, Text
from flows.regio import Regio
from flows.report import File, Part, Report


@dataclass(frozen=True, slots=True)
class Scene:
    """What the dialogue may know of the world. `professional`: the melder was invited as one."""

    regio: Regio
    now: datetime
    professional: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What the melder reads. A later reply with the same `collapse` replaces one that still waits."""

    text: tuple[Text, ...]
    choices: Rows = ()
    collapse: str = ""
    ask_location: bool = False
    alarm: bool = False  # goes before everything else
    delayed: bool = False  # right or wrong, the answer comes after the same time: guessing learns nothing


# What has to be done besides talking. Each is carried out in the transaction of the step.


@dataclass(frozen=True, slots=True)
class Offer:
    """The draft stands in the queue as it is, marked unfinished; or its melding is revised when it stands there already."""


@dataclass(frozen=True, slots=True)
class Send:
    """The melder says: this is it."""

    report: Report


@dataclass(frozen=True, slots=True)
class Add:
    """Said after sending: belongs to this melding."""

    number: str
    part: Part | None = None
    files: tuple[File, ...] = ()
    question: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """A message that no draft here holds was edited: it may belong to a melding that was sent."""

    message_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    number: str


@dataclass(frozen=True, slots=True)
class Look:
    """/status, /aanvullen, /intrekken: what this melder has here. `purpose` is the command."""

    purpose: str


@dataclass(frozen=True, slots=True)
class UseCode:
    code: str
    purpose: str


Effect = Offer | Send | Add | Edit | Withdraw | Look | UseCode


@dataclass(frozen=True, slots=True)
class Heard:
    """`to_read`: the report changed and wants reading. `go_on`: the dialogue chooses what comes next; `force` names it."""

    state: State
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()
    aside: tuple[Text, ...] = ()  # paragraphs before the next question
    to_read: bool = False
    go_on: bool = False
    force: Topic | None = None
    repeat: bool = False  # the present question again, nothing new
    suicide_known: bool = False  # 113 was said before this


@dataclass(frozen=True, slots=True)
class Step:
    state: State
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()


def report_of(state: State) -> Report | None:
    """The draft that is being told, None when none is."""
    match state:
        case Asking() | Confirming() | Stopped():
            return state.report
        case _:
            return None


def last_of(state: State) -> str:
    """The melding that what is written next would belong to."""
    return state.last


def serial_of(state: State) -> int:
    """Of the buttons that count now; -1: none do."""
    match state:
        case Idle():
            return -1
        case Asking() | Confirming() | Stopped() | Sent() | Withdrawing() | GivingCode():
            return state.serial


def waits(state: State) -> bool:
    """A story that nobody else has yet, whose melder may fall silent."""
    match state:
        case Asking() | Confirming():
            report = state.report
            return not report.empty and not report.number and report.urgentie is not Urgentie.GEEN
        case _:
            return False
