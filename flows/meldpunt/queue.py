"""Use case: the queue. Acute and unread first, then the term that runs out first; redacted words only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows import actions
from flows.assessment import Thema, Urgentie
from flows.errors import Refused
from flows.melder.step import Reply
from flows.melding import Melding, Status
from flows.meldpunt import filters
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
    """`wanted`: all, mine, unattended, or one of the words of filters. Raises Refused when this person may not see it."""
    async with begin() as work:
        page = await _page(work, person, _which(person, wanted, now), offset, limit)
        people = {p.id: p.label for p in await work.people.all(person.regio)}
    return QueuePage(tuple(line(melding, now, people) for melding in page.meldingen), page.total, offset)


def _which(person: Person, wanted: str, now: datetime) -> QueueFilter:
    """Regie never sees more than its own."""
    if wanted == "mine" or person.role in REGIE:
        return QueueFilter(person.regio, mine=person.id)
    if wanted in filters.WORDS:
        return filters.Wanted().toggled(wanted).filter(person.regio, person.id, now)
    return QueueFilter(person.regio, unattended=wanted == "unattended")


async def _page(work: UnitOfWork, person: Person, which: QueueFilter, offset: int, limit: int) -> Page:
    if not person.may(Right.QUEUE if which.mine is None else Right.READ):
        raise Refused(say("not-yours"))
    return await work.meldingen.queue(which, offset=offset, limit=limit)


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
    """/wachtrij [filters] [from]: a page of it, with a button for each line and for the filters."""
    wanted = filters.hear(words, desk.house.regio)
    if wanted.unknown:
        return (Reply((say("queue-unknown", word=wanted.unknown[:40]),), (_filters(wanted),)),)
    if not desk.person.may(Right.QUEUE):
        raise Refused(say("not-yours"))
    which = wanted.filter(desk.person.regio, desk.person.id, desk.now)
    return await _show(desk, which, f"wachtrij {wanted.words}".strip(), wanted.offset, _filters(wanted), wanted.words)


async def show_unattended(desk: Desk, words: str) -> Replies:
    return await _show(desk, _which(desk.person, "unattended", desk.now), "niemand", _offset(words))


async def show_mine(desk: Desk, words: str) -> Replies:
    return await _show(desk, _which(desk.person, "mine", desk.now), "mijn", _offset(words))


def _offset(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 7 else 0


async def _show(
    desk: Desk, which: QueueFilter, command: str, offset: int, extra: tuple[Choice, ...] = (), filtered: str = ""
) -> Replies:
    """`command`: what shows another page when a number follows; `extra`: a row of buttons below."""
    page = await _page(desk.work, desk.person, which, offset, PAGE)
    name = command.partition(" ")[0]
    rows = (extra,) if extra else ()
    if not page.total:
        text = say("queue-empty-filtered", words=filtered) if filtered else say(f"queue-empty-{name}")
        return (Reply((text,), rows if filtered else ()),)
    people = {p.id: p.label for p in await desk.work.people.all(desk.person.regio)}
    shown = [line(melding, desk.now, people) for melding in page.meldingen]
    head = say(f"queue-{name}", total=page.total, first=min(offset + 1, page.total), last=offset + len(shown))
    told = (head, say("queue-filtered", words=filtered)) if filtered else (head,)
    buttons = _buttons(shown, command, offset, more=offset + PAGE < page.total)
    return (Reply((*told, *(_text(entry, desk.now) for entry in shown)), (*buttons, *rows)),)


def _filters(wanted: filters.Wanted) -> tuple[Choice, ...]:
    """One button a filter; pressed again it is off."""
    chosen = wanted.words.split()
    return tuple(
        Choice(
            say("filter-off" if word in chosen else "filter-on", word=word),
            str(actions.Command(f"/wachtrij {wanted.toggled(word).words}".strip())),
        )
        for word in filters.WORDS
    )


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
