"""`kill -9` at random points while 200 messages from 20 people come in: none lost, none handled twice, order per chat kept.

The points are counted in what Telegram is asked, drawn from a seed, so that a kill falls between fetching, keeping, handling and
answering and not on the beat of a clock.
"""

import asyncio
import random
from collections.abc import Callable
from enum import Enum
from pathlib import Path

import pytest

from flows.melder.states import Asking, Confirming
from flows.messages import ConversationKey
from storage.unit_of_work import Begin
from tests.house import Process, open_store, spawn_house
from tests.telegram_emulator import Emulator

PEOPLE, EACH, KILLS = 20, 10, 5
LEAST, MOST = 2, 45  # requests to Telegram that a process may make before it is killed
STORIES = (
    "mijn buurman schreeuwt al drie nachten en praat tegen mensen die er niet zijn, kerkstraat {0} enschede",
    "hij staat nu met een mes voor de deur van de buren en dreigt, kerkstraat {0} enschede",
)


def said(person: int, number: int) -> str:
    """No two are the same; every fifth person tells something acute, so that there is a melding too."""
    return STORIES[person % 5 == 0].format(100 * person + number) + f", bericht {number}"


class Moment(Enum):
    ANY = "after so many requests"
    CONFIRMED = "as soon as Telegram may forget an update"


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> str:
    path = tmp_path / "meldpunt.db"
    path.write_bytes(sqlite_template.read_bytes())
    return f"sqlite+aiosqlite:///{path}"


@pytest.mark.parametrize("seed", [20260304])
async def test_failure_1_killed_at_any_moment_nothing_is_lost_or_handled_twice(sqlite: str, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    waves = shuffled(dice)
    async with Emulator() as telegram:
        for person in range(PEOPLE):
            telegram.known(person + 1)
        async with spawn_house(sqlite, telegram.url, telegram.token, tmp_path / "log") as house:
            for life, wave in enumerate(waves[:KILLS]):
                moment = Moment.CONFIRMED if life % 2 else Moment.ANY
                await asyncio.gather(talk(telegram, wave), killed(telegram, house, dice.randint(LEAST, MOST), moment))
                await house.start()
            await talk(telegram, waves[KILLS])
            await telegram.updates.settled(30)
            await handled(sqlite, house)
            assert await house.terminate() == 0
    async with open_store(sqlite) as (_, begin):
        for person in range(PEOPLE):
            await check(begin, str(telegram.bot_id), person)


def shuffled(dice: random.Random) -> list[list[tuple[int, int]]]:
    """Who speaks when, in as many waves as there are lives of the process; each in order by themselves."""
    turns = [person for person in range(PEOPLE) for _ in range(EACH)]
    dice.shuffle(turns)
    count = dict.fromkeys(range(PEOPLE), 0)
    order = []
    for person in turns:
        order.append((person, count[person]))
        count[person] += 1
    size = -(-len(order) // (KILLS + 1))
    return [order[at : at + size] for at in range(0, len(order), size)]


async def talk(telegram: Emulator, wave: list[tuple[int, int]]) -> None:
    for person, number in wave:
        await telegram.say(person + 1, said(person, number))
        await asyncio.sleep(0.005)


async def killed(telegram: Emulator, house: Process, after: int, moment: Moment) -> None:
    """At its moment, counted from the `after`th request on; when nothing more happens, then."""
    deadline = asyncio.get_running_loop().time() + 3
    start = len(telegram.calls)

    async def wait_for(holds: Callable[[], bool]) -> None:
        while not holds() and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.0005)

    await wait_for(lambda: len(telegram.calls) >= start + after)
    if moment is Moment.CONFIRMED:
        await wait_for(lambda: bool(telegram.updates.pending))
        first = telegram.updates.pending[:1]
        await wait_for(lambda: telegram.updates.pending[:1] != first)
    await house.kill()


async def handled(url: str, house: Process) -> None:
    """Until no update waits any more, as the readiness page says."""
    async with asyncio.timeout(60):
        while await house.waiting():
            await asyncio.sleep(0.1)


async def check(begin: Begin, bot: str, person: int) -> None:
    key = ConversationKey("telegram", bot, str(person + 1))
    wanted = [said(person, number) for number in range(EACH)]
    async with begin() as work:
        talk_ = await work.conversations.load(key)
        meldingen = await work.meldingen.of_melder(key)
    assert isinstance(talk_.state, Asking | Confirming), f"person {person} stands at {talk_.state.kind}"
    assert [part.text for part in talk_.state.report.parts] == wanted, f"person {person}"
    assert talk_.version == EACH, f"person {person}"
    assert len(meldingen) == (person % 5 == 0), f"person {person}"
    for melding in meldingen:
        assert [part.text for part in melding.report.parts] == wanted, f"{melding.number}"
        assert melding.unfinished
