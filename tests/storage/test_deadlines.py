"""The contract of the deadlines, on both databases."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from flows.ports import Deadline, DeadlineKind
from storage.unit_of_work import Begin
from tests.fakes import NOON, FakeClock

ACKNOWLEDGE = Deadline(DeadlineKind.ACKNOWLEDGE, "M-2026-000001", NOON, 1)
MINUTE = timedelta(minutes=1)


async def put(begin: Begin, *deadlines: Deadline) -> None:
    async with begin() as work:
        for deadline in deadlines:
            await work.deadlines.set(deadline)
        await work.commit()


async def take(begin: Begin, clock: FakeClock) -> Deadline | None:
    async with begin() as work:
        taken = await work.deadlines.take_due(clock())
        await work.commit()
    return taken


async def test_there_is_one_for_each_kind_and_subject_and_the_last_one_counts(begin: Begin) -> None:
    later = replace(ACKNOWLEDGE, due_at=NOON + MINUTE, step=2)
    look = replace(ACKNOWLEDGE, kind=DeadlineKind.FIRST_LOOK)
    await put(begin, ACKNOWLEDGE, look, later)
    async with begin() as work:
        assert await work.deadlines.get(DeadlineKind.ACKNOWLEDGE, ACKNOWLEDGE.subject) == later
        assert await work.deadlines.get(DeadlineKind.FIRST_LOOK, ACKNOWLEDGE.subject) == look
        assert await work.deadlines.get(DeadlineKind.DRAFT, ACKNOWLEDGE.subject) is None


async def test_a_cleared_one_is_gone_and_clearing_again_is_nothing(begin: Begin, clock: FakeClock) -> None:
    await put(begin, ACKNOWLEDGE)
    async with begin() as work:
        await work.deadlines.clear(DeadlineKind.ACKNOWLEDGE, ACKNOWLEDGE.subject)
        await work.deadlines.clear(DeadlineKind.ACKNOWLEDGE, ACKNOWLEDGE.subject)
        await work.commit()
    assert await take(begin, clock) is None


async def test_the_one_that_is_due_longest_is_taken_first_and_those_to_come_stay(begin: Begin, clock: FakeClock) -> None:
    second, first = replace(ACKNOWLEDGE, subject="b", due_at=NOON), replace(ACKNOWLEDGE, subject="c", due_at=NOON - MINUTE)
    await put(begin, second, first, replace(ACKNOWLEDGE, subject="a", due_at=NOON + MINUTE))
    assert [await take(begin, clock) for _ in range(3)] == [first, second, None]


async def test_one_that_was_taken_and_undone_is_due_again(begin: Begin, clock: FakeClock) -> None:
    await put(begin, ACKNOWLEDGE)
    async with begin() as work:
        assert await work.deadlines.take_due(clock()) == ACKNOWLEDGE
        assert await work.deadlines.take_due(clock()) is None
    assert await take(begin, clock) == ACKNOWLEDGE


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
async def test_what_another_is_taking_is_passed_over(begin: Begin, other_begin: Begin, clock: FakeClock) -> None:
    await put(begin, *(replace(ACKNOWLEDGE, subject=subject) for subject in "ab"))
    async with begin() as work, asyncio.timeout(20):
        first = await work.deadlines.take_due(clock())
        second = await take(other_begin, clock)
        assert await take(other_begin, clock) is None
    assert first
    assert second
    assert [first.subject, second.subject] == ["a", "b"]


async def test_of_two_replicas_that_take_at_once_each_gets_another(begin: Begin, other_begin: Begin, clock: FakeClock) -> None:
    await put(begin, *(replace(ACKNOWLEDGE, subject=str(at)) for at in range(6)))
    taken = await asyncio.gather(*(take(replica, clock) for replica in (begin, other_begin) * 4))
    assert sorted(one.subject for one in taken if one) == [str(at) for at in range(6)]
