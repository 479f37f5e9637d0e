"""The phone of a regievoerder: what waits for an answer, what is mine, and the melding itself."""

from dataclasses import dataclass

import aiohttp_jinja2
from aiohttp import web

from bot.web import bubbles, melder, parts, queuepage, saying, stream, visits, werkplek
from bot.web.problems import FRAGMENT
from flows import actions, errors

MOST = 50
MOST_REPLIES = 30
Button = dict[str, str]


@dataclass(frozen=True, slots=True)
class Card:
    """A melding, with the last thing the bot said about it and the buttons that belong to that."""

    row: queuepage.Row
    html: str
    buttons: tuple[Button, ...]


async def page(request: web.Request) -> web.Response:
    return await _page(request, await visits.require_staff(request, visits.REGIE), "regie.html")


async def cards(request: web.Request) -> web.Response:
    return await _page(request, await visits.require_staff(request, visits.REGIE), "cards.html")


async def melding(request: web.Request) -> web.Response:
    visit = await visits.require_staff(request, visits.REGIE)
    context = {"case": await werkplek.open_case(request, visit), "room": "regie", "now": parts.of(request).clock()}
    if FRAGMENT in request.headers:
        return aiohttp_jinja2.render_template("case.html", request, context)
    return await _page(request, visit, "regie_case.html", **context)


async def messages(request: web.Request) -> web.Response:
    visit = await visits.require_staff(request, visits.REGIE)
    return await saying.take(request, visit.session)


async def events(request: web.Request) -> web.StreamResponse:
    visit = await visits.require_staff(request, visits.REGIE)

    async def fingerprint() -> str:
        return await queuepage.fingerprint(request, visit.person, "mine")

    return await stream.serve(request, visit.key, lambda entry: melder.frame(request, entry, staff=True, cards=True), fingerprint)


async def _page(request: web.Request, visit: visits.Visit, template: str, **more: object) -> web.Response:
    own = parts.of(request)
    entries = await bubbles.history(own.timeline, visit.key.lane)
    said = bubbles.fold(entries, staff=True)
    refused, found = "", list[Card]()
    try:
        lines = await queuepage.fetch(request, visit.person, wanted="mine", limit=MOST)
        found = [_card(queuepage.row(line), said) for line in lines.lines]
    except errors.Refused as problem:
        refused = own.renderer.label(problem.text)
    context = {
        "waiting": [card for card in found if card.row.waiting],
        "mine": [card for card in found if not card.row.waiting],
        "refused": refused,
        "bubbles": [bubble.quiet() if bubble.melding else bubble for bubble in said][-MOST_REPLIES:],
        "since": bubbles.last_id(entries),
        "person": visit.person,
        "now": own.clock(),
        "room": "regie",
        **more,
    }
    return aiohttp_jinja2.render_template(template, request, context)


def _card(row: queuepage.Row, said: list[bubbles.Bubble]) -> Card:
    last = next((bubble for bubble in reversed(said) if not bubble.mine and bubble.melding == row.number), None)
    buttons = tuple(dict(b) for line in last.buttons for b in line if b["action"] and not b["url"]) if last else ()
    if any(button["action"].startswith("m:ack:") for button in buttons):
        return Card(row, "", buttons)  # the notification itself: the card says the same
    if row.waiting:
        buttons = (_take(row), *(buttons or (_decline(row),)))
    return Card(row, last.html if last else "", buttons)


def _take(row: queuepage.Row) -> Button:
    """The way to say yes is always there, whatever the last message was about or where it was told."""
    return {"label": "Ik pak dit op", "action": str(actions.OnMelding("ack", row.number, row.version)), "url": ""}


def _decline(row: queuepage.Row) -> Button:
    return {"label": "Niet voor mij", "action": str(actions.OnMelding("decline", row.number, row.version)), "url": ""}
