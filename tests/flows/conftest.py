"""The town of the tests of the use cases."""

from collections.abc import AsyncIterator

import pytest

from storage import engine
from storage.secrets import Vault
from storage.unit_of_work import Begin, make_begin
from tests.fakes import FakeClock
from tests.town import Town, house_of


@pytest.fixture
async def town(begin: Begin, clock: FakeClock) -> Town:
    return await Town(house_of(begin, clock)).settle()


@pytest.fixture
async def other(town: Town, url: str, vault: Vault, clock: FakeClock) -> AsyncIterator[Town]:
    """The same town served by a second replica."""
    second = await engine.open_database(url)
    yield await town.restarted(make_begin(second, vault, clock=clock))
    await second.close()
