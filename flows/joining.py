"""Use case: somebody brings an invitation. Right or wrong, the answer takes the same time; guessing is limited per person."""

from datetime import timedelta

from flows.door import Kept
from flows.house import House
from flows.melder.step import Reply
from flows.messages import Incoming, Kind, say
from flows.people import Person, Role
from flows.ports import UnitOfWork
from flows.talking import outgoing

TRIES = 5
WINDOW = timedelta(hours=1)


def code_in(incoming: Incoming) -> str:
    """The code of "/start CODE"; "" when there is none."""
    words = incoming.text.split()
    if incoming.kind is Kind.TEXT and len(words) == 2 and words[0].casefold().split("@")[0] == "/start":
        return words[1]
    return ""


async def join(house: House, incoming: Incoming, kept: Kept) -> None:
    async with house.begin() as work:
        if await work.inbox.first_time(incoming, kept):
            now = house.clock()
            reply = await _reply(work, house, incoming)
            await work.outbox.add(outgoing(incoming, reply, now), now=now)
        await work.commit()


async def _reply(work: UnitOfWork, house: House, incoming: Incoming) -> Reply:
    now = house.clock()
    key = incoming.conversation
    if not await work.limits.hit(f"join:{key.lane}", now, window=WINDOW, most=TRIES):
        return Reply((say("join-too-often"),), delayed=True, collapse="join")
    person = await work.people.redeem(code_in(incoming), key, now)
    return welcome(person, house) if person else Reply((say("join-wrong"),), delayed=True)


def welcome(person: Person, house: House) -> Reply:
    if person.role is Role.PROFESSIONAL:
        return Reply((say("join-professional", regio=house.regio.naam), say("question-story")), delayed=True)
    role = say("join-staff", role=str(person.role), regio=house.regio.naam, gemeente=person.gemeente or "none")
    return Reply((role, say(f"staff-help-{person.role}")), delayed=True)
