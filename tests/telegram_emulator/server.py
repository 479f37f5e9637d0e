"""The HTTP side: routes, the token, parameters, scripted faults."""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.telegram_emulator.methods import Methods
from tests.telegram_emulator.refusal import Refusal, bad, forbidden, too_many

TEXTS = {"text", "caption", "parse_mode", "secret_token", "callback_query_id", "url", "file_id", "action"}


@dataclass(frozen=True)
class Call:
    method: str
    params: dict[str, Any]
    at: float = field(default_factory=time.monotonic)


class Server:
    def __init__(self, token: str, methods: Methods, take_fault: Callable[[str], str]) -> None:
        self.token, self.methods, self.take_fault = token, methods, take_fault
        self.calls: list[Call] = []
        self.url = ""
        self._closing = asyncio.Event()
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application(client_max_size=60_000_000)
        app.router.add_route("*", "/bot{token}/{method}", self._method)
        app.router.add_get("/file/bot{token}/{path:.*}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    async def stop(self) -> None:
        self._closing.set()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _download(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self.token:
            return web.json_response(Refusal("Unauthorized", 401).body(), status=401)
        for path, content, _ in self.methods.world.files.values():
            if path == request.match_info["path"]:
                return await self._faulty(request, "download", web.Response(body=content))
        return web.json_response(Refusal("Not Found", 404).body(), status=404)

    async def _method(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        params = await read_params(request)
        self.calls.append(Call(method, params))
        try:
            if request.match_info["token"] != self.token:
                raise Refusal("Unauthorized", 401)
            fault = self.take_fault(method)
            await self._before(request, fault)
            answer = await self._answer(method, params)
            return await self._after(request, fault, answer)
        except Refusal as refusal:
            return web.json_response(refusal.body(), status=refusal.code)

    async def _answer(self, method: str, params: dict[str, Any]) -> web.Response:
        if method == "getUpdates":
            return web.Response(body=await self.methods.updates.get(params), content_type="application/json")
        return web.json_response({"ok": True, "result": await self.methods.call(method, params)})

    async def _before(self, request: web.Request, fault: str) -> None:
        refusals = {
            "403_unknown": forbidden("something Telegram thought of yesterday"),
            "400_unknown": bad("SOMETHING_NEW_INVALID"),
            "401": Refusal("Unauthorized", 401),
            "parse_error": bad('can\'t parse entities: Unsupported start tag "x" at byte offset 1'),
            "429": too_many(1),
            "500": Refusal("Internal Server Error", 500),
        }
        if fault in refusals:
            raise refusals[fault]
        if fault == "hang_before":
            await self._hang()
        if fault == "drop_before":
            drop(request)

    async def _after(self, request: web.Request, fault: str, answer: web.Response) -> web.Response:
        if fault == "timeout_after_accept":
            await self._hang()
        if fault == "drop_after":
            drop(request)
        bodies = {"garbage_json": (200, b'{"ok":tr'), "no_result": (200, b'{"ok":true}'), "502_html": (502, b"<html>502</html>")}
        if fault in bodies:
            status, body = bodies[fault]
            return web.Response(status=status, body=body)
        return answer

    async def _faulty(self, request: web.Request, method: str, answer: web.Response) -> web.Response:
        fault = self.take_fault(method)
        if fault == "500":
            return web.Response(status=500)
        await self._before(request, fault)
        return await self._after(request, fault, answer)

    async def _hang(self) -> None:
        await self._closing.wait()


def drop(request: web.Request) -> None:
    """The connection is gone: neither an answer nor a reason."""
    if request.transport is not None:
        request.transport.abort()
    raise asyncio.CancelledError


async def read_params(request: web.Request) -> dict[str, Any]:
    fields: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        fields |= await request.json()
    elif request.can_read_body:
        for name, value in (await request.post()).items():
            fields[name] = value.file.read() if isinstance(value, web.FileField) else value
    return {name: parsed(name, value) for name, value in fields.items()}


def parsed(name: str, value: object) -> object:
    """Telegram takes JSON values in form fields; what does not parse stays text."""
    if name in TEXTS or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
