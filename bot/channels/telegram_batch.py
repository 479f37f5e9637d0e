"""The answer to getUpdates, taken apart without believing it. Pure."""

import json
import re

NUMBER = re.compile(rb'"update_id"\s*:\s*(\d{1,18})(?!\d)')


def updates_in(body: bytes) -> list[object] | None:
    """The updates as they came, of whatever shape. None: this is no answer of the Bot API."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, dict) or answer.get("ok") is not True:
        return None
    result = answer.get("result")
    return result if isinstance(result, list) else None


def salvaged_number(body: bytes) -> int | None:
    """Of an answer that holds one unreadable update: its number, if it shows one at all."""
    match = NUMBER.search(body)
    return int(match[1]) if match else None
