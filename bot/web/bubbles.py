"""A timeline as the bubbles of a conversation: edits folded in, and buttons only where they still may be pressed. Pure."""

import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot.web import parts

BATCH = 200
# A command in what the bot says; not in a link or a tag.
NAMES = "start|melden|status|aanvullen|intrekken|mijngegevens|taal|privacy|help|stop"
COMMAND = re.compile(rf"(?<![\w/.\"'=<&;#-])/({NAMES})\b(?![/.]\w)")
NUMBER = re.compile(r"[A-Z]-\d{4}-\d{6,}")
PLAIN_NUMBER = re.compile(rf"(?<![\w/=\"]){NUMBER.pattern}")
MOST = 300  # older bubbles are not shown; nothing is lost by it


@dataclass(frozen=True, slots=True)
class Bubble:
    """`message` is the own id of what was said here; `html` is what the bot said, as markup."""

    id: int
    mine: bool
    at: datetime
    message: str = ""
    text: str = ""
    html: str = ""
    kind: str = ""
    melding: str = ""
    buttons: tuple[tuple[Mapping[str, str], ...], ...] = ()
    ask_location: bool = False
    edited: bool = False

    @property
    def editable(self) -> bool:
        return self.mine and self.kind in {"text", "edit"} and not self.text.startswith("/")

    @property
    def live(self) -> bool:
        return bool(self.buttons) or self.ask_location

    def quiet(self) -> "Bubble":
        return replace(self, buttons=(), ask_location=False)


async def history(timeline: parts.Timeline, lane: str) -> list[parts.Entry]:
    """The newest entries of a lane, oldest first."""
    kept: deque[parts.Entry] = deque(maxlen=MOST)
    last = 0
    while True:
        batch = await timeline.after(lane, last, limit=BATCH)
        kept.extend(batch)
        if len(batch) < BATCH:
            return list(kept)
        last = batch[-1].id


def of_entry(entry: parts.Entry) -> Bubble | None:
    """None for what is not shown: the greeting that a page sends by itself, and start codes."""
    payload = entry.payload
    if entry.direction == "out":
        return Bubble(
            id=entry.id,
            mine=False,
            at=entry.at,
            html=_markup(payload["html"]),
            melding=payload.get("melding") or _only_number(payload),
            buttons=tuple(tuple(row) for row in payload.get("buttons", ())),
            ask_location=bool(payload.get("ask_location")),
        )
    text = _said(payload)
    if text.startswith("/start"):
        return None
    kind = str(payload.get("kind", "text"))
    own = str(payload.get("message" if kind == "edit" else "id", ""))
    return Bubble(id=entry.id, mine=True, at=entry.at, message=own, text=text, kind=kind, edited=kind == "edit")


def fold(entries: Iterable[parts.Entry], *, staff: bool = False) -> list[Bubble]:
    """For a melder one question is open at a time; staff have one open message for each melding."""
    bubbles: list[Bubble] = []
    for entry in entries:
        bubble = of_entry(entry)
        if bubble is None:
            continue
        if bubble.kind == "edit":
            bubbles = [_rewritten(old, bubble) for old in bubbles]
            continue
        bubbles = [_hushed(old, bubble, staff=staff) for old in bubbles]
        bubbles.append(bubble)
    return bubbles


def last_id(entries: Sequence[parts.Entry]) -> int:
    return entries[-1].id if entries else 0


def _markup(html: str) -> Markup:
    """Escaped by the renderer: only <b> <i> <a> <code>. A command in it can be pressed."""
    pressed = COMMAND.sub(r'<button type="button" class="link-button" data-command="\g<0>">\g<0></button>', html)
    return Markup(PLAIN_NUMBER.sub(r'<span class="nowrap">\g<0></span>', pressed))  # noqa: S704


def _only_number(payload: Mapping[str, Any]) -> str:
    """The melding all buttons are about; "" when they are about none or several."""
    buttons = [button for row in payload.get("buttons", ()) for button in row]
    found = {number for button in buttons for number in NUMBER.findall(f"{button['action']} {button['url']}")}
    return found.pop() if len(found) == 1 else ""


def _said(payload: Mapping[str, Any]) -> str:
    match payload.get("kind"):
        case "choice":
            return str(payload.get("label") or "Keuze gemaakt")
        case "location":
            return "Locatie gedeeld"
        case "attachment":
            name = payload.get("file", {}).get("name") or "bestand"
            return "\n".join(part for part in (f"Bestand: {name}", str(payload.get("text", ""))) if part)
    return str(payload.get("text", ""))


def _rewritten(old: Bubble, edit: Bubble) -> Bubble:
    return replace(old, text=edit.text, edited=True) if old.mine and old.message == edit.message else old


def _hushed(old: Bubble, newer: Bubble, *, staff: bool) -> Bubble:
    if not old.live:
        return old
    overtaken = (newer.live or not newer.mine) and old.melding == newer.melding if staff else newer.live or newer.mine
    return old.quiet() if overtaken else old
