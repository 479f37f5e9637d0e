"""Counts hits within a sliding window. Who is counted is kept as a keyed hash only."""

from datetime import datetime, timedelta

from sqlalchemy import select

from storage.link import Link
from storage.secrets import Vault
from storage.tables import TALLY


class Limits:
    def __init__(self, link: Link, vault: Vault) -> None:
        self._link = link
        self._vault = vault

    async def hit(self, key: str, now: datetime, *, window: timedelta, most: int) -> bool:
        """Hits beyond `most` count too: whoever goes on stays out. At most `most + 1` times are remembered."""
        hashed = self._vault.blind("limit", key)
        await self._link.lock(f"limit {hashed}")
        new = self._link.insert(TALLY)
        row = await self._link.first(select(TALLY.c.times).where(TALLY.c.key == hashed))
        since = (now - window).timestamp()
        recent = [time for time in (row.times if row else []) if time > since]
        times = [*recent, now.timestamp()][-(most + 1) :]
        value = {"times": times, "stale_at": now + window}
        await self._link.change(new.values(key=hashed, **value).on_conflict_do_update(index_elements=["key"], set_=value))
        return len(times) <= most
