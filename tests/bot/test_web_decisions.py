"""The page of a melding: themas and gemeente can be decided there, and proposal and decision stand beside each other."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from flows.assessment import Thema
from flows.melding import Event, EventKind, Status
from flows.people import Role
from storage.engine import Database
from storage.secrets import Vault
from storage.unit_of_work import Begin
from tests.bot import web_house
from tests.bot.web_house import WebHouse
from tests.fakes import FakeClock


@pytest.fixture
async def house(database: Database, vault: Vault, begin: Begin, clock: FakeClock, tmp_path: Path) -> AsyncIterator[WebHouse]:
    gemeenten = ("Almelo", "Enschede", "Hof van Twente")
    async with web_house.opened(database, vault, begin, clock, tmp_path, gemeenten=gemeenten) as opened:
        yield opened


async def _page(house: WebHouse, number: str, room: str = "werkplek") -> str:
    return await (await house.get(f"/{room}/meldingen/{number}")).text()


async def test_the_desk_finds_a_switch_for_each_thema_and_a_list_of_gemeenten(house: WebHouse) -> None:
    await house.log_in()
    melding = await house.melding(chosen=(Thema.SOMBER,))
    page = await _page(house, melding.number)
    assert page.count("aria-pressed=") == len(Thema) + 1, "and the sound"
    assert f'aria-pressed="true" data-action="m:thema:{melding.number}:1:-somber"' in page
    assert f'aria-pressed="false" data-action="m:thema:{melding.number}:1:+overlast"' in page
    assert f'data-command="/gemeente {melding.number}"' in page
    assert '<option value="Enschede" selected>' in page
    assert '<option value="Hof van Twente">' in page
    assert "niet bekend</option>" not in page
    assert "somber (door een mens bepaald, voorstel was: geen)" in page


async def test_without_a_gemeente_none_is_chosen_for_them(house: WebHouse) -> None:
    await house.log_in()
    melding = await house.melding(gemeente="")
    assert '<option value="" selected>niet bekend</option>' in await _page(house, melding.number)


async def test_regie_sees_the_themas_and_decides_nothing(house: WebHouse) -> None:
    await house.log_in(Role.REGIEVOERDER, "Enschede")
    melding = await house.melding(chosen=(Thema.SOMBER,))
    page = await _page(house, melding.number, "regie")
    assert "somber (door een mens bepaald" in page
    assert "m:thema" not in page
    assert "/gemeente" not in page


async def test_a_closed_melding_has_no_switches(house: WebHouse) -> None:
    await house.log_in()
    melding = await house.melding(status=Status.CLOSED)
    page = await _page(house, melding.number)
    assert "m:thema" not in page
    assert 'data-command="/gemeente' not in page


async def test_the_history_shows_before_and_after_in_words(house: WebHouse) -> None:
    person = await house.log_in()
    melding = await house.melding()
    events = (
        Event(
            EventKind.THEMA, house.clock(), person.id, {"from": "geen", "to": "somber", "proposed": "geen", "reason": "belde net"}
        ),
        Event(EventKind.GEMEENTE, house.clock(), person.id, {"from": "unknown", "to": "Almelo"}),
    )
    async with house.begin() as work:
        await work.meldingen.note(melding.number, *events)
        await work.commit()
    page = await _page(house, melding.number)
    assert "Thema’s bepaald door Sanne" in page
    assert "was: geen · nu: somber · voorstel was: geen · reden: belde net" in page
    assert "Gemeente bepaald door Sanne" in page
    assert "was: niet bekend · nu: Almelo" in page


async def test_the_command_line_of_the_desk_offers_both(house: WebHouse) -> None:
    await house.log_in()
    page = await (await house.get("/werkplek")).text()
    assert "/thema" in page
    assert "/gemeente" in page
