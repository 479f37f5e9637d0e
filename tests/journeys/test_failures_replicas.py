"""More than one house on one PostgreSQL, and a PostgreSQL that goes away. Rows 4, 20 and 26."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import AsyncExitStack

import aiohttp
import pytest

from bot.channels import telegram_in
from tests import postgres as pg
from tests.house import free_port
from tests.journeys.driver import STORY, Chat, Town, house_at, label
from tests.journeys.waiting import until
from tests.telegram_emulator import Emulator, SecondOpinion

MELDER, OTHER = 11, 12
SECRET = "geheim_genoeg_voor_telegram"


@pytest.fixture
def shared(postgres: pg.Postgres) -> Iterator[str]:
    with postgres.database() as found:
        yield found


async def parts(around: Town, chat_id: int) -> list[str]:
    report = getattr((await around.talk(chat_id)).state, "report", None)
    return [] if report is None else [part.text for part in report.parts]


async def test_failure_4_the_same_update_at_two_replicas_at_once_is_handled_once(shared: str) -> None:
    async with Emulator() as telegram, house_at(shared, telegram) as one, house_at(shared, telegram) as two:
        telegram.known(MELDER)
        said = [f"{STORY} en dit is deel {number}" for number in range(12)]
        updates = [{"update_id": 7000 + i, "message": telegram.message(MELDER, MELDER, {"text": t})} for i, t in enumerate(said)]
        bot = str(telegram.bot_id)
        for update in updates:
            raw = telegram_in.raw_update(update, json.dumps(update).encode(), bot)
            again = telegram_in.raw_update({**update, "update_id": update["update_id"] + 500}, json.dumps(update).encode(), bot)
            await asyncio.gather(one.app.door.keep([raw]), two.app.door.keep([raw]), two.app.door.keep([again]))

        async def handled() -> bool:
            return (await one.app.store.overview.health(one.app.clock())).unhandled == 0

        await until(handled)
        assert await parts(two, MELDER) == said
        assert (await one.talk(MELDER)).version == len(said)


@pytest.mark.parametrize("kind", [Emulator, SecondOpinion])
async def test_failure_20_of_two_houses_one_polls_and_the_other_takes_over(
    shared: str, kind: type[Emulator] | type[SecondOpinion]
) -> None:
    async with kind() as telegram, AsyncExitStack() as first:
        melder = Chat(telegram, MELDER)
        leaves = await first.enter_async_context(house_at(shared, telegram))
        await melder.says(STORY)
        question = await melder.reads("kinderen")
        async with house_at(shared, telegram) as stays:
            await melder.presses(label("answer-danger-niets"), question)
            question = await melder.reads("Wie mag weten")
            await first.aclose()
            await melder.answers_all(question)
        assert "telegram_poll_conflict" not in {**stays.app.counts, **leaves.app.counts}


async def test_failure_26_without_its_database_it_waits_says_so_and_loses_nothing() -> None:
    with pg.postgres() as server, server.database() as url:
        async with Emulator() as telegram, house_at(url, telegram) as around:
            melder = around.chat(MELDER)
            await melder.says(STORY)
            await melder.reads("kinderen")
            await asyncio.to_thread(server.server.stop)
            await until(lambda: ready(around.running.url, 503))
            assert await ready(around.running.url, 200, "/gezondheid/leeft")
            await melder.says("en hij slaapt al dagen niet meer")
            await until(lambda: around.app.counts.get("telegram_poll_storage_away", 0) > 0)
            assert telegram.updates.pending
            await asyncio.to_thread(server.server.ensure_postgres_running)
            await until(lambda: ready(around.running.url, 200))
            await melder.reads("Wie mag weten", timeout=40)
            assert len(await parts(around, MELDER)) == 2
            await until(lambda: settled(around))
            await asyncio.to_thread(server.server.stop)
        # Set down without its database, and no complaint; the next line is for who drops the test's own.
        await asyncio.to_thread(server.server.ensure_postgres_running)


async def settled(around: Town) -> bool:
    return (await around.app.store.overview.health(around.app.clock())).unsent == 0


async def ready(url: str, status: int, path: str = "/gezondheid/klaar") -> bool:
    async with aiohttp.ClientSession() as session, session.get(url + path) as answer:
        return answer.status == status


async def test_failure_26_a_webhook_without_database_is_told_to_come_back() -> None:
    port = free_port()
    own = {"http": f"127.0.0.1:{port}", "public_url": f"http://127.0.0.1:{port}", "telegram_mode": "webhook"}
    with pg.postgres() as server, server.database() as url:
        async with Emulator() as telegram, house_at(url, telegram, webhook_secret=SECRET, **own) as around:
            await until(lambda: bool(telegram.updates.url))
            await asyncio.to_thread(server.server.stop)
            await around.chat(MELDER).says(STORY)
            await until(lambda: around.app.counts.get("telegram_webhook_storage_away", 0) > 0)
            assert "503" in telegram.updates.errors[-1][1]
            await asyncio.to_thread(server.server.ensure_postgres_running)
            await around.chat(MELDER).reads("kinderen", timeout=40)
