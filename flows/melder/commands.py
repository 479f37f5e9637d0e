"""The commands of a melder. A command nobody knows, and one that is not for a melder, get the same answer. Pure."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import replace

from flows import actions
from flows.deadlines import office_hours_in_words
from flows.melder import asked
from flows.melder.states import Asking, Confirming, Idle, Sent, State, Stopped, Withdrawing
from flows.melder.step import Heard, Look, Reply, Scene, report_of
from flows.messages import Choice, say

Handler = Callable[[State, Scene], Heard]


def find(text: str) -> str | None:
    """The command of a melder in this text; "/start@bot" counts; None when it is not one."""
    head = text.split(maxsplit=1)[0].lstrip("/").split("@", 1)[0].casefold() if text.split() else ""
    return head if head in COMMANDS else None


def run(command: str, state: State, scene: Scene) -> Heard:
    return COMMANDS[command](state, scene)


def unknown(text: str) -> Reply:
    """The two or three commands that look most like it."""
    head = text.split(maxsplit=1)[0].lstrip("/").casefold()
    likely = difflib.get_close_matches(head, COMMANDS, n=3, cutoff=0.55) or ["melden", "status", "help"]
    return Reply((say("unknown-command"),), (tuple(_command(name) for name in likely),), collapse="unknown-command")


def _command(name: str) -> Choice:
    return Choice(say(f"command-{name}"), str(actions.Command(f"/{name}")))


def opening(scene: Scene) -> Reply:
    hours = office_hours_in_words(scene.regio.kantooruren)
    return Reply((say("opening", regio=scene.regio.naam, hours=hours), say("question-story")), collapse="opening")


def _start(state: State, scene: Scene) -> Heard:
    report = report_of(state)
    if isinstance(state, Asking | Confirming) and report is not None and not report.empty:
        return Heard(state, aside=(say("welcome-back"),), repeat=True, go_on=True)
    if isinstance(state, Stopped):
        return _stopped(state)
    if isinstance(state, Sent) and state.last:
        hello = opening(scene)
        return Heard(state, replies=(replace(hello, text=(hello.text[0], say("present-sent", number=state.last))),))
    return Heard(Idle(last=state.last, greeted=True), replies=(opening(scene),))


def _stopped(state: Stopped) -> Heard:
    """The story waits: only the melder throws it away."""
    return Heard(state, aside=(say("welcome-back"),), repeat=True, go_on=True)


def greet(state: State, scene: Scene) -> Heard:
    """A greeting holds no story."""
    if isinstance(state, Idle) and not state.greeted:
        return Heard(replace(state, greeted=True), replies=(opening(scene),))
    return Heard(state, replies=(Reply((say("greeting"), say("question-story")), collapse="opening"),))


def _new(state: State, scene: Scene) -> Heard:
    report = report_of(state)
    if isinstance(state, Asking | Confirming) and report is not None and not report.empty:
        return Heard(state, aside=(say("already-busy"),), repeat=True, go_on=True)
    if isinstance(state, Stopped):
        return _stopped(state)
    asking = Asking(last=state.last)
    return Heard(asking, replies=(Reply((say("danger-line"), say("question-story")), collapse="opening"),))


def _add(state: State, scene: Scene) -> Heard:
    match state:
        case Asking() | Confirming():
            return Heard(state, aside=(say("add-here"),), repeat=True, go_on=True)
        case Stopped(report=report):
            return Heard(Asking(report=report, serial=state.serial, last=state.last), aside=(say("add-here"),), go_on=True)
        case _:
            return Heard(state, effects=(Look("aanvullen"),))


def _status(state: State, scene: Scene) -> Heard:
    """Without a melding that was sent from here, a stopped story is all there is to say something about."""
    if isinstance(state, Stopped) and not state.last:
        return _stopped(state)
    return Heard(state, effects=(Look("status"),))


def _withdraw(state: State, scene: Scene) -> Heard:
    match state:
        case Asking(report=report) | Confirming(report=report) if report.number:
            return Heard(Withdrawing(last=report.number), effects=(Look("intrekken"),))
        case Asking() | Confirming() | Stopped():
            return asked.stop(state)
        case _:
            return Heard(state, effects=(Look("intrekken"),))


def _says(name: str) -> Handler:
    def handler(state: State, scene: Scene) -> Heard:
        hours = office_hours_in_words(scene.regio.kantooruren)
        return Heard(state, replies=(Reply((say(name, regio=scene.regio.naam, hours=hours),), collapse=name),))

    return handler


COMMANDS: Mapping[str, Handler] = {
    "start": _start,
    "melden": _new,
    "status": _status,
    "aanvullen": _add,
    "intrekken": _withdraw,
    "mijngegevens": lambda state, scene: Heard(state, effects=(Look("mijngegevens"),)),
    "taal": _says("language"),
    "privacy": _says("privacy"),
    "help": _says("help"),
    "stop": lambda state, scene: asked.stop(state),
}
