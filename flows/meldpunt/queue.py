"""Use case: the queue. Acute and unread first, then the term that runs out first; redacted words only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows import actions
from flows.assessment import Thema, Urgentie
from flows.errors import Refused
from flows.melder.step import Reply
from flows.melding import Melding, Status
from flows.meldpunt.desk import Desk, Replies
from flows.messages import Choice, Moment, Text, say
from flows.people import REGIE, Person, Right
from flows.ports import Begin, Page, QueueFilter, UnitOfWork

PAGE = 8  # lines in a chat message
WORDS = 90  # characters of the redacted story in a line


@dataclass(frozen=True, slots=True)
class Line:
    number: str
    urgentie: Urgentie | None
    unfinished: bool
    status: Status
    age: timedelta
    due_in: timedelta | None  # negative: too late
    gemeente: str
    themas: tuple[Thema, ...]
    words: str
    who: str  # who has it, else who looks at it, else who was asked; "" is nobody
    version: int


@dataclass(frozen=True, slots=True)
class QueuePage:
    lines: tuple[Line, ...]
    total: int
    offset: int


async def lines(
    begin: Begin, person: Person, now: datetime, *, offset: int = 0, limit: int = 20, wanted: str = "all"
) -> QueuePage:
    """`wanted`: all, mine or unattended. Raises Refused when this person may not see it."""
    async with begin() as work:
        page = await _page(work, person, offset, limit, wanted)
        people = {p.id: p.label for p in await work.people.all(person.regio)}
    return QueuePage(tuple(line(melding, now, people) for melding in page.meldingen), page.total, offset)


async def _page(work: UnitOfWork, person: Person, offset: int, limit: int, wanted: str) -> Page:
    mine = wanted == "mine" or person.role in REGIE
    if not person.may(Right.READ if mine else Right.QUEUE):
        raise Refused(say("not-yours"))
    filter_ = QueueFilter(person.regio, mine=person.id if mine else None, unattended=wanted == "unattended")
    return await work.meldingen.queue(filter_, offset=offset, limit=limit)


def line(melding: Melding, now: datetime, people: Mapping[int, str]) -> Line:
    safe = " ".join(melding.safe.split())
    return Line(
        number=melding.number,
        urgentie=melding.urgentie,
        unfinished=melding.unfinished,
        status=melding.status,
        age=now - melding.received_at,
        due_in=melding.due_at - now if melding.due_at else None,
        gemeente=melding.gemeente,
        themas=melding.themas,
        words=safe if len(safe) <= WORDS else safe[:WORDS].rstrip() + "…",
        who=who(melding, people),
        version=melding.version,
    )


def who(melding: Melding, people: Mapping[int, str]) -> str:
    if melding.owner is not None:
        return people.get(melding.owner, "—")
    if melding.asked:
        return ", ".join(people.get(person, "—") for person in melding.asked[:2]) + "?"
    return people.get(melding.looker, "—") if melding.looker is not None else ""


async def show(desk: Desk, words: str) -> Replies:
    """/wachtrij [from]: a page of it, with a button for each line."""
    return await _show(desk, "all", words, "wachtrij")


async def show_unattended(desk: Desk, words: str) -> Replies:
    return await _show(desk, "unattended", words, "niemand")


async def show_mine(desk: Desk, words: str) -> Replies:
    return await _show(desk, "mine", words, "mijn")


async def _show(desk: Desk, wanted: str, words: str, command: str) -> Replies:
    offset = int(words) if words.isdecimal() and len(words) < 7 else 0
    page = await _page(desk.work, desk.person, offset, PAGE, wanted)
    if not page.total:
        return (Reply((say(f"queue-empty-{command}"),)),)
    people = {p.id: p.label for p in await desk.work.people.all(desk.person.regio)}
    shown = [line(melding, desk.now, people) for melding in page.meldingen]
    head = say(f"queue-{command}", total=page.total, first=min(offset + 1, page.total), last=offset + len(shown))
    more = offset + PAGE < page.total
    return (Reply((head, *(_text(entry, desk.now) for entry in shown)), _buttons(shown, command, offset, more=more)),)


def _text(entry: Line, now: datetime) -> Text:
    return say(
        "queue-line",
        number=entry.number,
        urgentie="unread" if entry.urgentie is None else str(entry.urgentie),
        gemeente=entry.gemeente or "none",
        minutes=int(entry.age.total_seconds() // 60),
        due=Moment(now + entry.due_in) if entry.due_in is not None else "none",
        late="yes" if entry.due_in is not None and entry.due_in < timedelta() else "no",
        busy="yes" if entry.unfinished else "no",
        who=entry.who or "none",
        words=entry.words or "—",
    )


def _buttons(shown: Iterable[Line], command: str, offset: int, *, more: bool) -> tuple[tuple[Choice, ...], ...]:
    """The first four to open, and where to go on."""
    open_ = [
        Choice(say("button-number", number=entry.number), str(actions.Command(f"/melding {entry.number}")))
        for entry in list(shown)[:4]
    ]
    turn = []
    if offset:
        turn.append(Choice(say("queue-previous"), str(actions.Command(f"/{command} {max(offset - PAGE, 0)}"))))
    if more:
        turn.append(Choice(say("queue-next"), str(actions.Command(f"/{command} {offset + PAGE}"))))
    rows = [tuple(open_[i : i + 2]) for i in range(0, len(open_), 2)]
    return tuple(row for row in (*rows, tuple(turn)) if row)
