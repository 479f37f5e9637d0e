"""Something of ours went wrong: set apart with an alarm, the lane goes on, and the melder hears that it was kept."""

from datetime import timedelta

import pytest

from flows import trouble
from flows.melding import EventKind
from flows.messages import Kind
from flows.ports import OutStatus, Parcel
from storage.engine import Database
from storage.overview import Overview
from storage.secrets import Vault
from tests.town import LEASE, SPOED, STORY, Town, on_sqlite

pytestmark = on_sqlite


async def test_what_is_set_apart_alarms_the_desk_and_its_sender_hears_that_it_was_kept(
    town: Town, database: Database, vault: Vault
) -> None:
    melder = town.melder("a")
    kept = await town.keeps(melder.incoming(kind=Kind.TEXT, text=STORY))
    await trouble.quarantine(town.house, kept, "message.chat: missing")
    [told] = await melder.reads()
    assert "112" in told
    for name in ("sanne", "joris"):
        assert any(str(kept.id) in text for text in await town.person(name).reads())
    [stuck] = await Overview(database, vault).quarantined()
    assert (stuck.id, stuck.problem) == (kept.id, "message.chat: missing")


@pytest.mark.parametrize("what", ["no lane", "a group"])
async def test_nobody_is_answered_when_it_is_not_known_who_or_said_in_a_group(town: Town, what: str) -> None:
    group = town.chat("-100500") if what == "a group" else town.chat("a")
    if what == "a group":
        group.key = type(group.key)("telegram", "77", "-100500")
    incoming = group.incoming(kind=Kind.GROUP, text="x")
    kept = await (town.keeps(incoming) if what == "a group" else town.keeps_beside(incoming))
    await trouble.quarantine(town.house, kept, "unreadable")
    assert await group.reads() == []
    assert len(await town.person("sanne").reads()) == 1


async def test_who_is_off_duty_hears_no_alarm(town: Town) -> None:
    await town.person("joris").say("/dienst uit")
    await town.silence()
    kept = await town.keeps(town.melder("a").incoming(kind=Kind.TEXT, text=STORY))
    await trouble.quarantine(town.house, kept, "x")
    assert await town.person("joris").reads() == []


async def _parcel_for(town: Town, name: str) -> Parcel:
    async with town.house.begin() as work:
        parcels = await work.outbox.claim(town.clock(), LEASE, 50, channels=("telegram",))
        await work.commit()
    return next(parcel for parcel in parcels if parcel.outgoing.to == town.chat(name).key)


async def test_an_alarm_that_is_given_up_raises_no_alarm(town: Town) -> None:
    kept = await town.keeps(town.melder("a").incoming(kind=Kind.TEXT, text=STORY))
    await trouble.quarantine(town.house, kept, "x")
    await trouble.undelivered(town.house, await _parcel_for(town, "sanne"), OutStatus.DEAD, "refused")
    town.clock.advance(2 * LEASE)  # the other alarm was leased too
    assert "kwam niet aan" not in "".join(await town.person("joris").reads())


async def test_a_melder_message_that_is_given_up_stands_on_the_melding_and_alarms(town: Town) -> None:
    await town.tells("a", STORY)
    await town.silence()
    await town.person("fenna").say("/pak 1")
    parcel = await _parcel_for(town, "a")
    await trouble.undelivered(town.house, parcel, OutStatus.DEAD, "refused")
    assert EventKind.UNDELIVERED in await town.kinds("M-2026-000001")
    assert any("M-2026-000001" in text for text in await town.person("sanne").reads())


async def test_a_message_of_which_nobody_knows_whether_it_arrived_raises_no_alarm_and_is_counted(
    town: Town, database: Database, vault: Vault
) -> None:
    await town.tells("a", STORY)
    await trouble.undelivered(town.house, await _parcel_for(town, "a"), OutStatus.UNKNOWN, "unknown")
    assert await town.person("sanne").reads() == []
    assert (await Overview(database, vault).health(town.clock())).unknown == 1


async def test_a_melder_that_cannot_be_reached_is_told_to_the_desk_once_and_the_melding_stays(town: Town) -> None:
    await town.tells("a", SPOED)
    await trouble.unreachable(town.house, await _parcel_for(town, "a"))
    assert (await town.only()).status.open
    told = [text for text in await town.person("sanne").reads() if "leest hier niet meer mee" in text]
    assert len(told) == 1
    town.clock.advance(timedelta(hours=1))
    await town.melder("a").say("Ik ben er weer.")
    assert "gaat naar de melder" in await _asks(town)


async def _asks(town: Town) -> str:
    await town.person("sanne").say("/vraag 1 Brandt er licht?")
    return "".join(await town.person("sanne").reads())
