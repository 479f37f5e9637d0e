"""The contract of the meldingen, on both databases."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from flows import errors
from flows.assessment import Urgentie
from flows.melding import Event, EventKind, Melding, Status
from flows.people import Invitation, Role
from flows.ports import QueueFilter
from storage.secrets import Vault
from storage.unit_of_work import Begin, make_begin
from tests.fakes import NOON, FakeClock
from tests.storage.samples import KEY, OTHER, at, melding, report

EVENT = Event(EventKind.NOTE, NOON, 3, {"tekst": "belde met Annelies"})


async def add(begin: Begin, *events: Event, **more: Any) -> Melding:
    async with begin() as work:
        added = await work.meldingen.add(melding(**more), *events)
        await work.commit()
    return added


async def save(begin: Begin, changed: Melding, *events: Event) -> Melding:
    async with begin() as work:
        saved = await work.meldingen.save(changed, *events)
        await work.commit()
    return saved


async def test_a_melding_gets_a_number_and_comes_back_as_it_was(begin: Begin) -> None:
    added = await add(begin, EVENT, due_at=at(14), owner=3, looker=4, rung=1, unfinished=True, decided=True)
    assert (added.number, added.version) == ("M-2026-000001", 1)
    async with begin() as work:
        assert await work.meldingen.get(added.number) == added
        assert await work.meldingen.events(added.number) == (EVENT,)
        assert await work.meldingen.revisions(added.number) == 1
        assert await work.meldingen.get("M-2026-000002") is None


async def test_each_year_counts_from_one_and_a_number_that_was_not_committed_is_given_again(begin: Begin) -> None:
    await add(begin)
    async with begin() as work:
        assert (await work.meldingen.add(melding())).number == "M-2026-000002"
    assert (await add(begin)).number == "M-2026-000002"
    assert (await add(begin, received_at=datetime(2027, 1, 1, tzinfo=UTC))).number == "M-2027-000001"


async def test_meldingen_of_two_replicas_at_once_get_numbers_without_a_gap(begin: Begin, other_begin: Begin) -> None:
    added = await asyncio.gather(*(add(replica) for replica in (begin, other_begin) * 5))
    assert sorted(one.number for one in added) == [f"M-2026-{at:06d}" for at in range(1, 11)]


async def test_saving_moves_the_version_and_appends_the_events(begin: Begin) -> None:
    added = await add(begin, EVENT)
    closed = Event(EventKind.CLOSED, NOON)
    saved = await save(begin, replace(added, status=Status.CLOSED), closed)
    assert saved == replace(added, status=Status.CLOSED, version=2)
    async with begin() as work:
        assert await work.meldingen.get(added.number) == saved
        assert await work.meldingen.events(added.number) == (EVENT, closed)


async def test_only_a_changed_report_is_a_new_revision(begin: Begin) -> None:
    added = await add(begin)
    saved = await save(begin, replace(added, looker=4))
    async with begin() as work:
        assert await work.meldingen.revisions(added.number) == 1
    await save(begin, replace(saved, report=report("Er is meer")))
    async with begin() as work:
        assert await work.meldingen.revisions(added.number) == 2


async def test_who_saves_on_an_old_version_gets_a_conflict_and_leaves_no_event(begin: Begin) -> None:
    added = await add(begin)
    await save(begin, replace(added, looker=4))
    with pytest.raises(errors.Conflict):
        await save(begin, replace(added, looker=5), EVENT)
    async with begin() as work:
        assert await work.meldingen.events(added.number) == ()


async def test_of_two_who_take_it_at_once_one_gets_a_conflict(begin: Begin, other_begin: Begin) -> None:
    added = await add(begin)
    tries = [save(replica, replace(added, owner=person)) for person, replica in ((3, begin), (4, other_begin))]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "Melding"]


async def test_notes_are_appended_and_the_melding_does_not_move(begin: Begin) -> None:
    added = await add(begin)
    async with begin() as work:
        await work.meldingen.note(added.number, EVENT, Event(EventKind.READ, NOON, 4))
        await work.meldingen.note(added.number)
        await work.commit()
    async with begin() as work:
        assert await work.meldingen.events(added.number) == (EVENT, Event(EventKind.READ, NOON, 4))
        assert await work.meldingen.get(added.number) == added


async def test_a_note_on_a_melding_that_is_not_there_is_a_conflict(begin: Begin) -> None:
    with pytest.raises(errors.Conflict):
        async with begin() as work:
            await work.meldingen.note("M-2026-000099", EVENT)


async def queue(begin: Begin, offset: int = 0, limit: int = 10, **wanted: Any) -> tuple[list[str], int]:
    async with begin() as work:
        page = await work.meldingen.queue(QueueFilter("twente", **wanted), offset=offset, limit=limit)
    return [one.number[-1] for one in page.meldingen], page.total


async def test_the_queue_shows_unread_and_acuut_first_then_the_term_that_runs_out_first(begin: Begin) -> None:
    await add(begin, urgentie=Urgentie.REGULIER, due_at=at(15))  # 1
    await add(begin, urgentie=Urgentie.ADVIES)  # 2: no term
    await add(begin, urgentie=Urgentie.SPOED, due_at=at(16))  # 3
    await add(begin, urgentie=Urgentie.ACUUT, due_at=at(18))  # 4
    await add(begin, urgentie=None, due_at=at(17))  # 5
    await add(begin, urgentie=Urgentie.GEEN, due_at=at(13))
    await add(begin, urgentie=Urgentie.ACUUT, status=Status.CLOSED)
    await add(begin, urgentie=Urgentie.ACUUT, regio="elders")
    assert await queue(begin) == (["5", "4", "1", "3", "2"], 5)
    assert await queue(begin, offset=1, limit=2) == (["4", "1"], 5)
    assert await queue(begin, offset=9) == ([], 5)


async def test_the_queue_can_be_narrowed(begin: Begin) -> None:
    await add(begin, gemeente="Almelo", owner=13, asked=())  # 1
    await add(begin, gemeente="Borne", looker=3, asked=())  # 2
    await add(begin, gemeente="Borne", asked=(13, 30))  # 3
    await add(begin, gemeente="Borne", asked=(3,), owner=4)  # 4
    assert (await queue(begin, gemeente="Borne"))[0] == ["2", "3", "4"]
    assert (await queue(begin, mine=3))[0] == ["2", "4"]
    assert (await queue(begin, mine=13))[0] == ["1", "3"]


async def test_the_queue_by_urgentie_by_term_and_by_who_has_it(begin: Begin, clock: FakeClock) -> None:
    late, soon = clock() - timedelta(minutes=1), clock() + timedelta(minutes=1)
    await add(begin, urgentie=Urgentie.SPOED, due_at=late, asked=())  # 1
    await add(begin, urgentie=Urgentie.ADVIES, due_at=soon, asked=(), looker=3)  # 2
    await add(begin, urgentie=Urgentie.ADVIES, due_at=None, asked=(), owner=4)  # 3
    assert (await queue(begin, urgentie=Urgentie.ADVIES))[0] == ["2", "3"]
    assert (await queue(begin, late_at=clock()))[0] == ["1"]
    assert (await queue(begin, free=True))[0] == ["1"]


async def test_unattended_is_what_nobody_has_or_looks_at_who_can_be_reached_now(begin: Begin, clock: FakeClock) -> None:
    async with begin() as work:
        await work.people.invite("code", Invitation(Role.PIKET, "twente"))
        person = await work.people.redeem("code", KEY, clock())
        await work.commit()
    assert person
    await add(begin, owner=person.id)  # 1
    await add(begin, looker=person.id)  # 2
    await add(begin, asked=(person.id,))  # 3
    assert (await queue(begin, unattended=True))[0] == ["3"]
    async with begin() as work:
        await work.people.set_duty(person.id, False)
        await work.commit()
    assert (await queue(begin, unattended=True))[0] == ["1", "2", "3"]
    async with begin() as work:
        await work.people.set_duty(person.id, True)
        await work.people.set_reachable(KEY, False)
        await work.commit()
    assert (await queue(begin, unattended=True))[0] == ["1", "2", "3"]


async def test_open_numbers_are_found_by_their_last_digits(begin: Begin) -> None:
    for _ in range(12):
        await add(begin)
    closed = await add(begin, status=Status.CLOSED)
    async with begin() as work:
        assert await work.meldingen.ending_in("twente", "12") == ("M-2026-000012",)
        assert set(await work.meldingen.ending_in("twente", "2")) == {"M-2026-000002", "M-2026-000012"}
        assert len(await work.meldingen.ending_in("twente", "0")) == 1
        assert await work.meldingen.ending_in("twente", "2026000007") == ("M-2026-000007",)
        assert await work.meldingen.ending_in("twente", closed.number[-2:]) == ()
        assert await work.meldingen.ending_in("elders", "12") == ()
        assert await work.meldingen.ending_in("twente", "%") == ()
        assert await work.meldingen.ending_in("twente", "") == ()


async def test_of_many_numbers_five_are_found(begin: Begin) -> None:
    async with begin() as work:
        for _ in range(61):
            await work.meldingen.add(melding())
        assert len(await work.meldingen.ending_in("twente", "1")) == 5


async def test_a_melder_sees_the_ten_newest_of_this_chat(begin: Begin) -> None:
    async with begin() as work:
        for minutes in range(12):
            await work.meldingen.add(melding(received_at=NOON + timedelta(minutes=minutes)))
        await work.meldingen.add(melding(conversation=OTHER))
        await work.commit()
    async with begin() as work:
        mine = await work.meldingen.of_melder(KEY)
        assert [one.number for one in mine] == [f"M-2026-{at:06d}" for at in range(12, 2, -1)]
        assert len(await work.meldingen.of_melder(OTHER)) == 1


async def test_a_follow_code_leads_to_its_melding_and_a_new_one_replaces_it(begin: Begin) -> None:
    added, other = await add(begin), await add(begin)
    async with begin() as work:
        await work.meldingen.set_follow_code(added.number, "1234567890123456")
        await work.meldingen.set_follow_code(other.number, "6543210987654321")
        await work.commit()
    async with begin() as work:
        assert await work.meldingen.by_follow_code("1234567890123456") == added
        assert await work.meldingen.by_follow_code("0000000000000000") is None
        await work.meldingen.set_follow_code(added.number, "1111222233334444")
        assert await work.meldingen.by_follow_code("1234567890123456") is None
        assert await work.meldingen.by_follow_code("1111222233334444") == added


async def test_a_follow_code_is_found_after_the_keys_were_rotated(
    begin: Begin, database: Any, vault: Vault, clock: FakeClock
) -> None:
    old, new = "A" * 43 + "=", "B" * 42 + "A="
    async with make_begin(database, Vault([old]), clock=clock)() as work:
        added = await work.meldingen.add(melding())
        await work.meldingen.set_follow_code(added.number, "1234567890123456")
        await work.commit()
    async with make_begin(database, Vault([new, old]), clock=clock)() as work:
        assert await work.meldingen.by_follow_code("1234567890123456") == added
