"""Opening a database: URLs, readers and writers."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text

from flows import errors
from flows.melder.states import Idle
from flows.ports import Talk
from storage import engine, link
from storage.engine import Database
from storage.secrets import Vault
from storage.tables import COUNTER
from storage.unit_of_work import Begin, make_begin
from tests import postgres as pg
from tests.fakes import FakeClock
from tests.storage.samples import KEY, raw

only_sqlite = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
only_postgres = pytest.mark.parametrize("url", ["postgres"], indirect=True)


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///{}/var/x.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:///{}/var/x.db", "sqlite+aiosqlite"),
        ("postgres://me:secret@db/meldpunt", "postgresql+asyncpg"),
        ("postgresql://me:secret@db:5433/meldpunt?sslmode=require", "postgresql+asyncpg"),
        ("postgresql+asyncpg://me@/meldpunt?host=/run/postgresql", "postgresql+asyncpg"),
    ],
)
async def test_the_usual_spellings_of_a_url_are_understood(tmp_path: Path, url: str, driver: str) -> None:
    database = await engine.open_database(url.format(tmp_path))
    assert database.url.drivername == driver
    assert database.is_postgres == driver.startswith("postgresql")
    assert "sslmode" not in database.url.query
    assert "secret" not in repr(database)
    await database.close()


@pytest.mark.parametrize("url", ["", "nonsense", "mysql://geheim@db/x", "sqlite://", "sqlite:///:memory:"])
async def test_a_url_that_cannot_be_used_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(errors.BadSettings, match="DATABASE_URL") as caught:
        await engine.open_database(url)
    assert "geheim" not in str(caught.value)


async def test_the_directory_of_a_sqlite_file_is_made_and_the_file_is_for_the_owner(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "var" / "x.db"
    database = await engine.open_database(f"sqlite+aiosqlite:///{path}")
    await database.ping()
    assert (database.path, path.stat().st_mode & 0o777) == (path, 0o600)
    await database.close()


async def test_a_place_that_cannot_be_written_is_storage_away(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(errors.StorageAway):
        await engine.open_database(f"sqlite+aiosqlite:///{tmp_path}/file/x.db")


async def test_a_server_that_is_not_there_is_storage_away() -> None:
    for url in ("postgresql://me@127.0.0.1:9/x", "postgresql://me@/x?host=/nowhere"):
        database = await engine.open_database(url)
        with pytest.raises(errors.StorageAway):
            await database.ping()
        await database.close()


async def test_a_database_without_tables_is_storage_away(tmp_path: Path, postgres: pg.Postgres, vault: Vault) -> None:
    with postgres.database("template0") as empty:
        for url in (f"sqlite:///{tmp_path}/x.db", empty):
            database = await engine.open_database(url)
            with pytest.raises(errors.StorageAway):
                async with make_begin(database, vault, clock=FakeClock())() as work:
                    await work.conversations.load(KEY)
            await database.close()


@only_sqlite
async def test_sqlite_is_durable_and_checks_references(database: Database) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    async with database.engine.connect() as connection:
        assert {name: await connection.scalar(text(f"PRAGMA {name}")) for name in wanted} == wanted
    with pytest.raises(errors.StorageAway):
        async with link.transaction(database) as opened:
            await opened.all(insert(COUNTER).values(name="x", value=1).returning(COUNTER.c.value))


@only_sqlite
async def test_a_reader_does_not_wait_for_the_writer(begin: Begin) -> None:
    async with begin() as writing:
        await writing.conversations.save(Talk(KEY, Idle()))
        async with begin() as reading:
            assert (await reading.conversations.load(KEY)).version == 0
        await writing.commit()


@only_sqlite
async def test_who_reads_and_thinks_blocks_no_writer_and_is_told_when_it_moved(begin: Begin) -> None:
    async with begin() as slow:
        talk = await slow.conversations.load(KEY)
        async with begin() as quick:
            await quick.conversations.save(talk)
            await quick.commit()
        with pytest.raises(errors.Conflict):
            await slow.conversations.save(talk)


@only_sqlite
async def test_what_is_read_under_a_lock_cannot_be_moved_by_another_process(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_BUSY_SECONDS", 0)
    other = await engine.open_database(str(database.url))
    async with link.transaction(database) as reading:
        await reading.lock("counter")
        await reading.all(select(COUNTER))
        with pytest.raises(errors.Conflict):
            async with link.transaction(other) as writing:
                await writing.change(insert(COUNTER).values(name="x", value=1))
        await reading.change(insert(COUNTER).values(name="x", value=2))
        await reading.commit()
    await other.close()


@only_sqlite
async def test_writers_of_one_process_go_in_the_order_they_came(database: Database) -> None:
    done: list[int] = []

    async def write(at: int) -> None:
        async with link.transaction(database) as opened:
            await opened.change(insert(COUNTER).values(name=str(at), value=at))
            done.append(at)
            await opened.commit()

    await asyncio.gather(*(write(at) for at in range(12)))
    assert done == list(range(12))


@only_sqlite
async def test_a_light_transaction_makes_the_next_one_no_lighter(begin: Begin, clock: FakeClock, database: Database) -> None:
    async def synchronous() -> int:
        async with database.engine.connect() as connection:
            return int(await connection.scalar(text("PRAGMA synchronous")) or 0)

    async with begin() as work:
        await work.inbox.keep([raw(1)], clock())
        await work.commit()
    async with begin() as work:
        assert await work.inbox.claim(clock(), timedelta(minutes=1), 1)
        await work.commit()
    assert await synchronous() == 2


@only_sqlite
async def test_a_cancelled_writer_gives_the_writer_back(begin: Begin, clock: FakeClock) -> None:
    inside = asyncio.Event()

    async def stuck() -> None:
        async with begin() as work:
            await work.inbox.keep([raw(1)], clock())
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(stuck())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with asyncio.timeout(5), begin() as work:
        assert await work.inbox.keep([raw(1)], clock()) == 1
