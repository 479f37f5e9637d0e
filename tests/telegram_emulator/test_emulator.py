"""Updates, edits, files, the webhook and scripted faults, through plain HTTP and not through our own adapter."""

import asyncio
import json

import aiohttp
import pytest
from aiohttp import web

from tests.telegram_emulator import Emulator
from tests.telegram_emulator.client import Client, inline


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
