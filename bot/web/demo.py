"""The demo: a melder, the desk and a regievoerder side by side. Only there when the composition root says so.

A start code works once. The first visit uses it and this process remembers who came; later visits log the same person in.
"""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import aiohttp_jinja2
from aiohttp import web

from bot.web import login, parts, visits
from bot.web.problems import Problem
from flows.people import Person

Known = dict[str, Person]
KNOWN: web.AppKey[Known] = web.AppKey("demo_people", dict)
AGAIN = "De demo kent deze persoon niet meer. Start de demo opnieuw met: meldpunt demo"


async def page(request: web.Request) -> web.Response:
    return aiohttp_jinja2.render_template("demo.html", request, {})


def pane(purpose: str) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The start of one pane: who still has a session goes on in it."""

    async def show(request: web.Request) -> web.Response:
        if await visits.session_of(request, purpose) is not None:
            return web.Response(status=303, headers={"Location": login.PAGES[purpose]})
        return await login.enter(request, await _person(request, purpose))

    return show


async def _person(request: web.Request, purpose: str) -> Person:
    own, known = parts.of(request), request.app[KNOWN]
    if purpose not in known and own.demo is not None:
        url = own.demo.werkplek_url if purpose == visits.WERKPLEK else own.demo.regie_url
        person = await login.use(own, urlsplit(url).path.rsplit("/", 1)[-1])
        if person is not None:
            known[purpose] = person
    if purpose not in known:
        raise Problem(404, AGAIN)
    return known[purpose]
