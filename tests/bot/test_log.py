"""No line of the log holds what people wrote, nor a token: not even when an error quotes it."""

import json
import logging
from collections.abc import Iterator

import pytest

from bot import log

STORY = "Mevrouw Bakker schreeuwt"
TOKEN = "123456:ABCDEF"


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in log.NOISY}
    yield
    root.handlers[:] = before
    root.setLevel(level)
    for name, old in levels.items():
        logging.getLogger(name).setLevel(old)


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_is_one_object_of_json_with_its_level_time_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("info")
    logging.getLogger("flows.intake").info("conflict, once more: inbox %s", 7)
    logging.getLogger("flows.intake").debug("not shown")
    [line] = _lines(capsys)
    assert (line["event"], line["level"], line["logger"]) == ("conflict, once more: inbox 7", "info", "flows.intake")
    assert "timestamp" in line


def _raise_from(source: str) -> None:
    exec(compile("def deep(words):\n    raise ValueError(words)\ndeep(words)", source, "exec"), {"words": STORY})


@pytest.mark.parametrize("source", ["/srv/a/b.py", "b.py", "<string>"])
@pytest.mark.parametrize("how", ["exception", "exc_info"])
def test_an_error_that_quotes_a_story_leaves_its_type_and_place_only(
    capsys: pytest.CaptureFixture[str], source: str, how: str
) -> None:
    log.configure("debug")
    own = logging.getLogger("bot.handling")
    try:
        try:
            _raise_from(source)
        except ValueError as error:
            raise RuntimeError(f"while handling: {error}") from error
    except RuntimeError as error:
        if how == "exception":
            own.exception("handling failed: inbox %s", 3)
        else:
            own.error("handling failed: inbox %s", 3, exc_info=error)
    out = capsys.readouterr()
    assert STORY not in out.err + out.out
    [line] = [json.loads(one) for one in out.err.splitlines()]
    assert line["error"] == "RuntimeError"
    assert "test_log.py" in str(line["at"])


@pytest.mark.parametrize("source", ["<string>", "<frozen importlib>"])
def test_an_error_of_code_without_a_file_is_logged_too(capsys: pytest.CaptureFixture[str], source: str) -> None:
    log.configure("info")
    try:
        _raise_from(source)
    except ValueError:
        logging.getLogger("x").exception("it failed")
    out = capsys.readouterr().err
    assert STORY not in out
    assert source in str(json.loads(out)["at"])


def test_what_asyncio_says_of_a_failed_task_does_not_quote_it(capsys: pytest.CaptureFixture[str]) -> None:
    log.configure("info")
    error = ValueError(STORY)
    told = f"Task exception was never retrieved\nfuture: <Task finished exception={error!r}>"
    logging.getLogger("asyncio").error(told, exc_info=error)
    out = capsys.readouterr().err
    assert STORY not in out
    assert json.loads(out)["event"] == "Task exception was never retrieved"


@pytest.mark.parametrize("level", ["debug", "info"])
@pytest.mark.parametrize("name", log.NOISY)
def test_libraries_that_write_addresses_stay_below_a_warning(capsys: pytest.CaptureFixture[str], name: str, level: str) -> None:
    log.configure(level)
    logging.getLogger(name).info("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    logging.getLogger(f"{name}.deeper").debug("bot%s", TOKEN)
    assert TOKEN not in capsys.readouterr().err
