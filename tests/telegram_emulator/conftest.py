"""An emulator with one chat, and a client on it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.telegram_emulator import Emulator
from tests.telegram_emulator.client import Client


@pytest.fixture
async def telegram() -> AsyncIterator[Emulator]:
    async with Emulator() as emulator:
        emulator.known(7)
        yield emulator


@pytest.fixture
async def call(telegram: Emulator) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(telegram, session)
