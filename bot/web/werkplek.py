"""The desk: queue, melding, what can be done, and the conversation with the bot. The page only reads; what is done is said."""

import aiohttp_jinja2
from aiohttp import web

from bot.web import bubbles, casepage, melder, parts, queuepage, saying, stream, texts, visits
from bot.web.problems import FRAGMENT, Problem
from flows.meldpunt import commands, dossier
from flows.people import Person

MOST_REPLIES = 60
SECRET = "Deze melding bestaat niet, of is niet voor u bedoeld. Controleer het nummer."  # noqa: S105 - words, no password


async def page(request: web.Request) -> web.Response:
    return await _page(request, await visits.require_staff(request, visits.WERKPLEK), case=None)


async def queue(request: web.Request) -> web.Response:
    visit = await visits.require_staff(request, visits.WERKPLEK)
    return aiohttp_jinja2.render_template("queue.html", request, await queuepage.context(request, visit.person))


async def melding(request: web.Request) -> web.Response:
    """A piece of the page for our script, a whole page for who opens the address."""
    visit = await visits.require_staff(request, visits.WERKPLEK)
    case = await open_case(request, visit)
    if FRAGMENT in request.headers:
        return aiohttp_jinja2.render_template("case.html", request, {"case": case, "room": "werkplek", "now": _now(request)})
    return await _page(request, visit, case=case)


async def messages(request: web.Request) -> web.Response:
    visit = await visits.require_staff(request, visits.WERKPLEK)
    return await saying.take(request, visit.session)


async def events(request: web.Request) -> web.StreamResponse:
    visit = await visits.require_staff(request, visits.WERKPLEK)

    async def fingerprint() -> str:
        return await queuepage.fingerprint(request, visit.person)

    return await stream.serve(request, visit.key, lambda entry: melder.frame(request, entry, staff=True), fingerprint)


async def open_case(request: web.Request, visit: visits.Visit) -> casepage.CasePage:
    """404 for what does not exist and for what is not for this person alike. The look is logged by the use case."""
    own = parts.of(request)
    found = await dossier.open_dossier(own.begin, visit.person, request.match_info["number"], own.clock())
    if found is None:
        raise Problem(404, SECRET)
    return casepage.build(found, visit.person, own.renderer)


async def _page(request: web.Request, visit: visits.Visit, *, case: casepage.CasePage | None) -> web.Response:
    entries = await bubbles.history(parts.of(request).timeline, visit.key.lane)
    context = {
        **await queuepage.context(request, visit.person),
        "case": case,
        "room": "werkplek",
        "bubbles": bubbles.fold(entries, staff=True)[-MOST_REPLIES:],
        "since": bubbles.last_id(entries),
        "commands": [line for line in texts.COMMANDS if _may_use(visit.person, line[0])],
        "person": visit.person,
        "role": texts.ROLES[visit.person.role],
        "now": _now(request),
    }
    return aiohttp_jinja2.render_template("werkplek.html", request, context)


def _may_use(person: Person, command: str) -> bool:
    known = commands.COMMANDS.get(command.removeprefix("/"))
    return known is not None and (known.right is None or person.may(known.right))


def _now(request: web.Request) -> object:
    return parts.of(request).clock()
