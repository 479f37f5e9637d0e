"""Who does what only one may do at a time, such as polling a bot."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_

from storage import link
from storage.engine import Database
from storage.tables import LEASE


class Leases:
    """Each method is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def hold(self, name: str, holder: str, now: datetime, ttl: timedelta) -> bool:
        """Takes it when it is free or ran out, and keeps it when it is ours; False when somebody else has it."""
        async with link.transaction(self._database) as opened:
            new = opened.insert(LEASE).values(name=name, holder=holder, until=now + ttl)
            ours = or_(LEASE.c.holder == holder, LEASE.c.until <= now)
            values = {"holder": new.excluded.holder, "until": new.excluded.until}
            taken = new.on_conflict_do_update(index_elements=["name"], set_=values, where=ours).returning(LEASE.c.name)
            won = bool(await opened.changed(taken))
            await opened.commit()
        return won

    async def release(self, name: str, holder: str) -> None:
        async with link.transaction(self._database) as opened:
            await opened.change(delete(LEASE).where(LEASE.c.name == name, LEASE.c.holder == holder))
            await opened.commit()
