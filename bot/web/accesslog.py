"""Requests as log lines without content: the route, never the address, for an address may hold a start code."""

from aiohttp import web
from aiohttp.abc import AbstractAccessLogger


class AccessLogger(AbstractAccessLogger):
    """For `web.AppRunner(access_log_class=AccessLogger)`."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        resource = request.match_info.route.resource if isinstance(request, web.Request) else None
        route = resource.canonical if resource is not None else "-"
        self.logger.info("%s %s %d %.3f s", request.method, route, response.status, time)
