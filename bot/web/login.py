"""A start link: shown first and used only when a person says so, for link previews open links too."""

import asyncio
import hashlib
import re
from datetime import timedelta

import aiohttp_jinja2
from aiohttp import web

from bot.channels import webchat
from bot.web import parts, security, visits
from bot.web.problems import Problem
from flows.people import Person

CODE = re.compile(r"[A-Za-z0-9_-]{4,128}")
WINDOW, MOST_TRIES = timedelta(minutes=15), 20
PAGES = {visits.WERKPLEK: "/werkplek", visits.REGIE: "/regie", visits.MELDER: "/chat"}


async def page(request: web.Request) -> web.Response:
    return aiohttp_jinja2.render_template("start.html", request, {"wrong": False})


async def redeem(request: web.Request) -> web.Response:
    own = parts.of(request)
    loop = asyncio.get_running_loop()
    answer_at = loop.time() + own.start_seconds
    try:
        person = await _person(request, request.match_info["code"])
    finally:
        await asyncio.sleep(max(0.0, answer_at - loop.time()))  # a wrong code takes as long as a right one
    if person is None:
        return aiohttp_jinja2.render_template("start.html", request, {"wrong": True}, status=403)
    return await enter(request, person)


async def _person(request: web.Request, code: str) -> Person | None:
    own = parts.of(request)
    async with own.begin() as work:
        allowed = await work.limits.hit(f"start:{_caller(request)}", own.clock(), window=WINDOW, most=MOST_TRIES)
        await work.commit()
    if not allowed:
        raise Problem(429)
    return await use(own, code) if CODE.fullmatch(code) else None


async def use(own: parts.WebParts, code: str) -> Person | None:
    """The person behind the code; the code is used up. A code must be brought from somewhere; this one page is no
    place to send anything to, so that address is marked at once, and the session gives the real one."""
    key = webchat.key_of(hashlib.sha256(code.encode()).hexdigest()[:32])
    async with own.begin() as work:
        person = await work.people.redeem(code, key, own.clock())
        if person is not None:
            await work.people.set_reachable(key, reachable=False)
        await work.commit()
    return person


async def enter(request: web.Request, person: Person) -> web.Response:
    """A new session for this person, and on to where the person works."""
    own = parts.of(request)
    purpose = visits.home_of(person)
    token, session = await own.sessions.create(purpose, own.clock(), person=person.id, days=security.SESSION_DAYS)
    async with own.begin() as work:
        await work.people.add_address(person.id, webchat.key_of(session.chat))
        await work.commit()
    response = web.Response(status=303, headers={"Location": PAGES[purpose]})
    security.give_cookie(request, response, purpose, token)
    return response


def _caller(request: web.Request) -> str:
    """Who tries, without keeping an address."""
    return hashlib.sha256((request.remote or "").encode()).hexdigest()[:16]
