"""Files of melders: kept sealed before anything is acknowledged, and shown to who may open the melding only."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientResponse, FormData

from bot.channels import webchat
from bot.web import uploads
from flows.melder import hearing
from flows.people import Role
from flows.report import File, Part, Report
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


PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100


async def send(house: WebHouse, data: bytes, own_id: str = "f1", media_type: str = "image/png", **fields: str) -> ClientResponse:
    form = FormData(quote_fields=False)
    form.add_field("id", own_id)
    for name, value in fields.items():
        form.add_field(name, value)
    form.add_field("file", data, filename="../../etc/foto.png", content_type=media_type)
    return await house.client.post("/chat/files", data=form, headers={"Origin": house.origin})


async def test_a_file_is_in_the_store_under_the_id_the_flows_give_it(house: WebHouse) -> None:
    await house.get("/chat")
    response = await send(house, PNG, text="Dit is de deur")
    assert response.status == 202
    async with house.begin() as work:
        (kept,) = await work.inbox.claim(house.clock(), timedelta(minutes=1), 10)
    incoming = webchat.read(kept.raw.body)
    (attachment,) = incoming.attachments
    assert (attachment.soort, attachment.name, attachment.size) == ("photo", "foto.png", len(PNG))
    assert incoming.text == "Dit is de deur"
    assert attachment.reference == f"stored:{hearing.file_id(incoming, 0)}"
    assert await house.parts.files.get(hearing.file_id(incoming, 0)) == PNG
    assert "Bestand: foto.png" in await (await house.get("/chat")).text()


async def test_the_store_holds_nothing_readable(house: WebHouse, tmp_path: Path) -> None:
    await house.get("/chat")
    await send(house, b"een heel geheim verhaal", media_type="text/plain")
    stored = [path.read_bytes() for path in (tmp_path / "files").iterdir()]
    assert len(stored) == 1
    assert b"geheim" not in stored[0]


async def test_the_same_upload_twice_is_one(house: WebHouse) -> None:
    await house.get("/chat")
    assert [(await (await send(house, PNG)).json())["new"] for _ in range(2)] == [True, False]


@pytest.mark.parametrize(
    ("media_type", "soort", "expected"),
    [
        ("audio/ogg", "voice", "voice"),
        ("audio/ogg", "", "audio"),
        ("video/mp4", "", "video"),
        ("application/pdf", "", "document"),
        ("<script>", "", "document"),
    ],
)
async def test_the_kind_of_file_follows_its_type(house: WebHouse, media_type: str, soort: str, expected: str) -> None:
    await house.get("/chat")
    assert (await send(house, PNG, media_type=media_type, soort=soort)).status == 202
    async with house.begin() as work:
        (kept,) = await work.inbox.claim(house.clock(), timedelta(minutes=1), 10)
    assert webchat.read(kept.raw.body).attachments[0].soort == expected


async def test_refusals_are_in_words_and_keep_nothing(house: WebHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (await send(house, PNG)).status == 401
    await house.get("/chat")
    monkeypatch.setattr(uploads, "MOST_BYTES", 50)
    too_big = await send(house, PNG)
    assert too_big.status == 413
    assert "20 MB" in (await too_big.json())["detail"]
    assert (await send(house, b"")).status == 400
    assert (await send(house, b"x", own_id="../x")).status == 400
    assert (await house.post("/chat/files", {"id": "1"})).status == 415
    empty = FormData()
    empty.add_field("id", "1", content_type="text/plain")
    assert (await house.client.post("/chat/files", data=empty, headers={"Origin": house.origin})).status in {400, 415}
    async with house.begin() as work:
        assert not await work.inbox.claim(house.clock(), timedelta(minutes=1), 10)


async def test_a_flood_of_files_waits(house: WebHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.get("/chat")
    monkeypatch.setattr(uploads, "MOST_FILES", 2)
    answers = [await send(house, PNG, own_id=f"f{n}") for n in range(3)]
    assert [response.status for response in answers] == [202, 202, 429]


async def test_a_file_is_opened_through_its_own_melding_only(house: WebHouse) -> None:
    await house.parts.files.put("plaatje", PNG)
    await house.parts.files.put("pagina", b"<script>alert(1)</script>")
    files = (File("plaatje", "photo", "foto.png"), File("pagina", "document", "x.html"), File("straks", "photo"))
    report = Report(parts=(Part("1", "verhaal", house.clock()),), files=files)
    melding, other = await house.melding(report=report), await house.melding()
    base = f"/werkplek/meldingen/{melding.number}/bestanden"
    assert (await house.get(f"{base}/plaatje")).status == 401
    await house.log_in()
    picture = await house.get(f"{base}/plaatje")
    assert (await picture.read(), picture.content_type) == (PNG, "image/png")
    page = await house.get(f"{base}/pagina")
    assert page.content_type == "application/octet-stream"
    assert page.headers["Content-Disposition"].startswith("attachment")
    assert (await house.get(f"{base}/straks")).status == 404
    assert (await house.get(f"{base}/onbekend")).status == 404
    assert (await house.get(f"/werkplek/meldingen/{other.number}/bestanden/plaatje")).status == 404
    await house.log_in(Role.REGIEVOERDER, "Almelo")
    assert (await house.get(f"/regie/meldingen/{melding.number}/bestanden/plaatje")).status == 404
