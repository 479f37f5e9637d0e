"""A house that stops, dies or was away, and what it finds when it comes back. Rows 1, 14, 16, 21, 22, 24 and 27."""

import asyncio
import os
import sys
import time
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from flows.melder.states import Asking
from flows.people import Role
from flows.ports import FileStatus
from tests.house import KEY, ROOT, ShiftedClock, open_store, spawn_house
from tests.journeys.driver import ACUTE, STORY, Chat, Town, house_at, label, town
from tests.journeys.waiting import until
from tests.telegram_emulator import Emulator, SecondOpinion

MELDER, OTHER, DESK = 11, 12, 21
BOTH = pytest.mark.parametrize("kind", [Emulator, SecondOpinion])


@BOTH
async def test_failure_14_after_a_restart_it_goes_on_at_the_same_question(
    url: str, kind: type[Emulator] | type[SecondOpinion]
) -> None:
    async with kind() as telegram:
        melder = Chat(telegram, MELDER)
        async with house_at(url, telegram):
            await melder.says(STORY)
            question = await melder.reads("kinderen")
        async with house_at(url, telegram):
            await melder.presses(label("answer-danger-niets"), question)
            question = await melder.reads("Wie mag weten")
        async with house_at(url, telegram) as around:
            await melder.answers_all(question)
            async with around.app.store.begin() as work:
                [melding] = await work.meldingen.of_melder(around.key(MELDER))
        assert melding.report.story == STORY
        assert len(melding.report.asked) == len(set(melding.report.asked))


async def test_failure_16_an_album_cut_by_a_kill_is_one_report_with_all_captions(sqlite: str, tmp_path: Path) -> None:
    captions = (f"{STORY} links", None, "de deur", "en dit was gisteren")
    async with Emulator() as telegram:
        async with spawn_house(sqlite, telegram.url, telegram.token, tmp_path / "log") as house:
            await telegram.photo(MELDER, "album", captions[0])
            await telegram.updates.settled(20)
            await house.kill()
            for caption in captions[1:3]:
                await telegram.photo(MELDER, "album", caption)
            await house.start()
            await until(lambda: not telegram.updates.pending)
            await house.kill()
            await telegram.photo(MELDER, "album", captions[3])
        async with house_at(sqlite, telegram) as around:
            await until(lambda: files_told(around, 4))
            report = (await around.talk(MELDER)).state.report  # type: ignore[union-attr]
            assert [part.text for part in report.parts] == [caption for caption in captions if caption]
            assert len({file.id for file in report.files}) == 4

            async def all_there() -> bool:
                async with around.app.store.begin() as work:
                    statuses = await work.files.statuses([file.id for file in report.files])
                return set(statuses.values()) == {FileStatus.KEPT}

            await until(all_there)


async def files_told(around: Town, number: int) -> bool:
    state = (await around.talk(MELDER)).state
    return isinstance(state, Asking) and len(state.report.files) == number


async def test_failure_21_a_stop_drains_what_is_under_way_and_nothing_comes_twice(sqlite: str) -> None:
    async with Emulator() as telegram:
        async with house_at(sqlite, telegram):
            telegram.fail_next("sendMessage", "hang_before")
            await Chat(telegram, MELDER).says(STORY)
            await until(lambda: bool(telegram.called("sendMessage")))
            asyncio.get_running_loop().call_later(0.5, telegram.server._closing.set)
        assert len(Chat(telegram, MELDER).history) == 1
        async with open_store(sqlite) as (_, begin), begin() as work:
            assert not await work.inbox.claim(ShiftedClock()(), timedelta(seconds=1), 9)
            assert not await work.outbox.claim(ShiftedClock()(), timedelta(seconds=1), 9, channels=("telegram",))
        async with house_at(sqlite, telegram) as around:
            await around.chat(OTHER).says("/help")
            await around.chat(OTHER).reads("/status")
        assert len(Chat(telegram, MELDER).history) == 1


async def test_failure_22_a_file_that_cannot_be_had_never_costs_the_report(sqlite: str) -> None:
    clock = ShiftedClock()
    async with town(sqlite, clock=clock) as around:
        telegram: Emulator = around.telegram
        desk, melder = await around.employs(DESK, Role.MEDEWERKER), around.chat(MELDER)
        telegram.fail_next("getFile", "500")
        await telegram.photo(MELDER, caption=ACUTE, content=b"\xff\xd8\xff klein")
        await melder.reads("112")
        await telegram.photo(MELDER, content=b"x", size=21 * 1024 * 1024)
        await melder.reads("bewaard")
        await telegram.send_kind(MELDER, voice={"file_id": "AgADweg", "file_unique_id": "weg", "duration": 3})
        await melder.reads("bewaard")
        async with around.app.store.begin() as work:
            [melding] = await work.meldingen.of_melder(around.key(MELDER))
        files = [file.id for file in melding.report.files]

        async def stand(*wanted: FileStatus) -> bool:
            async with around.app.store.begin() as work:
                found = await work.files.statuses(files)
            return tuple(found[file] for file in files) == wanted

        failed, wanted, kept = FileStatus.FAILED, FileStatus.WANTED, FileStatus.KEPT
        await until(lambda: stand(wanted, failed, failed))
        await desk.says(f"/melding {melding.number}")
        await desk.reads("bestanden: 3", "niet opgehaald: 3")
        clock.skip(timedelta(hours=1))
        await until(lambda: stand(kept, failed, failed))
        assert await around.app.store.files.get(files[0]) == b"\xff\xd8\xff klein"
        await desk.says(f"/melding {melding.number}")
        await desk.reads("niet opgehaald: 2")


async def test_failure_24_after_two_hours_away_acute_is_first_and_greetings_are_one(sqlite: str) -> None:
    then = int(time.time()) - 7200
    async with Emulator() as telegram:
        async with house_at(sqlite, telegram) as around:
            desk = await around.employs(DESK, Role.MEDEWERKER)
            melder = around.chat(MELDER)
            await melder.says(STORY)
            question = await melder.reads("kinderen")
            await melder.presses(label("answer-danger-niets"), question)
            await melder.reads("Wie mag weten")
        for text in ("/start", "hallo", "hallo?", "is daar iemand"):
            await Chat(telegram, OTHER).says(text, date=then)
        await melder.presses(label("answer-danger-wapen"), question)
        await Chat(telegram, 13).says(ACUTE, date=then)
        async with house_at(sqlite, telegram):
            card = await Chat(telegram, 13).reads("112", "later dan normaal")
            assert card.text.startswith("Bel nu 112")
            await desk.reads("stond een tijd stil")
            await desk.reads("ACUUT")
            await melder.reads("eerdere vraag")
            await Chat(telegram, OTHER).reads("later dan normaal")
            await telegram.updates.settled(20)
        assert len(Chat(telegram, OTHER).history) <= 2


async def test_failure_27_a_full_disk_is_one_clear_error_and_nothing_half_written(sqlite: str, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    port_secret = {"TELEGRAM_MODE": "webhook", "WEBHOOK_SECRET": "geheim_genoeg_voor_telegram"}
    async with Emulator() as telegram:
        async with spawn_house(
            sqlite, telegram.url, telegram.token, tmp_path / "log", PUBLIC_URL="https://meldpunt.invalid", **port_secret
        ) as house:
            hook = f"{house.url}/telegram/webhook/{telegram.bot_id}"
            secret = {"X-Telegram-Bot-Api-Secret-Token": port_secret["WEBHOOK_SECRET"]}
            body = {"update_id": 5001, "message": telegram.message(MELDER, MELDER, {"text": STORY})}
            telegram.known(MELDER)
            async with aiohttp.ClientSession(headers=secret) as session:
                _, hard = resource.prlimit(house.pid, resource.RLIMIT_FSIZE, (4096, -1))
                async with session.post(hook, json=body) as answer:
                    assert answer.status == 503
                assert await house.status("/gezondheid/leeft") == 200
                resource.prlimit(house.pid, resource.RLIMIT_FSIZE, (hard, hard))
                async with session.post(hook, json=body) as answer:
                    assert answer.status == 200
            await Chat(telegram, MELDER).reads("kinderen")
            assert STORY not in house.told()
        async with open_store(sqlite) as (database, begin):
            await database.ping()
            async with begin() as work:
                assert not await work.inbox.claim(ShiftedClock()(), timedelta(seconds=1), 9)


async def test_failure_27_a_start_on_a_full_disk_says_so_in_one_line(tmp_path: Path) -> None:
    script = 'ulimit -f 0; exec "$0" -m bot serve'
    own = {"MELDPUNT_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path}/vol/m.db", "MELDPUNT_SECRET_KEYS": KEY}
    process = await asyncio.create_subprocess_exec(
        "sh", "-c", script, sys.executable, cwd=ROOT, env={**os.environ, **own}, stdout=-1, stderr=-1
    )
    async with asyncio.timeout(30):
        told, wrong = await process.communicate()
    assert process.returncode == 1
    assert not told
    [line] = wrong.decode().splitlines()
    assert line.startswith("StorageAway")
