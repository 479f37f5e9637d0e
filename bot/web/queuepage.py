"""The queue as a page shows it: lines in words."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from bot import dutch
from bot.web import casepage, parts, texts
from bot.web.problems import Problem
from flows import errors
from flows.assessment import Urgentie
from flows.melding import Status
from flows.meldpunt import queue
from flows.meldpunt.queue import Line, QueuePage
from flows.people import Person

LIMIT = 20
WANTED = {"all": "Alles", "acuut": "Acuut", "laat": "Te laat", "vrij": "Vrij", "mine": "Van mij", "unattended": "Niemand"}
EMPTY = {
    "all": "Er wacht niets. Nieuwe meldingen verschijnen hier vanzelf.",
    "acuut": "Er wacht niets dat acuut is.",
    "laat": "Niets is te laat.",
    "vrij": "Elke melding is al van iemand of aan iemand gevraagd.",
    "mine": "U heeft nu niets in behandeling. Kijk bij Alles wat er wacht.",
    "unattended": "Elke melding heeft iemand die ermee bezig is.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One melding in a list."""

    number: str
    mark: str
    urgentie: str
    css: str
    status: str
    alarm: bool  # may be about danger, and nobody said to look or to have it
    unfinished: bool
    term: str
    late: bool
    age: str
    gemeente: str
    themas: str
    words: str
    who: str
    version: int
    waiting: bool  # for an answer


def row(line: Line) -> Row:
    mark, urgentie = texts.MARKS[line.urgentie]
    return Row(
        number=line.number,
        mark=mark,
        urgentie=urgentie,
        css=casepage.css_of(line.urgentie),
        status=texts.STATUSES[line.status],
        alarm=line.urgentie in {None, Urgentie.ACUUT} and line.status in {Status.NEW, Status.ASSIGNED},
        unfinished=line.unfinished,
        term=texts.term(line.due_in),
        late=line.due_in is not None and line.due_in < timedelta(0),
        age=f"{dutch.age(int(line.age.total_seconds() // 60))} oud",
        gemeente=line.gemeente or "gemeente onbekend",
        themas=", ".join(texts.THEMAS[thema] for thema in line.themas),
        words=line.words,
        who=line.who,
        version=line.version,
        waiting=line.status is not Status.ACKNOWLEDGED,
    )


async def context(request: web.Request, person: Person) -> dict[str, object]:
    """For the template of the queue; a refusal is shown in its place."""
    wanted, offset = asked(request)
    try:
        page = await fetch(request, person, wanted=wanted, offset=offset)
    except errors.Refused as refused:
        return {"refused": parts.of(request).renderer.label(refused.text), "wanted": wanted, "chips": WANTED}
    return {
        "refused": "",
        "rows": [row(line) for line in page.lines],
        "total": page.total,
        "offset": page.offset,
        "limit": LIMIT,
        "wanted": wanted,
        "chips": WANTED,
        "empty": EMPTY[wanted],
    }


def asked(request: web.Request) -> tuple[str, int]:
    wanted, offset = request.query.get("wanted", "all"), request.query.get("offset", "0")
    if wanted not in WANTED or not (offset.isascii() and offset.isdigit() and len(offset) < 7):
        raise Problem(400)
    return wanted, int(offset)


async def fetch(request: web.Request, person: Person, *, wanted: str, offset: int = 0, limit: int = LIMIT) -> QueuePage:
    own = parts.of(request)
    return await queue.lines(own.begin, person, own.clock(), offset=offset, limit=limit, wanted=wanted)


async def fingerprint(request: web.Request, person: Person, wanted: str = "all") -> str:
    """Changes when anything a list shows changed, the passing of time excepted."""
    try:
        page = await fetch(request, person, wanted=wanted, limit=LIMIT * 3)
    except errors.Refused:
        return ""
    return digest(page.total, page.lines)


def digest(total: int, lines: Sequence[Line]) -> str:
    text = f"{total}:" + ",".join(f"{line.number}@{line.version}" for line in lines)
    return hashlib.sha256(text.encode()).hexdigest()
