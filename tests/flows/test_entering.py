"""What enters the queue: who is told at once, what was unread and is read later, and where it belongs."""

import asyncio
from datetime import timedelta

import pytest

from flows.assessment import Urgentie
from flows.melding import EventKind, Status
from flows.messages import Kind, Location
from storage.unit_of_work import Begin
from tests.fakes import FakeClock
from tests.readers import BrokenTriage, SlowTriage
from tests.town import ACUUT, SECRETS, SPOED, STORY, Town, house_of, on_sqlite

CARD = "Bel nu 112"
HALF_HOUR = {"minutes": 30}


@on_sqlite
async def test_an_acute_draft_alarms_everybody_on_duty_and_begins_the_ladder(town: Town) -> None:
    await town.person("joris").say("/dienst uit")
    await town.silence()
    await town.melder("a").say(ACUUT)
    [alarm] = await town.person("sanne").reads()
    assert "ACUUT" in alarm
    assert "melder is nog bezig" in alarm
    assert await town.person("joris").reads() == []
    [asked] = await town.person("fenna").reads()
    assert "13.05" in asked, "five minutes after noon in UTC"
    melding = await town.only()
    assert (melding.status, melding.asked, melding.rung) == (Status.ASSIGNED, (town.ids["fenna"],), 0)
    assert set(await town.kinds(melding.number)) >= {
        EventKind.RECEIVED,
        EventKind.UNFINISHED,
        EventKind.ALARM,
        EventKind.ASSIGNED,
    }


@on_sqlite
async def test_the_alarm_and_the_card_leave_before_everything_else(town: Town) -> None:
    await town.tells("b")
    async with town.house.begin() as work:  # a heap of other mail for the same people
        parcels = await work.outbox.claim(town.clock(), timedelta(0), 50, channels=("telegram",))
        assert len(parcels) == 1
    await town.melder("a").say(ACUUT)
    await town.deliver()
    assert [m.plain[:12] for m in town.order[-4:]][-1].startswith("Uw melding")
    assert any("ACUUT" in m.plain for m in town.order[-4:-1])


@on_sqlite
async def test_acute_without_a_place_is_asked_of_who_serves_the_whole_regio(town: Town) -> None:
    await town.melder("a").say("Hij heeft een mes!")
    assert (await town.only()).asked == (town.ids["ilse"],)
    assert any("plaats onbekend" in text for text in await town.person("ilse").reads())


@on_sqlite
async def test_a_reader_that_raises_lets_the_melding_enter_unread_with_an_alarm(begin: Begin, clock: FakeClock) -> None:
    town = await Town(house_of(begin, clock, BrokenTriage())).settle()
    await town.melder("a").say(STORY)
    [question] = await town.melder("a").reads()
    assert "Bel 112" in question, "nobody read it: the line about danger stands there"
    melding = await town.only()
    assert (melding.urgentie, melding.unfinished, melding.safe) == (None, True, "")
    for name in ("sanne", "joris"):
        [alarm] = await town.person(name).reads()
        assert "Nog niet beoordeeld" in alarm
    assert melding.due_at == clock() + timedelta(minutes=15), "it may be acute, so it has that term"


@on_sqlite
async def test_a_reader_slower_than_patience_is_not_waited_for_and_the_dialogue_goes_on(begin: Begin, clock: FakeClock) -> None:
    slow = SlowTriage()
    town = await Town(house_of(begin, clock, slow, patience=0.01)).settle()
    melder = town.melder("a")
    async with asyncio.timeout(10):
        await melder.say(STORY)
    assert "Waar is dit?" in (await melder.reads())[-1]
    assert (await town.only()).urgentie is None
    slow.ready.set()
    await melder.say("Enschede")
    melding = await town.only()
    assert (melding.urgentie, melding.gemeente) == (Urgentie.REGULIER, "Enschede"), "read later"
    assert melding.due_at == clock() + timedelta(minutes=15), "and not lowered: the term it had stays"


@on_sqlite
@pytest.mark.parametrize(("later", "asked"), [(ACUUT, "fenna"), (SPOED, "fenna"), ("Hij heeft een mes!", "ilse")])
async def test_what_was_unread_and_is_read_as_urgent_later_is_asked_of_somebody(
    begin: Begin, clock: FakeClock, later: str, asked: str
) -> None:
    broken = BrokenTriage()
    town = await Town(house_of(begin, clock, broken)).settle()
    await town.melder("a").say("Iemand schreeuwt.")
    await town.silence()
    broken.mended = True
    await town.melder("a").say(later)
    melding = await town.only()
    assert melding.asked == (town.ids[asked],)
    told = "".join(await town.person("sanne").reads())
    assert ("ACUUT" in told) == (melding.urgentie is Urgentie.ACUUT)


@on_sqlite
async def test_what_was_placed_unread_and_is_read_as_acute_alarms_too(begin: Begin, clock: FakeClock) -> None:
    broken = BrokenTriage()
    town = await Town(house_of(begin, clock, broken)).settle()
    broken.mended = True
    await town.melder("a").say(STORY)  # read, placed, and not urgent
    broken.mended = False
    await town.melder("a").say("Hij is nu buiten.")
    assert ((await town.only()).urgentie, (await town.only()).gemeente) == (None, "Enschede")
    await town.silence()
    broken.mended = True
    await town.melder("a").say("Hij heeft een mes!")
    assert (await town.only()).asked == (town.ids["fenna"],)
    assert any("ACUUT" in text for text in await town.person("sanne").reads())


@on_sqlite
async def test_an_acute_reading_stays_acute_when_the_reader_fails_later(begin: Begin, clock: FakeClock) -> None:
    broken = BrokenTriage()
    town = await Town(house_of(begin, clock, broken)).settle()
    broken.mended = True
    await town.melder("a").say(ACUUT)
    broken.mended = False
    await town.melder("a").say("Hij is nu weg.")
    assert (await town.only()).urgentie is Urgentie.ACUUT


@on_sqlite
async def test_outside_the_regio_the_melder_hears_where_to_call_and_may_still_leave_it(town: Town) -> None:
    melding = await town.tells("a", "Mijn buurman schreeuwt al drie nachten in Utrecht.")
    assert "0800-1205" in await town.melder("a").everything()
    assert (melding.gemeente, melding.report.outside) == ("", True)


@on_sqlite
async def test_a_shared_location_gives_the_gemeente(town: Town) -> None:
    await town.melder("a").say("Iemand schreeuwt al drie nachten.")
    here = town.melder("a").incoming(kind=Kind.LOCATION, location=Location(52.22, 6.89), message_id="loc")
    await town.hears(here)
    await town.pass_time(**HALF_HOUR)
    assert (await town.only()).gemeente == "Enschede"


@on_sqlite
async def test_notifications_and_their_buttons_hold_no_case_content(town: Town) -> None:
    await town.melder("a").say(ACUUT)
    await town.tells("b", SPOED)
    await town.melder("b").say("Bakker schreeuwt nu: hij heeft een mes!")
    for minutes in (5, 5, 5, 60):
        await town.pass_time(minutes=minutes)
    for name in ("sanne", "joris", "fenna", "bram", "ilse"):
        seen = await town.person(name).everything()
        assert "M-2026-" in seen
        assert [word for word in SECRETS if word.casefold() in seen.casefold().split()] == []
        assert not any(word in seen for word in ("Kerkstraat", "Bakker", "schreeuwt"))
    buttons = [b for message in town.order for row in message.buttons for b in row]
    assert buttons
    assert all(len(b.action.encode()) <= 64 for b in buttons)
    assert not any(word in b.action + b.url for b in buttons for word in ("Kerkstraat", "Bakker"))
