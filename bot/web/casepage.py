"""One melding as staff see it: the story with the words that weighed, facts, events and what can be done. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import dutch
from bot.web import texts
from bot.web.parts import Words
from flows import actions
from flows.assessment import Reason, Thema, Urgentie
from flows.melding import Event, EventKind, Melding
from flows.meldpunt.buttons import OUTCOMES
from flows.meldpunt.buttons import themas as switches
from flows.meldpunt.dossier import Dossier
from flows.meldpunt.queue import who
from flows.messages import Choice, say
from flows.people import DESK, Person, Right
from flows.report import Anonymity, File, Part, Report

BIG = 2  # buttons that stand out; the others wait under "meer"
CALM = "De melder zegt: er is nu geen gevaar"
SYSTEM = "het systeem"
HIDDEN = frozenset({"rung", "granted", "by", "model", "where"})  # details that mean nothing to a reader
FORMS = frozenset({"urgentie", "thema", "gemeente", "close"})  # verbs that have a form of their own


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
    on: bool = False  # of a switch


@dataclass(frozen=True, slots=True)
class CasePage:
    number: str
    mark: str
    urgentie: str
    css: str
    status: str
    who: str
    proposed: str
    unfinished: bool
    received_at: datetime
    segments: tuple[Segment, ...]
    legend: tuple[tuple[int, str, str, bool], ...]  # number, the words, why, upwards
    edited: tuple[Part, ...]
    answers: tuple[Part, ...]
    facts: tuple[tuple[str, str], ...]
    files: tuple[File, ...]
    events: tuple[Happened, ...]
    looks: tuple[tuple[str, int, datetime], ...]  # who, how often, when last
    open: bool
    gemeente: str
    themas: tuple[Button, ...]
    outcomes: tuple[tuple[str, str], ...]
    colleagues: tuple[str, ...]
    big: tuple[Button, ...]
    more: tuple[Button, ...]
    may: frozenset[Right]


def build(dossier: Dossier, person: Person, words: Words) -> CasePage:
    melding, report = dossier.melding, dossier.melding.report
    reasons = _inside(report)
    buttons = [Button(words.label(c.label), c.action, c.url) for c in _choices(dossier, person)]
    mark, urgentie = texts.MARKS[melding.urgentie]
    return CasePage(
        number=melding.number,
        mark=mark,
        urgentie=urgentie,
        css=css_of(melding.urgentie),
        status=texts.STATUSES[melding.status],
        who=who(melding, dossier.people),
        proposed=_proposed(melding.decided, report),
        unfinished=melding.unfinished,
        received_at=melding.received_at,
        segments=tuple(segments(report.story, reasons)),
        legend=tuple((n, report.story[r.start : r.eind], r.wat, r.omhoog) for n, r in enumerate(reasons, 1)),
        edited=tuple(part for part in report.parts if part.earlier),
        answers=tuple(part for part in report.parts if part.answer),
        facts=tuple((name, value) for name, value in _facts(melding, person) if value),
        files=report.files,
        events=tuple(_happened(event, dossier.people) for event in dossier.events if event.kind is not EventKind.READ),
        looks=tuple(_looks(dossier)),
        open=melding.status.open,
        gemeente=melding.gemeente,
        themas=tuple(_switches(melding, words)),
        outcomes=tuple((outcome, words.label(say(f"outcome-{outcome}"))) for outcome in OUTCOMES),
        colleagues=tuple(label for who, label in dossier.people.items() if who != person.id),
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


def _proposed(decided: bool, report: Report) -> str:
    proposal = report.urgentie
    if decided:
        return f"door een mens bepaald, voorstel was {texts.MARKS[proposal][1]}"
    if proposal is None:
        return "een mens leest eerst"
    if report.reading is not None and report.reading.doubt:
        between = " en ".join(texts.MARKS[level][1].lower() for level in report.reading.doubt)
        return f"voorstel van het systeem. Een mens leest eerst: het twijfelt tussen {between}"
    return "voorstel van het systeem"


def _facts(melding: Melding, person: Person) -> Iterator[tuple[str, str]]:
    report = melding.report
    yield "Melder", texts.MELDERS[report.role] if report.role else "niet gezegd"
    yield "Waar", _place(report, melding.gemeente)
    yield "Thema’s", _themas(melding)
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


def _themas(melding: Melding) -> str:
    """Proposal and decision beside each other, as with the urgentie."""
    now, proposed = (", ".join(texts.THEMAS[thema] for thema in found) for found in (melding.themas, melding.proposed_themas))
    return now if melding.chosen is None else f"{now or 'geen'} (door een mens bepaald, voorstel was: {proposed or 'geen'})"


def _switches(melding: Melding, words: Words) -> Iterator[Button]:
    for choice, thema in zip((choice for row in switches(melding) for choice in row), Thema, strict=True):
        yield Button(words.label(choice.label), choice.action, choice.url, on=thema in melding.themas)


def _signals(report: Report) -> str:
    found = report.reading.signalen if report.reading else {}
    return ", ".join(f"{str(signal).replace('_', ' ')} ({status})" for signal, status in found.items())


def _happened(event: Event, people: Mapping[int, str]) -> Happened:
    who = SYSTEM if event.actor is None else people.get(event.actor, "een collega")
    words = texts.EVENTS[event.kind].format(who=who)
    detail = " · ".join(_detail(name, value) for name, value in event.detail.items() if value and name not in HIDDEN)
    return Happened(event.at, words[:1].upper() + words[1:], detail)


def _detail(name: str, value: str) -> str:
    shown = dutch.clock(datetime.fromisoformat(value)) if name == "due" else texts.VALUES.get(value, value)
    return f"{texts.DETAILS[name]}: {shown}" if name in texts.DETAILS else shown


def _choices(dossier: Dossier, person: Person) -> Iterator[Choice]:
    """Without those that stand on the page as a form."""
    for choice in (choice for row in dossier.choices for choice in row):
        action = actions.parse(choice.action)
        if not (isinstance(action, actions.OnMelding) and action.verb in FORMS and person.may(Right.DECIDE)):
            yield choice


def _looks(dossier: Dossier) -> Iterator[tuple[str, int, datetime]]:
    """Every look is kept; here one line for each person."""
    looks = [event for event in dossier.events if event.kind is EventKind.READ]
    for actor in dict.fromkeys(event.actor for event in looks):
        own = [event.at for event in looks if event.actor == actor]
        yield dossier.people.get(actor or 0, "een collega"), len(own), max(own)
