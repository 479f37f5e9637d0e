"""The chat page of a melder: what was said so far, and the doors to say more."""

from collections.abc import Mapping

import aiohttp_jinja2
from aiohttp import web

from bot.channels import webchat
from bot.web import bubbles, parts, saying, security, stream, visits


async def page(request: web.Request) -> web.Response:
    own = parts.of(request)
    token, session = "", await visits.session_of(request, visits.MELDER)
    if session is None:
        token, session = await own.sessions.create(visits.MELDER, own.clock(), days=security.SESSION_DAYS)
    entries = await bubbles.history(own.timeline, webchat.key_of(session.chat).lane)
    context = {"bubbles": bubbles.fold(entries), "since": bubbles.last_id(entries), "empty": not entries, "now": own.clock()}
    response = aiohttp_jinja2.render_template("chat.html", request, context)
    if token:
        security.give_cookie(request, response, visits.MELDER, token)
    return response


async def messages(request: web.Request) -> web.Response:
    return await saying.take(request, await visits.require_melder(request))


async def events(request: web.Request) -> web.StreamResponse:
    session = await visits.require_melder(request)
    return await stream.serve(request, webchat.key_of(session.chat), lambda entry: frame(request, entry))


def frame(request: web.Request, entry: parts.Entry, *, staff: bool = False, cards: bool = False) -> Mapping[str, object]:
    """What a script needs to show one entry; `html` is "" for what is not shown. `cards`: buttons stand elsewhere."""
    bubble = bubbles.of_entry(entry)
    if bubble is None:
        return {"html": ""}
    if cards and bubble.melding:
        bubble = bubble.quiet()
    context = {"bubble": bubble, "staff": staff}
    html = aiohttp_jinja2.render_string("bubble.html", request, context)
    return {"html": html, "mine": bubble.mine, "message": bubble.message, "melding": bubble.melding, "live": bubble.live}
