"""Runs the house: start in order, wait for the signal, stop in the other order. Nothing that was begun is dropped."""

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import web

from bot import schedule, telegram
from bot.compose import App
from bot.nursery import Nursery
from bot.watch import Watch
from bot.web.accesslog import AccessLogger
from bot.web.app import make_app
from bot.web.parts import DemoLinks, WebParts
from flows import upkeep
from storage import release

log = logging.getLogger(__name__)

WAITS = (1.0, 2.0, 5.0, 10.0, *([30.0] * 2880))  # a day; then the health page has long been red
DRAIN = 20.0  # seconds what is under way may take at the end


@dataclass(slots=True)
class Running:
    """A house that serves. `url` is where the pages are; `stop` sets it down."""

    app: App
    url: str
    stop: Callable[[], Awaitable[None]]


async def start(app: App, demo: DemoLinks | None = None) -> Running:
    """Up and ready when this returns."""
    nursery, stop = Nursery(), asyncio.Event()
    joined = telegram.join(app) if app.settings.telegram_token else None
    runner = await _pages(app, joined, demo)
    # Here, and not where the app is built: `meldpunt invite` beside a running house must not take what that one has in hand.
    await release.hand_back(app.store.database)
    nursery.start(app.handling().run(stop, nursery), "handling")
    nursery.start(app.delivery().run(stop, nursery), "delivery")
    clock = schedule.make(_jobs(app, joined), nursery)
    clock.start()
    if joined is not None:
        await joined.start()
        nursery.start(_listen(joined, stop), "telegram")

    async def set_down() -> None:
        clock.shutdown(wait=False)
        stop.set()
        await runner.cleanup()
        await nursery.drain(DRAIN)
        if joined is not None:
            await joined.stop()
        await app.close()

    return Running(app, _url(runner), set_down)


async def _pages(app: App, joined: telegram.Telegram | None, demo: DemoLinks | None) -> web.AppRunner:
    hooks = [joined.webhook()] if joined is not None and app.settings.telegram_mode == "webhook" else []
    own = WebParts(
        begin=app.store.begin,
        timeline=app.store.timeline,
        sessions=app.store.sessions,
        files=app.store.files,
        renderer=app.renderer,
        regio_name=app.regio.naam,
        gemeenten=tuple(gemeente.naam for gemeente in app.regio.gemeenten),
        clock=app.clock,
        hub=app.hub,
        public_url=app.settings.address,
        ready=lambda: _ready(app),
        extra_routes=hooks,
        demo=demo,
    )
    runner = web.AppRunner(make_app(own), access_log_class=AccessLogger, shutdown_timeout=2.0)
    await runner.setup()
    await web.TCPSite(runner, app.settings.host, app.settings.port).start()
    return runner


def _url(runner: web.AppRunner) -> str:
    host, port = runner.addresses[0][:2]
    return f"http://{host}:{port}"


async def _ready(app: App) -> Mapping[str, object]:
    await app.store.database.ping()
    health = await app.store.overview.health(app.clock())
    return {
        "opslag": True,
        "wacht": health.unhandled + health.unsent,
        "apart": health.quarantined,
        "niet_afgeleverd": health.dead + health.unknown,
        "tellingen": app.counts,
    }


def _jobs(app: App, joined: telegram.Telegram | None) -> dict[str, tuple[float, schedule.Job]]:
    hook = joined.webhook_state if joined is not None and app.settings.telegram_mode == "webhook" else None
    watch = Watch(app, hook)

    async def terms() -> None:
        if await upkeep.tick(app.house):
            app.hub.wake("outbox")
            app.hub.wake("queue")

    return {"terms": (1.0, terms), "files": (3.0, app.fetching().sweep), "watch": (60.0, watch.look)}


async def _listen(joined: telegram.Telegram, stop: asyncio.Event) -> None:
    """Polls, or tells Telegram where to bring the updates; tried until it works or we stop."""
    await joined.learn_name()
    if joined.app.settings.telegram_mode == "polling":
        await joined.poller().run(stop)
        return
    for wait in WAITS:
        if stop.is_set() or await joined.registered():
            return
        log.warning("the webhook is not registered yet")
        try:
            async with asyncio.timeout(wait):
                await stop.wait()
        except TimeoutError:
            continue


async def run(app: App, demo: DemoLinks | None = None, *, tell: Callable[[Running], None]) -> None:
    """Until SIGTERM or SIGINT."""
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)
    running = await start(app, demo)
    tell(running)
    await stopped.wait()
    log.info("stopping")
    await running.stop()
