"""Up, down, up; and the tables of the code are those of the migrations."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect

from storage import engine, migrate
from storage.engine import Database
from storage.tables import METADATA
from tests import postgres as pg


@pytest.fixture(params=["sqlite", "postgres"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path}/empty.db"
    else:
        server: pg.Postgres = request.getfixturevalue("postgres")
        with server.database("template0") as url:
            yield url


@pytest.fixture
async def empty(empty_url: str) -> AsyncIterator[Database]:
    opened = await engine.open_database(empty_url)
    yield opened
    await opened.close()


async def tables(database: Database) -> set[str]:
    async with database.reader.connect() as connection:
        return set(await connection.run_sync(lambda inner: inspect(inner).get_table_names()))


async def test_up_down_and_up_again(empty: Database) -> None:
    assert await migrate.current(empty) is None
    up = await migrate.migrate(empty)
    assert up[-1] == migrate.newest() == await migrate.current(empty)
    assert await tables(empty) >= set(METADATA.tables)
    assert await migrate.migrate(empty) == []
    assert await migrate.downgrade_to(empty, "base") == up[::-1]
    assert await tables(empty) <= {"alembic_version", "sqlite_sequence"}
    assert await migrate.migrate(empty) == up


async def test_the_tables_of_the_code_are_those_of_the_migrations(empty: Database) -> None:
    await migrate.migrate(empty)

    def differences(connection: Connection) -> Any:
        return compare_metadata(MigrationContext.configure(connection, opts={"compare_server_default": True}), METADATA)

    async with empty.reader.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_replicas_that_start_at_once_migrate_once(empty: Database, empty_url: str) -> None:
    other = await engine.open_database(empty_url)
    applied = await asyncio.gather(migrate.migrate(empty), migrate.migrate(other))
    assert sorted(applied) == [[], ["0001", "0002"]]
    await other.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_ids_of_deleted_rows_are_not_given_again_on_sqlite(database: Database) -> None:
    """Autogenerate does not compare this one."""
    numbered = [name for name, table in METADATA.tables.items() if table.dialect_options["sqlite"]["autoincrement"]]
    async with database.reader.connect() as connection:
        for name in numbered:
            row = await connection.exec_driver_sql(f"SELECT sql FROM sqlite_master WHERE name = '{name}'")
            assert "AUTOINCREMENT" in str(row.scalar())
    assert {"inbox", "outbox", "timeline", "event", "person"} <= set(numbered)
