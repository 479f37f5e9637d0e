"""A second replica on the same database."""

from collections.abc import AsyncIterator

import pytest

from storage import engine
from storage.engine import Database
from storage.secrets import Vault
from storage.unit_of_work import Begin, make_begin
from tests.fakes import FakeClock


@pytest.fixture
async def other_database(url: str) -> AsyncIterator[Database]:
    opened = await engine.open_database(url)
    yield opened
    await opened.close()


@pytest.fixture
def other_begin(other_database: Database, vault: Vault, clock: FakeClock) -> Begin:
    return make_begin(other_database, vault, clock=clock)
