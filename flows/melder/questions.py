"""Which question comes next, how it is asked, and what its buttons mean. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from flows import actions
from flows.assessment import Betreft, MelderRole, Topic
from flows.messages import Choice, Rows, Text, say
from flows.report import Anonymity, Report

# With the summary this makes six questions for a buur and four for a professional.
MOST = 5
MOST_PROFESSIONAL = 3

# What a meldpunt can least do without comes first.
ORDER = (Topic.PLACE, Topic.ROLE, Topic.DANGER, Topic.SINCE, Topic.ANONYMITY, Topic.HELP, Topic.CONTACT)
ORDER_PROFESSIONAL = (Topic.PLACE, Topic.ROLE, Topic.DANGER, Topic.CONTACT, Topic.SINCE)

_DANGERS = ("kinderen", "wapen", "dreiging", "niets")
_HELP = ("ja", "nee")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a pressed button says: the text it stands for, as the melder would have said it, and the typed value if any."""

    text: str = ""
    role: MelderRole | None = None
    anonymity: Anonymity | None = None


def next_topic(report: Report) -> Topic | None:
    """None: enough is known, or enough was asked."""
    if enough(report):
        return None
    order = ORDER_PROFESSIONAL if _professional(report) else ORDER
    return next((topic for topic in order if topic not in report.asked and not known(report, topic)), None)


def enough(report: Report) -> bool:
    """No more questions fit, whatever is missing."""
    return len(report.asked) >= (MOST_PROFESSIONAL if _professional(report) else MOST)


def _professional(report: Report) -> bool:
    return report.role is not None and report.role.professional


def known(report: Report, topic: Topic) -> bool:
    """The text, an answer or a button already said it."""
    said = report.reading.said if report.reading else ()
    match topic:
        case Topic.PLACE:
            return bool(report.gemeente or report.outside or report.location or (report.locatie and report.locatie.known))
        case Topic.ROLE:
            return report.role is not None or _themselves(report)
        case Topic.ANONYMITY:
            return report.answered(topic) or _themselves(report)
        case Topic.CONTACT:
            return report.answered(topic) or report.anonymity is Anonymity.ANONYMOUS
        case _:
            return topic in said or report.answered(topic)


def _themselves(report: Report) -> bool:
    """Then nobody else has to be kept from knowing it."""
    read_so = report.role is None and report.reading is not None and report.reading.betreft is Betreft.ZELF
    return read_so or report.role is MelderRole.ZELF


def text_of(topic: Topic | None) -> Text:
    return say("question-story" if topic is None else f"question-{topic}")


def choices_of(topic: Topic | None, serial: int, *, back: bool) -> Rows:
    """At most six buttons, two a row; the way out comes last."""
    answers = [_choice(f"answer-{topic}-{value}", serial, value) for value in _values(topic)]
    if topic is not None:
        answers.append(_choice("answer-unknown", serial, "unknown"))
    if back and len(answers) < 6:
        answers.append(_choice("answer-back", serial, "back"))
    return tuple(tuple(answers[i : i + 2]) for i in range(0, len(answers), 2))


def _values(topic: Topic | None) -> tuple[str, ...]:
    match topic:
        case Topic.ROLE:
            return ("buur", "naaste", "voorbijganger", "professional", "zelf")
        case Topic.DANGER:
            return _DANGERS
        case Topic.HELP:
            return _HELP
        case Topic.ANONYMITY:
            return tuple(Anonymity)
        case Topic.CONTACT:
            return ("chat",)
        case _:
            return ()


def _choice(name: str, serial: int, value: str) -> Choice:
    return Choice(say(name), str(actions.InDialogue(serial, value)))


# What a button says in the melder's name. It is read by the triage as if it was typed.
_SAYS: Mapping[tuple[Topic, str], str] = {
    (Topic.DANGER, "kinderen"): "Er zijn kinderen bij.",
    (Topic.DANGER, "wapen"): "Er is een wapen bij.",
    (Topic.DANGER, "dreiging"): "De persoon dreigt.",
    (Topic.DANGER, "niets"): "Geen kinderen, geen wapen, geen dreiging.",
    (Topic.HELP, "ja"): "Er is al hulp bij betrokken.",
    (Topic.HELP, "nee"): "Er is nog geen hulp bij betrokken.",
    (Topic.CONTACT, "chat"): "Via deze chat.",
}


def meaning(topic: Topic, value: str) -> Meaning | None:
    """None: no button of this question ever said that."""
    if topic is Topic.ROLE and value in set(MelderRole):
        return Meaning(role=MelderRole(value))
    if topic is Topic.ANONYMITY and value in set(Anonymity):
        return Meaning(anonymity=Anonymity(value))
    said = _SAYS.get((topic, value))
    return None if said is None else Meaning(said)
