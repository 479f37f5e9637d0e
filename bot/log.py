"""The log: one JSON object a line, ids only. What people wrote never comes here, nor does a token."""

import logging
import sys

import structlog

# These write the addresses they call, and the token of a bot is part of the address.
NOISY = ("telegram", "httpx", "httpcore", "aiohttp.access", "aiosqlite", "asyncpg", "apscheduler", "sqlalchemy")


def configure(level: str) -> None:
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        _without_content,
    ]
    final = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *shared],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(final)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in NOISY:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level.upper())))


def _without_content(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """An error's own words may quote what a person wrote: only its type and place are kept."""
    info = event.pop("exc_info", None)
    error = sys.exc_info()[1] if info is True else info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        event["at"] = _places(error)
    if event.get("logger") == "asyncio":
        # Below its first line it shows tasks and handles, and those quote the error.
        event["event"] = str(event.get("event", "")).split("\n", 1)[0]
    return event


def _places(error: BaseException) -> list[str]:
    """The last five places the error came through, file and line."""
    places, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{'/'.join(code.co_filename.rsplit('/', 2)[-2:])}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-5:]
