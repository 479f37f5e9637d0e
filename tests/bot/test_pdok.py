"""PDOK Locatieserver against a real server on this machine: what is asked, what is understood, and what happens when it fails."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web

from bot import compose, settings
from bot.geocoding.pdok import FRESH, PdokGeocoder
from flows import reading
from flows.assessment import Assessment, Locatie, Urgentie
from flows.errors import BadSettings
from flows.house import House
from flows.ports import Place
from nlp import triage
from nlp.where.geocoder import EmbeddedGeocoder
from storage.unit_of_work import Begin
from tests.fakes import FakeClock
from tests.town import house_of

ASKED = Locatie(straat="Kerkstraat", huisnummer="12", woonplaats="Rijswijk", candidates=("Rijswijk", "Altena", "Buren"))
DOC = {
    "straatnaam": "Kerkstraat",
    "postcode": "4284VA",
    "woonplaatsnaam": "Rijswijk",
    "gemeentenaam": "Altena",
    "centroide_ll": "POINT(5.0213 51.8012)",
}
ALTENA = Place("Rijswijk", "Altena", 51.8012, 5.0213)
UNKNOWN = {"Rijswijk", "Altena", "Buren"}  # what the embedded one makes of it


def answer(*docs: object) -> str:
    return json.dumps({"response": {"numFound": len(docs), "start": 0, "docs": list(docs)}})


@dataclass
class Locatieserver:
    """Answers `body` with `status`; or holds the call until the test is over."""

    status: int = 200
    body: str = answer(DOC)
    hold: bool = False
    url: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)


@pytest.fixture
async def server() -> AsyncIterator[Locatieserver]:
    told, over = Locatieserver(), asyncio.Event()

    async def free(request: web.Request) -> web.Response:
        told.asked.append(dict(request.query))
        told.heads.append({**request.headers, "body": await request.text()})
        if told.hold:
            await over.wait()
        return web.Response(status=told.status, text=told.body, content_type="application/json")

    app = web.Application()
    app.router.add_get("/v3_1/free", free)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    told.url = f"http://{host}:{port}/v3_1"
    yield told
    over.set()
    await runner.cleanup()


@pytest.fixture(scope="module")
def embedded() -> EmbeddedGeocoder:
    return EmbeddedGeocoder(triage.load().gazetteer)


@pytest.fixture
async def pdok(server: Locatieserver, embedded: EmbeddedGeocoder, clock: FakeClock) -> AsyncIterator[PdokGeocoder]:
    made = PdokGeocoder(server.url, embedded, clock, timeout=0.3)
    yield made
    await made.close()


def gemeenten(places: Sequence[Place]) -> set[str]:
    return {place.gemeente for place in places}


async def test_an_address_has_its_gemeente_and_its_coordinates(pdok: PdokGeocoder) -> None:
    assert tuple(await pdok.find(ASKED)) == (ALTENA,)


@pytest.mark.parametrize(
    ("locatie", "text", "kinds"),
    [
        (ASKED, "Kerkstraat 12 Rijswijk", "adres"),
        (replace(ASKED, huisnummer=""), "Kerkstraat Rijswijk", "weg"),
        (Locatie(postcode="4284VA", gemeente="Altena"), "4284VA", "postcode"),
        (Locatie(straat="Dorp", huisnummer="1 A", postcode="4284VA"), "Dorp 1 A 4284VA", "adres"),
        (Locatie(straat="x) OR type:(*", woonplaats="'t Zand"), "x OR type 't Zand", "weg"),
        (Locatie(woonplaats="Rijswijk"), "Rijswijk", "woonplaats"),
    ],
)
async def test_only_the_parts_of_the_address_leave_the_house(
    server: Locatieserver, pdok: PdokGeocoder, locatie: Locatie, text: str, kinds: str
) -> None:
    await pdok.find(locatie)
    fields = "straatnaam,postcode,woonplaatsnaam,gemeentenaam,centroide_ll"
    assert server.asked == [{"q": text, "fq": f"type:({kinds})", "fl": fields, "rows": "20"}]
    assert server.heads[0]["body"] == ""


async def test_a_street_alone_and_nothing_at_all_are_not_asked(server: Locatieserver, pdok: PdokGeocoder) -> None:
    assert not await pdok.find(Locatie(straat="Kerkstraat", huisnummer="12"))
    assert not await pdok.find(Locatie())
    assert server.asked == []


@pytest.mark.parametrize(
    "other",
    [
        {**DOC, "straatnaam": "Kerkpad", "gemeentenaam": "Buren"},
        {**DOC, "woonplaatsnaam": "Rijswijkseweg", "gemeentenaam": "Buren"},
        {**DOC, "gemeentenaam": 7},
        {**DOC, "gemeentenaam": ""},
    ],
)
async def test_what_only_looks_like_it_is_left_out(server: Locatieserver, pdok: PdokGeocoder, other: dict[str, Any]) -> None:
    server.body = answer(DOC, other)
    assert tuple(await pdok.find(ASKED)) == (ALTENA,)


async def test_a_point_that_is_none_costs_the_coordinates_only(server: Locatieserver, pdok: PdokGeocoder) -> None:
    server.body = answer({**DOC, "centroide_ll": "hier"})
    assert tuple(await pdok.find(ASKED)) == (Place("Rijswijk", "Altena"),)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": 500},
        {"status": 302},
        {"body": "<html>"},
        {"body": "[]"},
        {"body": "null"},
        {"body": '{"response": {}}'},
        {"body": '{"response": {"docs": "x"}}'},
        {"body": '{"response": {"docs": [3]}}'},
        {"hold": True},
        {"url": "http://127.0.0.1:1/v3_1"},
    ],
    ids=str,
)
async def test_when_it_fails_the_embedded_one_answers_and_the_address_is_not_logged(
    server: Locatieserver, embedded: EmbeddedGeocoder, clock: FakeClock, caplog: pytest.LogCaptureFixture, wrong: dict[str, Any]
) -> None:
    caplog.set_level(logging.DEBUG)
    for name, value in wrong.items():
        setattr(server, name, value)
    pdok = PdokGeocoder(server.url, embedded, clock, timeout=0.3)
    assert gemeenten(await pdok.find(ASKED)) == UNKNOWN
    await pdok.close()
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert len(ours) == 1
    assert ours[0].startswith("pdok failed: ")
    assert "Kerkstraat" not in caplog.text


async def test_an_answer_is_remembered_for_an_hour(server: Locatieserver, pdok: PdokGeocoder, clock: FakeClock) -> None:
    await pdok.find(ASKED)
    clock.advance(FRESH - timedelta(seconds=1))
    assert tuple(await pdok.find(ASKED)) == (ALTENA,)
    assert len(server.asked) == 1
    clock.advance(timedelta(seconds=1))
    await pdok.find(ASKED)
    assert len(server.asked) == 2


async def test_no_more_than_five_hundred_answers_are_remembered(server: Locatieserver, pdok: PdokGeocoder) -> None:
    for number in range(501):
        await pdok.find(replace(ASKED, huisnummer=str(number + 1)))
    await pdok.find(replace(ASKED, huisnummer="501"))
    assert len(server.asked) == 501
    await pdok.find(replace(ASKED, huisnummer="1"))
    assert len(server.asked) == 502


async def test_after_three_failures_it_is_left_alone_then_tried_once(
    server: Locatieserver, pdok: PdokGeocoder, clock: FakeClock
) -> None:
    server.status = 500
    for _ in range(5):
        assert gemeenten(await pdok.find(ASKED)) == UNKNOWN
    assert len(server.asked) == 3
    clock.advance(timedelta(seconds=60))
    for _ in range(2):
        await pdok.find(ASKED)
    assert len(server.asked) == 4, "one trial, which failed"
    server.status = 200
    clock.advance(timedelta(seconds=60))
    assert tuple(await pdok.find(ASKED)) == (ALTENA,)
    server.status = 500
    for number in range(2):
        await pdok.find(replace(ASKED, huisnummer=str(number)))
    assert len(server.asked) == 7, "closed again: the failures are counted anew"


@dataclass
class Reads:
    """A triage that finds `locatie` in every text."""

    locatie: Locatie | None

    async def assess(self, text: str) -> Assessment:
        return Assessment(Urgentie.ADVIES, 1.0, text, "test", locatie=self.locatie)


def _house(begin: Begin, clock: FakeClock, locatie: Locatie | None, pdok: PdokGeocoder) -> House:
    return house_of(begin, clock, Reads(locatie), geocoder=pdok)


TWO = Locatie(straat="Kerkweg", huisnummer="3", woonplaats="Mariaparochie", candidates=("Almelo", "Tubbergen"))
HERE = {**DOC, "straatnaam": "Kerkweg", "postcode": "7614AA", "woonplaatsnaam": "Mariaparochie", "gemeentenaam": "Tubbergen"}


async def test_a_place_in_two_gemeenten_of_the_regio_is_looked_up(
    server: Locatieserver, pdok: PdokGeocoder, begin: Begin, clock: FakeClock
) -> None:
    server.body = answer(HERE)
    found = await reading.read(_house(begin, clock, TWO, pdok), "een lang verhaal over iemand met een mes")
    assert found is not None
    assert found.locatie == replace(TWO, gemeente="Tubbergen", candidates=())
    assert [asked["q"] for asked in server.asked] == ["Kerkweg 3 Mariaparochie"]


@pytest.mark.parametrize("certain", [None, Locatie(woonplaats="Enschede"), Locatie(straat="Kerkweg"), Locatie(woonplaats="Goes")])
async def test_what_is_certain_and_a_street_alone_is_not_looked_up(
    server: Locatieserver, pdok: PdokGeocoder, begin: Begin, clock: FakeClock, certain: Locatie | None
) -> None:
    found = await reading.read(_house(begin, clock, certain, pdok), "verhaal")
    assert found is not None
    assert found.locatie == certain
    assert server.asked == []


async def test_when_two_gemeenten_are_left_both_stay(
    server: Locatieserver, pdok: PdokGeocoder, begin: Begin, clock: FakeClock
) -> None:
    server.body = answer(HERE, {**HERE, "gemeentenaam": "Almelo"})
    found = await reading.read(_house(begin, clock, TWO, pdok), "verhaal")
    assert found is not None
    assert found.locatie == TWO


class Broken:
    async def find(self, locatie: Locatie) -> Sequence[Place]:
        raise RuntimeError(locatie.straat)


async def test_a_geocoder_that_breaks_does_not_break_the_reading(
    begin: Begin, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    found = await reading.read(house_of(begin, clock, Reads(TWO), geocoder=Broken()), "verhaal")
    assert found is not None
    assert found.locatie == TWO
    assert "geocoder failed: RuntimeError" in caplog.text
    assert "Kerkweg" not in caplog.text


def test_the_settings_choose(monkeypatch: pytest.MonkeyPatch, clock: FakeClock) -> None:
    monkeypatch.delenv("MELDPUNT_GEOCODER", raising=False)
    reader = triage.load()
    assert isinstance(compose.geocoder(settings.load(), reader, clock), EmbeddedGeocoder)
    monkeypatch.setenv("MELDPUNT_GEOCODER", "PDOK")
    assert isinstance(compose.geocoder(settings.load(), reader, clock), PdokGeocoder)
    reader.close()


@pytest.mark.parametrize(("name", "value"), [("GEOCODER", "google"), ("PDOK_URL", "api.pdok.nl")])
def test_a_wrong_setting_is_told(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MELDPUNT_{name}", value)
    with pytest.raises(BadSettings) as caught:
        settings.load()
    assert caught.value.problems[0].startswith(f"MELDPUNT_{name}: ")
