"""A small town on real storage: a house of Twente, its people, and melders. The driver of the tests of the use cases.

What somebody says goes the way of `bot/handling.py`: kept, claimed, handed to the intake. What they read comes out of the
outbox, rendered, in the order in which it left.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest

from bot import calendar, settings
from bot.channels.rendered import Rendered
from bot.render import Renderer
from flows import intake, upkeep
from flows.door import Kept, RawUpdate
from flows.house import House
from flows.melding import Event, EventKind, Melding
from flows.messages import ConversationKey, Incoming, Kind
from flows.people import Invitation, Role
from flows.ports import Clock, QueueFilter, Triage
from storage.unit_of_work import Begin
from tests.fakes import FakeClock
from tests.readers import WordTriage

LEASE = timedelta(seconds=60)
STORY = "Mijn buurman schreeuwt al drie nachten in de Kerkstraat 12 in Enschede."
SECRETS = ("schreeuwt", "Kerkstraat", "Bakker", "drie nachten", "mes")
SPOED = "Met spoed: mijn buurvrouw Bakker eet niet meer, in Enschede."
ACUUT = "De buurman heeft een mes en staat in de Kerkstraat in Enschede."

FOLK: Mapping[str, tuple[Role, str]] = {
    "sanne": (Role.MEDEWERKER, ""),
    "joris": (Role.COORDINATOR, ""),
    "fenna": (Role.REGIEVOERDER, "Enschede"),
    "nadia": (Role.REGIEVOERDER, "Almelo"),
    "bram": (Role.VERVANGER, "Enschede"),
    "ilse": (Role.PIKET, ""),
}

on_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
on_postgres = pytest.mark.parametrize("url", ["postgres"], indirect=True)


twente = cache(lambda: settings.load_regio("twente"))


class Dial:
    """The clock of whoever renders now: reading the catalogue takes long, so one renderer serves all towns."""

    clock: Clock


renderer = cache(lambda: Renderer.load(lambda: Dial.clock()))


def house_of(begin: Begin, clock: FakeClock, triage: Triage | None = None, **more: Any) -> House:
    codes = itertools.count(1111222233334444)
    return House(
        begin=begin,
        triage=triage or WordTriage(),
        regio=twente(),
        clock=clock,
        holiday=calendar.is_holiday,
        digits=more.pop("digits", lambda count: str(next(codes))[:count]),
        page=lambda path: "https://meldpunt.example" + path,
        **more,
    )


@dataclass(slots=True)
class Chat:
    """One person's chat with the bot."""

    town: "Town"
    key: ConversationKey
    mail: list[Rendered] = field(default_factory=list)
    read: int = 0

    async def say(self, text: str, *, kind: Kind = Kind.TEXT, ago: timedelta = timedelta(), **more: Any) -> str:
        """The id of the message."""
        more.setdefault("message_id", f"m{next(self.town.numbers)}")
        await self.town.hears(self.incoming(kind=kind, text=text, at=self.town.clock() - ago, **more))
        return str(more["message_id"])

    async def press(self, label: str) -> None:
        """The newest button that was shown here with these words in it."""
        await self.town.deliver()
        buttons = [b for message in reversed(self.mail) for row in message.buttons for b in row if label in b.label and b.action]
        assert buttons, f"no button '{label}' in {[m.plain for m in self.mail[-2:]]}"
        await self.push(buttons[0].action)

    async def push(self, action: str) -> None:
        """A button that holds this, however old."""
        await self.town.hears(self.incoming(kind=Kind.CHOICE, action=action, callback_id=f"cb{next(self.town.numbers)}"))

    async def edit(self, message_id: str, text: str) -> None:
        await self.say(text, kind=Kind.EDIT, message_id=message_id)

    async def block(self) -> None:
        await self.town.hears(self.incoming(kind=Kind.BLOCKED))

    async def unblock(self) -> None:
        await self.town.hears(self.incoming(kind=Kind.UNBLOCKED))

    async def reads(self) -> list[str]:
        """What came since the last time."""
        return [message.plain for message in await self.receives()]

    async def receives(self) -> list[Rendered]:
        await self.town.deliver()
        new = self.mail[self.read :]
        self.read = len(self.mail)
        return new

    async def everything(self) -> str:
        """All that ever came here, buttons too."""
        await self.town.deliver()
        return "\n".join(part for m in self.mail for part in (m.plain, *(b.label for row in m.buttons for b in row)))

    def incoming(self, **more: Any) -> Incoming:
        filled = {"update_id": str(next(self.town.numbers)), "at": self.town.clock(), **more}
        return Incoming(conversation=self.key, **filled)


class Town:
    def __init__(self, house: House) -> None:
        self.house, self.clock = house, house.clock
        self.numbers = itertools.count(1)
        self.chats: dict[str, Chat] = {}
        self.ids: dict[str, int] = {}
        self.order: list[Rendered] = []

    async def settle(self, folk: Mapping[str, tuple[Role, str]] = FOLK) -> "Town":
        for name, (role, gemeente) in folk.items():
            await self.joins(name, role, gemeente)
        return self

    async def joins(self, name: str, role: Role, gemeente: str = "") -> None:
        """A person of this role, with a chat."""
        async with self.house.begin() as work:
            await work.people.invite(f"code-{name}", Invitation(role, "twente", gemeente, name=name.capitalize()))
            person = await work.people.redeem(f"code-{name}", self.chat(name).key, self.clock())
            await work.commit()
        assert person is not None
        self.ids[name] = person.id

    def chat(self, name: str) -> Chat:
        if name not in self.chats:
            self.chats[name] = Chat(self, ConversationKey("telegram", "77", f"{len(self.chats) + 100}"))
        return self.chats[name]

    melder = person = chat

    async def hears(self, incoming: Incoming) -> None:
        """Kept, claimed, handed in: as `bot/handling.py` does."""
        await intake.intake(self.house, incoming, await self.keeps(incoming))

    async def keeps_beside(self, incoming: Incoming) -> Kept:
        """Without a lane: it waits for nothing that is under way in this chat."""
        return await self.keeps(incoming, lane=None)

    async def keeps(self, incoming: Incoming, **lane: None) -> Kept:
        key = incoming.conversation
        async with self.house.begin() as work:
            raw = RawUpdate(key.channel, key.bot, incoming.update_id, lane.get("lane", key.lane), b"{}")
            await work.inbox.keep([raw], self.clock())
            [kept] = await work.inbox.claim(self.clock(), LEASE, 1)
            await work.commit()
        return kept

    async def deliver(self) -> None:
        """What is due leaves, alarms first, each lane in its order."""
        Dial.clock = staticmethod(self.clock)
        while True:
            async with self.house.begin() as work:
                parcels = await work.outbox.claim(self.clock(), LEASE, 50, channels=("telegram",))
                for parcel in parcels:
                    message = renderer().render(parcel.outgoing, key=str(parcel.id), doubtful=parcel.doubtful)
                    self.order.append(message)
                    self._mailbox(parcel.outgoing.to).append(message)
                    await work.outbox.sent(parcel, str(parcel.id), self.clock())
                await work.commit()
            if not parcels:
                return

    def _mailbox(self, key: ConversationKey) -> list[Rendered]:
        return next((chat.mail for chat in self.chats.values() if chat.key == key), [])

    async def pass_time(self, **by: float) -> None:
        """The clock moves, and everything that is due by then is acted on."""
        self.clock.advance(timedelta(**by))  # type: ignore[attr-defined]
        while await upkeep.tick(self.house):
            pass

    async def until(self, moment: datetime) -> None:
        await self.pass_time(seconds=(moment - self.clock()).total_seconds())

    async def tells(self, name: str, story: str = STORY) -> Melding:
        """This melder tells the story, knows no more, and sends it."""
        melder = self.melder(name)
        await melder.say(story)
        for _ in range(9):
            [*_, newest] = await melder.receives()
            labels = [button.label for row in newest.buttons for button in row]
            if "Versturen" in labels:
                await melder.press("Versturen")
                return (await self.meldingen())[0]
            await melder.say("weet ik niet")
        raise AssertionError("the questions never end")

    async def meldingen(self) -> list[Melding]:
        """All open ones, newest first."""
        async with self.house.begin() as work:
            page = await work.meldingen.queue(QueueFilter("twente"), offset=0, limit=100)
        return sorted(page.meldingen, key=lambda melding: melding.number, reverse=True)

    async def only(self) -> Melding:
        [melding] = await self.meldingen()
        return melding

    async def melding(self, number: str) -> Melding:
        async with self.house.begin() as work:
            found = await work.meldingen.get(number)
        assert found is not None
        return found

    async def events(self, number: str) -> tuple[Event, ...]:
        async with self.house.begin() as work:
            return await work.meldingen.events(number)

    async def kinds(self, number: str) -> list[EventKind]:
        return [event.kind for event in await self.events(number)]

    async def silence(self) -> None:
        """Everybody has read what came so far."""
        for chat in self.chats.values():
            await chat.reads()

    async def restarted(self, begin: Begin | None = None) -> "Town":
        """Another process on the same database: nothing of this one's memory but the addresses of the people."""
        again = Town(replace(self.house, begin=begin or self.house.begin))
        again.ids, again.numbers = self.ids, self.numbers
        again.chats = {name: Chat(again, chat.key) for name, chat in self.chats.items()}
        return again
