"""The real house for tests: in this process, or as a process of its own that can be killed. Nothing in it is a stand-in.

`reader` is the shipped triage, loaded once for all houses of a test run, because loading it takes most of a start.
"""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import aiohttp

from bot import compose, serve
from bot.serve import Running
from bot.settings import Settings, load_regio
from flows.assessment import Assessment
from flows.house import House
from flows.ports import Clock, Triage
from nlp import triage as dutch
from storage import engine
from storage.engine import Database
from storage.secrets import Vault
from storage.unit_of_work import Begin, make_begin

KEY = "u2gzrO0iUPkHlj_gtNyFtRxbK0PWgiWMaw1S_v2-Css="
ROOT = Path(__file__).parent.parent
PATIENCE = 90.0  # seconds a process may take to be ready: 5 alone, many more when all cores are taken


@cache
def _reader() -> dutch.DutchTriage:
    return dutch.load(compose.places(load_regio("twente")))


class SharedTriage:
    """Implements flows.ports.Triage. A house that stops leaves it open for the next one.

    It is loaded before the house opens, as `compose.build` does: loading within a reading would use up the house's patience.
    """

    def __init__(self) -> None:
        self._reader = _reader()

    async def assess(self, text: str) -> Assessment:
        return await self._reader.assess(text)


class ShiftedClock:
    """The real time, and `skip` more of it."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def skip(self, time: timedelta) -> None:
        self.ahead += time


def settings_of(database_url: str, telegram_api: str, token: str, **more: object) -> Settings:
    values = {"http": "127.0.0.1:0", "secret_keys": (KEY,)} | more
    return Settings(database_url=database_url, telegram_api=telegram_api, telegram_token=token, **values)  # type: ignore[arg-type]


@asynccontextmanager
async def open_house(
    database_url: str,
    telegram_api: str,
    token: str,
    *,
    triage: Triage | None = None,
    clock: Clock = compose.now,
    house: Callable[[House], House] = lambda same: same,
    **overrides: object,
) -> AsyncIterator[Running]:
    """Serving when this enters, set down when it leaves. `overrides` are settings."""
    own = settings_of(database_url, telegram_api, token, **overrides)
    app = await compose.build(own, triage=triage or SharedTriage(), clock=clock, house=house)
    running = await serve.start(app)
    try:
        yield running
    finally:
        await running.stop()


@asynccontextmanager
async def open_store(database_url: str) -> AsyncIterator[tuple[Database, Begin]]:
    """What a house left behind, to look at."""
    database = await engine.open_database(database_url)
    try:
        yield database, make_begin(database, Vault([KEY]), clock=compose.now)
    finally:
        await database.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Process:
    """`python -m bot serve`. After `kill` or `terminate` it may be started again on the same database."""

    environment: dict[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    running: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self.running is not None
        return self.running.pid

    async def start(self) -> None:
        """Ready when this returns."""
        own = {"MELDPUNT_HTTP": f"127.0.0.1:{self.port}", "MELDPUNT_SECRET_KEYS": KEY} | self.environment
        with self.log.open("ab") as log:
            self.running = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "serve", cwd=ROOT, env={**os.environ, **own}, stdout=log, stderr=log
            )
        async with asyncio.timeout(PATIENCE):
            while await self.status() != 200:
                assert self.running.returncode is None, f"it stopped by itself:\n{self.told()}"
                await asyncio.sleep(0.05)

    async def status(self, path: str = "/gezondheid/klaar") -> int:
        """0: nobody answers."""
        try:
            async with aiohttp.ClientSession() as session, session.get(self.url + path) as answer:
                return answer.status
        except aiohttp.ClientError:
            return 0

    async def waiting(self) -> int:
        """How much it still has to handle or to send."""
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}/gezondheid/klaar") as answer:
            return int((await answer.json())["wacht"])

    def told(self) -> str:
        return self.log.read_text("utf-8", "replace")[-4000:] if self.log.exists() else ""

    async def kill(self) -> None:
        await self._end(signal.SIGKILL)

    async def terminate(self) -> int:
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        running, self.running = self.running, None
        if running is None:
            return 0
        if running.returncode is None:
            running.send_signal(how)
        async with asyncio.timeout(PATIENCE):
            return await running.wait()


@asynccontextmanager
async def spawn_house(database_url: str, telegram_api: str, token: str, log: Path, **more: str) -> AsyncIterator[Process]:
    """`more`: settings by their name in the environment. Ready when this enters; killed when it leaves."""
    named = {"DATABASE_URL": database_url, "TELEGRAM_API": telegram_api, "TELEGRAM_TOKEN": token, "LOG_LEVEL": "warning"} | more
    process = Process({f"MELDPUNT_{name}": value for name, value in named.items()}, log)
    try:
        await process.start()
        yield process
    finally:
        await process.kill()
