"""Text as Telegram counts and parses it: escaping, and cutting what is too long without breaking a tag or an entity.

Telegram counts UTF-16 code units of the text that remains after parsing; 4096 of them go in one message.
"""

import html as entities
import re
from collections.abc import Iterator
from dataclasses import dataclass

LIMIT = 4096
TAG = re.compile(r"</?(?:b|i|u|code|a)(?: href=\"[^\"<>]*\")?>")
ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
BREAKS = ("\n\n", "\n", " ")
ZWJ = "‍"


def clean(text: str) -> str:
    """Without what no channel can carry: NUL goes, a lone surrogate becomes U+FFFD."""
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def escape(text: str) -> str:
    """For the text between tags and for the value of href."""
    return entities.escape(clean(text), quote=True)


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def plain(html: str) -> str:
    """What a person reads of it."""
    return entities.unescape(TAG.sub("", html))


@dataclass(frozen=True, slots=True)
class Atom:
    """What is never cut: a tag (`text` is empty), an entity, or one character."""

    source: str
    text: str
    width: int


def atoms(html: str) -> Iterator[Atom]:
    at = 0
    while at < len(html):
        if html[at] == "<" and (tag := TAG.match(html, at)):
            yield Atom(tag[0], "", 0)
            at = tag.end()
            continue
        entity = ENTITY.match(html, at) if html[at] == "&" else None
        source = entity[0] if entity else html[at]
        text = entities.unescape(source) if entity else source
        yield Atom(source, text, units(text))
        at += len(source)


def split(html: str, limit: int = LIMIT) -> tuple[str, ...]:
    """In parts of at most `limit` units, cut between paragraphs, else lines, else words, else characters. A tag that is
    open at a cut is closed there and opened again."""
    if units(plain(html)) <= limit:
        return (html,)
    rest = list(atoms(html))
    parts: list[str] = []
    opened: tuple[str, ...] = ()
    while rest:
        end = cut(rest, limit)
        source, opened = balanced(rest[:end], opened)
        if plain(source).strip():
            parts.append(source)
        rest = rest[end:]
        while rest and rest[0].text.isspace():
            del rest[0]
    return tuple(parts)


def cut(row: list[Atom], limit: int) -> int:
    """How many atoms go in this part: at least one."""
    width = fits = 0
    while fits < len(row) and width + row[fits].width <= limit:
        width += row[fits].width
        fits += 1
    if fits == len(row):
        return fits
    # One position per atom, so that an index in `line` is an index in `row`. A tag is a mark that is no break.
    line = "".join(atom.text[:1] or "\x01" for atom in row[: fits + 2])
    for mark in BREAKS:
        if (at := line.rfind(mark, 1, fits + len(mark))) > 0:
            return at
    return max(whole_character(line, fits), 1)


def whole_character(line: str, end: int) -> int:
    """Earlier than `end` when a joined emoji would be cut in two; not further back than 16 characters."""
    for at in range(end, max(end - 16, 0), -1):
        if ZWJ not in line[at - 1 : at + 1] and not "\ufe00" <= line[at : at + 1] <= "\ufe0f":
            return at
    return end


def balanced(row: list[Atom], opened: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The part with its tags closed, and the tags that stay open for the next part."""
    stack = list(opened)
    for atom in row:
        if atom.width or not atom.source.startswith("<"):
            continue
        if not atom.source.startswith("</"):
            stack.append(atom.source)
        elif stack:
            stack.pop()
    inner = "".join(atom.source for atom in row).rstrip()
    closing = "".join(f"</{name(tag)}>" for tag in reversed(stack))
    return "".join(opened) + inner + closing, tuple(stack)


def name(tag: str) -> str:
    return tag.strip("<>").split(" ")[0]
