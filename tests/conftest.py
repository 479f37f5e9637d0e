"""What all tests may ask for. `database` is an empty migrated one, once on SQLite and once on PostgreSQL."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from storage import engine
from storage.engine import Database
from storage.secrets import Vault
from storage.unit_of_work import Begin, make_begin
from tests import postgres as pg
from tests.fakes import FakeClock


@pytest.fixture(scope="session")
def postgres() -> Iterator[pg.Postgres]:
    with pg.postgres() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "migrated.db"
    pg.run_apart(pg.migrated(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Of an empty, migrated database; open it once more to play a second replica."""
    if request.param == "sqlite":
        path = tmp_path / "meldpunt.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite+aiosqlite:///{path}"
    else:
        with request.getfixturevalue("postgres").database() as found:
            yield found


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    opened = await engine.open_database(url)
    yield opened
    await opened.close()


@pytest.fixture
def vault() -> Vault:
    return Vault([Fernet.generate_key().decode()])


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def begin(database: Database, vault: Vault, clock: FakeClock) -> Begin:
    return make_begin(database, vault, clock=clock)
