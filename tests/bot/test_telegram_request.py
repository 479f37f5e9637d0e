"""The transport: three outcomes, and the token in none of its words."""

import asyncio
import logging
import socket

import pytest
import telegram
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.channels.telegram_api import bot_id, make_bot, username
from bot.channels.telegram_request import AiohttpRequest, Flood, Lost, NotSent, retry_after
from flows import errors
from tests.bot.telegram_fakes import line
from tests.telegram_emulator import Emulator

SECRET = "very_secret"


async def test_the_library_speaks_through_it() -> None:
    async with line() as on:
        assert (await on.bot.get_me()).username == "meldpunt_bot"
        assert await username(on.bot) == "meldpunt_bot"


async def test_files_are_uploaded() -> None:
    async with line() as on:
        on.telegram.known(7)
        await on.bot.send_document(7, b"a,b", filename="cijfers.csv", caption="cijfers")
        assert on.telegram.sent(7)[0].document == b"a,b"


@pytest.mark.parametrize(
    ("how", "kind"),
    [
        ("timeout_after_accept", TimedOut),
        ("hang_before", TimedOut),
        ("drop_before", Lost),
        ("drop_after", Lost),
        ("500", Lost),
        ("502_html", Lost),
        ("garbage_json", Lost),
        ("no_result", Lost),
        ("429", Flood),
        ("401", telegram.error.InvalidToken),
    ],
)
async def test_failure_6_every_outcome_has_its_class(
    how: str, kind: type[TelegramError], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with line(read_timeout=0.2) as on:
        on.telegram.known(7)
        on.telegram.fail_next("sendMessage", how)
        with pytest.raises(TelegramError) as caught:
            await on.bot.send_message(7, "iemand met een mes")
    assert type(caught.value) is kind
    told = repr(caught.value) + repr(caught.value.__cause__) + caplog.text
    assert SECRET not in told
    assert "mes" not in told


async def test_failure_6_a_refused_connection_was_not_sent() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        async with AiohttpRequest(connect_timeout=1) as request:
            with pytest.raises(NotSent, match="ClientConnector") as caught:
                await make_bot(f"1:{SECRET}_0123456789", url, request).get_me()
    assert SECRET not in repr(caught.value)


async def test_failure_6_a_name_that_does_not_resolve_was_not_sent() -> None:
    async with AiohttpRequest(connect_timeout=5) as request:
        with pytest.raises(NotSent):
            await make_bot(f"1:{SECRET}_0123456789", "http://telegram.invalid", request).get_me()


async def test_failure_6_a_connection_that_takes_too_long_was_not_sent() -> None:
    """A listener whose queue is full does not complete the handshake."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        crowd = [socket.socket() for _ in range(4)]
        for one in crowd:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        await asyncio.sleep(0.05)
        async with AiohttpRequest(connect_timeout=0.2, read_timeout=0.5) as request:
            with pytest.raises(NetworkError) as caught:
                await make_bot(f"1:{SECRET}_0123456789", f"http://127.0.0.1:{full.getsockname()[1]}", request).get_me()
        for one in crowd:
            one.close()
    assert type(caught.value) is NotSent


async def test_before_start_and_after_shutdown_nothing_is_sent() -> None:
    request = AiohttpRequest()
    with pytest.raises(NotSent):
        await request.ask("http://127.0.0.1:1/", {}, read_timeout=1)
    await request.initialize()
    await request.initialize()
    await request.shutdown()
    await request.shutdown()
    with pytest.raises(NotSent):
        await request.download("http://127.0.0.1:1/", 1)


async def test_many_calls_at_once() -> None:
    async with line() as on:
        on.telegram.known(7)
        await asyncio.gather(*(on.bot.send_message(7, str(number)) for number in range(200)))
        assert len(on.telegram.sent(7)) == 200


@pytest.mark.parametrize(
    ("body", "seconds"),
    [(b'{"parameters":{"retry_after":7}}', 7), (b"", 5), (b'{"parameters":{"retry_after":true}}', 5), (b'{"parameters":3}', 5)],
)
def test_failure_7_the_wait_is_read_or_assumed(body: bytes, seconds: float) -> None:
    assert retry_after(body) == seconds


async def test_not_even_a_debug_log_holds_what_was_said(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    async with line() as on:
        on.telegram.known(7)
        await on.bot.send_message(7, "iemand met een mes")
    assert "mes" not in caplog.text
    assert SECRET not in caplog.text


@pytest.mark.parametrize("token", ["", "abc", "12:short", "x:ABCDEFGHIJKLMN", "1:ABCDEFGHIJ KLMN"])
def test_a_token_of_the_wrong_form_refuses_the_start(token: str) -> None:
    with pytest.raises(errors.BadSettings, match="TELEGRAM_TOKEN") as caught:
        bot_id(token)
    assert not token or token not in str(caught.value)


async def test_a_refused_token_is_a_bad_setting_and_is_not_shown() -> None:
    async with Emulator() as emulator, AiohttpRequest() as request:
        with pytest.raises(errors.BadSettings) as caught:
            await username(make_bot(f"9:{SECRET}_0123456789", emulator.url, request))
        emulator.fail_next("getMe", "500")
        with pytest.raises(errors.RetryAfter):
            await username(make_bot(emulator.token, emulator.url, request))
    assert SECRET not in repr(caught.value)
