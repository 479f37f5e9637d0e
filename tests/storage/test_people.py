"""The contract of the people, on both databases."""

import asyncio
from datetime import timedelta

import pytest

from flows import errors
from flows.messages import ConversationKey
from flows.people import Address, Invitation, Person, Role
from storage.unit_of_work import Begin
from tests.fakes import FakeClock
from tests.storage.samples import KEY, OTHER

WEB = ConversationKey("webchat", "0", "abc")
INVITATION = Invitation(Role.REGIEVOERDER, "twente", "Almelo", "GGD", "Karin Jansen")


async def invite(begin: Begin, code: str = "code", invitation: Invitation = INVITATION) -> None:
    async with begin() as work:
        await work.people.invite(code, invitation)
        await work.commit()


async def redeem(begin: Begin, clock: FakeClock, key: ConversationKey = KEY, code: str = "code") -> Person | None:
    async with begin() as work:
        person = await work.people.redeem(code, key, clock())
        await work.commit()
    return person


async def test_a_code_makes_the_person_it_was_made_for(begin: Begin, clock: FakeClock) -> None:
    await invite(begin)
    person = await redeem(begin, clock)
    assert person == Person(1, Role.REGIEVOERDER, "twente", "Almelo", "GGD", "Karin Jansen", addresses=(Address(KEY),))
    async with begin() as work:
        assert await work.people.get(person.id) == person
        assert await work.people.by_conversation(KEY) == person
        assert await work.people.by_conversation(OTHER) is None
        assert await work.people.get(99) is None


async def test_a_code_makes_one_person_on_two_channels_and_works_once_on_each(begin: Begin, clock: FakeClock) -> None:
    await invite(begin)
    first = await redeem(begin, clock)
    second = await redeem(begin, clock, WEB)
    assert first
    assert second
    assert (second.id, {one.conversation for one in second.addresses}) == (first.id, {KEY, WEB})
    assert await redeem(begin, clock, OTHER) is None
    assert await redeem(begin, clock, ConversationKey("webchat", "0", "def")) is None


async def test_a_wrong_code_makes_nobody(begin: Begin, clock: FakeClock) -> None:
    await invite(begin)
    assert await redeem(begin, clock, code="cod") is None
    async with begin() as work:
        assert await work.people.all("twente") == ()


async def test_a_code_that_ran_out_makes_nobody(begin: Begin, clock: FakeClock) -> None:
    await invite(begin, invitation=Invitation(Role.PIKET, "twente", expires_at=clock() + timedelta(days=1)))
    assert await redeem(begin, clock, WEB)
    clock.advance(timedelta(days=1))
    assert await redeem(begin, clock) is None


async def test_the_same_code_from_two_chats_at_once_makes_one_person(begin: Begin, other_begin: Begin, clock: FakeClock) -> None:
    await invite(begin)
    found = await asyncio.gather(redeem(begin, clock, KEY), redeem(other_begin, clock, OTHER))
    assert sorted(one is None for one in found) == [False, True]
    async with begin() as work:
        [person] = await work.people.all("twente")
    assert len(person.addresses) == 1


async def test_the_same_code_twice_is_a_conflict_for_who_made_it(begin: Begin) -> None:
    await invite(begin)
    with pytest.raises(errors.Conflict):
        await invite(begin)


async def test_a_chat_belongs_to_who_redeemed_there_last(begin: Begin, clock: FakeClock) -> None:
    await invite(begin)
    await invite(begin, "other", Invitation(Role.COORDINATOR, "twente"))
    first, second = await redeem(begin, clock), await redeem(begin, clock, code="other")
    assert first
    assert second
    async with begin() as work:
        assert await work.people.by_conversation(KEY) == second
        assert (await work.people.get(first.id) or first).addresses == ()


async def test_active_people_of_a_regio_come_by_id(begin: Begin, clock: FakeClock) -> None:
    for at, regio in enumerate(("twente", "elders", "twente", "twente")):
        await invite(begin, str(at), Invitation(Role.MEDEWERKER, regio))
        await redeem(begin, clock, ConversationKey("telegram", "77", str(at)), str(at))
    async with begin() as work:
        await work.people.set_active(3, False)
        await work.commit()
    async with begin() as work:
        assert [person.id for person in await work.people.all("twente")] == [1, 4]
        assert await work.people.by_conversation(ConversationKey("telegram", "77", "2")) is None
        gone = await work.people.get(3)
    assert gone
    assert not gone.active


async def test_duty_and_reach_are_kept(begin: Begin, clock: FakeClock) -> None:
    await invite(begin)
    person = await redeem(begin, clock)
    assert person
    async with begin() as work:
        await work.people.add_address(person.id, WEB)
        await work.people.set_duty(person.id, False)
        await work.people.set_reachable(KEY, False)
        await work.commit()
    async with begin() as work:
        changed = await work.people.get(person.id)
        assert changed
        assert not changed.on_duty
        assert changed.addresses == (Address(KEY, False), Address(WEB))
        await work.people.add_address(person.id, KEY)
        again = await work.people.get(person.id)
        assert again
        assert again.addresses == (Address(KEY), Address(WEB)), "who gives the address again can be reached again"


async def test_an_address_of_nobody_is_a_conflict(begin: Begin) -> None:
    with pytest.raises(errors.Conflict):
        async with begin() as work:
            await work.people.add_address(99, KEY)
