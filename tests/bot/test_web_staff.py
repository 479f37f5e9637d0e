"""Werkplek and regie: who sees what, and that all they do is said to the bot."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels import webchat
from bot.channels.rendered import Button
from flows.assessment import Topic, Urgentie
from flows.melding import Status
from flows.people import Role
from flows.report import Anonymity, Part, Report
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


async def test_the_queue_shows_words_marks_and_terms(house: WebHouse) -> None:
    await house.log_in()
    await house.melding(due_at=house.clock() + timedelta(hours=3, minutes=10))
    await house.melding(urgentie=Urgentie.ACUUT, due_at=house.clock() - timedelta(minutes=12), unfinished=True)
    await house.melding(urgentie=None)
    page = await (await house.get("/werkplek")).text()
    assert all(words in page for words in ("nog 3 u 10 m", "12 m te laat", "melder is nog bezig", "nog niet beoordeeld", "●"))
    assert page.count("data-alarm") == 2


async def test_the_queue_comes_as_a_piece_with_filter_and_pages(house: WebHouse) -> None:
    person = await house.log_in()
    for _ in range(22):
        await house.melding()
    mine = await house.melding(owner=person.id, status=Status.ACKNOWLEDGED)
    first = await (await house.get("/werkplek/wachtrij")).text()
    assert "<html" not in first
    assert "1 tot 20 van 23" in first
    assert "Vorige" in await (await house.get("/werkplek/wachtrij?offset=20")).text()
    own = await (await house.get("/werkplek/wachtrij?wanted=mine")).text()
    late = await (await house.get("/werkplek/wachtrij?wanted=laat")).text()
    assert "Niets is te laat." in late
    assert 'aria-current="true">Te laat' in late
    assert mine.number in own
    assert own.count('class="row ') == 1
    for query in ("wanted=x", "offset=-1", "offset=a", "offset=99999999"):
        assert (await house.get(f"/werkplek/wachtrij?{query}")).status == 400


async def test_an_empty_queue_says_so(house: WebHouse) -> None:
    await house.log_in()
    assert "Er wacht niets" in await (await house.get("/werkplek/wachtrij")).text()


async def test_a_melding_is_a_piece_for_the_script_and_a_page_for_a_person(house: WebHouse) -> None:
    await house.log_in()
    melding = await house.melding("Mijn <i>buurman</i> roept al weken.")
    path = f"/werkplek/meldingen/{melding.number}"
    piece = await (await house.get(path, X_Fragment="1")).text()
    assert "<html" not in piece
    assert "&lt;i&gt;" in piece
    assert "<mark" in piece
    whole = await (await house.get(path)).text()
    assert "<html" in whole
    assert melding.number in whole


async def test_every_look_is_kept(house: WebHouse) -> None:
    await house.log_in()
    melding = await house.melding()
    await house.get(f"/werkplek/meldingen/{melding.number}")
    assert "Sanne, 2 keer" in await (await house.get(f"/werkplek/meldingen/{melding.number}")).text()


async def test_not_there_and_not_for_you_look_the_same(house: WebHouse) -> None:
    await house.log_in(Role.REGIEVOERDER, "Almelo")
    melding = await house.melding(gemeente="Enschede")
    there = await house.get(f"/regie/meldingen/{melding.number}", X_Fragment="1")
    absent = await house.get("/regie/meldingen/M-2026-999999", X_Fragment="1")
    assert there.status == absent.status == 404
    assert await there.text() == await absent.text()


@pytest.mark.parametrize(
    ("role", "anonymity", "seen"),
    [
        (Role.MEDEWERKER, Anonymity.HIDDEN, True),
        (Role.MEDEWERKER, Anonymity.ANONYMOUS, False),
        (Role.REGIEVOERDER, Anonymity.HIDDEN, False),
    ],
)
async def test_contact_is_for_the_desk_only(house: WebHouse, role: Role, anonymity: Anonymity, seen: bool) -> None:
    await house.log_in(role, "Enschede")
    at = house.clock()
    parts = (Part("1", "Verhaal", at), Part("2", "06-12345678 Jansen", at, Topic.CONTACT))
    melding = await house.melding(report=Report(parts=parts, anonymity=anonymity))
    room = "werkplek" if role is Role.MEDEWERKER else "regie"
    page = await (await house.get(f"/{room}/meldingen/{melding.number}")).text()
    assert ("Jansen" in page) is seen


async def test_regie_may_note_but_not_ask_or_decide(house: WebHouse) -> None:
    await house.log_in(Role.REGIEVOERDER, "Enschede")
    melding = await house.melding()
    page = await (await house.get(f"/regie/meldingen/{melding.number}")).text()
    assert f'data-command="/notitie {melding.number}"' in page
    assert "/vraag" not in page
    assert "/urgentie" not in page


async def test_what_staff_do_goes_through_the_same_door(house: WebHouse) -> None:
    await house.log_in()
    melding = await house.melding()
    body = {"id": "k", "kind": "choice", "action": f"m:ack:{melding.number}:1", "label": "Ik pak dit op"}
    assert (await house.post("/werkplek/messages", body)).status == 202
    async with house.begin() as work:
        (kept,) = await work.inbox.claim(house.clock(), timedelta(minutes=1), 10)
    assert webchat.read(kept.raw.body).action == f"m:ack:{melding.number}:1"
    assert kept.raw.lane == await house.lane("meldpunt_werkplek", "/werkplek")


async def test_the_desk_hears_that_the_queue_moved(house: WebHouse) -> None:
    await house.log_in()
    async with house.client.get("/werkplek/events") as stream:
        await house.melding()
        house.parts.hub.wake("queue")
        ((name, _, _),) = await web_house.events(stream, 1)
    assert name == "wachtrij"


async def test_a_notification_is_a_card_with_its_buttons(house: WebHouse) -> None:
    person = await house.log_in(Role.REGIEVOERDER, "Enschede")
    melding = await house.melding(asked=(person.id,), status=Status.ASSIGNED)
    held = await house.melding(owner=person.id, status=Status.ACKNOWLEDGED)
    lane = await house.lane("meldpunt_regie", "/regie")
    ack, decline = Button("Ik pak dit op", f"m:ack:{melding.number}:1"), Button("Niet voor mij", f"m:decline:{melding.number}:1")
    await house.answer(lane, "Nieuwe melding", ack, decline, melding=melding.number)
    cards = await (await house.get("/regie/lijst")).text()
    assert cards.count(f'data-action="m:ack:{melding.number}:1"') == 1
    assert f'data-action="m:ack:{held.number}' not in cards
    why = Button("Andere gemeente", f"m:decline:{melding.number}:1:gemeente")
    await house.answer(lane, "Waarom niet?", why)
    cards = await (await house.get("/regie/lijst")).text()
    assert "Waarom niet?" in cards
    assert ":gemeente" in cards
    assert f'data-action="m:ack:{melding.number}:1"' in cards


async def test_the_list_of_a_regievoerder_holds_no_content(house: WebHouse) -> None:
    person = await house.log_in(Role.REGIEVOERDER, "Enschede")
    await house.melding("Mijn buurman roept", asked=(person.id,), status=Status.ASSIGNED)
    assert "buurman" not in await (await house.get("/regie")).text()
