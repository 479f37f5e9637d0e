"""Telegram's HTML, as strict as TDLib's parser: returns the text that remains, or refuses with its words."""

import html
import re

from tests.telegram_emulator.refusal import bad

TAGS = {
    "b",
    "strong",
    "i",
    "em",
    "u",
    "ins",
    "s",
    "strike",
    "del",
    "span",
    "tg-spoiler",
    "tg-emoji",
    "a",
    "code",
    "pre",
    "blockquote",
}
ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
START = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-zA-Z-]+(?:=(?:\"[^\"<>]*\"|'[^'<>]*'|[a-zA-Z0-9.-]+))?)*)\s*>")
END = re.compile(r"</([a-zA-Z0-9-]*)\s*>")


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse_html(text: str) -> str:
    out: list[str] = []
    stack: list[tuple[str, int]] = []
    at = 0
    while at < len(text):
        if text[at] == "&" and (entity := ENTITY.match(text, at)):
            out.append(html.unescape(entity[0]))
            at = entity.end()
        elif text.startswith("</", at):
            at = _end(text, at, stack)
        elif text[at] == "<":
            at = _start(text, at, stack)
        else:
            out.append(text[at])
            at += 1
    if stack:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{stack[-1][0]}\"")
    return "".join(out)


def _offset(text: str, at: int) -> int:
    return len(text[:at].encode("utf-8", "surrogatepass"))


def _start(text: str, at: int, stack: list[tuple[str, int]]) -> int:
    where = _offset(text, at)
    if not (tag := START.match(text, at)):
        name = re.match(r"<([^\s>/]*)", text[at:])
        if name and name[1].lower() not in TAGS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{name[1]}" at byte offset {where}')
        raise bad(f"can't parse entities: Unclosed start tag at byte offset {where}")
    if tag[1].lower() not in TAGS:
        raise bad(f'can\'t parse entities: Unsupported start tag "{tag[1]}" at byte offset {where}')
    stack.append((tag[1].lower(), where))
    return tag.end()


def _end(text: str, at: int, stack: list[tuple[str, int]]) -> int:
    where = _offset(text, at)
    if not stack:
        raise bad(f"can't parse entities: Unexpected end tag at byte offset {where}")
    if not (tag := END.match(text, at)):
        raise bad(f"can't parse entities: Unclosed end tag at byte offset {where}")
    name, _ = stack.pop()
    if tag[1].lower() not in ("", name):
        raise bad(f'can\'t parse entities: Unmatched end tag at byte offset {where}, expected "</{name}>", found "{tag[0]}"')
    return tag.end()
