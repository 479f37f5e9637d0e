"""Where each conversation stands. The version guards it: who writes on an old one gets `Conflict`."""

from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, select, update

from flows import errors, ports
from flows.melder.states import Idle
from flows.messages import ConversationKey
from flows.ports import Talk
from storage import mapping
from storage.link import Link
from storage.secrets import Vault
from storage.tables import CONVERSATION


class Conversations:
    def __init__(self, link: Link, vault: Vault, clock: ports.Clock) -> None:
        self._link = link
        self._vault = vault
        self._clock = clock

    async def load(self, key: ConversationKey) -> Talk:
        row = await self._link.first(select(*CONVERSATION.c[("version", "blocked", "body")]).where(*_at(key)))
        if row is None:
            return Talk(key, Idle())
        return Talk(key, mapping.load_state(self._vault.open(row.body)), row.version, row.blocked)

    async def save(self, talk: Talk) -> Talk:
        body = self._vault.seal(mapping.dump(talk.state))
        values: dict[str, Any] = {"version": talk.version + 1, "blocked": talk.blocked, "body": body, "changed_at": self._clock()}
        key = talk.key
        if talk.version == 0:
            row = {"channel": key.channel, "bot": key.bot, "chat": key.chat, **values}
            moved = await self._link.change(self._link.insert(CONVERSATION).values(row).on_conflict_do_nothing())
        else:
            same = update(CONVERSATION).where(*_at(key), CONVERSATION.c.version == talk.version)
            moved = await self._link.change(same.values(values))
        if moved != 1:
            raise errors.Conflict("the conversation moved")
        return replace(talk, version=talk.version + 1)


def _at(key: ConversationKey) -> tuple[ColumnElement[bool], ...]:
    row = CONVERSATION.c
    return (row.channel == key.channel, row.bot == key.bot, row.chat == key.chat)
