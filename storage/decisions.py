"""What people decided, one row each, sealed whole: the redacted story may still say who it is about."""

from sqlalchemy import insert, select

from flows.decisions import Decision
from storage import mapping
from storage.link import Link
from storage.secrets import Vault
from storage.tables import DECISION


class Decisions:
    def __init__(self, link: Link, vault: Vault) -> None:
        self._link = link
        self._vault = vault

    async def keep(self, decision: Decision) -> None:
        """Raises `Conflict` when its melding is not there (any more)."""
        body = self._vault.seal(mapping.dump(decision))
        row = {"melding": decision.melding, "what": decision.what.value, "at": decision.at, "body": body}
        await self._link.change(insert(DECISION).values(row))

    async def all(self) -> tuple[Decision, ...]:
        rows = await self._link.all(select(DECISION.c.body).order_by(DECISION.c.id))
        return tuple(mapping.load(Decision, self._vault.open(row.body)) for row in rows)
