"""A button of the dialogue was pressed. An old button does nothing but show where we are (failures 11 to 13). Pure."""

from dataclasses import replace

from flows import actions
from flows.assessment import Topic
from flows.melder import asked, questions
from flows.melder.states import Asking, Confirming, Idle, Sent, State, Stopped, Withdrawing
from flows.melder.step import Heard, Reply, Send, Withdraw, serial_of
from flows.messages import Choice, Incoming, say
from flows.report import Part

CHANGEABLE = (None, Topic.PLACE, Topic.ROLE, Topic.ANONYMITY, Topic.CONTACT)


def press(state: State, pressed: actions.InDialogue, said: Incoming) -> Heard:
    if pressed.serial != serial_of(state):
        return stale(state)
    match state:
        case Asking():
            return _on_question(state, pressed.value, said)
        case Confirming():
            return _on_summary(state, pressed.value)
        case Stopped():
            return _on_stopped(state, pressed.value)
        case Withdrawing():
            return _on_withdrawing(state, pressed.value)
        case _:
            return stale(state)


def _on_question(state: Asking, value: str, said: Incoming) -> Heard:
    match value:
        case "back":
            return asked.back(state)
        case "unknown":
            return asked.unknown(state, said)
        case "called" | "calm":
            return _after_card(state, value)
        case "insist":
            return insisted(state)
        case _ if state.topic is not None:
            return _answered(state, state.topic, value, said)
        case _:
            return stale(state)


def insisted(state: Asking) -> Heard:
    return Heard(replace(state, report=replace(state.report, insisted=True)), go_on=True)


def _on_summary(state: Confirming, value: str) -> Heard:
    match value:
        case "send":
            return Heard(Sent(), effects=(Send(state.report),))
        case "change":
            return change_menu(state)
        case "drop":
            return asked.stop(state)
        case _ if value.startswith("change-"):
            return _change(state, value.removeprefix("change-"))
        case _:
            return stale(state)


def _on_stopped(state: Stopped, value: str) -> Heard:
    match value:
        case "send":
            return Heard(Sent(), effects=(Send(state.report),))
        case "throw":
            return thrown_away(state)
        case _:
            return stale(state)


def thrown_away(state: Stopped) -> Heard:
    return Heard(Idle(last=state.last, greeted=True), replies=(Reply((say("thrown-away"),)),))


def _on_withdrawing(state: Withdrawing, value: str) -> Heard:
    match value:
        case "yes":
            return Heard(Sent(last=state.last), effects=(Withdraw(state.last),))
        case "no":
            return Heard(Sent(last=state.last), replies=(Reply((say("withdraw-kept"),)),))
        case _:
            return stale(state)


def stale(state: State) -> Heard:
    """The button belongs to a question of before: say so and show the present one."""
    return Heard(state, aside=(say("stale"),), repeat=True, go_on=True)


def _answered(state: Asking, topic: Topic, value: str, said: Incoming) -> Heard:
    meaning = questions.meaning(topic, value)
    if meaning is None:
        return stale(state)
    report = state.report
    if meaning.role:
        report = replace(report, role=meaning.role)
    if meaning.anonymity:
        report = replace(report, anonymity=meaning.anonymity)
    # A button has no message of its own: the id of the question's message would let an edit of ours change it.
    report = report.told(Part("", meaning.text, said.at, topic))
    return Heard(replace(state, report=report), to_read=bool(meaning.text), go_on=True)


def _after_card(state: Asking, value: str) -> Heard:
    """The card showed nothing else, so what is outside the regio is told only now."""
    report = replace(state.report, calm=True) if value == "calm" else state.report
    outside = (say("outside"),) if report.outside else ()
    return Heard(replace(state, report=report), aside=(say(f"after-card-{value}"), *outside), go_on=True, repeat=True)


def change_menu(state: Confirming) -> Heard:
    serial = state.serial + 1
    labels = [(topic, "story" if topic is None else str(topic)) for topic in CHANGEABLE]
    buttons = [Choice(say(f"change-{name}"), str(actions.InDialogue(serial, f"change-{name}"))) for _, name in labels]
    rows = tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
    return Heard(replace(state, serial=serial), replies=(Reply((say("change-what"),), rows, collapse="question"),))


def _change(state: Confirming, name: str) -> Heard:
    """What stood there stays until there is a new answer."""
    topic = next((t for t in CHANGEABLE if name == ("story" if t is None else str(t))), None)
    changed = Asking(report=state.report, topic=topic, serial=state.serial, correcting=True, last=state.last)
    return asked.tell_more(changed) if topic is None else Heard(changed, go_on=True, repeat=True)
