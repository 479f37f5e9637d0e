"""People, their chats and the invitations that make them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, select, update

from flows.messages import ConversationKey
from flows.people import Address, Invitation, Person, Role
from storage import mapping
from storage.link import Found, Link
from storage.secrets import Vault
from storage.tables import ADDRESS, INVITATION, PERSON


class People:
    def __init__(self, link: Link, vault: Vault) -> None:
        self._link = link
        self._vault = vault

    async def get(self, person: int) -> Person | None:
        return _only(await self._people(PERSON.c.id == person))

    async def by_conversation(self, key: ConversationKey) -> Person | None:
        here = select(ADDRESS.c.person).where(*_at(key)).scalar_subquery()
        return _only(await self._people(PERSON.c.active, PERSON.c.id == here))

    async def all(self, regio: str) -> tuple[Person, ...]:
        return await self._people(PERSON.c.active, PERSON.c.regio == regio)

    async def invite(self, code: str, invitation: Invitation) -> None:
        row: dict[str, Any] = {
            "body": self._vault.seal(mapping.dump(invitation)),
            "expires_at": invitation.expires_at,
            "channels": [],
        }
        await self._link.change(insert(INVITATION).values(code=self._vault.blind("invitation", code), **row))

    async def redeem(self, code: str, key: ConversationKey, now: datetime) -> Person | None:
        """A chat that belonged to somebody else belongs to this person from now on."""
        row = await self._invitation(code)
        if row is None or key.channel in row.channels or (row.expires_at is not None and row.expires_at <= now):
            return None
        person = row.person if row.person is not None else await self._make(row)
        used = update(INVITATION).where(INVITATION.c.code == row.code)
        await self._link.change(used.values(person=person, channels=[*row.channels, key.channel]))
        await self.add_address(person, key)
        return _only(await self._people(PERSON.c.active, PERSON.c.id == person))

    async def add_address(self, person: int, key: ConversationKey) -> None:
        row = {"channel": key.channel, "bot": key.bot, "chat": key.chat}
        value = {"person": person, "reachable": True}
        new = self._link.insert(ADDRESS).values(row | value)
        await self._link.change(new.on_conflict_do_update(index_elements=list(row), set_=value))

    async def set_duty(self, person: int, on_duty: bool) -> None:
        await self._link.change(update(PERSON).where(PERSON.c.id == person).values(on_duty=on_duty))

    async def set_active(self, person: int, active: bool) -> None:
        """Beyond the port: somebody left, or came back. Nothing of them is deleted, their deeds are in the events."""
        await self._link.change(update(PERSON).where(PERSON.c.id == person).values(active=active))

    async def set_reachable(self, key: ConversationKey, reachable: bool) -> None:
        await self._link.change(update(ADDRESS).where(*_at(key)).values(reachable=reachable))

    async def _invitation(self, code: str) -> Found | None:
        """Under a lock: of two that bring the same code at once, the second sees what the first made of it."""
        hashed = self._vault.blinds("invitation", code)
        await self._link.lock(f"invitation {hashed[-1]}")
        return await self._link.first(select(INVITATION).where(INVITATION.c.code.in_(hashed)))

    async def _make(self, row: Found) -> int:
        invitation = mapping.load(Invitation, self._vault.open(row.body))
        values = {
            "role": invitation.role.value,
            "regio": invitation.regio,
            "gemeente": invitation.gemeente,
            "organisatie": self._vault.seal(invitation.organisatie),
            "name": self._vault.seal(invitation.name),
            "on_duty": True,
            "active": True,
        }
        [made] = await self._link.changed(insert(PERSON).values(values).returning(PERSON.c.id))
        return int(made.id)

    async def _people(self, *which: ColumnElement[bool]) -> tuple[Person, ...]:
        rows = await self._link.all(select(PERSON).where(*which).order_by(PERSON.c.id))
        if not rows:
            return ()
        theirs = ADDRESS.c.person.in_([row.id for row in rows])
        order = (ADDRESS.c.channel, ADDRESS.c.bot, ADDRESS.c.chat)
        addresses = await self._link.all(select(ADDRESS).where(theirs).order_by(*order))
        return tuple(self._person(row, (one for one in addresses if one.person == row.id)) for row in rows)

    def _person(self, row: Found, addresses: Iterable[Found]) -> Person:
        return Person(
            id=row.id,
            role=Role(row.role),
            regio=row.regio,
            gemeente=row.gemeente,
            organisatie=self._vault.open(row.organisatie).decode(),
            name=self._vault.open(row.name).decode(),
            on_duty=row.on_duty,
            active=row.active,
            addresses=tuple(Address(ConversationKey(one.channel, one.bot, one.chat), one.reachable) for one in addresses),
        )


def _only(people: Sequence[Person]) -> Person | None:
    return people[0] if people else None


def _at(key: ConversationKey) -> list[Any]:
    row = ADDRESS.c
    return [row.channel == key.channel, row.bot == key.bot, row.chat == key.chat]
