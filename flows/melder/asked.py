"""Answers to a question, typed: a word that works everywhere, an answer, or more of the story. Pure."""

from dataclasses import replace

from flows.assessment import Topic
from flows.melder import pressing, understand
from flows.melder.states import Asking, Confirming, GivingCode, Idle, Sent, State, Stopped, Withdrawing
from flows.melder.step import Heard, Reply
from flows.melder.understand import Word
from flows.messages import Incoming, say
from flows.report import Part


def word(said_word: Word, state: State, said: Incoming) -> Heard:
    match said_word:
        case Word.DANGER:
            return Heard(state, replies=(Reply((say("danger-112"),), collapse="danger-112"),))
        case Word.STOP:
            return stop(state)
        case Word.BACK:
            return back(state)
        case Word.UNKNOWN:
            return unknown(state, said)


def stop(state: State) -> Heard:
    match state:
        case Asking(report=report) | Confirming(report=report) | Stopped(report=report) if report.number:
            return Heard(Sent(last=report.number), replies=(Reply((say("stopped-queued", number=report.number),)),))
        case Asking(report=report) | Confirming(report=report) if not report.empty:
            return pressing.stopped(report, state.serial, state.last)
        case Asking() | Confirming():
            return Heard(Idle(last=state.last, greeted=True), replies=(Reply((say("stopped-empty"),)),))
        case Stopped(report=report):
            return pressing.stopped(report, state.serial, state.last)
        case Withdrawing():
            return Heard(Sent(last=state.last), replies=(Reply((say("withdraw-kept"),)),))
        case GivingCode():
            return Heard(Idle(last=state.last, greeted=True), replies=(Reply((say("stopped-empty"),)),))
        case Idle() | Sent():
            return Heard(state, replies=(Reply((say("stopped-empty"),)),))


def back(state: State) -> Heard:
    """To the question before this one, its answer gone so that it can be given anew."""
    match state:
        case Asking(report=report) | Confirming(report=report) if report.asked:
            passed = report.asked if isinstance(state, Confirming) else report.asked[:-1]
            if not passed:
                opened = replace(report, asked=())
                return Heard(Asking(report=opened, serial=state.serial, last=state.last), repeat=True, go_on=True)
            again = replace(report.without(passed[-1]), asked=passed[:-1])
            return Heard(Asking(report=again, serial=state.serial, last=state.last), go_on=True, force=passed[-1])
        case Stopped(report=report):
            return Heard(Asking(report=report, serial=state.serial, last=state.last), go_on=True)
        case _:
            return Heard(state, aside=(say("no-way-back"),), repeat=True, go_on=True)


def unknown(state: State, said: Incoming) -> Heard:
    match state:
        case Asking(topic=Topic() as topic):
            part = Part(said.message_id, "", said.at, topic)
            return Heard(replace(state, report=state.report.told(part)), go_on=True)
        case GivingCode():
            return Heard(Idle(last=state.last, greeted=True), replies=(Reply((say("code-none"),)),))
        case _:
            return Heard(state, aside=(say("unknown-is-fine"),), repeat=True, go_on=True)


def answer(state: Asking, said: Incoming, part: Part) -> Heard:
    """Text in answer to a question. What is no answer is kept as part of the story."""
    topic = state.topic
    report = state.report
    match topic:
        case Topic.ROLE:
            role = understand.role(said.text)
            kept = replace(report, role=role) if role else report.told(part)
            understood = role is not None
        case Topic.ANONYMITY:
            wish = understand.anonymity(said.text)
            kept = replace(report, anonymity=wish).told(replace(part, topic=topic)) if wish else report.told(part)
            understood = wish is not None
        case _:
            kept, understood = report.told(replace(part, topic=topic)), True
    again = None if understood or topic is None or report.asked.count(topic) > 1 else topic
    aside = (say("kept-as-story"),) if again else ()
    return Heard(replace(state, report=kept), aside=aside, to_read=True, go_on=True, force=again)
