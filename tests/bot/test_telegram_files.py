"""Fetching attachments: got, too big, gone, or later."""

import pytest

from bot.channels.telegram_files import FileError, Gone, RetryLater, TelegramFiles, TooBig
from tests.bot.telegram_fakes import Line, line


async def outcome(on: Line, reference: str, limit: int = 1000) -> type[FileError]:
    with pytest.raises(FileError) as caught:
        await TelegramFiles(on.bot, on.request).fetch(reference, limit)
    assert "secret" not in repr(caught.value)
    return type(caught.value)


def stored(on: Line, content: bytes = b"JPEG", size: int | None = None) -> str:
    return str(on.telegram.world.add_file(content, "foto.jpg", size)["file_id"])


async def test_failure_22_a_file_is_fetched() -> None:
    async with line() as on:
        assert await TelegramFiles(on.bot, on.request).fetch(stored(on), 4) == b"JPEG"


async def test_failure_22_too_big_in_three_ways() -> None:
    async with line() as on:
        assert await outcome(on, stored(on, size=21 * 1024 * 1024)) is TooBig  # Telegram says so
        assert await outcome(on, stored(on, size=1001)) is TooBig  # the announced size
        assert await outcome(on, stored(on, b"x" * 1001, size=10)) is TooBig  # it lied


async def test_failure_22_expired() -> None:
    async with line() as on:
        assert await outcome(on, "AgADbestaatniet") is Gone
        reference = stored(on)
        path, content, size = on.telegram.world.files[reference]
        posted = on.telegram.methods.do_getFile

        def moves(params: dict[str, object]) -> object:
            result = posted(params)
            on.telegram.world.files[reference] = (path + "x", content, size)
            return result

        on.telegram.methods.do_getFile = moves  # type: ignore[method-assign]
        assert await outcome(on, reference) is Gone


async def test_failure_22_unavailable_for_now() -> None:
    async with line(read_timeout=0.2) as on:
        assert await outcome(on, "file999") is RetryLater
        for how in ("500", "502_html", "garbage_json", "no_result", "drop_before", "hang_before", "429", "401", "400_unknown"):
            on.telegram.fail_next("getFile", how)
            assert await outcome(on, stored(on)) is RetryLater, how
        for how in ("500", "drop_before", "hang_before"):
            on.telegram.fail_next("download", how, 2)  # aiohttp asks once more by itself, a GET is harmless
            assert await outcome(on, stored(on)) is RetryLater, how
            on.telegram.faults.clear()


async def test_failure_22_telegram_away() -> None:
    async with line(api=lambda _: "http://127.0.0.1:9") as on:
        assert await outcome(on, "file1") is RetryLater
