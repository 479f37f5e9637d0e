"""Sessions of browsers. The token is in the cookie; here only its hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from storage import link
from storage.engine import Database
from storage.tables import WEB_SESSION


@dataclass(frozen=True, slots=True)
class Session:
    """`chat` is another random id, to be known in lanes and rows; it opens nothing."""

    chat: str
    purpose: str
    person: int | None = None


class Sessions:
    """Each method is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, purpose: str, now: datetime, *, person: int | None = None, days: float = 30) -> tuple[str, Session]:
        """The token, which is nowhere else, and the session."""
        token, session = secrets.token_urlsafe(32), Session(secrets.token_urlsafe(16), purpose, person)
        times = {"created_at": now, "expires_at": now + timedelta(days=days)}
        row = {"token": _hashed(token), "chat": session.chat, "purpose": purpose, "person": person, **times}
        async with link.transaction(self._database) as opened:
            await opened.change(insert(WEB_SESSION).values(row))
            await opened.commit()
        return token, session

    async def find(self, token: str, now: datetime) -> Session | None:
        row = WEB_SESSION.c
        async with link.transaction(self._database) as opened:
            found = await opened.first(select(WEB_SESSION).where(row.token == _hashed(token), row.expires_at > now))
        return None if found is None else Session(found.chat, found.purpose, found.person)

    async def end(self, token: str) -> None:
        async with link.transaction(self._database) as opened:
            await opened.change(delete(WEB_SESSION).where(WEB_SESSION.c.token == _hashed(token)))
            await opened.commit()


def _hashed(token: str) -> str:
    """Plain SHA-256: 32 random bytes cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()
