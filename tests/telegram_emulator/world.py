"""What Telegram knows: chats, what the bot sent to them, files."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_emulator.refusal import bad, forbidden


@dataclass
class Sent:
    """A message the bot sent; `text` is what the person reads, after entity parsing."""

    chat_id: int
    message_id: int
    text: str
    source: str = ""  # as the bot wrote it
    parse_mode: str = ""
    reply_markup: dict[str, Any] | None = None
    edits: int = 0
    document: bytes | None = None

    @property
    def buttons(self) -> list[dict[str, Any]]:
        rows = (self.reply_markup or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self.buttons]

    def data(self, wanted: str) -> str:
        """The callback data of the button with this label or this data."""
        for button in self.buttons:
            if wanted in (button["text"], button.get("callback_data")):
                return str(button["callback_data"])
        raise LookupError(f"no button {wanted!r}, only {self.labels}")


@dataclass
class Chat:
    id: int
    kind: str = "private"
    state: str = "open"  # open | new (never started) | blocked | deactivated | kicked
    moved_to: int | None = None
    last_id: int = 0
    sent: list[Sent] = field(default_factory=list)

    def next_id(self) -> int:
        self.last_id += 1
        return self.last_id

    def as_json(self) -> dict[str, Any]:
        name = {"first_name": "Mel", "username": f"u{self.id}"} if self.kind == "private" else {"title": "Groep"}
        return {"id": self.id, "type": self.kind} | name

    def admit(self) -> None:
        """Raises the refusal Telegram gives for this chat."""
        if self.moved_to is not None:
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.moved_to)
        words = {
            "new": "bot can't initiate conversation with a user",
            "blocked": "bot was blocked by the user",
            "deactivated": "user is deactivated",
            "kicked": f"bot was kicked from the {self.kind} chat",
        }
        if self.state in words:
            raise forbidden(words[self.state])


class World:
    def __init__(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, tuple[str, bytes, int]] = {}  # file_id → path, content, size
        self.changed = asyncio.Condition()

    def chat(self, chat_id: int, kind: str | None = None) -> Chat:
        guess = kind or ("private" if chat_id > 0 else "supergroup" if str(chat_id).startswith("-100") else "group")
        return self.chats.setdefault(chat_id, Chat(chat_id, guess))

    def require(self, chat_id: object) -> Chat:
        try:
            return self.chats[int(str(chat_id))]
        except (KeyError, ValueError):
            raise bad("chat not found") from None

    def add_file(self, content: bytes, name: str, size: int | None) -> dict[str, Any]:
        ref = f"file{len(self.files) + 1}"
        self.files[ref] = (f"documents/{ref}_{name}", content, len(content) if size is None else size)
        return {"file_id": ref, "file_unique_id": f"u-{ref}", "file_size": self.files[ref][2]}

    async def notify(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    async def wait_for(self, chat_id: int, predicate: Callable[[Sent], bool], timeout: float, after: int) -> Sent:
        def found() -> Sent | None:
            return next((m for m in self.chat(chat_id).sent if m.message_id > after and predicate(m)), None)

        async with self.changed:
            try:
                await asyncio.wait_for(self.changed.wait_for(lambda: found() is not None), timeout)
            except TimeoutError:
                read = [m.text[:200] for m in self.chat(chat_id).sent]
                raise AssertionError(f"chat {chat_id} waited {timeout} s in vain; it read {read}") from None
            message = found()
        assert message is not None
        return message
