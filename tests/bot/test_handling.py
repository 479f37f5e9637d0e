"""What was kept is read and handed in; what cannot be is set apart, and the rest goes on in its order."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import hub
from bot.handling import TRIES, Handling
from flows import errors
from flows.door import RawUpdate
from flows.messages import ConversationKey, Incoming, Kind
from storage.engine import Database
from storage.overview import Overview
from storage.secrets import Vault
from tests.fakes import NOON
from tests.town import STORY, Town, on_sqlite

BOT = "telegram:77"


def read(body: bytes) -> Incoming:
    """A reader of our own: `{"chat", "text"}`; "poison" cannot be read, "bomb" breaks the reader."""
    said = json.loads(body)
    if said["text"] == "poison":
        raise errors.Unreadable("message.text: poison")
    if said["text"] == "bomb":
        raise ValueError(f"a fault that quotes {said}")
    key = ConversationKey("telegram", "77", said["chat"])
    return Incoming(key, said["id"], Kind.TEXT, NOON, message_id=said["id"], text=said["text"])


async def _keep(town: Town, *texts: str, chat: str = "500") -> None:
    async with town.house.begin() as work:
        for number, text in enumerate(texts):
            identity = f"{chat}-{number}-{text[:6]}"
            body = json.dumps({"id": identity, "chat": chat, "text": text}).encode()
            await work.inbox.keep([RawUpdate("telegram", "77", identity, f"telegram:77:{chat}", body)], town.clock())
        await work.commit()


async def _handle_all(town: Town, worker: Handling, *, rounds: int = 50) -> None:
    """Until nothing is left, waiting for what is to be tried again."""
    for _ in range(rounds):
        kept = await worker.claim(10)
        await asyncio.gather(*(worker.handle(one) for one in kept))
        if not kept:
            town.clock.advance(timedelta(seconds=5))


def _worker(town: Town, **readers: object) -> Handling:
    return Handling(town.house, {BOT: read, **readers}, hub.Hub())


@pytest.mark.parametrize("poison", ["poison", "bomb"])
async def test_a_poison_update_between_two_good_ones_is_set_apart_and_the_others_are_handled_in_order(
    town: Town, database: Database, vault: Vault, poison: str
) -> None:
    await _keep(town, "Hij schreeuwt.", poison, "Hij slaat op de deur.")
    await _keep(town, STORY, chat="501")
    await _handle_all(town, _worker(town), rounds=6)
    await town.pass_time(minutes=30)
    stories = {m.conversation.chat: m.report.everything for m in await town.meldingen()}
    first, last = stories["500"].index("schreeuwt"), stories["500"].index("slaat")
    assert first < last
    assert STORY in stories["501"], "another lane waits for nothing"
    [stuck] = await Overview(database, vault).quarantined()
    assert "quotes" not in stuck.problem
    assert any("apart gezet" in text for text in await town.person("sanne").reads())


@on_sqlite
async def test_an_update_of_a_bot_that_nobody_knows_is_set_apart(town: Town, database: Database, vault: Vault) -> None:
    async with town.house.begin() as work:
        await work.inbox.keep([RawUpdate("telegram", "88", "1", "telegram:88:1", b"{}")], town.clock())
        await work.commit()
    await _handle_all(town, _worker(town), rounds=2)
    assert len(await Overview(database, vault).quarantined()) == 1


@on_sqlite
async def test_a_fault_of_ours_is_tried_again_then_set_apart_and_the_melder_hears_that_it_was_kept(
    town: Town, database: Database, vault: Vault, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(count: int) -> str:
        raise RuntimeError("no digits")

    tries = 0

    def counted(body: bytes) -> Incoming:
        nonlocal tries
        tries += 1
        return read(body)

    town.house = replace(town.house, digits=broken)
    melder = town.melder("a")
    town.chats["a"].key = ConversationKey("telegram", "77", "500")
    await _keep(town, STORY, "weet ik niet", "weet ik niet", "ja", "Hij slaat.")
    worker = Handling(town.house, {BOT: counted}, hub.Hub())
    await _handle_all(town, worker)
    assert tries == 4 + TRIES, "each once, but what fails"
    assert len(await Overview(database, vault).quarantined()) == 1
    assert any("112" in text for text in await melder.reads())
    await town.pass_time(minutes=30)
    assert "Hij slaat." in (await town.only()).report.everything, "its lane went on"
    assert "Kerkstraat" not in "".join(record.getMessage() for record in caplog.records)


@on_sqlite
async def test_a_fault_that_passes_is_handled_at_the_next_try(town: Town, database: Database, vault: Vault) -> None:
    failures = [True]

    def page(path: str) -> str:
        if failures and failures.pop():
            raise RuntimeError("the page is away")
        return path

    town.house = replace(town.house, page=page)
    await _keep(town, "De buurman heeft een mes, in Enschede.")
    await _handle_all(town, _worker(town), rounds=6)
    assert len(await town.meldingen()) == 1
    assert await Overview(database, vault).quarantined() == []


@on_sqlite
async def test_what_is_handled_wakes_the_delivery_and_the_pages(town: Town) -> None:
    wakes = hub.Hub()
    worker = Handling(town.house, {BOT: read}, wakes)
    await _keep(town, STORY)
    before = await wakes.wait("nothing", 0, 0)
    [kept] = await worker.claim(1)
    await worker.handle(kept)
    assert await wakes.wait("outbox", before, 0) > before
    assert await wakes.wait(hub.QUEUE, before, 0) > before
