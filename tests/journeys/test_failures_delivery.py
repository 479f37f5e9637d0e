"""What must leave and cannot at once: lost answers, floods, refusals, people who cannot be reached. Rows 3 and 6 to 10."""

from datetime import timedelta

import pytest

from flows.people import Role
from tests.house import ShiftedClock
from tests.journeys.driver import ACUTE, STORY, Town, house_at, town
from tests.journeys.waiting import until
from tests.telegram_emulator import Emulator

MELDER, OTHER, DESK, REGIE, VERVANGER = 11, 12, 21, 31, 32
DOUBTFUL = "Mogelijk dubbel"


def sends(telegram: Emulator, chat_id: int) -> int:
    """How often the bot tried."""
    return sum(int(call.params["chat_id"]) == chat_id for call in telegram.called("sendMessage"))


async def test_failure_3_a_reply_that_hangs_stops_no_receiving(sqlite: str) -> None:
    async with town(sqlite) as around:
        telegram: Emulator = around.telegram
        telegram.fail_next("sendMessage", "hang_before")
        await around.chat(MELDER).says(STORY)
        await until(lambda: sends(telegram, MELDER) == 1)
        await around.chat(OTHER).says(STORY)
        await around.chat(OTHER).reads("112")
        await around.chat(MELDER).says("en hij slaat nu ook op de muren")
        await telegram.updates.settled(20)
        assert not around.chat(MELDER).history
        telegram.server._closing.set()
        await around.chat(MELDER).reads("112")


async def test_failure_6_an_alert_in_doubt_comes_again_and_says_so(sqlite: str) -> None:
    async with town(sqlite) as around:
        desk = await around.employs(DESK, Role.MEDEWERKER)
        around.telegram.fail_next("sendMessage", "drop_after")
        await around.telegram.push_raw({"message": "geen bericht"})
        first = await desk.reads("apart gezet")
        second = await desk.reads("apart gezet")
        assert DOUBTFUL not in first.text
        assert DOUBTFUL in second.text


async def test_failure_6_a_text_to_the_melder_in_doubt_is_not_repeated(sqlite: str) -> None:
    clock = ShiftedClock()
    async with town(sqlite, clock=clock) as around:
        melder = around.chat(MELDER)
        around.telegram.fail_next("sendMessage", "drop_after")
        await melder.says(STORY)
        await melder.reads("112")

        async def written_off() -> bool:
            return [one.status for one in await around.app.store.overview.dead()] == ["unknown"]

        await until(written_off)
        clock.skip(timedelta(minutes=10))
        await melder.says("/help")
        await melder.reads("/status")
        assert sends(around.telegram, MELDER) == 2


async def test_failure_7_a_flood_wait_outlives_a_restart_and_acute_goes_first(sqlite: str) -> None:
    moment, clock = [0.0], ShiftedClock()
    async with Emulator(clock=lambda: moment[0]) as telegram:
        async with house_at(sqlite, telegram, clock=clock) as around:
            await around.employs(REGIE, Role.REGIEVOERDER, gemeente="Enschede")
            telegram.flood(REGIE, 600)
            melder = around.chat(MELDER)
            await melder.says(STORY)
            await melder.answers_all()
            await until(lambda: sends(telegram, REGIE) == 1)
            await around.chat(OTHER).says(ACUTE)
            await around.chat(OTHER).reads("112")
        async with house_at(sqlite, telegram, clock=clock) as around:
            await around.chat(13).says("/help")
            await around.chat(13).reads("/status")
            assert sends(telegram, REGIE) == 1
            moment[0] += 600
            clock.skip(timedelta(seconds=600))
            regie = around.chat(REGIE)
            assert "acuut" in (await regie.reads("Reageer")).text
            assert "spoed" in (await regie.reads("Reageer")).text


async def test_failure_8_who_blocked_the_bot_is_passed_at_once_and_comes_back(sqlite: str) -> None:
    async with town(sqlite) as around:
        regie = await around.employs(REGIE, Role.REGIEVOERDER, gemeente="Enschede")
        vervanger = await around.employs(VERVANGER, Role.VERVANGER, gemeente="Enschede")
        around.telegram.world.chat(REGIE).state = "blocked"  # and nobody told us
        await around.chat(OTHER).says(ACUTE)
        await vervanger.reads("acuut", "Reageer")
        assert not (await around.person(REGIE)).reachable
        await around.telegram.unblock(REGIE)

        async def back() -> bool:
            return (await around.person(REGIE)).reachable

        await until(back)
        await around.chat(MELDER).says(ACUTE)
        await regie.reads("acuut", "Reageer")


async def test_failure_8_a_block_of_who_was_asked_climbs_without_waiting_for_a_send(sqlite: str) -> None:
    async with town(sqlite) as around:
        regie = await around.employs(REGIE, Role.REGIEVOERDER, gemeente="Enschede")
        vervanger = await around.employs(VERVANGER, Role.VERVANGER, gemeente="Enschede")
        await around.chat(MELDER).says(ACUTE)
        await regie.reads("Reageer")
        assert not vervanger.history
        await around.telegram.block(REGIE)
        await vervanger.reads("Reageer")


async def test_failure_8_the_desk_hears_that_a_melder_left(sqlite: str) -> None:
    async with town(sqlite) as around:
        desk = await around.employs(DESK, Role.MEDEWERKER)
        melder = around.chat(MELDER)
        await melder.says(ACUTE)
        await desk.reads("ACUUT")
        await around.telegram.block(MELDER)
        await desk.reads("leest hier niet meer mee")


async def test_failure_9_an_unknown_refusal_disables_nobody_and_is_told(sqlite: str) -> None:
    clock = ShiftedClock()
    async with town(sqlite, clock=clock) as around:
        desk = await around.employs(DESK, Role.MEDEWERKER)
        regie = await around.employs(REGIE, Role.REGIEVOERDER, gemeente="Enschede")
        around.telegram.fail_next("sendMessage", "403_unknown", 6)
        await regie.says("/help")
        for tried in range(1, 7):
            await until(lambda tried=tried: sends(around.telegram, REGIE) >= tried)
            clock.skip(timedelta(minutes=2))
        await desk.reads("kwam niet aan")
        assert (await around.person(REGIE)).reachable
        await regie.says("/help")
        await regie.reads("/mijn")


@pytest.mark.parametrize("told", ["by the error", "by a message"])
async def test_failure_10_a_group_that_moved_is_answered_at_its_new_id(sqlite: str, told: str) -> None:
    old, new = -55, -100_055
    async with Emulator() as telegram:
        group = telegram.world.chat(old, "group")
        telegram.world.chat(new, "supergroup")
        if told == "by the error":
            async with house_at(sqlite, telegram) as around:
                await telegram.say(old, "/start", user_id=MELDER)
                group.moved_to = new
                await moved(around, old, new)
        else:
            telegram.flood(old, 3)
            async with house_at(sqlite, telegram) as around:
                await telegram.say(old, "/start", user_id=MELDER)
                await until(lambda: sends(telegram, old) == 1)
                await telegram.migrate(old, new)
                group.moved_to, group.state = None, "kicked"  # whoever still writes there is told nothing about the new one
                await moved(around, old, new)


async def moved(around: Town, old: int, new: int) -> None:
    await around.chat(new).reads("privéchat")
    assert (await around.talk(new)).version == 1
    assert (await around.talk(old)).version == 0


async def test_failure_8_two_who_cannot_be_reached_are_passed_though_they_fail_at_once(url: str) -> None:
    async with town(url) as around:
        for chat in (REGIE, REGIE + 10):
            await around.employs(chat, Role.REGIEVOERDER, gemeente="Enschede")
            around.telegram.world.chat(chat).state = "blocked"
        vervanger = await around.employs(VERVANGER, Role.VERVANGER, gemeente="Enschede")
        await around.chat(MELDER).says(ACUTE)
        await vervanger.reads("acuut", "Reageer")
