"""Alive and ready, for whoever starts and stops replicas. No content."""

from aiohttp import web

from bot.web import parts
from flows import errors


async def alive(request: web.Request) -> web.Response:
    return web.json_response({"status": "leeft"})


async def ready(request: web.Request) -> web.Response:
    try:
        found = dict(await parts.of(request).ready())
    except errors.StorageAway:
        found = {"opslag": False}
    fit = all(value is not False for value in found.values())
    return web.json_response({"status": "klaar" if fit else "niet klaar", **found}, status=200 if fit else 503)
