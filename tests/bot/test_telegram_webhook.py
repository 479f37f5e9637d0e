"""The webhook, over real HTTP."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web

from bot.channels import telegram_webhook
from bot.channels.telegram_webhook import HEADER, LARGEST, Webhook
from flows import errors
from tests.bot.telegram_fakes import FakeDoor, line

SECRET = "een-geheim_1"
UPDATE = {"update_id": 5, "message": {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "hoi"}}


@dataclass
class Site:
    url: str
    session: aiohttp.ClientSession
    door: FakeDoor
    counts: list[str] = field(default_factory=list)

    async def post(self, body: bytes | io.BytesIO, *, path: str = "/telegram/webhook/4242", secret: str | None = SECRET) -> int:
        headers = {} if secret is None else {HEADER: secret}
        async with self.session.post(self.url + path, data=body, headers=headers) as answer:
            await answer.read()
            return answer.status


@asynccontextmanager
async def site() -> AsyncIterator[Site]:
    door, app, counts = FakeDoor(), web.Application(), list[str]()
    Webhook("4242", SECRET, door, counts.append).add_to(app)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as session:
        yield Site(f"http://127.0.0.1:{runner.addresses[0][1]}", session, door, counts)
    await runner.cleanup()


async def test_failure_1_kept_before_it_is_acknowledged() -> None:
    async with site() as here:
        assert await here.post(json.dumps(UPDATE).encode()) == 200
        assert [(raw.update_id, raw.lane) for raw in here.door.raw] == [("5", "telegram:4242:7")]
        assert here.counts == ["telegram_webhook_kept"]


@pytest.mark.parametrize("secret", [None, "", "een-geheim_2", SECRET + "x", "é"])
async def test_failure_23_without_the_secret_nothing_is_processed(secret: str | None) -> None:
    async with site() as here:
        assert await here.post(json.dumps(UPDATE).encode(), secret=secret) == 401
        assert here.door.raw == []
        assert here.counts == ["telegram_webhook_secret"]


@pytest.mark.parametrize(
    ("path", "counts"), [("/telegram/webhook/1", ["telegram_webhook_path"]), ("/telegram/webhook/", []), ("/elders", [])]
)
async def test_failure_23_another_path_is_not_found(path: str, counts: list[str]) -> None:
    async with site() as here:
        assert await here.post(json.dumps(UPDATE).encode(), path=path) == 404
        assert (here.door.raw, here.counts) == ([], counts)


async def test_failure_23_a_body_too_large_is_refused() -> None:
    async def slowly() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * (LARGEST // 16)

    async with site() as here:
        assert await here.post(io.BytesIO(b"x" * (LARGEST + 1))) == 413
        async with here.session.post(here.url + "/telegram/webhook/4242", data=slowly(), headers={HEADER: SECRET}) as answer:
            assert answer.status == 413
        assert (here.door.raw, here.counts) == ([], ["telegram_webhook_size"] * 2)


@pytest.mark.parametrize("body", [b"", b"{nee", b"\xff\xfe", b"a=b"])
async def test_failure_23_what_is_not_json_is_refused(body: bytes) -> None:
    async with site() as here:
        assert await here.post(body) == 400
        assert (here.door.raw, here.counts) == ([], ["telegram_webhook_json"])


@pytest.mark.parametrize("body", [b"5", b"[]", b'{"message": {}}', b"[" * 90_000 + b"]" * 90_000])
async def test_failure_2_json_of_any_shape_is_kept_so_that_it_does_not_come_back(body: bytes) -> None:
    async with site() as here:
        assert await here.post(body) == 200
        assert [raw.update_id[:4] for raw in here.door.raw] == ["bad:"]
        assert here.door.raw[0].body == body


async def test_failure_26_storage_away_is_503() -> None:
    async with site() as here:
        here.door.away = 1
        assert await here.post(json.dumps(UPDATE).encode()) == 503
        assert await here.post(json.dumps(UPDATE).encode()) == 200
        assert len(here.door.raw) == 1


async def test_failure_4_the_same_update_at_the_same_time_is_kept_once() -> None:
    async with site() as here:
        assert await asyncio.gather(*(here.post(json.dumps(UPDATE).encode()) for _ in range(20))) == [200] * 20
        assert len(here.door.raw) == 1


async def test_failure_26_telegram_brings_again_what_was_not_kept() -> None:
    async with site() as here, line() as on:
        here.door.away = 2
        await on.telegram.say(7, "hoi")
        await on.bot.set_webhook(here.url + "/telegram/webhook/4242", secret_token=SECRET)
        await here.door.wait(1)
        await on.telegram.updates.settled()
        await on.telegram.say(7, "nog eens")
        await here.door.wait(2)
        assert here.counts.count("telegram_webhook_storage_away") == 2


async def test_failure_23_the_state_of_the_webhook_can_be_watched() -> None:
    async with line() as on:
        before = await telegram_webhook.state(on.bot)
        assert (before.url, before.waiting, before.last_error_at) == ("", 0, None)
        await telegram_webhook.register(on.bot, "http://127.0.0.1:9/", "4242", SECRET)
        assert on.telegram.updates.allowed == ["message", "edited_message", "callback_query", "my_chat_member"]
        await on.telegram.say(7, "hoi")
        while not on.telegram.updates.errors:
            await asyncio.sleep(0.01)
        after = await telegram_webhook.state(on.bot)
    assert (after.url, after.waiting) == ("http://127.0.0.1:9/telegram/webhook/4242", 1)
    assert after.last_error_at is not None


def test_failure_23_an_empty_secret_refuses_the_start() -> None:
    with pytest.raises(errors.BadSettings):
        Webhook("4242", "", FakeDoor(), print)
    assert SECRET not in repr(Webhook("4242", SECRET, FakeDoor(), print))
