"""Time passes: terms are rows, one that fails stands before no other, and two replicas act once."""

import asyncio
from datetime import timedelta

import pytest

from flows import upkeep
from flows.assessment import Urgentie
from flows.melding import EventKind
from flows.ports import Deadline, DeadlineKind
from tests.town import ACUUT, SPOED, STORY, Town, on_sqlite


@on_sqlite
async def test_nothing_is_due_so_nothing_is_done(town: Town) -> None:
    assert await upkeep.tick(town.house) == 0


@on_sqlite
async def test_a_first_look_that_nobody_takes_is_reminded_after_each_term(town: Town) -> None:
    melding = await town.tells("a", "Een vraagje: mijn buurman in Enschede is somber.")
    assert melding.urgentie is Urgentie.ADVIES
    await town.silence()
    for _ in range(2):
        await town.pass_time(days=8)
        assert "De termijn is voorbij" in (await town.person("sanne").reads())[-1]
    assert (await town.kinds(melding.number)).count(EventKind.LATE) == 2
    await town.person("sanne").say("/kijk 1")
    await town.silence()
    await town.pass_time(days=30)
    assert await town.person("sanne").reads() == []


@on_sqlite
@pytest.mark.parametrize("end", ["/sluit 1 opgepakt", "/pak 1"])
async def test_what_is_closed_or_taken_has_no_terms_any_more(town: Town, end: str) -> None:
    await town.tells("a", STORY)
    await town.person("sanne").say(end)
    await town.person("sanne").say(end)
    async with town.house.begin() as work:
        for kind in (DeadlineKind.ACKNOWLEDGE, DeadlineKind.FIRST_LOOK):
            assert await work.deadlines.get(kind, "M-2026-000001") is None


@on_sqlite
async def test_terms_of_what_is_gone_are_dropped(town: Town) -> None:
    now = town.clock()
    async with town.house.begin() as work:
        for kind in (DeadlineKind.ACKNOWLEDGE, DeadlineKind.FIRST_LOOK):
            await work.deadlines.set(Deadline(kind, "M-2026-000404", now))
        await work.deadlines.set(Deadline(DeadlineKind.DRAFT, "telegram:77:404", now))
        await work.commit()
    assert await upkeep.tick(town.house) == 3
    assert await upkeep.tick(town.house) == 0
    assert town.order == []


@on_sqlite
async def test_a_term_that_always_fails_stands_before_no_other_and_a_person_hears_it(town: Town) -> None:
    await town.tells("a", SPOED)
    await town.silence()
    async with town.house.begin() as work:
        await work.deadlines.set(Deadline(DeadlineKind.DRAFT, "no lane at all", town.clock()))
        await work.commit()
    for _ in range(12):
        await town.pass_time(minutes=5)
    assert any("Nieuwe melding" in text for text in await town.person("bram").reads()), "the ladder goes on"
    stuck = [text for text in await town.person("sanne").reads() if "blijft iets liggen" in text]
    assert len(stuck) == 1, "one alarm an hour"


async def test_two_replicas_that_tick_at_once_act_once(town: Town, other: Town) -> None:
    melding = await town.tells("a", ACUUT)
    await town.melder("b").say(STORY)
    await town.silence()
    town.clock.advance(timedelta(minutes=31))
    for _ in range(3):  # a Conflict leaves the rest to the next tick
        await asyncio.gather(upkeep.tick(town.house), upkeep.tick(other.house))
    assert len(await town.meldingen()) == 2
    kinds = await town.kinds(melding.number)
    assert (kinds.count(EventKind.LATE), kinds.count(EventKind.CLIMBED)) == (1, 1)
    asked = [text for text in await town.person("bram").reads() if "Nieuwe melding" in text]
    assert len(asked) == 1
