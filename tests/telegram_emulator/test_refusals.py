"""Each refusal of the emulator is seen once, through plain HTTP and not through our own adapter."""

from typing import Any

import aiohttp
import pytest

from tests.telegram_emulator import Emulator
from tests.telegram_emulator.client import Client, inline

BAD = "400 Bad Request: "
ENTITIES = BAD + "can't parse entities: "
REFUSED = [
    ({"text": ""}, BAD + "message text is empty"),
    ({"text": " \n"}, BAD + "text must be non-empty"),
    ({"text": "x" * 4097}, BAD + "message is too long"),
    ({"text": "😀" * 2049}, BAD + "message is too long"),
    ({"text": "a\0b"}, BAD + "strings must be encoded in UTF-8"),
    ({"chat_id": 99}, BAD + "chat not found"),
    ({"chat_id": "x"}, BAD + "chat not found"),
    ({"text": "<b>x", "parse_mode": "HTML"}, ENTITIES + 'Can\'t find end tag corresponding to start tag "b"'),
    ({"text": "x</b>", "parse_mode": "HTML"}, ENTITIES + "Unexpected end tag at byte offset 1"),
    ({"text": "é<x>", "parse_mode": "HTML"}, ENTITIES + 'Unsupported start tag "x" at byte offset 2'),
    ({"text": "a < b", "parse_mode": "HTML"}, ENTITIES + 'Unsupported start tag "" at byte offset 2'),
    ({"text": "<b", "parse_mode": "HTML"}, ENTITIES + "Unclosed start tag at byte offset 0"),
    (
        {"text": "<b>x</i>", "parse_mode": "HTML"},
        ENTITIES + 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"',
    ),
    ({"text": "x", "parse_mode": "nonsense"}, BAD + "unsupported parse_mode"),
    ({"reply_markup": inline(callback_data="x" * 65)}, BAD + "BUTTON_DATA_INVALID"),
    ({"reply_markup": inline(callback_data="é" * 33)}, BAD + "BUTTON_DATA_INVALID"),
    ({"reply_markup": "{nee"}, BAD + "can't parse reply keyboard markup JSON object"),
    ({"reply_markup": [1]}, BAD + "object expected as reply markup"),
    (
        {"reply_markup": {"inline_keyboard": [{"text": "x"}]}},
        BAD + 'field "inline_keyboard" of the ReplyMarkup must be an Array of Arrays',
    ),
    (
        {"reply_markup": inline()},
        BAD + "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    ),
    (
        {"reply_markup": inline(url="http://127.0.0.1:8080/x")},
        BAD + "inline keyboard button URL 'http://127.0.0.1:8080/x' is invalid: Wrong HTTP URL",
    ),
    (
        {"reply_markup": inline(url="http://localhost/")},
        BAD + "inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
    ),
    (
        {"reply_markup": inline(url="ftp://a.nl/")},
        BAD + "inline keyboard button URL 'ftp://a.nl/' is invalid: Unsupported URL protocol",
    ),
]


@pytest.mark.parametrize(("params", "words"), REFUSED)
async def test_refuses_with_the_words_of_telegram(telegram: Emulator, call: Client, params: dict[str, Any], words: str) -> None:
    assert await call.words(**params) == words
    assert telegram.sent(7) == []


@pytest.mark.parametrize(
    "text", ["x" * 4096, "😀" * 2048, "a & b > c &nbsp; &amp;", '<b>v</b> <a href="https://a.nl?x=1&amp;y">w</a> <u>u</u>']
)
async def test_takes_what_telegram_takes(telegram: Emulator, call: Client, text: str) -> None:
    assert await call.words(text=text, parse_mode="HTML") == "ok"


async def test_length_is_counted_after_parsing(telegram: Emulator, call: Client) -> None:
    assert await call.words(text="<b>" + "&amp;" * 4096 + "</b>", parse_mode="HTML") == "ok"
    assert telegram.sent(7)[0].text == "&" * 4096


async def test_chats_that_cannot_be_reached(telegram: Emulator, call: Client) -> None:
    await telegram.block(7)
    assert await call.words() == "403 Forbidden: bot was blocked by the user"
    await telegram.unblock(7)
    assert await call.words() == "ok"
    telegram.deactivate(7)
    assert await call.words() == "403 Forbidden: user is deactivated"
    telegram.known(8, started=False)
    assert await call.words(chat_id=8) == "403 Forbidden: bot can't initiate conversation with a user"
    telegram.known(-5)
    telegram.kick(-5)
    assert await call.words(chat_id=-5) == "403 Forbidden: bot was kicked from the group chat"


async def test_location_keyboards_only_in_private(telegram: Emulator, call: Client) -> None:
    telegram.known(-5)
    keyboard = {"keyboard": [[{"text": "Waar", "request_location": True}]]}
    assert await call.words(reply_markup=keyboard) == "ok"
    assert (
        await call.words(chat_id=-5, reply_markup=keyboard) == "400 Bad Request: location can be requested in private chats only"
    )


async def test_migrated_group(telegram: Emulator, call: Client) -> None:
    await telegram.say(-5, "hoi")
    await telegram.migrate(-5, -1005)
    answer = await call("sendMessage", chat_id=-5, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": -1005}
    assert await call.words(chat_id=-1005) == "ok"


async def test_wrong_token_and_unknown_method(telegram: Emulator, call: Client) -> None:
    assert (await call("getMe", token="1:wrong"))["error_code"] == 401
    assert (await call("sendNonsense"))["error_code"] == 404


async def test_floods_and_limits() -> None:
    now = 0.0
    async with Emulator(limits=True, clock=lambda: now) as telegram, aiohttp.ClientSession() as session:
        call = Client(telegram, session)
        for chat in (7, -5, *range(100, 140)):
            telegram.known(chat)
        assert [await call.words() for _ in range(4)] == ["ok"] * 3 + ["429 Too Many Requests: retry after 3"]
        now = 10.0
        several = [await call.words(chat_id=chat) for chat in range(100, 131)]
        assert several == ["ok"] * 30 + ["429 Too Many Requests: retry after 1"]
        now = 100.0
        for _ in range(20):
            now += 1.1
            assert await call.words(chat_id=-5) == "ok"
        assert (await call.words(chat_id=-5)).startswith("429")
        telegram.flood(7, 40)
        assert (await call("sendMessage", chat_id=7, text="x"))["parameters"] == {"retry_after": 40}
        telegram.flood(None, 9)
        assert (await call("sendMessage", chat_id=101, text="x"))["parameters"] == {"retry_after": 9}
