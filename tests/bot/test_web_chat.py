"""The chat of a melder: what is said is kept once, and what is answered arrives once."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.channels import webchat
from bot.channels.rendered import Button
from flows import errors
from flows.messages import Kind
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


async def kept(house: WebHouse) -> list[Any]:
    async with house.begin() as work:
        return [one.raw for one in await work.inbox.claim(house.clock(), timedelta(minutes=1), 10)]


async def test_the_first_visit_opens_a_conversation_and_the_next_one_goes_on_in_it(house: WebHouse) -> None:
    first = await house.get("/chat")
    assert "data-empty" in await first.text()
    assert "Set-Cookie" in first.headers
    second = await house.get("/chat")
    assert "Set-Cookie" not in second.headers


async def test_what_is_said_is_kept_raw_and_shown_after_a_reload(house: WebHouse) -> None:
    await house.get("/chat")
    response = await house.say("Mijn <b>buurman</b> roept", "een-id")
    assert response.status == 202
    page = await (await house.get("/chat")).text()
    assert "Mijn &lt;b&gt;buurman&lt;/b&gt; roept" in page
    (raw,) = await kept(house)
    incoming = webchat.read(raw.body)
    assert (incoming.kind, incoming.text, incoming.message_id) == (Kind.TEXT, "Mijn <b>buurman</b> roept", "een-id")
    assert raw.update_id == incoming.update_id
    assert raw.lane == incoming.conversation.lane == await house.lane()


async def test_the_same_message_sent_again_is_one_message(house: WebHouse) -> None:
    await house.get("/chat")
    answers = [await house.say("Hallo", "zelfde") for _ in range(3)]
    assert [response.status for response in answers] == [202, 202, 202]
    assert [(await response.json())["new"] for response in answers] == [True, False, False]
    assert len(await kept(house)) == 1
    assert (await (await house.get("/chat")).text()).count("Hallo") == 1


async def test_two_melders_may_use_the_same_message_id(house: WebHouse) -> None:
    await house.get("/chat")
    await house.say("een", "1")
    house.client.session.cookie_jar.clear()
    await house.get("/chat")
    await house.say("twee", "1")
    assert len(await kept(house)) == 2


async def test_the_greeting_of_the_page_is_no_bubble(house: WebHouse) -> None:
    await house.get("/chat")
    await house.say("/start", "begin")
    page = await (await house.get("/chat")).text()
    assert "/start" not in page
    assert "data-empty" not in page


async def test_an_edit_changes_the_bubble_and_is_kept_as_an_edit(house: WebHouse) -> None:
    await house.get("/chat")
    await house.say("Hij heeft een mes", "m1")
    await house.post("/chat/messages", {"id": "e1", "kind": "edit", "message": "m1", "text": "Hij heeft geen mes"})
    page = await (await house.get("/chat")).text()
    assert "Hij heeft een mes" not in page
    assert page.count("Hij heeft geen mes") == 1
    async with house.begin() as work:
        first = (await work.inbox.claim(house.clock(), timedelta(minutes=1), 10))[0]
        await work.inbox.done(first)
        await work.commit()
    (second,) = await kept(house)
    edit = webchat.read(second.body)
    assert (edit.kind, edit.message_id, edit.text) == (Kind.EDIT, "m1", "Hij heeft geen mes")


async def test_buttons_stand_under_the_open_question_only(house: WebHouse) -> None:
    await house.get("/chat")
    lane = await house.lane()
    await house.answer(lane, "Waar is dit?", Button("Weet ik niet", "d:1:unknown"))
    assert 'data-action="d:1:unknown"' in await (await house.get("/chat")).text()
    await house.answer(lane, "Een medewerker bekijkt uw melding.")
    assert 'data-action="d:1:unknown"' in await (await house.get("/chat")).text()
    await house.post("/chat/messages", {"id": "c", "kind": "choice", "action": "d:1:unknown", "label": "Weet ik niet"})
    page = await (await house.get("/chat")).text()
    assert 'data-action="d:1:unknown"' not in page
    assert "Weet ik niet" in page


async def test_a_repeated_delivery_is_shown_once(house: WebHouse) -> None:
    await house.get("/chat")
    lane = await house.lane()
    for _ in range(2):
        await house.answer(lane, "Uw melding is binnen.", key="outbox:7")
    assert (await (await house.get("/chat")).text()).count("Uw melding is binnen.") == 1


async def test_a_command_the_bot_names_can_be_pressed_but_a_link_stays_a_link(house: WebHouse) -> None:
    await house.get("/chat")
    await house.answer(await house.lane(), 'Schrijf /stop of lees <a href="https://x.example/privacy">dit</a>.')
    page = await (await house.get("/chat")).text()
    assert 'data-command="/stop"' in page
    assert '<a href="https://x.example/privacy">dit</a>' in page


async def test_the_stream_goes_on_where_the_reader_was(house: WebHouse) -> None:
    await house.get("/chat")
    lane = await house.lane()
    await house.answer(lane, "een")
    await house.answer(lane, "twee")
    async with house.client.get("/chat/events?na=0") as stream:
        assert stream.headers["Content-Type"].startswith("text/event-stream")
        found = await web_house.events(stream, 2)
        assert ["een" in found[0][2]["html"], "twee" in found[1][2]["html"]] == [True, True]
    await house.answer(lane, "drie")
    async with house.client.get("/chat/events?na=0", headers={"Last-Event-ID": str(found[1][1])}) as stream:
        ((name, _, data),) = await web_house.events(stream, 1)
        assert name == "bericht"
        assert "drie" in data["html"]
        await house.answer(lane, "vier")
        ((_, _, data),) = await web_house.events(stream, 1)
        assert "vier" in data["html"]


async def test_a_stream_hears_what_another_replica_wrote(house: WebHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.stream.SWEEP", 0.05)
    await house.get("/chat")
    lane = await house.lane()
    async with house.client.get("/chat/events") as stream:
        await house.parts.timeline.append(lane, {"html": "elders", "buttons": []}, "k", house.clock())  # type: ignore[attr-defined]
        ((_, _, data),) = await asyncio.wait_for(web_house.events(stream, 1), 5)
    assert "elders" in data["html"]


async def test_a_stream_ends_cleanly_when_the_house_stops(house: WebHouse) -> None:
    await house.get("/chat")
    async with house.client.get("/chat/events") as stream:
        house.parts.hub.close()
        assert b"retry" in await asyncio.wait_for(stream.read(), 5)


async def test_strange_numbers_start_the_stream_at_the_beginning(house: WebHouse) -> None:
    await house.get("/chat")
    await house.answer(await house.lane(), "een")
    async with house.client.get("/chat/events?na=-1", headers={"Last-Event-ID": "x"}) as stream:
        ((_, _, data),) = await web_house.events(stream, 1)
    assert "een" in data["html"]


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "text", "text": "zonder id"},
        {"id": "../x", "kind": "text", "text": "a"},
        {"id": "1", "kind": "text", "text": "   "},
        {"id": "1", "kind": "text", "text": "a" * 20_001},
        {"id": "1", "kind": "edit", "text": "zonder bericht"},
        {"id": "1", "kind": "choice", "action": "m:" + "é" * 40},
        {"id": "1", "kind": "location", "latitude": 91, "longitude": 0},
        {"id": "1", "kind": "attachment", "file": {"id": "x", "soort": "photo", "size": 1}},
        {"id": "1", "kind": "blocked"},
        {"id": "1", "kind": "text", "text": "a\x00b"},
    ],
)
async def test_what_cannot_be_read_is_refused_in_words_and_not_kept(house: WebHouse, body: dict[str, object]) -> None:
    await house.get("/chat")
    response = await house.post("/chat/messages", body)
    assert response.status == 400
    assert response.content_type == "application/problem+json"
    assert (await response.json())["detail"]
    assert await kept(house) == []


async def test_limits_have_clear_answers(house: WebHouse) -> None:
    await house.get("/chat")
    big = await house.client.post("/chat/messages", data=b'{"a": "' + b"x" * 200_000, headers=json_of(house))
    assert big.status == 413
    form = await house.client.post("/chat/messages", data={"text": "hoi"}, headers={"Origin": house.origin})
    assert form.status == 415
    assert (await house.client.post("/chat/messages", data=b"[1", headers=json_of(house))).status == 400
    assert (await house.get("/chat/messages")).status == 405


async def test_an_unknown_or_expired_session_is_told_what_to_do(house: WebHouse) -> None:
    response = await house.say("hallo")
    assert response.status == 401
    assert "Herlaad" in (await response.json())["detail"]
    assert (await house.get("/chat/events")).status == 401
    await house.get("/chat")
    house.clock.advance(timedelta(days=31))
    assert (await house.say("hallo")).status == 401
    assert "Set-Cookie" in (await house.get("/chat")).headers


async def test_nothing_is_acknowledged_when_the_database_is_away(house: WebHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.get("/chat")

    async def away(*_: object) -> bool:
        raise errors.StorageAway

    monkeypatch.setattr(type(house.parts.timeline), "say", away)
    response = await house.say("hallo")
    assert response.status == 503
    assert "112" in (await response.json())["detail"]


def json_of(house: WebHouse) -> dict[str, str]:
    return {"Origin": house.origin, "Content-Type": "application/json"}
