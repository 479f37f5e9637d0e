"""Reading one update. The emulator makes most of them, so that it and the reader cannot agree on a fiction by accident."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels import telegram_in
from flows.messages import Incoming, Kind, Location
from tests.telegram_emulator import Emulator

BOT = "4242"
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
PERSON = {"id": 7, "is_bot": False, "first_name": "Mel"}
CHAT = {"id": 7, "type": "private"}
GROUP = {"id": -5, "type": "group", "title": "g"}


def message(**fields: Any) -> dict[str, Any]:
    body = {"message_id": 3, "date": 1_780_000_000, "chat": CHAT, "from": PERSON, **fields}
    return {"update_id": 11, "message": {name: value for name, value in body.items() if value is not None}}


def read(raw: object) -> Incoming:
    return telegram_in.read(raw, BOT, username="meldpunt_bot", received=NOW)


async def first(emulator: Emulator) -> Incoming:
    return telegram_in.read_body(emulator.updates.pending[-1].body, BOT, username="meldpunt_bot", received=NOW)


def test_a_text() -> None:
    found = read(message(text="Er loopt iemand in de war"))
    assert found.conversation.lane == "telegram:4242:7"
    assert (found.kind, found.text, found.update_id, found.message_id) == (Kind.TEXT, "Er loopt iemand in de war", "11", "3")
    assert found.at == datetime.fromtimestamp(1_780_000_000, UTC)
    assert found.at.utcoffset() is not None


def test_a_command_is_text() -> None:
    command = [{"type": "bot_command", "offset": 0, "length": 6}]
    assert read(message(text="/start abc", entities=command)).text == "/start abc"


@pytest.mark.parametrize(("code", "language"), [("en", "en"), ("pt-BR", "pt"), (None, "nl")])
def test_language(code: str | None, language: str) -> None:
    person = PERSON | ({"language_code": code} if code else {})
    assert read(message(text="x", **{"from": person})).language == language


def test_failure_5_the_bot_is_in_the_key() -> None:
    one, other = (telegram_in.read(message(text="x"), bot) for bot in ("1", "2"))
    assert one.conversation != other.conversation
    assert telegram_in.lane(message(text="x"), "1") == one.conversation.lane


@pytest.mark.parametrize("text", ["a\0b", "\ud83d half", "\u202eomgekeerd", "<b>&_*", "\u200b", "😀" * 3000])
def test_failure_19_strange_texts_are_read(text: str) -> None:
    found = telegram_in.read_body(json.dumps(message(text=text)).encode(), BOT)
    assert found.kind is Kind.TEXT
    assert "\0" not in found.text
    assert found.text.encode()


async def test_failure_17_an_edited_message_names_the_one_it_changes() -> None:
    async with Emulator() as telegram:
        await telegram.edit(7, 5, "nu met een mes")
        found = await first(telegram)
    assert (found.kind, found.message_id, found.text) == (Kind.EDIT, "5", "nu met een mes")


def test_failure_17_a_live_location_that_moves_is_no_edit() -> None:
    body = message(location={"latitude": 52.0, "longitude": 6.0})["message"]
    assert read({"update_id": 1, "edited_message": body}).kind is Kind.IGNORED


async def test_failure_16_an_album_keeps_its_name_and_caption() -> None:
    async with Emulator() as telegram:
        await telegram.photo(7, media_group_id="g1", caption="voor de deur")
        found = await first(telegram)
        largest = list(telegram.world.files)[1]
    assert (found.kind, found.album, found.text) == (Kind.ATTACHMENT, "g1", "voor de deur")
    assert [(a.soort, a.reference, a.size) for a in found.attachments] == [("photo", largest, 4)]


@pytest.mark.parametrize(
    ("kind", "soort"),
    [
        ("voice", "voice"),
        ("audio", "audio"),
        ("video", "video"),
        ("video_note", "video"),
        ("document", "document"),
        ("animation", "video"),
    ],
)
async def test_files_of_all_kinds(kind: str, soort: str) -> None:
    async with Emulator() as telegram:
        await telegram.file(7, kind, caption="zie hier")
        found = await first(telegram)
    assert (found.kind, found.attachments[0].soort, found.text) == (Kind.ATTACHMENT, soort, "zie hier")


async def test_a_place_and_a_venue() -> None:
    async with Emulator() as telegram:
        await telegram.location(7, 52.2, 6.8)
        assert (await first(telegram)).location == Location(52.2, 6.8)
    venue = {"location": {"latitude": 51.5, "longitude": 4.7}, "title": "Markt", "address": "Markt 1"}
    found = read(message(venue=venue, location=venue["location"]))
    assert (found.kind, found.location) == (Kind.LOCATION, Location(51.5, 4.7))


@pytest.mark.parametrize(
    "content",
    [
        {"dice": {"emoji": "🎲", "value": 3}},
        {"contact": {"phone_number": "+31600000000", "first_name": "X"}},
        {"poll": {"id": "1", "question": "?", "options": []}},
    ],
)  # fmt: skip
def test_what_holds_nothing_to_keep_is_a_sticker(content: dict[str, Any]) -> None:
    found = read(message(**content))
    assert (found.kind, found.text, found.attachments) == (Kind.STICKER, "", ())


async def test_a_sticker_is_a_sticker() -> None:
    async with Emulator() as telegram:
        await telegram.sticker(7)
        assert (await first(telegram)).kind is Kind.STICKER


def press(message_: dict[str, Any] | None, **fields: Any) -> dict[str, Any]:
    query = {"id": "q1", "from": PERSON, "chat_instance": "1", "data": "pak:M-2026-000042:3", "message": message_, **fields}
    return {"update_id": 12, "callback_query": {name: value for name, value in query.items() if value is not None}}


def test_a_pressed_button_is_a_choice() -> None:
    found = read(press(message(text="?")["message"]))
    assert (found.kind, found.action, found.message_id, found.callback_id) == (Kind.CHOICE, "pak:M-2026-000042:3", "3", "q1")
    assert found.at == NOW  # Telegram does not tell when


def test_failure_13_a_button_on_a_message_too_old_to_see_is_a_choice_still() -> None:
    found = read(press({"chat": CHAT, "message_id": 3, "date": 0}))
    assert (found.kind, found.message_id, found.at) == (Kind.CHOICE, "3", NOW)


def test_a_press_without_message_or_data_is_ignored() -> None:
    assert read(press(None)).kind is Kind.IGNORED
    assert read(press(message(text="?")["message"], data=None, game_short_name="x")).kind is Kind.IGNORED


async def test_failure_8_block_and_unblock() -> None:
    async with Emulator() as telegram:
        await telegram.block(7)
        assert (await first(telegram)).kind is Kind.BLOCKED
        await telegram.unblock(7)
        found = await first(telegram)
    assert (found.kind, found.conversation.chat) == (Kind.UNBLOCKED, "7")


async def test_failure_10_a_group_moves() -> None:
    async with Emulator() as telegram:
        await telegram.migrate(-5, -1005)
        found = await first(telegram)
    assert (found.kind, found.conversation.chat, found.action) == (Kind.MIGRATED, "-5", "-1005")


COMMAND = [{"type": "bot_command", "offset": 0, "length": 6}]
LONG_COMMAND = [{"type": "bot_command", "offset": 0, "length": 19}]
OTHER_COMMAND = [{"type": "bot_command", "offset": 0, "length": 16}]
MENTION = [{"type": "mention", "offset": 4, "length": 13}]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"text": "zomaar wat"}, Kind.IGNORED),
        ({"text": "/start", "entities": COMMAND}, Kind.GROUP),
        ({"text": "/start@meldpunt_bot", "entities": LONG_COMMAND}, Kind.GROUP),
        ({"text": "/start@other_bot", "entities": OTHER_COMMAND}, Kind.IGNORED),
        ({"text": "hoi @Meldpunt_bot", "entities": MENTION}, Kind.GROUP),
        ({"text": "ja", "reply_to_message": {"message_id": 1, "date": 1, "chat": GROUP,
                                             "from": {"id": 4242, "is_bot": True, "first_name": "b"}}}, Kind.GROUP),
        ({"new_chat_title": "x"}, Kind.IGNORED),
    ],
)  # fmt: skip
def test_failure_25_in_a_group_only_what_is_meant_for_us(fields: dict[str, Any], kind: Kind) -> None:
    assert read(message(chat=GROUP, **fields)).kind is kind


async def test_failure_25_added_to_a_group_is_worth_a_pointer() -> None:
    async with Emulator() as telegram:
        await telegram.added(-5)
        assert (await first(telegram)).kind is Kind.GROUP


async def test_failure_25_another_rank_in_a_group_is_not() -> None:
    async with Emulator() as telegram:
        await telegram._member(-5, "member", "administrator")
        assert (await first(telegram)).kind is Kind.IGNORED


def test_failure_25_a_button_in_a_group_is_no_choice() -> None:
    assert read(press(message(text="?", chat=GROUP)["message"])).kind is Kind.GROUP


def test_failure_25_the_origin_of_a_forward_is_dropped() -> None:
    origin = {"type": "user", "date": 1, "sender_user": {"id": 9, "is_bot": False, "first_name": "Buurman"}}
    found = read(message(text="doorgestuurd", forward_origin=origin))
    assert (found.kind, found.text) == (Kind.TEXT, "doorgestuurd")
    assert "Buurman" not in repr(found)


def test_failure_25_other_bots_and_channels_are_ignored() -> None:
    assert read(message(text="x", **{"from": PERSON | {"is_bot": True}})).kind is Kind.IGNORED
    channel = {"id": -100, "type": "channel", "title": "c"}
    assert read(message(text="x", sender_chat=channel)).kind is Kind.IGNORED
    post = message(text="x", chat=channel, **{"from": None})["message"]
    assert read({"update_id": 1, "channel_post": post}).kind is Kind.IGNORED


@pytest.mark.parametrize(
    ("raw", "chat"),
    [
        (message(text="x"), "7"),
        (press({"chat": CHAT}), "7"),
        (press(None), "7"),
        ({"my_chat_member": {"chat": GROUP}}, "-5"),
        ({"poll": {}}, None),
    ],
)
def test_failure_15_the_lane_is_the_chat(raw: dict[str, Any], chat: str | None) -> None:
    assert telegram_in.lane(raw, BOT) == (f"telegram:4242:{chat}" if chat else None)
