"""How python-telegram-bot reaches Telegram: aiohttp instead of httpx, and errors that say whether a request was sent.

No error and no log line made here holds the URL, for it holds the token, nor an answer, for it may hold what people wrote.
"""

import json
import math
from collections.abc import Mapping
from typing import Any

import aiohttp
import telegram
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

FLOOD_WITHOUT_A_TERM = 5.0
WRITE_TIMEOUT = 20.0


class NotSent(NetworkError):
    """Telegram has not seen the request: no name, no connection."""


class Lost(NetworkError):
    """Sent, but no usable answer: the connection broke, 5xx, or an answer that is not the Bot API's."""


class Flood(TelegramError):
    """429. Our own, for the library's RetryAfter warns of a deprecation whenever it is made."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"flood control, retry in {seconds:g} s")
        self.seconds = seconds


class Missing(TelegramError):
    """404, which the library would call an invalid token: there is no such file."""


class TooLarge(TelegramError):
    """The download was stopped at its limit."""


class AiohttpRequest(BaseRequest):
    """One client session for everything. `connections` bounds what runs at once; the rest waits its turn."""

    __slots__ = ("_connect", "_connections", "_read", "_session")

    def __init__(self, *, connect_timeout: float = 5.0, read_timeout: float = 15.0, connections: int = 100) -> None:
        self._connect, self._read, self._connections = connect_timeout, read_timeout, connections
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read

    async def initialize(self) -> None:
        """May be called twice: Bot does so when one request object serves it for everything."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections)
            # No cookies, no redirects to follow: this session speaks with one host only.
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar())

    async def shutdown(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        patience = self._timeout(read_timeout, write_timeout, connect_timeout)
        return checked(*await self._exchange(method, url, form(request_data), patience))

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The library's own logs the whole answer when it cannot be parsed."""
        answer = parsed(payload)
        if answer is None or (answer.get("ok") is True and "result" not in answer):
            raise Lost("answer is not of the Bot API")
        return answer

    async def ask(self, url: str, params: Mapping[str, object], *, read_timeout: float) -> bytes:
        """The answer to a method as bytes, for who must see it unparsed. `params` are JSON-encoded unless text."""
        fields = {name: value if isinstance(value, str) else json.dumps(value) for name, value in params.items()}
        status, body = checked(*await self._exchange("POST", url, fields, self._timeout(read_timeout, None, None)))
        if status == 409:
            raise telegram.error.Conflict("another poll or a webhook is active")
        if status in (401, 404):
            raise telegram.error.InvalidToken("token refused")
        if not 200 <= status < 300:
            raise NetworkError(f"status {status}")
        return body

    async def download(self, url: str, limit: int) -> bytes:
        """A file of at most `limit` bytes."""
        try:
            async with self._open().get(url, timeout=self._timeout(None, None, None), allow_redirects=False) as answer:
                if answer.status == 404:
                    raise Missing("no such file")
                checked(answer.status, b"{}")
                if answer.status != 200:
                    raise NetworkError(f"status {answer.status}")
                return await read_at_most(answer, limit)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise translated(error) from None

    async def _exchange(self, method: str, url: str, data: object, patience: aiohttp.ClientTimeout) -> tuple[int, bytes]:
        try:
            async with self._open().request(method, url, data=data, timeout=patience, allow_redirects=False) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise translated(error) from None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise NotSent("the channel is shut down")
        return self._session

    def _timeout(self, read: object, write: object, connect: object) -> aiohttp.ClientTimeout:
        to_read = float(read) if isinstance(read, int | float) else self._read
        to_connect = float(connect) if isinstance(connect, int | float) else self._connect
        to_write = float(write) if isinstance(write, int | float) else WRITE_TIMEOUT
        # `total` is for a body that trickles in or out; it never ends a healthy request.
        return aiohttp.ClientTimeout(total=to_connect + to_write + to_read + 5, sock_connect=to_connect, sock_read=to_read)


def translated(error: Exception) -> NetworkError:
    """Only the name of the error goes along: its text may hold the URL."""
    name = type(error).__name__
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError | aiohttp.InvalidURL):
        return NotSent(name)
    if isinstance(error, TimeoutError):
        return TimedOut(name)
    return Lost(name)


def checked(status: int, body: bytes) -> tuple[int, bytes]:
    """Raises what the library would blur: 429 and 5xx. A refusal that is not JSON is given an empty one."""
    if status == 429:
        raise Flood(retry_after(body))
    if status >= 500:
        raise Lost(f"status {status}")
    if status >= 400 and parsed(body) is None:
        return status, b'{"ok":false}'
    return status, body


def retry_after(body: bytes) -> float:
    parameters = (parsed(body) or {}).get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    if isinstance(seconds, int | float) and not isinstance(seconds, bool) and math.isfinite(seconds) and seconds > 0:
        return float(seconds)
    return FLOOD_WITHOUT_A_TERM


def parsed(body: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def form(data: RequestData | None) -> object:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    fields = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, media_type) in data.multipart_data.items():
        fields.add_field(name, content, filename=filename, content_type=media_type)
    return fields


async def read_at_most(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_chunked(65536):
        content += chunk
        if len(content) > limit:
            raise TooLarge("larger than the limit")
    return bytes(content)
