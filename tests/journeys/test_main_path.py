"""From a message to a regievoerder who has it, over Telegram's API: raw JSON in, recorded calls out."""

import asyncio
import re

import pytest

from flows.people import Role
from tests.house import free_port
from tests.journeys.driver import ACUTE, STORY, Chat, Town, label, town
from tests.telegram_emulator import Emulator, SecondOpinion

MELDER, DESK, REGIE = 11, 21, 31
BOTH = pytest.mark.parametrize("kind", [Emulator, SecondOpinion])
Kind = type[Emulator] | type[SecondOpinion]


async def staffed(around: Town) -> tuple[Chat, Chat]:
    desk, regie = await asyncio.gather(
        around.joins(DESK, Role.MEDEWERKER, name="Sanne"),
        around.joins(REGIE, Role.REGIEVOERDER, gemeente="Enschede", name="Fenna"),
    )
    return desk, regie


async def walk(around: Town) -> None:
    """The whole way, with everything each of the three reads."""
    desk, regie = await staffed(around)
    melder = around.chat(MELDER)
    await melder.says(STORY)
    receipt, questions = await melder.answers_all()
    assert questions <= 6
    assert re.search(r"(\d{4} ){3}\d{4}", receipt.text)
    number = re.search(r"M-\d{4}-\d{6}", receipt.text)[0]  # type: ignore[index]

    await desk.says("/wachtrij")
    queue = await desk.reads("Wachtrij", number, "Enschede")
    assert "kerkstraat" not in queue.text.casefold()
    await desk.says(f"/wijstoe {int(number[-6:])}")
    await desk.reads("Fenna is gevraagd", number)

    asked = await regie.reads(number, "Enschede")
    assert not {"schreeuwt", "kerkstraat", "buurman"} & set(asked.text.casefold().split())
    assert {"Ik pak dit op", "Niet voor mij"} <= set(asked.labels)
    await regie.presses("Ik pak dit op", asked)
    await regie.reads(number, "van u")
    await melder.reads("opgepakt", number)

    await melder.says("/status")
    await melder.reads(number, "iemand heeft dit opgepakt")
    await desk.says(f"/sluit {number} opgepakt")
    await melder.reads(number, "afgesloten")
    await melder.says("/status")
    await melder.reads(number, "afgesloten")


@BOTH
async def test_from_a_message_to_somebody_who_has_it(url: str, kind: Kind) -> None:
    async with town(url, kind) as around:
        await walk(around)
        assert not {name for name in around.app.counts if "telegram" in name}


@BOTH
async def test_the_same_over_a_webhook(kind: Kind, sqlite: str) -> None:
    port = free_port()
    own = {"http": f"127.0.0.1:{port}", "public_url": f"http://127.0.0.1:{port}", "telegram_mode": "webhook"}
    async with town(sqlite, kind, webhook_secret="geheim_genoeg_voor_telegram", **own) as around:
        await walk(around)
        assert around.app.counts["telegram_webhook_kept"] > 10
        assert not [call for call in getattr(around.telegram, "calls", ()) if call.method == "getUpdates"]


@BOTH
async def test_acute_gets_the_card_first_and_the_same_melding_is_completed(kind: Kind, sqlite: str) -> None:
    async with town(sqlite, kind) as around:
        desk, regie = await staffed(around)
        melder = around.chat(MELDER)
        await melder.says(ACUTE)
        card = await melder.reads()
        assert "112" in card.text.splitlines()[0]
        alarm = await desk.reads("ACUUT", "nog bezig")
        number = re.search(r"M-\d{4}-\d{6}", alarm.text)[0]  # type: ignore[index]
        asked = await regie.reads(number)
        await melder.presses(label("card-called"), card)
        receipt, _ = await melder.answers_all()
        assert number in receipt.text
        await regie.presses("Ik pak dit op", asked)
        await melder.reads("opgepakt", number)
        async with around.app.store.begin() as work:
            [melding] = await work.meldingen.of_melder(around.key(MELDER))
        assert not melding.unfinished


async def test_a_question_of_the_desk_and_its_answer_meet_on_the_melding(sqlite: str) -> None:
    async with town(sqlite) as around:
        desk, _ = await staffed(around)
        melder = around.chat(MELDER)
        number = await sent(melder)
        await desk.says(f"/vraag {number} Hoort u hem ook overdag?")
        await desk.reads(number, "gaat naar de melder")
        await melder.reads(number, "Hoort u hem ook overdag?")
        await melder.says("Nee, alleen 's nachts tussen twee en vier.")
        await melder.reads(number, "antwoord")
        await desk.reads(number, "gaf antwoord")
        await desk.says(f"/melding {number}")
        await desk.reads(number, "tussen twee en vier")


async def test_withdrawn_is_told_to_who_was_asked(sqlite: str) -> None:
    async with town(sqlite) as around:
        desk, regie = await staffed(around)
        melder = around.chat(MELDER)
        number = await sent(melder)
        await regie.reads(number)
        await melder.says("/intrekken")
        question = await melder.reads(number)
        await melder.presses(label("withdraw-yes"), question)
        await melder.reads(number, "ingetrokken")
        await regie.reads(number, "trok", "in")
        await desk.says("/wachtrij")
        await desk.reads("leeg")


async def test_a_melder_who_asks_for_the_queue_learns_nothing(sqlite: str) -> None:
    async with town(sqlite) as around:
        melder, other = around.chat(MELDER), around.chat(12)
        await sent(melder)
        await other.says("/wachtrij")
        refused = await other.reads()
        await other.says("/bestaatniet")
        assert (await other.reads()).text == refused.text
        assert "ken ik niet" in refused.text
        assert "M-" not in refused.text


async def sent(melder: Chat) -> str:
    """A melding that came in; its number."""
    await melder.says(STORY)
    receipt, _ = await melder.answers_all()
    return re.search(r"M-\d{4}-\d{6}", receipt.text)[0]  # type: ignore[index]
