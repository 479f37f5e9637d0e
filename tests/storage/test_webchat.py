"""What the web chat asks of storage: timeline, sessions, leases; on both databases."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from flows.people import Invitation, Role
from storage import link
from storage.engine import Database
from storage.leases import Leases
from storage.secrets import Vault
from storage.sessions import Session, Sessions
from storage.tables import WEB_SESSION
from storage.timeline import Entry, Timeline
from storage.unit_of_work import Begin
from tests.fakes import FakeClock
from tests.postgres import waits_or_ends
from tests.storage.samples import KEY, OTHER, raw

SAID = {"text": "Annelies", "buttons": [["ja", 1]]}
MINUTE = timedelta(minutes=1)


@pytest.fixture
def timeline(database: Database, vault: Vault, clock: FakeClock) -> Timeline:
    return Timeline(database, vault, clock=clock)


async def test_what_is_said_is_shown_and_kept_for_handling(timeline: Timeline, begin: Begin, clock: FakeClock) -> None:
    assert await timeline.say(raw(1), SAID, "k1", clock())
    [entry] = await timeline.after(KEY.lane, 0)
    assert entry == Entry(entry.id, "in", SAID, clock())
    async with begin() as work:
        [kept] = await work.inbox.claim(clock(), MINUTE, 10)
    assert kept.raw == raw(1)


async def test_the_same_key_says_nothing_new_also_at_once(
    timeline: Timeline, other_database: Database, vault: Vault, clock: FakeClock
) -> None:
    other = Timeline(other_database, vault, clock=clock)
    said = await asyncio.gather(*(one.say(raw(1), SAID, "k1", clock()) for one in (timeline, other)))
    assert sorted(said) == [False, True]
    assert len(await timeline.after(KEY.lane, 0)) == 1
    assert await timeline.say(raw(2, OTHER.lane), SAID, "k1", clock()), "a key belongs to its lane"


async def test_without_a_lane_nothing_can_be_said(timeline: Timeline, clock: FakeClock) -> None:
    with pytest.raises(ValueError, match="lane"):
        await timeline.say(raw(1, None), SAID, "k1", clock())


async def test_an_answer_is_shown_once_however_often_it_is_delivered(timeline: Timeline, clock: FakeClock) -> None:
    first = await timeline.append(KEY.lane, SAID, "out-1", clock())
    assert await timeline.append(KEY.lane, {"text": "later"}, "out-1", clock()) == first
    assert [entry.payload for entry in await timeline.after(KEY.lane, 0)] == [SAID]


async def test_a_page_reads_on_from_where_it_was(timeline: Timeline, clock: FakeClock) -> None:
    assert await timeline.newest(KEY.lane) == 0
    ids = [await timeline.append(KEY.lane, {"n": at}, str(at), clock()) for at in range(5)]
    await timeline.append(OTHER.lane, {"n": 9}, "9", clock())
    assert ids == sorted(ids)
    assert [entry.payload["n"] for entry in await timeline.after(KEY.lane, ids[1], limit=2)] == [2, 3]
    assert await timeline.newest(KEY.lane) == ids[-1]


async def test_entries_appended_at_once_all_stand_there(
    timeline: Timeline, other_database: Database, vault: Vault, clock: FakeClock
) -> None:
    other = Timeline(other_database, vault, clock=clock)
    ids = await asyncio.gather(*(one.append(KEY.lane, SAID, f"{at}", clock()) for at, one in enumerate((timeline, other) * 5)))
    assert [entry.id for entry in await timeline.after(KEY.lane, 0)] == sorted(ids)


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
async def test_an_entry_waits_for_an_earlier_one_that_is_not_committed_so_that_no_reader_misses_it(
    timeline: Timeline, database: Database, clock: FakeClock
) -> None:
    async with link.transaction(database) as earlier:
        first = await timeline._add(earlier, KEY.lane, "1", "out", SAID, clock())
        later = asyncio.create_task(timeline.append(KEY.lane, SAID, "2", clock()))
        await waits_or_ends(later, database)
        assert not later.done()
        await earlier.commit()
    assert [entry.id for entry in await timeline.after(KEY.lane, 0)] == [first, await later]


async def test_a_token_opens_its_session_until_it_expires(database: Database, clock: FakeClock) -> None:
    sessions = Sessions(database)
    token, session = await sessions.create("melder", clock(), days=1)
    assert await sessions.find(token, clock()) == session == Session(session.chat, "melder", None)
    assert await sessions.find(session.chat, clock()) is None
    assert await sessions.find(token, clock() + timedelta(days=1)) is None
    await sessions.end(token)
    assert await sessions.find(token, clock()) is None


async def test_a_session_of_a_person_knows_who(database: Database, begin: Begin, clock: FakeClock) -> None:
    async with begin() as work:
        await work.people.invite("code", Invitation(Role.MEDEWERKER, "twente"))
        person = await work.people.redeem("code", KEY, clock())
        await work.commit()
    assert person
    token, _ = await Sessions(database).create("werkplek", clock(), person=person.id, days=1)
    found = await Sessions(database).find(token, clock())
    assert found
    assert found.person == person.id


async def test_two_sessions_share_nothing_and_the_token_is_not_stored(database: Database, clock: FakeClock) -> None:
    token, session = await Sessions(database).create("melder", clock(), days=1)
    other_token, other = await Sessions(database).create("melder", clock(), days=1)
    assert len({token, session.chat, other_token, other.chat}) == 4
    async with link.transaction(database) as opened:
        rows = await opened.all(select(WEB_SESSION))
    assert token not in str(rows)


async def test_one_of_many_gets_the_lease(database: Database, other_database: Database, clock: FakeClock) -> None:
    tries = [Leases(one).hold("poll", str(at), clock(), MINUTE) for at, one in enumerate((database, other_database) * 4)]
    assert sorted(await asyncio.gather(*tries)) == [False] * 7 + [True]


async def test_a_lease_is_kept_by_renewing_and_lost_by_silence(database: Database, clock: FakeClock) -> None:
    leases = Leases(database)
    assert await leases.hold("poll", "a", clock(), MINUTE)
    clock.advance(MINUTE / 2)
    assert await leases.hold("poll", "a", clock(), MINUTE)
    clock.advance(MINUTE / 2)
    assert not await leases.hold("poll", "b", clock(), MINUTE)
    assert await leases.hold("another", "b", clock(), MINUTE)
    clock.advance(MINUTE / 2)
    assert await leases.hold("poll", "b", clock(), MINUTE)
    assert not await leases.hold("poll", "a", clock(), MINUTE)


async def test_only_the_holder_can_release(database: Database, clock: FakeClock) -> None:
    leases = Leases(database)
    await leases.hold("poll", "a", clock(), MINUTE)
    await leases.release("poll", "b")
    assert not await leases.hold("poll", "b", clock(), MINUTE)
    await leases.release("poll", "a")
    assert await leases.hold("poll", "b", clock(), MINUTE)
