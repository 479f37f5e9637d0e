"""The demo: a melder, the desk and a regievoerder side by side, without logging in. Only when the composition root says so."""

from collections.abc import Awaitable, Callable

import aiohttp_jinja2
from aiohttp import web

from bot.web import login, parts, visits
from bot.web.problems import Problem

GONE = "De demo kent deze persoon niet. Start de demo opnieuw met: meldpunt demo"


async def page(request: web.Request) -> web.Response:
    return aiohttp_jinja2.render_template("demo.html", request, {})


def pane(purpose: str, person_id: int) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The start of one pane: who still has a session goes on in it."""

    async def show(request: web.Request) -> web.Response:
        if await visits.session_of(request, purpose) is not None:
            return web.Response(status=303, headers={"Location": login.PAGES[purpose]})
        async with parts.of(request).begin() as work:
            person = await work.people.get(person_id)
        if person is None:
            raise Problem(404, GONE)
        return await login.enter(request, person)

    return show
