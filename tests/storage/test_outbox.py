"""The contract of the outbox, on both databases."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from flows.messages import ConversationKey, Outgoing, Priority
from flows.ports import OutStatus, Parcel
from storage import link
from storage.engine import Database
from storage.overview import Overview
from storage.secrets import Vault
from storage.tables import OUTBOX
from storage.unit_of_work import Begin
from tests.fakes import FakeClock
from tests.postgres import waits_or_ends
from tests.storage.samples import KEY, OTHER, full_outgoing, outgoing

MINUTE = timedelta(minutes=1)
GROUP = ConversationKey("telegram", "77", "-100")


async def add(begin: Begin, now: datetime, *messages: Outgoing) -> None:
    async with begin() as work:
        await work.outbox.add(*messages, now=now)
        await work.commit()


async def claim(begin: Begin, now: datetime, limit: int = 10, channels: Sequence[str] = ("telegram",)) -> list[Parcel]:
    async with begin() as work:
        parcels = await work.outbox.claim(now, MINUTE, limit, channels=channels)
        await work.commit()
    return list(parcels)


async def send(begin: Begin, now: datetime, parcel: Parcel) -> bool:
    async with begin() as work:
        sent = await work.outbox.sent(parcel, "ref", now)
        await work.commit()
    return sent


async def retry(begin: Begin, parcel: Parcel, at: datetime, *, doubtful: bool = False) -> None:
    async with begin() as work:
        await work.outbox.retry(parcel, at, "502", doubtful=doubtful)
        await work.commit()


def names(parcels: Sequence[Parcel]) -> list[str]:
    return [parcel.outgoing.text[0].name for parcel in parcels]


async def drained(begin: Begin, clock: FakeClock) -> list[str]:
    """Everything that leaves now, in its order."""
    left: list[str] = []
    while parcels := await claim(begin, clock()):
        left += names(parcels)
        for parcel in parcels:
            assert await send(begin, clock(), parcel)
    return left


async def test_a_message_comes_back_as_it_was(begin: Begin, clock: FakeClock) -> None:
    await add(begin, clock(), full_outgoing())
    [parcel] = await claim(begin, clock())
    assert parcel.outgoing == full_outgoing()
    assert (parcel.attempts, parcel.created_at, parcel.doubtful) == (1, clock(), False)


async def test_adding_nothing_is_no_work(begin: Begin, clock: FakeClock) -> None:
    await add(begin, clock())
    assert await claim(begin, clock()) == []


async def test_one_of_a_lane_is_under_way_and_the_rest_follows_in_order(begin: Begin, clock: FakeClock) -> None:
    await add(begin, clock(), *(outgoing(name) for name in "abc"), outgoing("x", OTHER))
    assert names(await claim(begin, clock())) == ["a", "x"]
    assert await claim(begin, clock()) == []


async def test_an_alarm_overtakes_but_not_the_one_that_is_under_way(begin: Begin, clock: FakeClock) -> None:
    await add(begin, clock(), outgoing("a"), outgoing("b"))
    [first] = await claim(begin, clock())
    await add(begin, clock(), outgoing("alarm", priority=Priority.ALARM))
    assert await claim(begin, clock()) == []
    await send(begin, clock(), first)
    assert await drained(begin, clock) == ["alarm", "b"]


async def test_alarms_go_first_over_all_lanes(begin: Begin, clock: FakeClock) -> None:
    await add(begin, clock(), outgoing("bulk", priority=Priority.BULK), outgoing("alarm", OTHER, priority=Priority.ALARM))
    assert names(await claim(begin, clock(), limit=1)) == ["alarm"]


async def test_a_scheduled_message_waits_for_its_time_and_holds_up_nobody(begin: Begin, clock: FakeClock) -> None:
    await add(begin, clock(), outgoing("tomorrow", not_before=clock() + MINUTE), outgoing("now"), outgoing("later"))
    assert await drained(begin, clock) == ["now", "later"]
    clock.advance(MINUTE)
    assert await drained(begin, clock) == ["tomorrow"]


async def test_a_message_that_is_tried_again_keeps_its_place_among_its_equals(begin: Begin, clock: FakeClock) -> None:
    bulk, alarm = outgoing("bulk", priority=Priority.BULK), outgoing("alarm", priority=Priority.ALARM)
    await add(begin, clock(), outgoing("a"))
    [first] = await claim(begin, clock())
    await retry(begin, first, clock() + MINUTE)
    await add(begin, clock(), bulk)
    assert await drained(begin, clock) == ["bulk"]
    await add(begin, clock(), outgoing("b"), bulk, alarm)
    assert await drained(begin, clock) == ["alarm"]
    clock.advance(MINUTE)
    assert await drained(begin, clock) == ["a", "b", "bulk"]


async def test_a_lease_that_ran_out_makes_the_message_doubtful(begin: Begin, clock: FakeClock) -> None:
    await add(begin, clock(), outgoing())
    [first] = await claim(begin, clock())
    clock.advance(MINUTE)
    [second] = await claim(begin, clock())
    assert (second.attempts, second.doubtful) == (2, True)
    assert not await send(begin, clock(), first)
    assert await send(begin, clock(), second)
    assert not await send(begin, clock(), second)


async def test_doubt_stays_over_a_retry_and_a_sure_failure_makes_none(begin: Begin, clock: FakeClock) -> None:
    await add(begin, clock(), outgoing())
    doubts = []
    for doubtful in (False, True, False):
        [parcel] = await claim(begin, clock())
        doubts.append(parcel.doubtful)
        await retry(begin, parcel, clock(), doubtful=doubtful)
    [last] = await claim(begin, clock())
    assert [*doubts, last.doubtful] == [False, False, True, True]


async def test_who_lost_the_lease_cannot_retry_or_bury(begin: Begin, clock: FakeClock) -> None:
    await add(begin, clock(), outgoing())
    [first] = await claim(begin, clock())
    clock.advance(MINUTE)
    [second] = await claim(begin, clock())
    await retry(begin, first, clock() + 9 * MINUTE)
    async with begin() as work:
        await work.outbox.bury(first, OutStatus.DEAD, "late")
        await work.commit()
    assert await send(begin, clock(), second)


async def test_a_buried_message_is_not_tried_again_and_is_seen(
    begin: Begin, clock: FakeClock, database: Database, vault: Vault
) -> None:
    await add(begin, clock(), outgoing("a", melding="M-2026-000001"), outgoing("b"))
    for status in (OutStatus.DEAD, OutStatus.UNKNOWN):
        [parcel] = await claim(begin, clock())
        async with begin() as work:
            await work.outbox.bury(parcel, status, f"403 {status}")
            await work.commit()
    assert await claim(begin, clock()) == []
    unknown, dead = await Overview(database, vault).dead()
    assert (unknown.problem, dead.problem, dead.melding, dead.to) == ("403 unknown", "403 dead", "M-2026-000001", KEY)


async def test_only_the_asked_channels_are_claimed(begin: Begin, clock: FakeClock) -> None:
    await add(begin, clock(), outgoing("tg"), outgoing("web", ConversationKey("webchat", "0", "x")))
    assert names(await claim(begin, clock(), channels=["webchat", "email"])) == ["web"]
    assert await claim(begin, clock(), channels=[]) == []


async def test_a_damaged_row_is_buried_and_stops_no_other(
    begin: Begin, clock: FakeClock, database: Database, vault: Vault
) -> None:
    await add(begin, clock(), outgoing("a"), outgoing("b", OTHER))
    async with link.transaction(database) as opened:
        await opened.change(update(OUTBOX).where(OUTBOX.c.chat == KEY.chat).values(body=vault.seal(b'{"text": 3}')))
        await opened.commit()
    assert names(await claim(begin, clock())) == ["b"]
    [dead] = await Overview(database, vault).dead()
    assert dead.status == "dead"


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
async def test_an_alarm_that_comes_while_another_claims_waits_for_the_one_that_is_claimed(
    begin: Begin, other_begin: Begin, clock: FakeClock, database: Database
) -> None:
    await add(begin, clock(), outgoing("a"))
    async with begin() as claiming:
        assert names(await claiming.outbox.claim(clock(), MINUTE, 10, channels=["telegram"])) == ["a"]
        await add(other_begin, clock(), outgoing("alarm", priority=Priority.ALARM))
        second = asyncio.create_task(claim(other_begin, clock()))
        await waits_or_ends(second, database)
        await claiming.commit()
    assert await second == []


async def test_many_senders_never_hold_two_of_one_lane_and_keep_its_order(
    begin: Begin, other_begin: Begin, clock: FakeClock
) -> None:
    await add(begin, clock(), *(outgoing(f"{at}", KEY if at % 2 else OTHER) for at in range(30)))
    left: dict[str, list[int]] = {KEY.lane: [], OTHER.lane: []}
    under_way: set[str] = set()

    async def deliver(replica: Begin) -> None:
        while sum(map(len, left.values())) < 30:
            for parcel in await claim(replica, clock(), limit=3):
                lane = parcel.outgoing.to.lane
                assert lane not in under_way
                under_way.add(lane)
                left[lane].append(int(parcel.outgoing.text[0].name))
                under_way.remove(lane)
                assert await send(replica, clock(), parcel)

    workers: list[Any] = [deliver(one) for one in (begin, other_begin, begin, other_begin)]
    await asyncio.wait_for(asyncio.gather(*workers), 60)
    assert left == {KEY.lane: list(range(1, 30, 2)), OTHER.lane: list(range(0, 30, 2))}
