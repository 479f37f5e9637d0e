"""Use case: open one melding. Every look is kept. In a chat app the redacted story is shown; the page shows it whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flows import notices
from flows.melder import summary
from flows.melder.step import Reply
from flows.melding import Event, EventKind, Melding
from flows.meldpunt import buttons, queue, thema
from flows.meldpunt.desk import Desk, Replies, find, sees
from flows.messages import Moment, Rows, Text, say
from flows.people import DESK, Person, Right
from flows.ports import Begin, FileStatus

LONGEST = 2500  # characters of the redacted story in a chat message


@dataclass(frozen=True, slots=True)
class Dossier:
    melding: Melding
    events: tuple[Event, ...]
    people: Mapping[int, str]  # labels by id
    choices: Rows


async def open_dossier(begin: Begin, person: Person, number: str, now: datetime) -> Dossier | None:
    """None when it does not exist or is not for this person: both are the same to them."""
    async with begin() as work:
        melding = await work.meldingen.get(number)
        if melding is None or not sees(person, melding, Right.READ):
            return None
        await work.meldingen.note(number, Event(EventKind.READ, now, person.id, {"where": "page"}))
        events = await work.meldingen.events(number)
        people = {p.id: p.label for p in await work.people.all(person.regio)}
        await work.commit()
    return Dossier(melding, events, people, buttons.choices(melding, person))


async def show(desk: Desk, words: str) -> Replies:
    """/melding NR"""
    melding = await find(desk, words, Right.READ)
    await desk.work.meldingen.note(melding.number, Event(EventKind.READ, desk.now, desk.person.id, {"where": "chat"}))
    people = {p.id: p.label for p in await desk.work.people.all(desk.person.regio)}
    rows = buttons.choices(melding, desk.person)
    room = "werkplek" if desk.person.role in DESK else "regie"
    told = (*texts(melding, desk.now, people), *await _missing(desk, melding))
    return (Reply(told, (*rows, (notices.open_page(melding, desk.house, room),))),)


async def _missing(desk: Desk, melding: Melding) -> tuple[Text, ...]:
    """What the melder sent and we do not have, or not yet (failure 22)."""
    files = [file.id for file in melding.report.files]
    statuses = await desk.work.files.statuses(files) if files else {}
    missing = sum(statuses.get(file) is not FileStatus.KEPT for file in files)
    return (say("dossier-files-missing", count=missing),) if missing else ()


def texts(melding: Melding, now: datetime, people: Mapping[int, str]) -> tuple[Text, ...]:
    report = melding.report
    safe = melding.safe[:LONGEST]
    head = say(
        "dossier-head",
        **notices.head(melding),
        status=str(melding.status),
        who=queue.who(melding, people) or "none",
        received=Moment(melding.received_at),
        busy="yes" if melding.unfinished else "no",
    )
    facts = say(
        "dossier-facts",
        role=str(report.role or "unknown"),
        anonymity=str(report.anonymity),
        files=len(report.files),
        place="yes" if summary.place_words(report) else "no",
    )
    story = say("dossier-story", story=safe) if safe else say("dossier-unread")
    return (head, story, facts, *_themas(melding), *_why(melding))


def _themas(melding: Melding) -> tuple[Text, ...]:
    return (say("dossier-themas", themas=thema.shown(melding.themas)),) if melding.themas else ()


def _why(melding: Melding) -> tuple[Text, ...]:
    reading = melding.report.reading
    if reading is None or not reading.uitleg:
        return ()
    return (say("dossier-why", why="; ".join(dict.fromkeys(reason.wat for reason in reading.uitleg))),)
