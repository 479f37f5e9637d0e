"""Headers, who may post, caches, and what never stands in a log."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.web.accesslog import AccessLogger
from bot.web.app import make_app
from bot.web.parts import DemoLinks
from flows import errors
from storage.engine import Database
from storage.secrets import Vault
from storage.unit_of_work import Begin
from tests.bot import web_house
from tests.bot.web_house import WebHouse
from tests.fakes import FakeClock


@pytest.fixture
async def house(database: Database, vault: Vault, begin: Begin, clock: FakeClock, tmp_path: Path) -> AsyncIterator[WebHouse]:
    async with web_house.opened(
        database, vault, begin, clock, tmp_path, extra_routes=[web.post("/haak/{geheim}", hook)], demo=DemoLinks(1, 1)
    ) as opened:
        yield opened


async def hook(request: web.Request) -> web.Response:
    return web.Response(text="gehoord")


@pytest.mark.parametrize(
    "path",
    ["/", "/chat", "/privacy", "/werkplek", "/regie", "/demo", "/start/abcd", "/nergens", "/chat/events", "/gezondheid/leeft"],
)
async def test_every_answer_has_the_headers(house: WebHouse, path: str) -> None:
    headers = (await house.get(path)).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'self'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Server"] == "meldpunt"
    assert "Strict-Transport-Security" not in headers


async def test_pages_hold_no_script_or_style_of_their_own(house: WebHouse) -> None:
    for path in ("/chat", "/privacy", "/demo", "/start/abcd", "/nergens"):
        page = await (await house.get(path)).text()
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick" not in page
        assert page.count("<script") == page.count('<script type="module" src="/static/')
        assert "http://" not in page
        assert "https://" not in page


@pytest.mark.parametrize("origin", [None, "null", "https://kwaad.example", "http://kwaad.example:80", "file://"])
@pytest.mark.parametrize("path", ["/chat/messages", "/chat/files", "/werkplek/messages", "/regie/messages", "/start/abcd"])
async def test_a_post_from_elsewhere_is_refused(house: WebHouse, origin: str | None, path: str) -> None:
    await house.get("/chat")
    headers = {"Origin": origin} if origin else {}
    response = await house.client.post(path, json={"id": "1", "kind": "text", "text": "hoi"}, headers=headers)
    assert response.status == 403


async def test_the_public_address_is_ours_behind_a_proxy(house: WebHouse) -> None:
    await house.get("/chat")
    body = {"id": "1", "kind": "text", "text": "hoi"}
    response = await house.client.post("/chat/messages", json=body, headers={"Origin": "http://meldpunt.example"})
    assert response.status == 202


async def test_a_hook_of_another_channel_checks_its_callers_itself(house: WebHouse) -> None:
    assert (await house.client.post("/haak/x", data=b"{}")).status == 200


async def test_cookies_are_secure_when_the_address_is(
    database: Database, vault: Vault, begin: Begin, clock: FakeClock, tmp_path: Path
) -> None:
    async with web_house.opened(database, vault, begin, clock, tmp_path, public_url="https://meldpunt.example") as house:
        response = await house.get("/chat")
    cookie = response.headers["Set-Cookie"]
    assert all(part in cookie for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/chat"))
    assert "Strict-Transport-Security" in response.headers


async def test_assets_are_kept_for_ever_and_only_under_their_own_version(house: WebHouse) -> None:
    page = await (await house.get("/chat")).text()
    url = page.split('src="')[1].split('"')[0]
    current = await house.get(url)
    assert "immutable" in current.headers["Cache-Control"]
    assert current.content_type == "text/javascript"
    old = await house.get("/static/0000000000000000/chat.js")
    assert old.status == 200
    assert old.headers["Cache-Control"] == "no-store"
    assert (await house.get(url.replace("chat.js", "..%2Fapp.py"))).status == 404


async def test_an_error_says_what_to_do_and_shows_no_insides(house: WebHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("geheim verhaal")

    monkeypatch.setattr("bot.web.bubbles.history", broken)
    response = await house.get("/chat")
    assert response.status == 500
    body = await response.text()
    assert "geheim" not in body
    assert "Traceback" not in body
    assert "Content-Security-Policy" in response.headers


async def test_a_method_that_is_not_there_says_which_are(house: WebHouse) -> None:
    response = await house.client.delete("/privacy", headers={"Origin": house.origin})
    assert response.status == 405
    assert "GET" in response.headers["Allow"]


async def test_ready_says_no_when_a_part_is_away(house: WebHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await house.get("/gezondheid/leeft")).status == 200
    response = await house.get("/gezondheid/klaar")
    assert (response.status, await response.json()) == (200, {"status": "klaar", "opslag": True})

    async def away(_: Database) -> None:
        raise errors.StorageAway

    monkeypatch.setattr(Database, "ping", away)
    assert (await house.get("/gezondheid/klaar")).status == 503


async def test_the_access_log_holds_the_route_and_never_the_address(house: WebHouse, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    server = TestServer(make_app(house.parts))
    await server.start_server(access_log=logging.getLogger("toegang"), access_log_class=AccessLogger)
    async with TestClient(server) as client, client.get("/start/geheime-code?x=verhaal") as response:
        assert response.status == 200
    (line,) = [record.getMessage() for record in caplog.records if record.name == "toegang"]
    assert line.startswith("GET /start/{code} 200")
