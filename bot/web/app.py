"""The web application: routes, templates and the middlewares, from its parts. Nothing happens before `make_app` is called."""

from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot import dutch
from bot.web import (
    assets,
    attached,
    demo,
    health,
    login,
    melder,
    parts,
    problems,
    regie,
    security,
    uploads,
    visits,
    werkplek,
)
from bot.web.parts import WebParts

TEMPLATES = Path(__file__).parent / "templates"
MOST_BODY = 2 * 1024 * 1024  # of routes of others; our own count for themselves
NUMBER = r"{number:[A-Z]-\d{4}-\d{1,9}}"


def make_app(own: WebParts) -> web.Application:
    """All pages. The hub is closed at shutdown, so that open event streams end by themselves."""
    app = web.Application(middlewares=[problems.tell, security.same_origin], client_max_size=MOST_BODY)
    app[parts.PARTS] = own
    app[security.FOREIGN] = frozenset(route.path for route in own.extra_routes)
    files = assets.load()
    _set_templates(app, own, files)
    app.add_routes([web.get("/static/{version}/{name}", files.serve), *_routes(), *_demo_routes(own), *own.extra_routes])
    app.on_response_prepare.append(security.set_headers)
    app.on_shutdown.append(_close)
    return app


def _routes() -> list[web.RouteDef]:
    return [
        web.get("/", _index),
        web.get("/privacy", _privacy),
        web.get("/chat", melder.page, allow_head=False),
        web.post("/chat/messages", melder.messages),
        web.post("/chat/files", uploads.take),
        web.get("/chat/events", melder.events, allow_head=False),
        web.get("/start/{code}", login.page),
        web.post("/start/{code}", login.redeem),
        web.get("/werkplek", werkplek.page),
        web.get("/werkplek/wachtrij", werkplek.queue),
        web.get(f"/werkplek/meldingen/{NUMBER}", werkplek.melding),
        web.get(f"/werkplek/meldingen/{NUMBER}/bestanden/{{file}}", attached.desk_file),
        web.post("/werkplek/messages", werkplek.messages),
        web.get("/werkplek/events", werkplek.events, allow_head=False),
        web.get("/regie", regie.page),
        web.get("/regie/lijst", regie.cards),
        web.get(f"/regie/meldingen/{NUMBER}", regie.melding),
        web.get(f"/regie/meldingen/{NUMBER}/bestanden/{{file}}", attached.regie_file),
        web.post("/regie/messages", regie.messages),
        web.get("/regie/events", regie.events, allow_head=False),
        web.get("/gezondheid/leeft", health.alive),
        web.get("/gezondheid/klaar", health.ready),
    ]


def _demo_routes(own: WebParts) -> list[web.RouteDef]:
    if own.demo is None:
        return []
    return [
        web.get("/demo", demo.page),
        web.get("/werkplek/demo", demo.pane(visits.WERKPLEK, own.demo.werkplek)),
        web.get("/regie/demo", demo.pane(visits.REGIE, own.demo.regie)),
    ]


def _set_templates(app: web.Application, own: WebParts, files: assets.Assets) -> None:
    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(asset=files.url, regio=own.regio_name, gemeenten=own.gemeenten)
    environment.filters.update(moment=dutch.clock)
    environment.globals.update(day=dutch.day)


async def _index(request: web.Request) -> web.Response:
    place = "/chat" if parts.of(request).demo is None else "/demo"
    return web.Response(status=303, headers={"Location": place})


async def _privacy(request: web.Request) -> web.Response:
    return aiohttp_jinja2.render_template("privacy.html", request, {})


async def _close(app: web.Application) -> None:
    app[parts.PARTS].hub.close()
