"""Opens the database: SQLite (WAL, one writer, many readers) or PostgreSQL. Knows nothing of tables.

On SQLite the writer's pool holds one connection, so writers of this process queue for it instead of meeting SQLITE_BUSY;
readers have their own connections and never wait. On PostgreSQL reader and writer are the same engine.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event, exc, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from flows import errors
from storage import sqlite_driver, trouble

_BUSY_SECONDS = 10  # how long another process may hold the SQLite file, and how long a writer queues
_POSTGRES = {"postgres", "postgresql", "postgresql+asyncpg"}
_SQLITE = {"sqlite", "sqlite+aiosqlite"}


@dataclass(frozen=True, slots=True)
class Database:
    """`engine` writes, `reader` only reads; the same one on PostgreSQL."""

    url: URL
    engine: AsyncEngine
    reader: AsyncEngine

    @property
    def is_postgres(self) -> bool:
        return self.url.get_backend_name() == "postgresql"

    @property
    def path(self) -> Path | None:
        """Where the SQLite file is; None on PostgreSQL."""
        return None if self.is_postgres else Path(self.url.database or "")

    async def ping(self) -> None:
        """Raises `errors.StorageAway` when the database does not answer."""
        with trouble.translated():
            async with self.reader.connect() as connection:
                await connection.execute(text("SELECT 1"))

    async def close(self) -> None:
        await self.engine.dispose()
        if self.reader is not self.engine:
            await self.reader.dispose()


async def open_database(url: str) -> Database:
    """Connects at the first use, so that a start survives a database that is away for a moment."""
    parsed = _parsed(url)
    if parsed.get_backend_name() == "postgresql":
        engine = _postgres(parsed)
        return Database(parsed, engine, engine)
    _make_file(Path(parsed.database or ""))
    return Database(parsed, _sqlite(parsed, write=True), _sqlite(parsed, write=False))


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except exc.ArgumentError:
        raise _unusable("it cannot be read as a URL") from None
    if parsed.drivername in _POSTGRES:
        query = dict(parsed.query)
        if "sslmode" in query:  # libpq's name for it
            query["ssl"] = query.pop("sslmode")
        return parsed.set(drivername="postgresql+asyncpg", query=query)
    if parsed.drivername not in _SQLITE:
        raise _unusable("it names neither sqlite nor postgresql")
    if parsed.database in (None, "", ":memory:"):
        raise _unusable("SQLite needs a file here: sqlite+aiosqlite:///var/meldpunt.db")
    return parsed.set(drivername="sqlite+aiosqlite")


def _unusable(why: str) -> errors.BadSettings:
    return errors.BadSettings([f"DATABASE_URL: {why}"])


def _postgres(url: URL) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=10,
        pool_timeout=_BUSY_SECONDS,
        pool_recycle=1800,
        hide_parameters=True,
        connect_args={"timeout": 5, "command_timeout": 30, "server_settings": {"application_name": "meldpunt"}},
    )


def _make_file(path: Path) -> None:
    """Only the owner may read it: chats are in it unsealed."""
    with trouble.translated():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600, exist_ok=True)


def _sqlite(url: URL, *, write: bool) -> AsyncEngine:
    # A reader has no transaction, so there is nothing to undo when it is given back.
    pool: dict[str, Any] = (
        {"pool_size": 1, "max_overflow": 0} if write else {"pool_size": 5, "max_overflow": 10, "pool_reset_on_return": None}
    )
    own = {"async_creator_fn": sqlite_driver.connect}
    engine = create_async_engine(url, pool_timeout=_BUSY_SECONDS, hide_parameters=True, connect_args=own, **pool)

    # The driver's own BEGIN is deferred and comes late; ours takes the write lock at once, so that a transaction never
    # finds half-way that somebody else wrote. Readers run each statement on its own, as READ COMMITTED does.
    @event.listens_for(engine.sync_engine, "connect")
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in _pragmas(write=write):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Any) -> None:
        if write:
            wanted = "NORMAL" if connection.get_execution_options().get("light") else "FULL"
            if connection.info.get("synchronous") != wanted:
                connection.exec_driver_sql(f"PRAGMA synchronous={wanted}")
                connection.info["synchronous"] = wanted
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _pragmas(*, write: bool) -> tuple[str, ...]:
    common = (f"busy_timeout={_BUSY_SECONDS * 1000}", "foreign_keys=ON", "cache_size=-8000")
    if not write:
        return (*common, "query_only=ON")
    return (*common, "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON")
