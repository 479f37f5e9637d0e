"""Everything of one use case in one transaction: undone unless committed. Errors are translated below, in `trouble`."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from flows import ports
from storage import link
from storage.conversations import Conversations
from storage.deadlines import Deadlines
from storage.decisions import Decisions
from storage.engine import Database
from storage.files import Files
from storage.inbox import Inbox
from storage.limits import Limits
from storage.meldingen import Meldingen
from storage.outbox import Outbox
from storage.people import People
from storage.secrets import Vault


class Work:
    """Implements `flows.ports.UnitOfWork`. After `commit` it may go on, in a new transaction."""

    def __init__(self, opened: link.Link, vault: Vault, clock: ports.Clock) -> None:
        self._link = opened
        self.inbox = Inbox(opened, vault, clock)
        self.outbox = Outbox(opened, vault, clock)
        self.conversations = Conversations(opened, vault, clock)
        self.meldingen = Meldingen(opened, vault)
        self.people = People(opened, vault)
        self.deadlines = Deadlines(opened)
        self.limits = Limits(opened, vault)
        self.files = Files(opened, vault)
        self.decisions = Decisions(opened, vault)

    async def commit(self) -> None:
        await self._link.commit()


Begin = Callable[[], AbstractAsyncContextManager[Work]]


def make_begin(database: Database, vault: Vault, *, clock: ports.Clock) -> Begin:
    """A `flows.ports.Begin` that also knows what only workers need (`files.claim_wanted` and its like)."""

    @asynccontextmanager
    async def begin() -> AsyncIterator[Work]:
        async with link.transaction(database) as opened:
            yield Work(opened, vault, clock)

    return begin


def _fits(begin: Begin) -> ports.Begin:
    """For the type checker: what is made here is what the flows ask for."""
    return begin
