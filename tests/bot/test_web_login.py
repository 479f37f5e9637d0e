"""Start links: shown without using them, used once, and as slow when wrong as when right."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.web import login
from flows.people import Role
from storage.engine import Database
from storage.secrets import Vault
from storage.unit_of_work import Begin
from tests.bot import web_house
from tests.bot.web_house import WebHouse
from tests.fakes import FakeClock


@pytest.fixture
async def house(database: Database, vault: Vault, begin: Begin, clock: FakeClock, tmp_path: Path) -> AsyncIterator[WebHouse]:
    async with web_house.opened(database, vault, begin, clock, tmp_path) as opened:
        yield opened


async def press(house: WebHouse, code: str) -> tuple[int, str, str]:
    response = await house.client.post(f"/start/{code}", headers={"Origin": house.origin}, allow_redirects=False)
    return response.status, response.headers.get("Location", ""), await response.text()


async def test_looking_at_a_link_does_not_use_it(house: WebHouse) -> None:
    code = await house.person()
    for _ in range(3):
        assert "Verder" in await (await house.get(f"/start/{code}")).text()
    assert (await press(house, code))[0] == 303
    status, _, page = await press(house, code)
    assert status == 403
    assert "nieuwe link" in page


@pytest.mark.parametrize(
    ("role", "page", "cookie"),
    [
        (Role.MEDEWERKER, "/werkplek", "meldpunt_werkplek"),
        (Role.COORDINATOR, "/werkplek", "meldpunt_werkplek"),
        (Role.REGIEVOERDER, "/regie", "meldpunt_regie"),
        (Role.PIKET, "/regie", "meldpunt_regie"),
        (Role.PROFESSIONAL, "/chat", "meldpunt_chat"),
    ],
)
async def test_everybody_comes_where_they_work(house: WebHouse, role: Role, page: str, cookie: str) -> None:
    status, location, _ = await press(house, await house.person(role, "Enschede"))
    assert (status, location) == (303, page)
    assert house.cookie(cookie, page)
    assert (await house.get(page)).status == 200


async def test_one_browser_holds_three_sessions_apart(house: WebHouse) -> None:
    await house.log_in(Role.MEDEWERKER)
    await house.log_in(Role.REGIEVOERDER, "Enschede")
    await house.get("/chat")
    lanes = {
        await house.lane("meldpunt_werkplek", "/werkplek"),
        await house.lane("meldpunt_regie", "/regie"),
        await house.lane(),
    }
    assert len(lanes) == 3
    assert house.cookie("meldpunt_werkplek", "/regie") == ""


async def test_a_person_is_reached_in_the_session_and_nowhere_else(house: WebHouse) -> None:
    person = await house.log_in()
    lane = await house.lane("meldpunt_werkplek", "/werkplek")
    assert [a.conversation.lane for a in person.addresses if a.reachable] == [lane]


async def test_a_wrong_code_takes_as_long_as_a_right_one(
    database: Database, vault: Vault, begin: Begin, clock: FakeClock, tmp_path: Path
) -> None:
    async with web_house.opened(database, vault, begin, clock, tmp_path, start_seconds=0.4) as house:
        code, loop = await house.person(), asyncio.get_running_loop()
        times = []
        for tried in ("volkomen-fout", code, "a", "!"):
            start = loop.time()
            await press(house, tried)
            times.append(loop.time() - start)
    assert all(0.4 <= time < 0.9 for time in times)


async def test_guessing_is_stopped(house: WebHouse) -> None:
    code = await house.person()
    for _ in range(login.MOST_TRIES):
        assert (await press(house, "fout-fout"))[0] == 403
    status, _, page = await press(house, code)
    assert status == 429
    assert "kwartier" in page
    house.clock.advance(login.WINDOW * 2)
    assert (await press(house, code))[0] == 303


async def test_without_a_session_the_page_says_how_to_get_in(house: WebHouse) -> None:
    for path in ("/werkplek", "/regie", "/werkplek/wachtrij", "/werkplek/meldingen/M-2026-000001", "/regie/lijst"):
        response = await house.get(path)
        assert response.status == 401
        assert "uitnodiging" in await response.text()
    assert (await house.get("/werkplek/events")).status == 401
    assert (await house.say("/wachtrij", path="/werkplek/messages")).status == 401


async def test_the_session_of_a_melder_opens_no_werkplek(house: WebHouse) -> None:
    await house.get("/chat")
    token = house.cookie("meldpunt_chat", "/chat")
    response = await house.client.get("/werkplek", cookies={"meldpunt_werkplek": token})
    assert response.status == 401


async def test_who_left_is_out_at_once(house: WebHouse) -> None:
    person = await house.log_in()
    assert (await house.get("/werkplek")).status == 200
    async with house.begin() as work:
        await work.people.set_active(person.id, False)
        await work.commit()
    assert (await house.get("/werkplek")).status == 401
