"""Answers to a question, typed: a word that works everywhere, an answer, or more of the story. Pure."""

from dataclasses import replace

from flows import actions
from flows.assessment import Topic
from flows.melder import questions, understand
from flows.melder.states import Asking, Confirming, GivingCode, Idle, Sent, State, Stopped, Withdrawing
from flows.melder.step import Add, Heard, Reply
from flows.melder.understand import Word
from flows.messages import Choice, Incoming, Kind, say
from flows.report import Anonymity, Part, Report


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
        case Asking(report=report) | Confirming(report=report) if _told_anything(report):
            return stopped(report, state.serial, state.last)
        case Asking() | Confirming():
            return Heard(Idle(last=state.last, greeted=True), replies=(Reply((say("stopped-empty"),)),))
        case Stopped(report=report):
            return stopped(report, state.serial, state.last)
        case Withdrawing():
            return Heard(Sent(last=state.last), replies=(Reply((say("withdraw-kept"),)),))
        case GivingCode():
            return Heard(Idle(last=state.last, greeted=True), replies=(Reply((say("stopped-empty"),)),))
        case Idle() | Sent():
            return Heard(state, replies=(Reply((say("stopped-empty"),)),))


def _told_anything(report: Report) -> bool:
    return bool(report.files) or any(part.text for part in report.parts)


def stopped(report: Report, serial: int, last: str) -> Heard:
    serial += 1
    rows = (
        (
            Choice(say("send-after-all"), str(actions.InDialogue(serial, "send"))),
            Choice(say("throw-away"), str(actions.InDialogue(serial, "throw"))),
        ),
    )
    return Heard(Stopped(report=report, serial=serial, last=last), replies=(Reply((say("stopped"),), rows, collapse="question"),))


def back(state: State) -> Heard:
    """To the question before this one. The answer it had stays until there is a new one."""
    match state:
        case Asking(report=report, correcting=True):
            return Heard(Confirming(report=report, serial=state.serial, last=state.last), go_on=True)
        case Asking(report=report) | Confirming(report=report) if report.asked:
            passed = report.asked if isinstance(state, Confirming) else report.asked[:-1]
            if not passed:
                return tell_more(Asking(report=replace(report, asked=()), serial=state.serial, last=state.last))
            again = replace(report, asked=passed[:-1])
            return Heard(Asking(report=again, serial=state.serial, last=state.last), go_on=True, force=passed[-1])
        case Stopped(report=report):
            return _resumed(state, report)
        case _:
            return Heard(state, aside=(say("no-way-back"),), repeat=True, go_on=True)


def _resumed(state: Stopped, report: Report) -> Heard:
    """At the question that stood open when the melder said stop."""
    open_ = report.asked[-1] if report.asked and not report.answered(report.asked[-1]) else None
    again = replace(report, asked=report.asked[:-1]) if open_ else report
    return Heard(Asking(report=again, serial=state.serial, last=state.last), go_on=True, force=open_)


def tell_more(state: Asking) -> Heard:
    """The open question, though there is a story: what comes next is added to it."""
    question = Reply((questions.text_of(None), say("footer")), collapse="question")
    return Heard(replace(state, topic=None, serial=state.serial + 1), replies=(question,))


def unknown(state: State, said: Incoming) -> Heard:
    # A button has no message of its own that could be edited.
    message_id = said.message_id if said.kind is Kind.TEXT else ""
    match state:
        case Asking(topic=Topic() as topic):
            nothing = Part(message_id, "", said.at, topic)
            return Heard(replace(state, report=_forgotten(state.report, topic).told(nothing)), go_on=True)
        case Asking(report=report) if not report.story and (report.files or report.location):
            return Heard(replace(state, report=report.told(Part(message_id, "", said.at))), go_on=True)
        case Sent(last=last, question=question) if question:
            part = Part(message_id, said.text, said.at, answer=True)
            return Heard(replace(state, question=""), effects=(Add(question or last, part, question=question),), to_read=True)
        case GivingCode():
            return Heard(Idle(last=state.last, greeted=True), replies=(Reply((say("code-none"),)),))
        case _:
            return Heard(state, aside=(say("unknown-is-fine"),), repeat=True, go_on=True)


def _forgotten(report: Report, topic: Topic) -> Report:
    """Without what an earlier answer to this question settled, besides its words."""
    match topic:
        case Topic.ROLE:
            return replace(report, role=None)
        case Topic.PLACE:
            return replace(report, location=None, gemeente="", outside=False)
        case Topic.ANONYMITY:
            return replace(report, anonymity=Anonymity.HIDDEN)
        case _:
            return report


def answer(state: Asking, topic: Topic, part: Part) -> Heard:
    """Text in answer to a question. What is no answer is kept as part of the story, and the question comes once more."""
    kept = _answered(state.report, topic, part)
    if kept is not None:
        return Heard(replace(state, report=kept), to_read=True, go_on=True)
    kept = state.report.told(part)
    final = state.correcting or kept.asked.count(topic) > 1 or questions.enough(kept)
    topic_left = None if state.correcting else state.topic
    asking = replace(state, report=kept, topic=topic_left)
    return Heard(asking, aside=(say("kept-as-story"),), to_read=True, go_on=True, force=None if final else topic)


def _answered(report: Report, topic: Topic, part: Part) -> Report | None:
    """None: these words do not answer it."""
    told = _forgotten(report, topic).told(replace(part, topic=topic))
    match topic:
        case Topic.ROLE:
            role = understand.role(part.text)
            return replace(told, role=role) if role else None
        case Topic.ANONYMITY:
            wish = understand.anonymity(part.text)
            return replace(told, anonymity=wish) if wish else None
        case Topic.CONTACT if not understand.only_contact(part.text):
            # The triage does not read an answer to this question, so what else it says goes with the story.
            found = understand.contact(part.text)
            return report.told(part).told(Part("", found, part.at, topic)) if found else None
        case _:
            return told
