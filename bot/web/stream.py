"""Server-sent events: what is new in a timeline, from where the reader was. Woken by event, swept by the clock."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from aiohttp import ClientConnectionResetError, web

from bot import hub
from bot.web import parts
from flows import errors
from flows.messages import ConversationKey

SWEEP = 2.0  # seconds; another replica may have written
HEARTBEAT = 15.0
LOOK_AT_QUEUE = 10.0
LONGEST = 300.0  # then the browser comes back, and the session is looked at again
BATCH = 100

Frame = Callable[[parts.Entry], Mapping[str, object]]
Fingerprint = Callable[[], Awaitable[str]]


@dataclass
class _Reader:
    """How far this reader is."""

    last: int
    seen: int = 0
    queue: str = ""
    next_look: float = 0.0
    next_beat: float = 0.0


def last_seen(request: web.Request) -> int:
    """From the browser when it comes back (`Last-Event-ID`), else from the page (`?na=`)."""
    text = request.headers.get("Last-Event-ID") or request.query.get("na", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


async def serve(
    request: web.Request, key: ConversationKey, frame: Frame, fingerprint: Fingerprint | None = None
) -> web.StreamResponse:
    """`fingerprint` of the queue: when it changes the page is told to fetch the queue again."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8", "X-Accel-Buffering": "no"})
    reader = _Reader(last_seen(request))
    if fingerprint is not None:
        reader.queue = await fingerprint()
    await response.prepare(request)
    try:
        await response.write(b"retry: 2000\n\n")
        await _follow(response, parts.of(request), key.lane, reader, frame, fingerprint)
    except (ClientConnectionResetError, ConnectionResetError, errors.StorageAway):
        pass  # the browser comes back by itself, and tells how far it was
    return response


async def _follow(
    response: web.StreamResponse,
    own: parts.WebParts,
    lane: str,
    reader: _Reader,
    frame: Frame,
    fingerprint: Fingerprint | None,
) -> None:
    also = hub.QUEUE if fingerprint is not None else ""
    end = _now() + LONGEST
    while not own.hub.closed and _now() < end:
        entries = await own.timeline.after(lane, reader.last, limit=BATCH)
        for entry in entries:
            await response.write(_event("bericht", frame(entry), entry.id))
            reader.last = entry.id
        await _tell_queue(response, reader, fingerprint)
        await _beat(response, reader)
        if len(entries) < BATCH:
            seen = await own.hub.wait(lane, reader.seen, SWEEP, also=also)
            reader.next_look = 0.0 if seen != reader.seen else reader.next_look
            reader.seen = seen


async def _tell_queue(response: web.StreamResponse, reader: _Reader, fingerprint: Fingerprint | None) -> None:
    now = _now()
    if fingerprint is None or now < reader.next_look:
        return
    reader.next_look = now + LOOK_AT_QUEUE
    current = await fingerprint()
    if current != reader.queue:
        reader.queue = current
        await response.write(_event("wachtrij", {}, reader.last))


async def _beat(response: web.StreamResponse, reader: _Reader) -> None:
    now = _now()
    if now >= reader.next_beat:
        reader.next_beat = now + HEARTBEAT
        await response.write(b": hier\n\n")


def _now() -> float:
    return asyncio.get_running_loop().time()


def _event(name: str, data: Mapping[str, object], last: int) -> bytes:
    return f"event: {name}\nid: {last}\ndata: {json.dumps(data)}\n\n".encode()
