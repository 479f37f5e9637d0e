"""One melding as staff see it: the story with the words that weighed, facts, events and what can be done. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flows.meldpunt.dossier import Dossier

from bot.web import texts
from bot.web.parts import Words
from flows.assessment import Reason, Urgentie
from flows.melding import Event
from flows.people import DESK, Person, Right
from flows.report import Anonymity, Part, Report

BIG = 2  # buttons that stand out; the others wait under "meer"
SYSTEM = "het systeem"
# What the detail of an event is called; "" is shown as it is. Those of HIDDEN mean nothing to a reader.
DETAILS: Mapping[str, str] = {
    "asked": "gevraagd",
    "told": "gewaarschuwd",
    "why": "reden",
    "reason": "reden",
    "due": "antwoord voor",
    "urgentie": "urgentie",
    "proposed": "voorstel",
    "outcome": "uitkomst",
}
HIDDEN = frozenset({"rung", "granted", "by", "model", "version"})


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the story; `numbers` are the lines of the legend it belongs to."""

    text: str
    numbers: tuple[int, ...] = ()
    up: bool = True


@dataclass(frozen=True, slots=True)
class Happened:
    at: datetime
    words: str
    detail: str


@dataclass(frozen=True, slots=True)
class Button:
    label: str
    action: str
    url: str


@dataclass(frozen=True, slots=True)
class CasePage:
    number: str
    mark: str
    urgentie: str
    css: str
    status: str
    proposed: str
    segments: tuple[Segment, ...]
    legend: tuple[tuple[int, str, str, bool], ...]  # number, the words, why, upwards
    edited: tuple[Part, ...]
    answers: tuple[Part, ...]
    facts: tuple[tuple[str, str], ...]
    events: tuple[Happened, ...]
    big: tuple[Button, ...]
    more: tuple[Button, ...]
    may: frozenset[Right]


def build(dossier: Dossier, person: Person, words: Words) -> CasePage:
    melding, report = dossier.melding, dossier.melding.report
    reasons = _inside(report)
    buttons = [Button(words.label(c.label), c.action, c.url) for row in dossier.choices for c in row]
    mark, urgentie = texts.MARKS[melding.urgentie]
    return CasePage(
        number=melding.number,
        mark=mark,
        urgentie=urgentie,
        css=css_of(melding.urgentie),
        status=texts.STATUSES[melding.status],
        proposed=_proposed(melding.decided, report.urgentie),
        segments=tuple(segments(report.story, reasons)),
        legend=tuple((n, report.story[r.start : r.eind], r.wat, r.omhoog) for n, r in enumerate(reasons, 1)),
        edited=tuple(part for part in report.parts if part.earlier),
        answers=tuple(part for part in report.parts if part.answer),
        facts=tuple((name, value) for name, value in _facts(report, melding.gemeente, person) if value),
        events=tuple(_happened(event, dossier.people) for event in dossier.events),
        big=tuple(buttons[:BIG]),
        more=tuple(buttons[BIG:]),
        may=frozenset(right for right in Right if person.may(right, gemeente=melding.gemeente)),
    )


def css_of(urgentie: Urgentie | None) -> str:
    return "unread" if urgentie is None else str(urgentie)


def segments(story: str, reasons: Sequence[Reason]) -> Iterator[Segment]:
    """Reasons that overlap become one piece; `reasons` in the order of their start."""
    at, index = 0, 0
    while index < len(reasons):
        start, end, numbers, up = reasons[index].start, reasons[index].eind, [index + 1], reasons[index].omhoog
        index += 1
        while index < len(reasons) and reasons[index].start < end:
            end, up = max(end, reasons[index].eind), up or reasons[index].omhoog
            index += 1
            numbers.append(index)
        if story[at:start]:
            yield Segment(story[at:start])
        yield Segment(story[start:end], tuple(numbers), up)
        at = end
    if story[at:]:
        yield Segment(story[at:])


def _inside(report: Report) -> list[Reason]:
    """Those that point into the story; the triage read the answers too."""
    found = () if report.reading is None else report.reading.uitleg
    return sorted((r for r in found if 0 <= r.start < r.eind <= len(report.story)), key=lambda r: (r.start, r.eind))


def _proposed(decided: bool, proposal: Urgentie | None) -> str:
    if decided:
        return f"door een mens bepaald, voorstel was {texts.MARKS[proposal][1]}"
    return "voorstel van het systeem" if proposal is not None else "een mens leest eerst"


def _facts(report: Report, gemeente: str, person: Person) -> Iterator[tuple[str, str]]:
    yield "Melder", texts.MELDERS[report.role] if report.role else "niet gezegd"
    yield "Waar", _place(report, gemeente)
    yield "Sinds", report.since
    yield (
        "Gevaar",
        "\n".join(text for text in (report.danger, "De melder zegt: er is nu geen gevaar" if report.calm else "") if text),
    )
    yield "Signalen", _signals(report)
    yield "Hulp", report.help
    yield "Naam", texts.ANONYMITIES[report.anonymity]
    if person.role in DESK and report.anonymity is not Anonymity.ANONYMOUS:
        yield "Contact", report.contact


def _place(report: Report, gemeente: str) -> str:
    read = report.locatie
    street = f"{read.straat} {read.huisnummer}".strip() if read else ""
    town = f"{read.postcode} {read.woonplaats}".strip() if read else ""
    point = f"gedeeld: {report.location.latitude:.5f}, {report.location.longitude:.5f}" if report.location else ""
    lines = (report.place_words, ", ".join(part for part in (street, town) if part), point, gemeente and f"gemeente {gemeente}")
    return "\n".join(dict.fromkeys(line for line in lines if line)) or "niet bekend"


def _signals(report: Report) -> str:
    found = report.reading.signalen if report.reading else {}
    return ", ".join(f"{str(signal).replace('_', ' ')} ({status})" for signal, status in found.items())


def _happened(event: Event, people: Mapping[int, str]) -> Happened:
    who = SYSTEM if event.actor is None else people.get(event.actor, "een collega")
    words = texts.EVENTS[event.kind].format(who=who)
    detail = " · ".join(_detail(name, value) for name, value in event.detail.items() if value and name not in HIDDEN)
    return Happened(event.at, words[:1].upper() + words[1:], detail)


def _detail(name: str, value: str) -> str:
    if name in {"urgentie", "proposed"}:
        value = "nog niet beoordeeld" if value == "unread" else value
    if name == "due":
        value = texts.moment(datetime.fromisoformat(value))
    return f"{DETAILS[name]}: {value}" if name in DETAILS else value
