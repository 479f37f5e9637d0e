"""A message becomes a melding: acute at any moment, a melder who falls silent, a reader that is slow or broken."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from flows.assessment import Urgentie
from flows.intake import intake
from flows.melding import EventKind, Status
from flows.messages import Kind, Location
from flows.people import Role
from storage.unit_of_work import Begin
from tests.fakes import FakeClock
from tests.readers import BrokenTriage, SlowTriage
from tests.town import ACUUT, SECRETS, SPOED, STORY, Town, house_of, on_sqlite

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
async def test_the_card_of_suicide_names_113_too_and_others_do_not(town: Town) -> None:
    await town.melder("a").say("Mijn buurman wil van het dak springen, in Enschede.")
    await town.melder("b").say(ACUUT)
    [suicide], [other] = await town.melder("a").reads(), await town.melder("b").reads()
    assert "113" in suicide
    assert "113" not in other


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


@on_sqlite
async def test_acute_without_a_place_is_asked_of_who_serves_the_whole_regio(town: Town) -> None:
    await town.melder("a").say("Hij heeft een mes!")
    assert (await town.only()).asked == (town.ids["ilse"],)
    assert any("plaats onbekend" in text for text in await town.person("ilse").reads())


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
