"""Hands back what a process that died had leased. Only for a database of one process: with more, the lease itself tells."""

from sqlalchemy import delete, update

from storage import link
from storage.engine import Database
from storage.tables import INBOX, LEASE, OUTBOX


async def hand_back(database: Database) -> None:
    """What was under way may have been sent: it goes out again, marked so."""
    if database.is_postgres:
        return
    async with link.transaction(database) as opened:
        await opened.change(update(INBOX).where(INBOX.c.lease.is_not(None)).values(lease=None, lease_until=None))
        under_way = update(OUTBOX).where(OUTBOX.c.lease.is_not(None))
        await opened.change(under_way.values(lease=None, lease_until=None, doubtful=True))
        await opened.change(delete(LEASE))  # or nobody would poll until the lease of the dead one ran out
        await opened.commit()
