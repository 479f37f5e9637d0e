"""What the pages are made of: handed in by the composition root. The protocols are what storage and render offer."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from aiohttp import web

from bot.hub import Hub
from flows.door import RawUpdate
from flows.messages import Text
from flows.ports import Begin, Clock


class Entry(Protocol):
    """One line of a timeline. `direction` is "in" (said on the page) or "out" (said by the bot)."""

    @property
    def id(self) -> int: ...
    @property
    def direction(self) -> str: ...
    @property
    def payload(self) -> Mapping[str, Any]: ...
    @property
    def at(self) -> datetime: ...


class Timeline(Protocol):
    async def say(self, raw: RawUpdate, payload: Mapping[str, object], key: str, now: datetime) -> bool: ...
    async def after(self, lane: str, after: int, /, limit: int = 200) -> Sequence[Entry]: ...


class Session(Protocol):
    @property
    def chat(self) -> str: ...
    @property
    def purpose(self) -> str: ...
    @property
    def person(self) -> int | None: ...


class Sessions(Protocol):
    async def create(self, purpose: str, now: datetime, *, person: int | None = None, days: float) -> tuple[str, Session]: ...
    async def find(self, token: str, now: datetime) -> Session | None: ...


class FileStore(Protocol):
    async def put(self, file_id: str, data: bytes, /) -> None: ...
    async def get(self, file_id: str, /) -> bytes:
        """Raises `KeyError` when it is not there."""
        ...


class Words(Protocol):
    """The part of `bot.render.Renderer` that pages use."""

    def label(self, text: Text) -> str: ...


@dataclass(frozen=True, slots=True)
class DemoLinks:
    """The ids of the example people of the two panes. (Not there outside the demo.)"""

    werkplek: int
    regie: int


@dataclass(frozen=True, kw_only=True)
class WebParts:
    """`ready` gives the parts of the health of this replica; one that is False makes it not ready (503).
    `start_seconds`: how long an answer to a start code takes, right or wrong."""

    begin: Begin
    timeline: Timeline
    sessions: Sessions
    files: FileStore
    renderer: Words
    regio_name: str
    clock: Clock
    hub: Hub
    public_url: str
    ready: Callable[[], Awaitable[Mapping[str, object]]]
    extra_routes: Sequence[web.RouteDef] = ()
    demo: DemoLinks | None = None
    start_seconds: float = 0.5
    gemeenten: Sequence[str] = ()  # of the regio, to choose from

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")


PARTS: web.AppKey[WebParts] = web.AppKey("parts", WebParts)


def of(request: web.Request) -> WebParts:
    return request.app[PARTS]
