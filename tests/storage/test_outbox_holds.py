"""What waits in the outbox on purpose, and what is taken back, on both databases."""

from datetime import timedelta

from flows.messages import ConversationKey
from storage.unit_of_work import Begin
from tests.fakes import FakeClock
from tests.storage.samples import KEY, OTHER, outgoing
from tests.storage.test_outbox import add, claim, drained, names, send

MINUTE = timedelta(minutes=1)


async def test_a_held_lane_waits_and_others_do_not_also_after_a_restart(
    begin: Begin, other_begin: Begin, clock: FakeClock
) -> None:
    await add(begin, clock(), outgoing("held"), outgoing("free", OTHER))
    async with begin() as work:
        await work.outbox.hold(KEY.lane, clock() + MINUTE)
        await work.commit()
    assert await drained(other_begin, clock) == ["free"]
    clock.advance(MINUTE)
    assert await drained(other_begin, clock) == ["held"]


async def test_a_held_channel_waits_as_a_whole_and_another_bot_does_not(begin: Begin, clock: FakeClock) -> None:
    await add(begin, clock(), outgoing("a"), outgoing("b", OTHER), outgoing("c", ConversationKey("telegram", "78", "1")))
    async with begin() as work:
        await work.outbox.hold("telegram:77", clock() + MINUTE)
        await work.commit()
    assert names(await claim(begin, clock())) == ["c"]


async def test_a_shorter_hold_does_not_shorten_a_longer_one(begin: Begin, clock: FakeClock) -> None:
    await add(begin, clock(), outgoing())
    async with begin() as work:
        await work.outbox.hold(KEY.lane, clock() + 5 * MINUTE)
        await work.outbox.hold(KEY.lane, clock() + MINUTE)
        await work.commit()
    clock.advance(4 * MINUTE)
    assert await claim(begin, clock()) == []
    clock.advance(MINUTE)
    assert len(await claim(begin, clock())) == 1


async def test_of_messages_that_collapse_the_last_stays(begin: Begin, clock: FakeClock) -> None:
    await add(begin, clock(), outgoing("first", collapse="greeting"), outgoing("other", collapse="else"), outgoing("plain"))
    await add(begin, clock(), outgoing("elsewhere", OTHER, collapse="greeting"))
    await add(begin, clock(), outgoing("second", collapse="greeting"), outgoing("plain"), outgoing("third", collapse="greeting"))
    assert await drained(begin, clock) == ["other", "elsewhere", "plain", "plain", "third"]


async def test_a_message_under_way_is_not_taken_back_by_one_that_collapses_with_it(begin: Begin, clock: FakeClock) -> None:
    await add(begin, clock(), outgoing("first", collapse="greeting"))
    [parcel] = await claim(begin, clock())
    await add(begin, clock(), outgoing("second", collapse="greeting"))
    assert await send(begin, clock(), parcel)
    assert await drained(begin, clock) == ["second"]
