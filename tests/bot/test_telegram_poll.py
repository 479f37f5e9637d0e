"""Polling: kept first, then confirmed; nothing stops it and it never spins."""

import asyncio
import json
import time

import pytest

from bot.channels import telegram_in
from flows import errors
from flows.door import RawUpdate
from flows.messages import Kind
from tests.bot.telegram_fakes import FakeDoor, FakeLease, FakeSleep, line, polling
from tests.telegram_emulator import Emulator


def kinds(raw: list[RawUpdate]) -> list[str]:
    found = []
    for update in raw:
        try:
            found.append(str(telegram_in.read_body(update.body, update.bot).kind))
        except errors.Unreadable:
            found.append("unreadable")
    return found


async def test_updates_come_in_order_with_their_lanes() -> None:
    door = FakeDoor()
    async with line() as on, polling(on.poller(door)):
        ids = [await on.telegram.say(chat, f"van {chat}") for chat in (7, 8, 7)]
        raw = await door.wait(3)
        await on.telegram.updates.settled()
    assert [update.update_id for update in raw] == [str(number) for number in ids]
    assert [update.lane for update in raw] == ["telegram:4242:7", "telegram:4242:8", "telegram:4242:7"]
    assert json.loads(raw[0].body)["message"]["text"] == "van 7"


async def test_failure_8_asks_for_the_kinds_it_needs() -> None:
    door = FakeDoor()
    async with line() as on, polling(on.poller(door)):
        await on.telegram.say(7, "hoi")
        await door.wait(1)
        await on.telegram.block(7)
        await on.telegram.edit(7, 1, "anders")
        assert kinds(await door.wait(3)) == [Kind.TEXT, Kind.BLOCKED, Kind.EDIT]


async def test_failure_1_the_offset_moves_only_after_the_keep() -> None:
    door = FakeDoor()
    async with line() as on:
        update = await on.telegram.say(7, "hoi")
        poller = on.poller(door)
        async with polling(poller):
            await door.wait(1)
            await on.telegram.updates.settled()
        offsets = [call.params.get("offset") for call in on.telegram.called("getUpdates")]
    assert offsets[:2] == [None, update + 1]


async def test_failure_1_killed_between_keep_and_confirm_nothing_is_lost_or_double() -> None:
    door = FakeDoor()
    async with line() as on:
        for number in range(5):
            await on.telegram.say(7, str(number))
        killed = on.poller(door)
        await killed._keep(await killed._fetch())
        assert len(on.telegram.updates.pending) == 5  # not confirmed
        async with polling(on.poller(door)):
            await on.telegram.updates.settled()
    assert (len(door.kept), door.repeats) == (5, 5)


async def test_failure_26_storage_away_does_not_move_the_offset() -> None:
    door = FakeDoor()
    door.away = 3
    async with line() as on, polling(on.poller(door)):
        await on.telegram.say(7, "hoi")
        await door.wait(1)
        await on.telegram.updates.settled()
    assert on.counts == {"telegram_poll_storage_away": 3}
    assert on.sleep.slept == [1, 2, 4]


POISON: list[dict[str, object]] = [
    {"message": "x"}, {"message": {"text": 5}}, {"brand_new": 1}, {"callback_query": []},
    {"message": {"message_id": 1, "date": 10**30, "chat": {"id": 7, "type": "private"}, "text": "x"}},
]  # fmt: skip


async def test_failure_2_poison_is_kept_beside_the_good() -> None:
    door = FakeDoor()
    async with line() as on, polling(on.poller(door)):
        for poison in POISON:
            await on.telegram.push_raw(dict(poison))
        await on.telegram.push_raw({"message": {"chat": {"id": 9}}}, bare=True)
        await on.telegram.push_raw(b"null")
        await on.telegram.say(7, "hoi")
        raw = await door.wait(len(POISON) + 3)
        await on.telegram.updates.settled()
    assert kinds(raw).count("unreadable") == len(POISON) + 1
    assert kinds(raw)[-1] == Kind.TEXT
    assert sum(update.update_id.startswith("bad:") for update in raw) == 2
    assert door.repeats == 0


async def test_failure_2_an_update_without_a_number_alone_does_not_spin() -> None:
    door, sleep = FakeDoor(), FakeSleep()
    async with line() as on, polling(on.poller(door, sleep=sleep)):
        await on.telegram.say(7, "hoi")
        await door.wait(1)
        await on.telegram.updates.settled()
        await on.telegram.push_raw({"message": 1}, bare=True)
        await on.telegram.updates.settled()
        await on.telegram.say(7, "hallo")
        await door.wait(3)
    assert len(door.kept) == 3
    assert on.counts["telegram_poll_without_number"] == len(sleep.slept) == 1


@pytest.mark.parametrize(
    "garbage", [b'{"update_id": %d, "message": {"te', b'{"update_id": %d, "message": ' + b"[" * 90_000 + b"]" * 90_000 + b"}"]
)
async def test_failure_2_an_answer_that_is_not_json_costs_one_update(garbage: bytes) -> None:
    door = FakeDoor()
    async with line() as on:
        await on.telegram.say(7, "ervoor")
        await on.telegram.push_raw(garbage % (on.telegram.updates.last_id + 1))
        await on.telegram.say(7, "erna")
        async with polling(on.poller(door)):
            raw = await door.wait(3)
            await on.telegram.updates.settled()
    assert kinds(raw) == [Kind.TEXT, "unreadable", Kind.TEXT]
    assert len(on.sleep.slept) <= 3


@pytest.mark.parametrize("how", ["500", "502_html", "garbage_json", "drop_before", "no_result", "429", "401", "400_unknown"])
async def test_failure_2_trouble_backs_off_and_passes(how: str) -> None:
    door = FakeDoor()
    async with line() as on:
        on.telegram.fail_next("getUpdates", how, 4)
        await on.telegram.say(7, "hoi")
        async with polling(on.poller(door)):
            await door.wait(1)
            await on.telegram.updates.settled()
    assert on.sleep.slept == [1, 2, 4, 8]
    assert sum(on.counts.values()) == 4


async def test_failure_2_the_jitter_is_full_and_bounded() -> None:
    poller_line: list[float] = []
    async with line(api=lambda _: "http://127.0.0.1:9") as on:
        stop = asyncio.Event()

        async def sleep(seconds: float) -> None:
            poller_line.append(seconds)
            if len(poller_line) == 12:
                stop.set()

        await on.poller(FakeDoor(), sleep=sleep).run(stop)
    assert poller_line == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60, 60]


async def test_failure_2_the_unluckiest_jitter_does_not_spin() -> None:
    async with line() as on:
        on.telegram.fail_next("getUpdates", "500", 3)
        async with polling(on.poller(FakeDoor(), uniform=lambda low, _: low)):
            while len(on.sleep.slept) < 3:
                await asyncio.sleep(0.001)
    assert on.sleep.slept == [0.05] * 3


async def test_failure_7_a_flood_names_its_own_wait() -> None:
    door, sleep = FakeDoor(), FakeSleep()
    async with line() as on:
        poller = on.poller(door, sleep=sleep)
        on.telegram.fail_next("getUpdates", "429")
        await on.telegram.say(7, "hoi")
        async with polling(poller):
            await door.wait(1)
    assert sleep.slept == [1]


async def test_failure_20_without_the_lease_nobody_polls() -> None:
    door, lease = FakeDoor(), FakeLease(ours=False)
    async with line() as on, polling(on.poller(door, lease)):
        await on.telegram.say(7, "hoi")
        while lease.asked < 5:
            await asyncio.sleep(0)
        assert on.telegram.called("getUpdates") == []
        lease.ours = True
        await door.wait(1)
    assert on.counts == {}


async def test_failure_20_a_conflict_waits_quietly() -> None:
    door = FakeDoor()
    async with line() as on:
        await on.bot.set_webhook("https://elders.example/hook")
        async with polling(on.poller(door)):
            while len(on.sleep.slept) < 3:
                await asyncio.sleep(0.001)
            await on.bot.delete_webhook()
            await on.telegram.say(7, "hoi")
            await door.wait(1)
    assert set(on.sleep.slept) == {5.0}
    assert set(on.counts) == {"telegram_poll_conflict"}


async def test_failure_20_two_pollers_lose_nothing() -> None:
    door = FakeDoor()
    async with line(Emulator()) as on, polling(on.poller(door)), polling(on.poller(door)):
        for number in range(50):
            await on.telegram.say(number % 5 + 1, str(number))
        await door.wait(50)
        await on.telegram.updates.settled()
    assert len(door.kept) == 50


async def test_failure_21_stops_at_once_in_a_long_poll_and_in_a_wait() -> None:
    async with line() as on:
        poller = on.poller(FakeDoor(), long_poll=50)
        started = time.monotonic()
        async with polling(poller):
            while not on.telegram.called("getUpdates"):
                await asyncio.sleep(0.001)
        async with polling(on.poller(FakeDoor(), FakeLease(ours=False), sleep=asyncio.sleep)):
            await asyncio.sleep(0.01)
    assert time.monotonic() - started < 1.5


async def test_failure_24_a_backlog_is_taken_in_portions() -> None:
    door = FakeDoor()
    async with line() as on:
        for number in range(250):
            await on.telegram.say(number % 7 + 1, str(number))
        async with polling(on.poller(door)):
            await door.wait(250)
            await on.telegram.updates.settled()
    texts = [json.loads(update.body)["message"]["text"] for update in door.raw]
    assert texts == [str(number) for number in range(250)]


async def test_the_poller_does_not_show_its_token() -> None:
    async with line() as on:
        assert "secret" not in repr(on.poller(FakeDoor()))
