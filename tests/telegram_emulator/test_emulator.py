"""The emulator must refuse: each refusal is seen once, through plain HTTP and not through our own adapter."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.telegram_emulator import Emulator


class Client:
    def __init__(self, telegram: Emulator, session: aiohttp.ClientSession) -> None:
        self.telegram, self.session = telegram, session

    async def __call__(self, method: str, token: str = "", **params: Any) -> dict[str, Any]:
        url = f"{self.telegram.url}/bot{token or self.telegram.token}/{method}"
        async with self.session.post(url, json=params) as answer:
            body: dict[str, Any] = await answer.json()
            assert answer.status == body.get("error_code", 200)
            return body

    async def words(self, method: str = "sendMessage", **params: Any) -> str:
        body = await self(method, **({"chat_id": 7, "text": "x"} | params))
        return "ok" if body["ok"] else f"{body['error_code']} {body['description']}"


@pytest.fixture
async def telegram() -> AsyncIterator[Emulator]:
    async with Emulator() as emulator:
        emulator.known(7)
        yield emulator


@pytest.fixture
async def call(telegram: Emulator) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(telegram, session)


def inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Ja"} | button]]}


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


async def test_edits(telegram: Emulator, call: Client) -> None:
    keyboard = inline(callback_data="ja")
    sent = (await call("sendMessage", chat_id=7, text="een", reply_markup=keyboard))["result"]
    same = await call.words("editMessageText", message_id=sent["message_id"], text="een", reply_markup=keyboard)
    assert same.startswith("400 Bad Request: message is not modified")
    assert await call.words("editMessageText", message_id=sent["message_id"], text="twee") == "ok"
    assert telegram.sent(7)[0].text == "twee"
    assert await call.words("editMessageReplyMarkup", message_id=sent["message_id"], reply_markup=keyboard) == "ok"
    assert telegram.sent(7)[0].labels == ["Ja"]
    assert await call.words("editMessageText", message_id=99) == "400 Bad Request: message to edit not found"


async def test_callbacks_grow_old(telegram: Emulator, call: Client) -> None:
    now = 0.0
    telegram.clock = lambda: now
    await call("sendMessage", chat_id=7, text="een", reply_markup=inline(callback_data="ja"))
    with pytest.raises(LookupError):
        await telegram.press(7, 1, "Nee")
    await telegram.press(7, 1, "Ja")
    query = (await call("getUpdates"))["result"][0]["callback_query"]
    assert query["data"] == "ja"
    assert await call.words("answerCallbackQuery", callback_query_id=query["id"]) == "ok"
    now = 16.0
    old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert await call.words("answerCallbackQuery", callback_query_id=query["id"]) == old
    now = 1.0
    telegram.forget_callbacks()
    assert await call.words("answerCallbackQuery", callback_query_id=query["id"]) == old


async def test_redelivers_until_the_offset_passes(telegram: Emulator, call: Client) -> None:
    first, second = await telegram.say(7, "een"), await telegram.say(7, "twee")
    for _ in range(2):
        assert [u["update_id"] for u in (await call("getUpdates"))["result"]] == [first, second]
    assert len((await call("getUpdates", limit=1))["result"]) == 1
    assert [u["update_id"] for u in (await call("getUpdates", offset=second))["result"]] == [second]
    assert (await call("getUpdates", offset=second + 1))["result"] == []


async def test_a_long_poll_wakes(telegram: Emulator, call: Client) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=20))
    while not telegram.called("getUpdates"):
        await asyncio.sleep(0)
    await telegram.say(7, "hoi")
    assert (await poll)["result"][0]["message"]["text"] == "hoi"


async def test_the_older_of_two_polls_is_ended(telegram: Emulator, call: Client) -> None:
    older = asyncio.create_task(call("getUpdates", timeout=20))
    while not telegram.called("getUpdates"):
        await asyncio.sleep(0.001)
    await asyncio.sleep(0.05)
    newer = asyncio.create_task(call("getUpdates", timeout=1))
    ended = await older
    assert (ended["error_code"], ended["description"][:42]) == (409, "Conflict: terminated by other getUpdates r")
    assert (await newer)["ok"]


async def test_a_hook_and_a_poll_exclude_each_other(telegram: Emulator, call: Client) -> None:
    assert (
        await call.words("setWebhook", url="http://bot.example/x")
        == "400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    )
    assert await call.words("setWebhook", url="https://bot.example/x") == "ok"
    assert (await call.words("getUpdates")).startswith("409 Conflict: can't use getUpdates method while webhook is active")
    assert await call.words("deleteWebhook") == "ok"
    assert await call.words("getUpdates") == "ok"


async def test_the_webhook_is_brought_updates_until_it_takes_them(telegram: Emulator, call: Client) -> None:
    statuses, heard = [500, 503, 200], []

    async def hook(request: web.Request) -> web.Response:
        heard.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), (await request.json())["update_id"]))
        return web.Response(status=statuses[min(len(heard), len(statuses)) - 1])

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    update = await telegram.say(7, "hoi")
    await call("setWebhook", url=f"http://127.0.0.1:{runner.addresses[0][1]}/hook", secret_token="geheim")
    await telegram.updates.settled()
    info = (await call("getWebhookInfo"))["result"]
    await runner.cleanup()
    assert heard == [("geheim", update)] * 3
    assert info["pending_update_count"] == 0
    assert info["last_error_date"] > 0


async def test_allowed_updates_leave_kinds_out(telegram: Emulator, call: Client) -> None:
    await call("getUpdates", allowed_updates=["message"])
    assert await telegram.edit(7, 1, "anders") == -1
    assert await telegram.block(7) == -1
    assert await telegram.say(7, "hoi") > 0


async def test_poison_passes_untouched(telegram: Emulator, call: Client) -> None:
    await telegram.push_raw({"message": "text instead of an object"})
    await telegram.push_raw({"nonsense": 1}, bare=True)
    updates = (await call("getUpdates"))["result"]
    assert "update_id" in updates[0]
    assert "update_id" not in updates[1]
    await telegram.push_raw(b'{"update_id": 7, "mess')
    async with call.session.get(f"{telegram.url}/bot{telegram.token}/getUpdates") as answer:
        with pytest.raises(json.JSONDecodeError):
            json.loads(await answer.read())


async def test_files(telegram: Emulator, call: Client) -> None:
    await telegram.photo(7, media_group_id="a", caption="kijk", content=b"JPEG")
    await telegram.file(7, "document", size=20 * 1024 * 1024 + 1)
    await telegram.location(7)
    await telegram.sticker(7)
    photo, document, place, sticker = [u["message"] for u in (await call("getUpdates"))["result"]]
    assert (photo["caption"], photo["media_group_id"], "sticker" in sticker) == ("kijk", "a", True)
    assert place["location"] == {"latitude": 52.22, "longitude": 6.89}
    path = (await call("getFile", file_id=photo["photo"][-1]["file_id"]))["result"]["file_path"]
    async with call.session.get(f"{telegram.url}/file/bot{telegram.token}/{path}") as answer:
        assert await answer.read() == b"JPEG"
    assert await call.words("getFile", file_id=document["document"]["file_id"]) == "400 Bad Request: file is too big"
    assert await call.words("getFile", file_id="AgAD") == "400 Bad Request: invalid file_id"


async def test_small_methods(telegram: Emulator, call: Client) -> None:
    assert (await call("getMe"))["result"]["username"] == "meldpunt_bot"
    assert await call.words("sendChatAction", action="typing") == "ok"
    assert await call.words("sendChatAction", action="dancing") == "400 Bad Request: wrong parameter action in request"
    assert await call.words("setMyCommands", commands=[{"command": "start", "description": "Begin"}]) == "ok"
    assert (
        await call.words("setMyCommands", commands=[{"command": "Start", "description": "Begin"}])
        == "400 Bad Request: BOT_COMMAND_INVALID"
    )
    form = aiohttp.FormData({"chat_id": "7", "caption": "cijfers"})
    form.add_field("document", b"a,b", filename="cijfers.csv")
    async with call.session.post(f"{telegram.url}/bot{telegram.token}/sendDocument", data=form) as answer:
        assert answer.status == 200
    assert telegram.sent(7)[-1].document == b"a,b"


@pytest.mark.parametrize(
    ("how", "stored"), [("drop_before", 0), ("drop_after", 1), ("timeout_after_accept", 1), ("hang_before", 0)]
)
async def test_connections_that_break(telegram: Emulator, call: Client, how: str, stored: int) -> None:
    telegram.fail_next("sendMessage", how)
    with pytest.raises((aiohttp.ClientError, TimeoutError)):
        async with asyncio.timeout(0.3):
            await call.words()
    assert len(telegram.sent(7)) == stored
    assert await call.words() == "ok"


@pytest.mark.parametrize(
    ("how", "status"), [("500", 500), ("502_html", 502), ("garbage_json", 200), ("403_unknown", 403), ("429", 429)]
)
async def test_answers_that_are_wrong(telegram: Emulator, call: Client, how: str, status: int) -> None:
    telegram.fail_next("sendMessage", how)
    async with call.session.post(f"{telegram.url}/bot{telegram.token}/sendMessage", json={"chat_id": 7, "text": "x"}) as answer:
        assert answer.status == status


async def test_wait_for_wakes_and_gives_up(telegram: Emulator, call: Client) -> None:
    waiting = asyncio.create_task(telegram.wait_for(7, lambda m: m.text == "twee"))
    await call.words(text="een")
    await call.words(text="twee")
    assert (await waiting).message_id == 2
    assert (await telegram.wait_for(7, after=1)).text == "twee"
    with pytest.raises(AssertionError, match=r"it read \['een', 'twee'\]"):
        await telegram.wait_for(7, lambda m: m.text == "drie", timeout=0.05)
