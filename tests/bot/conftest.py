"""The town, also for what carries messages in and out of it."""

import pytest

from storage.unit_of_work import Begin
from tests.fakes import FakeClock
from tests.town import Town, house_of


@pytest.fixture
async def town(begin: Begin, clock: FakeClock) -> Town:
    return await Town(house_of(begin, clock)).settle()
