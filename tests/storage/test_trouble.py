"""What the troubles of a database mean."""

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import exc, insert, text

from flows import errors
from storage import engine, link
from storage.engine import Database
from storage.secrets import Vault
from storage.tables import COUNTER, TIMELINE
from storage.unit_of_work import Begin, make_begin
from tests import postgres as pg
from tests.fakes import FakeClock
from tests.storage.samples import raw

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
only_postgres = pytest.mark.parametrize("url", ["postgres"], indirect=True)


@only_sqlite
async def test_another_process_that_keeps_the_file_locked_is_a_conflict(
    database: Database, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_BUSY_SECONDS", 0)
    impatient = await engine.open_database(str(database.url))
    other = sqlite3.connect(str(database.path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(errors.Conflict):
        async with link.transaction(impatient) as opened:
            await opened.change(insert(COUNTER).values(name="x", value=1))
    other.close()
    await impatient.close()


@only_sqlite
async def test_a_full_disk_is_storage_away_and_leaves_nothing_half_written(
    begin: Begin, clock: FakeClock, database: Database
) -> None:
    async with begin() as work:
        await work.inbox.keep([raw(1)], clock())
        await work.commit()
    async with database.engine.connect() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(errors.StorageAway):
        async with begin() as work:
            await work.inbox.keep([raw(at) for at in range(2, 500)], clock())
    async with database.engine.connect() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        assert await connection.scalar(text("SELECT count(*) FROM inbox")) == 1


@only_sqlite
async def test_a_file_that_is_no_database_is_storage_away(tmp_path: Path, url: str) -> None:
    (tmp_path / "no.db").write_bytes(b"this is not a database, it is a letter" * 100)
    database = await engine.open_database(f"sqlite:///{tmp_path}/no.db")
    with pytest.raises(errors.StorageAway):
        async with link.transaction(database) as opened:
            await opened.changed(insert(COUNTER).values(name="x", value=1).returning(COUNTER.c.value))
    await database.close()


@only_postgres
async def test_a_deadlock_is_a_conflict_for_one_of_the_two(database: Database) -> None:
    async with link.transaction(database) as opened:
        await opened.change(insert(COUNTER), [{"name": name, "value": 1} for name in "ab"])
        await opened.commit()
    both = asyncio.Barrier(2)

    async def lock(first: str, second: str) -> None:
        async with link.transaction(database) as opened:
            await opened.change(COUNTER.update().where(COUNTER.c.name == first).values(value=2))
            await both.wait()
            await opened.change(COUNTER.update().where(COUNTER.c.name == second).values(value=2))
            await opened.commit()

    results = await asyncio.gather(lock("a", "b"), lock("b", "a"), return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Conflict", "NoneType"]


@pytest.fixture
def own_postgres() -> Iterator[pg.Postgres]:
    """One that may be stopped."""
    with pg.postgres() as server:
        yield server


async def test_a_server_that_stops_is_storage_away_and_when_it_is_back_all_goes_on(
    own_postgres: pg.Postgres, vault: Vault, clock: FakeClock
) -> None:
    with own_postgres.database() as url:
        database = await engine.open_database(url)
        begin = make_begin(database, vault, clock=clock)
        async with begin() as work:
            await work.inbox.keep([raw(1)], clock())
            own_postgres.server.stop()
            with pytest.raises(errors.StorageAway):
                await work.inbox.keep([raw(2)], clock())
        with pytest.raises(errors.StorageAway):
            await database.ping()
        own_postgres.server.ensure_postgres_running()
        await database.ping()
        async with begin() as work:
            assert await work.inbox.keep([raw(1)], clock()) == 1
        await database.close()


async def test_a_time_without_a_zone_is_refused(begin: Begin, clock: FakeClock) -> None:
    with pytest.raises(Exception, match="without a zone"):
        async with begin() as work:
            await work.inbox.keep([raw(1)], clock().replace(tzinfo=None))


async def test_a_mistake_of_ours_is_not_taken_for_trouble_of_the_database(database: Database) -> None:
    with pytest.raises(exc.DBAPIError, match="nonsense"):
        async with link.transaction(database) as opened:
            await opened.all(text("SELECT nonsense FROM counter"))


async def test_errors_quote_no_values(database: Database) -> None:
    row = {"lane": "l", "key": "k", "direction": "in", "payload": b"Annelies", "at": FakeClock()()}
    with pytest.raises(errors.Conflict) as caught:
        async with link.transaction(database) as opened:
            await opened.change(insert(TIMELINE), [row, row])
    assert "Annelies" not in f"{caught.value} {caught.value.__cause__}"
