"""The contract of the inbox, on both databases."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from flows.door import Kept
from flows.messages import Kind
from storage import link
from storage.engine import Database
from storage.overview import Overview
from storage.secrets import Vault
from storage.tables import INBOX
from storage.unit_of_work import Begin
from tests.fakes import FakeClock
from tests.postgres import waits_or_ends
from tests.storage.samples import KEY, OTHER, incoming, raw

MINUTE = timedelta(minutes=1)


async def keep(begin: Begin, now: datetime, *updates: object, lane: str | None = KEY.lane) -> int:
    async with begin() as work:
        new = await work.inbox.keep([raw(one, lane) for one in updates], now)
        await work.commit()
    return new


async def claim(begin: Begin, now: datetime, limit: int = 10) -> Sequence[Kept]:
    async with begin() as work:
        kept = await work.inbox.claim(now, MINUTE, limit)
        await work.commit()
    return kept


def ids(kept: Sequence[Kept]) -> list[str]:
    return [one.raw.update_id for one in kept]


async def test_an_update_is_kept_once_and_comes_back_as_it_was(begin: Begin, clock: FakeClock) -> None:
    assert await keep(begin, clock(), 1, 2) == 2
    assert await keep(begin, clock(), 2, 3) == 1
    [kept] = await claim(begin, clock())
    assert (kept.raw, kept.attempts) == (raw(1), 1)


async def test_keeping_nothing_is_no_work(begin: Begin, clock: FakeClock) -> None:
    assert await keep(begin, clock()) == 0


async def test_the_same_update_kept_by_two_replicas_at_once_is_new_for_one(
    begin: Begin, other_begin: Begin, clock: FakeClock
) -> None:
    for update_id in range(10):
        assert sorted(await asyncio.gather(*(keep(one, clock(), update_id) for one in (begin, other_begin)))) == [0, 1]


async def test_the_same_update_id_of_two_bots_is_two_updates(begin: Begin, clock: FakeClock) -> None:
    async with begin() as work:
        assert await work.inbox.keep([raw(1, bot="77"), raw(1, bot="78")], clock()) == 2


async def test_claim_gives_the_oldest_of_each_lane_oldest_first(begin: Begin, clock: FakeClock) -> None:
    await keep(begin, clock(), 1, 2)
    await keep(begin, clock(), 3, 4, lane=OTHER.lane)
    assert ids(await claim(begin, clock())) == ["1", "3"]
    assert await claim(begin, clock()) == []


async def test_claim_stops_at_its_limit(begin: Begin, clock: FakeClock) -> None:
    for at in range(5):
        await keep(begin, clock(), at, lane=f"telegram:77:{at}")
    assert ids(await claim(begin, clock(), limit=2)) == ["0", "1"]
    assert ids(await claim(begin, clock(), limit=2)) == ["2", "3"]


async def test_updates_without_a_lane_wait_for_nobody(begin: Begin, clock: FakeClock) -> None:
    await keep(begin, clock(), 1, 2, lane=None)
    assert ids(await claim(begin, clock())) == ["1", "2"]


async def test_a_handled_update_lets_the_next_of_its_lane_go(begin: Begin, clock: FakeClock) -> None:
    await keep(begin, clock(), 1, 2, 3)
    for update_id in ("1", "2", "3"):
        [kept] = await claim(begin, clock())
        assert kept.raw.update_id == update_id
        async with begin() as work:
            await work.inbox.done(kept)
            await work.commit()
    assert await claim(begin, clock()) == []


async def test_a_lease_that_ran_out_goes_to_another_and_the_first_holder_can_do_nothing(begin: Begin, clock: FakeClock) -> None:
    await keep(begin, clock(), 1)
    [first] = await claim(begin, clock())
    clock.advance(MINUTE)
    [second] = await claim(begin, clock())
    assert (second.id, second.attempts) == (first.id, 2)
    async with begin() as work:
        await work.inbox.done(first)
        await work.inbox.quarantine(first, "late")
        await work.inbox.retry(first, clock(), "late")
        assert not await work.inbox.first_time(incoming(1, "m1"), first)
        assert await work.inbox.first_time(incoming(1, "m1"), second)
        await work.commit()


async def test_a_retry_waits_and_its_lane_waits_with_it(begin: Begin, clock: FakeClock) -> None:
    await keep(begin, clock(), 1, 2)
    await keep(begin, clock(), 3, lane=OTHER.lane)
    [one, other] = await claim(begin, clock())
    async with begin() as work:
        await work.inbox.retry(one, clock() + MINUTE, "the triage is away")
        await work.inbox.done(other)
        await work.commit()
    assert await claim(begin, clock()) == []
    clock.advance(MINUTE)
    [again] = await claim(begin, clock())
    assert (again.raw.update_id, again.attempts) == ("1", 2)


async def test_quarantine_puts_one_aside_and_the_lane_goes_on(
    begin: Begin, clock: FakeClock, database: Database, vault: Vault
) -> None:
    await keep(begin, clock(), 1, 2)
    [kept] = await claim(begin, clock())
    async with begin() as work:
        await work.inbox.quarantine(kept, "message.chat: missing")
        await work.commit()
    assert ids(await claim(begin, clock())) == ["2"]
    [stuck] = await Overview(database, vault).quarantined()
    assert (stuck.id, stuck.problem, stuck.at) == (kept.id, "message.chat: missing", clock())


async def test_a_message_is_heard_once_also_under_another_update_id(begin: Begin, clock: FakeClock) -> None:
    await keep(begin, clock(), 1, 2, lane=None)
    first, second = await claim(begin, clock())
    async with begin() as work:
        assert await work.inbox.first_time(incoming(1, "m1"), first)
        assert not await work.inbox.first_time(incoming(1, "m1"), first)
        assert not await work.inbox.first_time(incoming(2, "m1"), second)
        await work.commit()
    clock.advance(MINUTE)
    assert await claim(begin, clock()) == [], "the repeated one counts as handled too"


@pytest.mark.parametrize("kind", [Kind.EDIT, Kind.CHOICE])
async def test_edits_and_choices_name_a_message_that_was_heard_before(begin: Begin, clock: FakeClock, kind: Kind) -> None:
    await keep(begin, clock(), 1, 2, lane=None)
    first, second = await claim(begin, clock())
    async with begin() as work:
        assert await work.inbox.first_time(incoming(1, "m1"), first)
        assert await work.inbox.first_time(incoming(2, "m1", kind), second)


async def test_the_same_message_id_in_another_chat_is_another_message(begin: Begin, clock: FakeClock) -> None:
    await keep(begin, clock(), 1, 2, lane=None)
    first, second = await claim(begin, clock())
    async with begin() as work:
        assert await work.inbox.first_time(incoming(1, "m1"), first)
        assert await work.inbox.first_time(incoming(2, "m1", key=OTHER), second)


async def test_one_message_under_two_update_ids_on_two_replicas_at_once_is_heard_once(
    begin: Begin, other_begin: Begin, clock: FakeClock
) -> None:
    await keep(begin, clock(), 1, 2, lane=None)
    kept = await claim(begin, clock())

    async def handle(replica: Begin, one: Kept) -> bool:
        async with replica() as work:
            first = await work.inbox.first_time(incoming(one.raw.update_id, "m1"), one)
            await work.commit()
        return first

    assert sorted(await asyncio.gather(handle(begin, kept[0]), handle(other_begin, kept[1]))) == [False, True]


async def test_what_is_not_committed_did_not_happen(begin: Begin, clock: FakeClock) -> None:
    await keep(begin, clock(), 1)
    [kept] = await claim(begin, clock())
    async with begin() as work:
        assert await work.inbox.first_time(incoming(1, "m1"), kept)
    async with begin() as work:
        assert await work.inbox.first_time(incoming(1, "m1"), kept)


async def test_a_damaged_row_is_put_aside_and_stops_no_other(
    begin: Begin, clock: FakeClock, database: Database, vault: Vault
) -> None:
    await keep(begin, clock(), 1, 2, lane=None)
    async with link.transaction(database) as opened:
        [row] = await opened.all(select(INBOX.c.body).where(INBOX.c.update_id == "1"))
        await opened.change(update(INBOX).where(INBOX.c.update_id == "1").values(body=row.body[:-1] + b"\x00"))
        await opened.commit()
    assert ids(await claim(begin, clock())) == ["2"]
    [stuck] = await Overview(database, vault).quarantined()
    assert "damaged" in stuck.problem


async def test_many_claimers_never_hold_two_of_one_lane(begin: Begin, other_begin: Begin, clock: FakeClock) -> None:
    lanes = [f"telegram:77:{at}" for at in range(4)]
    for at in range(40):
        await keep(begin, clock(), at, lane=lanes[at % 4])
    handled: dict[str, list[int]] = {lane: [] for lane in lanes}
    under_way: set[str] = set()

    async def work_through(replica: Begin) -> None:
        while sum(map(len, handled.values())) < 40:
            for kept in await claim(replica, clock(), limit=2):
                lane = str(kept.raw.lane)
                assert lane not in under_way
                under_way.add(lane)
                async with replica() as work:
                    await work.inbox.done(kept)
                    handled[lane].append(int(kept.raw.update_id))
                    under_way.remove(lane)  # the commit comes after, so nobody can have claimed the next one yet
                    await work.commit()

    await asyncio.wait_for(asyncio.gather(*(work_through(one) for one in (begin, other_begin, begin, other_begin))), 60)
    assert handled == {lane: list(range(at, 40, 4)) for at, lane in enumerate(lanes)}


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
async def test_a_row_that_becomes_visible_late_waits_for_the_younger_one_that_is_under_way(
    begin: Begin, other_begin: Begin, clock: FakeClock, other_database: Database
) -> None:
    async with begin() as late:
        await late.inbox.keep([raw(1)], clock())
        await keep(other_begin, clock(), 2)
        async with other_begin() as claiming:
            assert ids(await claiming.inbox.claim(clock(), MINUTE, 10)) == ["2"]
            await late.commit()
            second = asyncio.create_task(claim(begin, clock()))
            await waits_or_ends(second, other_database)
            await claiming.commit()
    assert await second == []
