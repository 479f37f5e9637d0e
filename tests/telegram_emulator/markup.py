"""Keyboards, checked as Telegram checks them."""

import json
from typing import Any
from urllib.parse import urlsplit

from tests.telegram_emulator.refusal import bad

Markup = dict[str, Any]


def parse_markup(raw: object, *, private: bool) -> Markup | None:
    if raw in (None, ""):
        return None
    try:
        markup = json.loads(raw) if isinstance(raw, str) else raw
    except ValueError:
        raise bad("can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise bad("object expected as reply markup")
    if len(json.dumps(markup, ensure_ascii=False).encode()) > 10_000:
        raise bad("reply markup is too long")
    for button in _buttons(markup.get("inline_keyboard", []), "inline keyboard"):
        _inline(button)
    for button in _buttons(markup.get("keyboard", []), "keyboard"):
        _reply(button, private=private)
    return markup


def _buttons(rows: object, field: str) -> list[Any]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad(f'field "{field.replace(" ", "_")}" of the ReplyMarkup must be an Array of Arrays')
    return [button for row in rows for button in row]


def _inline(button: object) -> None:
    if not isinstance(button, dict):
        raise bad("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    label = button.get("text")
    if not isinstance(label, str):
        raise bad("can't parse inline keyboard button: Can't find field \"text\"")
    if not label.strip():
        raise bad("can't parse inline keyboard button: inline keyboard button text must be non-empty")
    if url := button.get("url"):
        check_url(url)
    elif not (data := button.get("callback_data")):
        raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    elif not isinstance(data, str) or len(data.encode()) > 64:
        raise bad("BUTTON_DATA_INVALID")


def _reply(button: object, *, private: bool) -> None:
    if isinstance(button, dict) and button.get("request_location") and not private:
        raise bad("location can be requested in private chats only")


def check_url(url: str) -> None:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in ("http", "https", "tg", "ton"):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    host = parts.hostname or ""
    if parts.scheme.startswith("http") and ("." not in host or host.startswith("127.")):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
