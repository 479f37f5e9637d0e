"""The contract of the limits, on both databases."""

import asyncio
from datetime import timedelta

from storage.unit_of_work import Begin
from tests.fakes import FakeClock

WINDOW = timedelta(minutes=1)


async def hit(begin: Begin, clock: FakeClock, key: str = "who", most: int = 3) -> bool:
    async with begin() as work:
        fine = await work.limits.hit(key, clock(), window=WINDOW, most=most)
        await work.commit()
    return fine


async def test_as_many_as_allowed_are_fine_and_one_more_is_not(begin: Begin, clock: FakeClock) -> None:
    assert [await hit(begin, clock) for _ in range(5)] == [True, True, True, False, False]
    assert await hit(begin, clock, "somebody else")


async def test_the_window_slides(begin: Begin, clock: FakeClock) -> None:
    for _ in range(3):
        assert await hit(begin, clock)
        clock.advance(WINDOW / 3)
    assert await hit(begin, clock), "the first one fell out"
    assert not await hit(begin, clock)


async def test_who_goes_on_stays_out_and_who_waits_comes_in(begin: Begin, clock: FakeClock) -> None:
    for _ in range(4):
        await hit(begin, clock)
    clock.advance(WINDOW * 0.9)
    assert not await hit(begin, clock)
    clock.advance(WINDOW)
    assert await hit(begin, clock)


async def test_hits_at_once_on_two_replicas_are_all_counted(begin: Begin, other_begin: Begin, clock: FakeClock) -> None:
    hits = await asyncio.gather(*(hit(replica, clock, most=5) for replica in (begin, other_begin) * 4))
    assert sorted(hits) == [False] * 3 + [True] * 5
