"""One transaction: all of it or nothing."""

from datetime import timedelta

import pytest

from flows.melder.states import Sent
from flows.ports import Deadline, DeadlineKind, OutStatus, Talk
from storage.engine import Database
from storage.overview import Overview
from storage.release import hand_back
from storage.secrets import Vault
from storage.unit_of_work import Begin, Work
from tests.fakes import NOON, FakeClock
from tests.storage.samples import KEY, OTHER, melding, outgoing, raw

MINUTE = timedelta(minutes=1)


async def everything(work: Work, clock: FakeClock) -> None:
    await work.inbox.keep([raw(1)], clock())
    await work.conversations.save(Talk(KEY, Sent()))
    await work.meldingen.add(melding())
    await work.deadlines.set(Deadline(DeadlineKind.DRAFT, KEY.lane, NOON))
    await work.outbox.add(outgoing(), now=clock())


async def is_empty(begin: Begin, clock: FakeClock) -> bool:
    async with begin() as work:
        return (
            not await work.inbox.claim(clock(), MINUTE, 1)
            and not await work.outbox.claim(clock(), MINUTE, 1, channels=["telegram"])
            and (await work.conversations.load(KEY)).version == 0
            and not await work.meldingen.of_melder(KEY)
            and await work.deadlines.take_due(clock()) is None
        )


async def test_without_a_commit_nothing_happened(begin: Begin, clock: FakeClock) -> None:
    async with begin() as work:
        await everything(work, clock)
    assert await is_empty(begin, clock)


async def test_after_an_error_nothing_happened(begin: Begin, clock: FakeClock) -> None:
    async def fail() -> None:
        async with begin() as work:
            await everything(work, clock)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await is_empty(begin, clock)


async def test_after_a_commit_all_of_it_stands_and_the_work_may_go_on(begin: Begin, clock: FakeClock) -> None:
    async with begin() as work:
        await everything(work, clock)
        await work.commit()
        assert await work.deadlines.take_due(clock())
    async with begin() as work:
        assert await work.deadlines.take_due(clock()), "what came after the commit was undone"
        assert await work.meldingen.of_melder(KEY)


async def test_a_work_without_any_statement_may_be_committed(begin: Begin) -> None:
    async with begin() as work:
        await work.commit()


async def test_the_overview_counts_what_waits_and_what_is_stuck(
    begin: Begin, clock: FakeClock, database: Database, vault: Vault
) -> None:
    overview = Overview(database, vault)
    empty = await overview.health(clock())
    assert (empty.unhandled, empty.oldest_unhandled, empty.unsent, empty.oldest_unsent) == (0, None, 0, None)
    async with begin() as work:
        await work.inbox.keep([raw(1), raw(2, OTHER.lane)], clock())
        [first, _] = await work.inbox.claim(clock(), MINUTE, 2)
        await work.inbox.quarantine(first, "?")
        await work.outbox.add(outgoing(), outgoing("later", OTHER, not_before=clock() + 9 * MINUTE), outgoing(), now=clock())
        [parcel] = await work.outbox.claim(clock(), MINUTE, 1, channels=["telegram"])
        await work.outbox.bury(parcel, OutStatus.DEAD, "?")
        await work.commit()
    health = await overview.health(clock.advance(2 * MINUTE))
    assert (health.unhandled, health.oldest_unhandled, health.quarantined) == (1, 2 * MINUTE, 1)
    assert (health.unsent, health.oldest_unsent, health.dead, health.unknown, health.files_wanted) == (1, 2 * MINUTE, 1, 0, 0)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_what_a_dead_process_had_leased_is_free_at_the_next_start(
    begin: Begin, clock: FakeClock, database: Database
) -> None:
    async with begin() as work:
        await work.inbox.keep([raw(1)], clock())
        await work.outbox.add(outgoing(), now=clock())
        await work.inbox.claim(clock(), MINUTE, 1)
        await work.outbox.claim(clock(), MINUTE, 1, channels=["telegram"])
        await work.commit()
    await hand_back(database)
    async with begin() as work:
        assert len(await work.inbox.claim(clock(), MINUTE, 1)) == 1
        [parcel] = await work.outbox.claim(clock(), MINUTE, 1, channels=["telegram"])
        assert parcel.doubtful
