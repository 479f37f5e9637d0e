"""Buttons that are pressed late, twice, by two people, or after they were passed. Rows 11 to 13."""

import asyncio
import re

import pytest

from flows.melder.states import Asking
from flows.people import Role
from flows.report import Report
from tests.journeys.driver import ACUTE, STORY, Chat, Town, house_at, label, town
from tests.telegram_emulator import Emulator, SecondOpinion

MELDER, DESK, REGIE, SECOND = 11, 21, 31, 32
BOTH = pytest.mark.parametrize("kind", [Emulator, SecondOpinion])


async def draft(around: Town) -> Report:
    state = (await around.talk(MELDER)).state
    assert isinstance(state, Asking)
    return state.report


async def test_failure_11_a_button_pressed_long_ago_or_before_a_restart_still_acts(sqlite: str) -> None:
    async with Emulator() as telegram:
        async with house_at(sqlite, telegram) as around:
            melder = around.chat(MELDER)
            await melder.says(STORY)
            question = await melder.reads("kinderen")
        await melder.presses(label("answer-danger-niets"), question)
        telegram.forget_callbacks()
        async with house_at(sqlite, telegram) as around:
            await melder.reads("Wie mag weten")
            assert around.app.counts["telegram_callback_too_old"] == 1
            assert (await draft(around)).danger


@BOTH
async def test_failure_12_of_two_who_tap_at_once_one_has_it_and_the_other_hears_who(
    sqlite: str, kind: type[Emulator] | type[SecondOpinion]
) -> None:
    async with town(sqlite, kind) as around:
        first = await hired(around, REGIE, "Fenna")
        second = await hired(around, SECOND, "Teun")
        await around.chat(MELDER).says(ACUTE)
        asked = await asyncio.gather(first.reads("Reageer"), second.reads("Reageer"))
        await asyncio.gather(first.presses("Ik pak dit op", asked[0]), second.presses("Ik pak dit op", asked[1]))
        told = [(await first.reads("M-")).text, (await second.reads("M-")).text]
        assert sum("is nu van u" in text for text in told) == 1
        assert sum("opgepakt" in text and ("Fenna" in text or "Teun" in text) for text in told) == 1
        winner = first if "is nu van u" in told[0] else second
        await winner.presses("Ik pak dit op", asked[0 if winner is first else 1])
        await winner.reads("was al van u")


async def hired(around: Town, chat_id: int, name: str) -> Chat:
    if isinstance(around.telegram, Emulator):
        return await around.employs(chat_id, Role.REGIEVOERDER, gemeente="Enschede", name=name)
    return await around.joins(chat_id, Role.REGIEVOERDER, gemeente="Enschede", name=name)


async def test_failure_13_an_old_button_shows_how_it_stands_now(sqlite: str) -> None:
    async with town(sqlite) as around:
        desk = await around.employs(DESK, Role.MEDEWERKER)
        regie = await around.employs(REGIE, Role.REGIEVOERDER, gemeente="Enschede")
        melder = around.chat(MELDER)
        await melder.says(STORY)
        danger = await melder.reads("kinderen")
        await melder.presses(label("answer-danger-niets"), danger)
        anonymity = await melder.reads("Wie mag weten")
        for button in ("answer-danger-wapen", "answer-unknown"):
            await melder.presses(label(button), danger)
            again = await melder.reads("eerdere vraag", "Wie mag weten")
            assert again.labels == anonymity.labels
        assert "wapen bij" not in (await draft(around)).danger
        await melder.presses(label("answer-anonymity-verborgen"), again)
        receipt, _ = await melder.answers_all()
        number = re.search(r"M-\d{4}-\d{6}", receipt.text)[0]  # type: ignore[index]
        asked = await regie.reads("Reageer")
        await desk.says(f"/sluit {number} geen-actie")
        await desk.reads("gesloten")
        await regie.presses("Ik pak dit op", asked)
        await regie.reads(number, "is gesloten")
        data = [b["callback_data"] for chat in (MELDER, DESK, REGIE) for s in around.telegram.sent(chat) for b in s.buttons]
        assert data
        assert all(len(one.encode()) <= 64 for one in data)
