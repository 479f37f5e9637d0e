"""What keeps the work going: the crew, the nursery, the clock, the pace and the watch."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from telegram.error import NetworkError

from bot import crew, hub, schedule
from bot.channels.telegram_webhook import WebhookState
from bot.crew import Crew
from bot.nursery import Nursery
from bot.pace import ALL, CHAT, GROUP, Pace
from bot.watch import STUCK, Watch
from flows.door import RawUpdate
from flows.errors import Conflict, StorageAway
from flows.messages import ConversationKey, Outgoing, say
from storage.engine import Database
from storage.overview import Overview
from storage.secrets import Vault
from tests.town import LEASE, Town, on_sqlite


class Table:
    """Work to lease: each claim first takes the next of `trouble`."""

    def __init__(self, items: int, *trouble: Exception) -> None:
        self.waiting, self.trouble = list(range(items)), list(trouble)
        self.done: list[int] = []
        self.at_once = self.most_at_once = 0
        self.finished = asyncio.Event()
        self.goal = items

    async def claim(self, most: int) -> Sequence[int]:
        if self.trouble:
            raise self.trouble.pop(0)
        taken, self.waiting = self.waiting[:most], self.waiting[most:]
        return taken

    async def work(self, one: int) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        self.done.append(one)
        if len(self.done) == self.goal:
            self.finished.set()
        if one == 3:
            raise StorageAway
        if one == 4:
            raise ValueError("one that quotes a story")


async def _run(table: Table, hands: int = 4) -> None:
    wakes, nursery, stop = hub.Hub(), Nursery(), asyncio.Event()
    own = Crew("inbox", "inbox", wakes, table.claim, table.work, hands=hands)
    running = nursery.start(own.run(stop, nursery), "crew")
    async with asyncio.timeout(5):
        await table.finished.wait()
        stop.set()
        wakes.wake("inbox")
        await running
        await nursery.drain(5)


async def test_a_crew_does_all_the_work_with_its_hands_full_and_no_fuller() -> None:
    table = Table(50)
    await _run(table)
    assert sorted(table.done) == list(range(50)), "also after one that failed, and one whose database went away"
    assert table.most_at_once == 4


@pytest.mark.parametrize("trouble", [StorageAway(), Conflict(), RuntimeError("odd")])
async def test_a_crew_that_cannot_claim_rests_and_claims_again(monkeypatch: pytest.MonkeyPatch, trouble: Exception) -> None:
    monkeypatch.setattr(crew, "AWAY", 0.0)
    table = Table(2, trouble, trouble)
    await _run(table)
    assert sorted(table.done) == [0, 1]


async def test_a_nursery_waits_for_what_is_under_way_and_cancels_what_is_late(caplog: pytest.LogCaptureFixture) -> None:
    nursery, gate = Nursery(), asyncio.Event()
    done: list[str] = []

    async def quick() -> None:
        await asyncio.sleep(0)
        done.append("quick")

    async def never() -> None:
        try:
            await gate.wait()
        finally:
            done.append("cancelled")

    nursery.start(quick(), "quick")
    nursery.start(never(), "never")
    await nursery.drain(0.05)
    assert sorted(done) == ["cancelled", "quick"]
    assert "never" in caplog.text
    await nursery.drain(0.05)


async def test_a_task_that_fails_is_told_and_takes_no_other_with_it(caplog: pytest.LogCaptureFixture) -> None:
    nursery = Nursery()

    async def fails() -> None:
        raise ValueError

    with caplog.at_level(logging.ERROR):
        nursery.start(fails(), "the one that fails")
        await nursery.drain(1)
    assert "the one that fails" in caplog.text


async def test_the_clock_ticks_each_job_also_when_one_finds_the_database_away() -> None:
    ticks = {"good": 0, "away": 0}
    both = asyncio.Event()

    async def good() -> None:
        ticks["good"] += 1
        if ticks["away"] > 1 and ticks["good"] > 1:
            both.set()

    async def away() -> None:
        ticks["away"] += 1
        raise StorageAway

    nursery = Nursery()
    clock = schedule.make({"good": (0.01, good), "away": (0.01, away)}, nursery)
    clock.start()
    async with asyncio.timeout(5):
        await both.wait()
    clock.shutdown(wait=False)
    await nursery.drain(1)


async def _held(town: Town, key: ConversationKey) -> bool:
    """Nothing leaves here now."""
    async with town.house.begin() as work:
        await work.outbox.add(Outgoing(key, (say("greeting"),)), now=town.clock())
        return not [p for p in await work.outbox.claim(town.clock(), LEASE, 50, channels=("telegram",)) if p.outgoing.to == key]


@on_sqlite
@pytest.mark.parametrize(("chat", "limit"), [("900", CHAT), ("-900", GROUP)])
async def test_a_chat_and_a_group_have_their_own_pace(town: Town, chat: str, limit: object) -> None:
    pace, key = Pace(frozenset({"telegram"})), ConversationKey("telegram", "77", chat)
    for number in range(limit.most + 1):  # type: ignore[attr-defined]
        assert not await _held(town, key), number
        town.clock.advance(timedelta(milliseconds=40))
        async with town.house.begin() as work:
            await pace.count(work, key, town.clock())
            await work.commit()
    assert await _held(town, key)
    town.clock.advance(limit.rest)  # type: ignore[attr-defined]
    assert not await _held(town, key)


@on_sqlite
async def test_all_chats_together_have_a_pace_too_and_another_channel_has_none(town: Town) -> None:
    pace = Pace(frozenset({"telegram"}))
    async with town.house.begin() as work:
        for number in range(ALL.most + 1):
            await pace.count(work, ConversationKey("telegram", "77", str(number + 1000)), town.clock())
            await pace.count(work, ConversationKey("webchat", "77", "one"), town.clock())
        await work.commit()
    assert await _held(town, ConversationKey("telegram", "77", "5000"))
    async with town.house.begin() as work:
        await work.outbox.add(Outgoing(ConversationKey("webchat", "77", "one"), (say("greeting"),)), now=town.clock())
        assert len(await work.outbox.claim(town.clock(), LEASE, 50, channels=("webchat",))) == 1


@on_sqlite
async def test_what_stands_still_is_told_to_the_desk_once_an_hour(town: Town, database: Database, vault: Vault) -> None:
    store = SimpleNamespace(overview=Overview(database, vault))
    watch = Watch(SimpleNamespace(store=store, house=town.house, clock=town.clock, hub=hub.Hub()))  # type: ignore[arg-type]
    async with town.house.begin() as work:
        await work.inbox.keep([RawUpdate("telegram", "77", "1", "telegram:77:1", b"{}")], town.clock())
        await work.commit()
    await watch.look()
    assert await town.person("sanne").reads() == []
    town.clock.advance(STUCK + timedelta(seconds=1))
    told = []
    for _ in range(3):
        await watch.look()
        told += await town.person("sanne").reads()
    assert len(told) == 1
    town.clock.advance(timedelta(minutes=61))
    await watch.look()
    [alarm] = await town.person("sanne").reads()
    assert "alarm-stuck" not in alarm, "it has words"


NOW_FINE = {"url": "https://meldpunt.example.nl/telegram", "waiting": 0, "last_error_at": None}


@on_sqlite
@pytest.mark.parametrize(
    ("state", "alarms"),
    [
        ({}, 0),
        ({"url": ""}, 1),
        ({"waiting": 51}, 1),
        ({"last_error_at": timedelta(minutes=1)}, 1),
        ({"last_error_at": timedelta(hours=3)}, 0),
        (None, 1),
    ],
)
async def test_failure_23_a_webhook_that_telegram_cannot_reach_is_told(
    town: Town, database: Database, vault: Vault, state: dict[str, Any] | None, alarms: int
) -> None:
    async def webhook() -> WebhookState:
        if state is None:
            raise NetworkError("gone")
        found = NOW_FINE | state
        if isinstance(found["last_error_at"], timedelta):
            found["last_error_at"] = town.clock() - found["last_error_at"]
        return WebhookState(**found)

    store = SimpleNamespace(overview=Overview(database, vault))
    app = SimpleNamespace(store=store, house=town.house, clock=town.clock, hub=hub.Hub())
    watch = Watch(app, webhook)  # type: ignore[arg-type]
    await watch.look()
    await watch.look()
    assert len(await town.person("sanne").reads()) == alarms
