"""A chat that gets another id, on both databases."""

from datetime import timedelta

from flows.melder.states import Idle, Sent
from flows.messages import ConversationKey
from flows.people import Invitation, Role
from flows.ports import Deadline, DeadlineKind, Talk
from storage.engine import Database
from storage.secrets import Vault
from storage.unit_of_work import Begin, make_begin
from tests.fakes import FakeClock
from tests.storage.samples import OTHER, melding, outgoing
from tests.storage.test_outbox import claim

MINUTE = timedelta(minutes=1)
GROUP = ConversationKey("telegram", "77", "-100")


async def test_when_a_chat_moves_everything_that_leads_to_it_moves(
    begin: Begin, clock: FakeClock, database: Database, vault: Vault
) -> None:
    async with begin() as work:
        await work.outbox.add(outgoing("waiting", GROUP), now=clock())
        await work.outbox.hold(GROUP.lane, clock() + MINUTE)
        await work.conversations.save(Talk(GROUP, Sent(last="M-2026-000001")))
        await work.deadlines.set(Deadline(DeadlineKind.DRAFT, GROUP.lane, clock()))
        saved = await work.meldingen.add(melding(conversation=GROUP))
        await work.people.invite("code", Invitation(Role.PIKET, "twente"))
        person = await work.people.redeem("code", GROUP, clock())
        await work.outbox.move(GROUP, OTHER)
        await work.commit()
    async with make_begin(database, vault, clock=clock)() as work:
        assert (await work.conversations.load(OTHER)).state == Sent(last="M-2026-000001")
        assert (await work.conversations.load(GROUP)).state == Idle()
        assert await work.deadlines.get(DeadlineKind.DRAFT, OTHER.lane)
        assert await work.meldingen.of_melder(OTHER) == (await work.meldingen.get(saved.number),)
        assert person
        assert await work.people.by_conversation(OTHER) == await work.people.get(person.id)
    assert await claim(begin, clock()) == [], "the hold moved too"
    clock.advance(MINUTE)
    [parcel] = await claim(begin, clock())
    assert parcel.outgoing == outgoing("waiting", OTHER)


async def test_a_chat_that_moves_to_where_one_stands_already_yields_to_it(begin: Begin, clock: FakeClock) -> None:
    async with begin() as work:
        await work.conversations.save(Talk(GROUP, Sent(last="old")))
        await work.conversations.save(Talk(OTHER, Sent(last="new")))
        await work.outbox.move(GROUP, OTHER)
        await work.outbox.move(OTHER, OTHER)
        assert (await work.conversations.load(OTHER)).state == Sent(last="new")
        assert (await work.conversations.load(GROUP)).version == 0
