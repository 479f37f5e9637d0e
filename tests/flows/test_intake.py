"""A message becomes a melding: acute at any moment, a melder who falls silent, a reader that is slow or broken."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from flows.assessment import Urgentie
from flows.intake import intake
from flows.melding import EventKind, Status
from flows.messages import Kind
from flows.people import Role
from storage.unit_of_work import Begin
from tests.town import ACUUT, STORY, Town, on_sqlite

CARD = "Bel nu 112"
HALF_HOUR = {"minutes": 30}


async def test_a_story_becomes_a_melding_with_a_number_and_a_code(town: Town) -> None:
    """On both databases: the way of every melding."""
    melding = await town.tells("a")
    [receipt] = await town.melder("a").reads()
    assert "M-2026-000001" in receipt
    assert "1111 2222 3333 4444" in receipt
    assert (melding.urgentie, melding.gemeente, melding.status) == (Urgentie.REGULIER, "Enschede", Status.NEW)
    assert not melding.unfinished
    assert melding.report.story.splitlines()[0] == STORY
    assert EventKind.RECEIVED in await town.kinds(melding.number)


@on_sqlite
@pytest.mark.parametrize("before", [0, 1, 2, 3, 4], ids=["first", "role", "anonymity", "contact", "summary"])
async def test_the_card_is_the_very_next_reply_at_any_moment_of_the_dialogue(town: Town, before: int) -> None:
    melder = town.melder("a")
    if before:
        await melder.say("Iemand schreeuwt al drie nachten in Enschede.")
    for _ in range(before - 1):
        await melder.say("weet ik niet")
    await melder.reads()
    await melder.say(ACUUT)
    [card] = await melder.reads()
    assert card.startswith(CARD)
    assert "?" not in card, "a question stands beside the card"
    melding = await town.only()
    assert (melding.urgentie, melding.unfinished) == (Urgentie.ACUUT, True)


@on_sqlite
async def test_an_answer_about_contact_that_is_edited_into_danger_gets_the_card(town: Town) -> None:
    melder = town.melder("a")
    await melder.say("Mijn buurman schreeuwt al drie nachten in Enschede.")
    await melder.say("weet ik niet")
    said = await melder.say("06 12345678")
    await melder.reads()
    await melder.edit(said, "Hij heeft een mes, kom nu.")
    [card] = await melder.reads()
    assert card.startswith(CARD)


@on_sqlite
async def test_the_card_of_suicide_names_113_too_and_others_do_not(town: Town) -> None:
    await town.melder("a").say("Mijn buurman wil van het dak springen, in Enschede.")
    await town.melder("b").say(ACUUT)
    [suicide], [other] = await town.melder("a").reads(), await town.melder("b").reads()
    assert "113" in suicide
    assert "113" not in other


@on_sqlite
async def test_after_the_card_the_dialogue_completes_the_same_melding(town: Town) -> None:
    melder = town.melder("a")
    await melder.say(ACUUT)
    await melder.press("Er is nu geen direct gevaar")
    for _ in range(2):
        await melder.say("weet ik niet")
    await melder.press("Versturen")
    melding = await town.only()
    assert (melding.number, melding.unfinished, melding.urgentie) == ("M-2026-000001", False, Urgentie.ACUUT)
    assert melding.report.calm, "what the melder says of the danger is told, and lowers nothing"
    assert EventKind.COMPLETED in await town.kinds(melding.number)
    assert "M-2026-000001" in (await melder.reads())[-1]
    alarms = [m for m in town.chat("sanne").mail if "ACUUT" in m.plain]
    assert len(alarms) == 1, "one melding, one alarm"


async def test_a_draft_whose_melder_falls_silent_enters_after_half_an_hour_once_also_after_a_restart(
    town: Town, begin: Begin
) -> None:
    await town.melder("a").say(STORY)
    await town.pass_time(minutes=29)
    assert await town.meldingen() == []
    town = await town.restarted()
    await town.pass_time(minutes=1)
    melding = await town.only()
    assert (melding.unfinished, melding.status) == (True, Status.NEW)
    assert EventKind.UNFINISHED in await town.kinds(melding.number)
    assert "kan uw verhaal nu alvast lezen" in (await town.melder("a").reads())[-1]
    await town.pass_time(minutes=45)
    assert await town.only() == melding
    await town.melder("a").say("Nu gooit hij met glas.")
    assert "gooit" in (await town.only()).report.story, "what comes later belongs to the same melding"


@on_sqlite
async def test_every_word_starts_the_half_hour_again(town: Town) -> None:
    await town.melder("a").say(STORY)
    await town.pass_time(minutes=20)
    await town.melder("a").say("weet ik niet")
    await town.pass_time(minutes=20)
    assert await town.meldingen() == []
    await town.pass_time(minutes=10)
    assert (await town.only()).unfinished


@on_sqlite
async def test_a_draft_that_was_stopped_is_not_offered(town: Town) -> None:
    await town.melder("a").say(STORY)
    await town.melder("a").say("stop")
    await town.pass_time(**HALF_HOUR)
    assert await town.meldingen() == []
    await town.melder("a").press("Toch versturen")
    assert not (await town.only()).unfinished


@on_sqlite
async def test_what_is_no_worry_about_a_person_is_not_offered(town: Town) -> None:
    await town.melder("a").say("De lantaarnpaal voor mijn huis in Enschede doet het al weken niet.")
    [counter] = await town.melder("a").reads()
    assert "14 053" in counter
    await town.pass_time(**HALF_HOUR)
    assert await town.meldingen() == []
    await town.melder("a").press("Het gaat wel over een persoon")
    await town.pass_time(**HALF_HOUR)
    melding = await town.only()
    assert melding.urgentie is Urgentie.ADVIES


@on_sqlite
async def test_a_greeting_is_greeted_and_nothing_is_kept_waiting(town: Town) -> None:
    await town.melder("a").say("Hallo")
    [greeting] = await town.melder("a").reads()
    assert greeting.startswith("Hallo.")
    await town.pass_time(hours=1)
    assert await town.meldingen() == []


@on_sqlite
async def test_a_late_message_says_so_and_alarms_once_an_hour(town: Town) -> None:
    two_hours = timedelta(hours=2)
    await town.melder("a").say(STORY, ago=two_hours)
    await town.melder("b").say(STORY, ago=two_hours)
    for name in "ab":
        [reply] = await town.melder(name).reads()
        assert "11.00 uur" in reply, "when it was said, on the clock of Amsterdam"
    assert len(await town.person("sanne").reads()) == 1
    await town.pass_time(minutes=61)
    await town.melder("c").say(STORY, ago=two_hours)
    assert len(await town.person("sanne").reads()) == 1
    await town.melder("d").say(STORY, ago=timedelta(minutes=59))
    assert "11.00" not in (await town.melder("d").reads())[-1]


@on_sqlite
async def test_a_melder_who_joins_the_staff_in_the_middle_keeps_the_draft(town: Town) -> None:
    await town.melder("a").say(STORY)
    await town.joins("a", Role.MEDEWERKER)
    await town.pass_time(**HALF_HOUR)
    assert (await town.only()).report.story == STORY


@on_sqlite
async def test_a_colleague_who_writes_no_command_makes_a_melding_only_of_what_is_acute(town: Town) -> None:
    await town.person("sanne").say("Mijn buurman is wat stil de laatste tijd.")
    assert "Ik heb hier niets mee gedaan" in (await town.person("sanne").reads())[-1]
    await town.pass_time(hours=1)
    assert await town.meldingen() == []
    await town.person("sanne").say(ACUUT)
    assert (await town.only()).urgentie is Urgentie.ACUUT


@on_sqlite
async def test_two_messages_of_one_chat_at_once_both_stand_in_the_story(town: Town) -> None:
    """Handed in by two workers at the same moment: the second finds that the conversation moved, and comes again."""
    melder = town.melder("a")
    said = [melder.incoming(kind=Kind.TEXT, text=f"Hij schreeuwt deel {n}.", message_id=f"p{n}") for n in (1, 2)]
    kept = [await town.keeps(replace(one)) for one in said[:1]]
    async with town.house.begin() as work:
        await work.inbox.keep([replace(kept[0].raw, update_id=said[1].update_id, lane=None)], town.clock())
        [second] = await work.inbox.claim(town.clock(), timedelta(seconds=60), 1)
        await work.commit()
    await asyncio.gather(intake(town.house, said[0], kept[0]), intake(town.house, said[1], second))
    await town.pass_time(**HALF_HOUR)
    said_twice = (await town.only()).report.everything
    assert ("deel 1" in said_twice, "deel 2" in said_twice) == (True, True)
