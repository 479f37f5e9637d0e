"""The same scenarios against an emulator that others wrote, so that ours and the adapter do not share one mistake."""

import pytest

from bot.channels import telegram_in
from bot.channels.rendered import Button
from bot.channels.telegram_api import username
from bot.channels.telegram_text import escape
from flows import errors
from flows.messages import Kind
from tests.bot.telegram_fakes import FakeDoor, line, polling, row
from tests.telegram_emulator import Emulator, SecondOpinion

BOTH = pytest.mark.parametrize("kind", [Emulator, SecondOpinion])


@BOTH
async def test_a_conversation_goes_round(kind: type[Emulator] | type[SecondOpinion]) -> None:
    door = FakeDoor()
    async with line(kind()) as on, polling(on.poller(door)):
        await on.telegram.say(7, "Er staat iemand op het spoor")
        said = telegram_in.read_body((await door.wait(1))[0].body, str(on.telegram.bot_id))
        assert (said.kind, said.text) == (Kind.TEXT, "Er staat iemand op het spoor")
        reference = await on.sender.send(on.to(7, "Bel <b>112</b>. Is het nu?", "Bel 112.", buttons=row("Ja", "Nee")))
        asked = await on.telegram.wait_for(7, lambda message: "112" in message.text)
        assert (str(asked.message_id), asked.labels) == (reference, ["Ja", "Nee"])
        await on.telegram.press(7, asked.message_id, "Ja")
        chosen = telegram_in.read_body((await door.wait(2))[1].body, str(on.telegram.bot_id))
        assert (chosen.kind, chosen.action, chosen.message_id) == (Kind.CHOICE, "ja", reference)
        await on.sender.send(on.to(7, "Dank u.", callback_id=chosen.callback_id))
        await on.telegram.wait_for(7, lambda message: message.text == "Dank u.")
    assert on.counts == {}


@BOTH
async def test_failure_1_what_was_not_confirmed_comes_again(kind: type[Emulator] | type[SecondOpinion]) -> None:
    door = FakeDoor()
    async with line(kind()) as on:
        for number in range(3):
            await on.telegram.say(7, str(number))
        killed = on.poller(door)
        await killed._keep(await killed._fetch())
        async with polling(on.poller(door)):
            while door.repeats < 3:
                await on.telegram.say(8, "verder")
                await door.wait(4)
    assert len({raw.update_id for raw in door.raw}) == len(door.raw) >= 4


@BOTH
async def test_failure_26_nothing_is_confirmed_while_the_database_is_away(kind: type[Emulator] | type[SecondOpinion]) -> None:
    door = FakeDoor()
    door.away = 3
    async with line(kind()) as on, polling(on.poller(door)):
        await on.telegram.say(7, "hoi")
        await door.wait(1)
    assert on.counts == {"telegram_poll_storage_away": 3}


@BOTH
async def test_failure_20_a_webhook_elsewhere_is_a_conflict(kind: type[Emulator] | type[SecondOpinion]) -> None:
    door = FakeDoor()
    async with line(kind()) as on:
        await on.bot.set_webhook("https://elders.invalid/hook")
        async with polling(on.poller(door)):
            while len(on.sleep.slept) < 3:
                await on.bot.get_webhook_info()
            await on.bot.delete_webhook()
            await on.telegram.say(7, "hoi")
            await door.wait(1)
    assert set(on.counts) == {"telegram_poll_conflict"}


@BOTH
async def test_failure_18_long_texts_are_taken(kind: type[Emulator] | type[SecondOpinion]) -> None:
    async with line(kind()) as on:
        if isinstance(on.telegram, Emulator):
            on.telegram.known(7)
        html = "\n\n".join(escape("é😀 " * 500) for _ in range(5))  # it counts before parsing, so no entities
        parts = (await on.sender.send(on.to(7, html, buttons=row("Ja")))).split(",")
        assert [len(message.labels) for message in on.telegram.sent(7)] == [0] * (len(parts) - 1) + [1]


@BOTH
async def test_failure_13_over_64_bytes_is_not_even_sent(kind: type[Emulator] | type[SecondOpinion]) -> None:
    async with line(kind()) as on:
        with pytest.raises(errors.Rejected):
            await on.sender.send(on.to(7, "x", buttons=((Button("Ja", "x" * 65),),)))


@BOTH
async def test_failure_8_an_unknown_chat_is_unreachable(kind: type[Emulator] | type[SecondOpinion]) -> None:
    async with line(kind()) as on:
        with pytest.raises(errors.Unreachable):
            await on.sender.send(on.to(0, "x"))


async def test_a_bot_without_a_name_is_no_problem() -> None:
    async with line(SecondOpinion()) as on:
        assert await username(on.bot) == ""
