"""The emulator: what a person does with the bot, and the HTTP server the bot talks to."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from tests.telegram_emulator.limits import Limits
from tests.telegram_emulator.methods import Methods
from tests.telegram_emulator.server import Call, Server
from tests.telegram_emulator.updates import Updates
from tests.telegram_emulator.world import Sent, World

FAULTS = (
    "timeout_after_accept", "hang_before", "drop_before", "drop_after", "500", "502_html", "garbage_json", "no_result",
    "403_unknown", "400_unknown", "401", "parse_error", "429",
)  # fmt: skip


@dataclass(frozen=True)
class Fault:
    method: str
    how: str


class Emulator:
    """`async with Emulator() as telegram`; the bot talks to `telegram.url` with `telegram.token`."""

    def __init__(
        self,
        *,
        limits: bool = False,
        bot_id: int = 4242,
        username: str = "meldpunt_bot",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.bot_id, self.token, self.username, self.clock = bot_id, f"{bot_id}:TESTTOKEN-very_secret_0123456789", username, clock
        me = {"id": bot_id, "is_bot": True, "first_name": "Meldpunt", "username": username}
        self.world, self.updates = World(), Updates()
        self.limits = Limits(self.now, on=limits)
        self.methods = Methods(self.world, self.updates, self.limits, me, self.now)
        self.faults: deque[Fault] = deque()
        self.server = Server(self.token, self.methods, self.take_fault)
        self._courier: asyncio.Task[None] | None = None

    def now(self) -> float:
        return self.clock()

    async def __aenter__(self) -> Self:
        await self.server.start()
        self._courier = asyncio.create_task(self.updates.courier())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._courier is not None:
            self._courier.cancel()
            await asyncio.gather(self._courier, return_exceptions=True)
        await self.server.stop()

    @property
    def url(self) -> str:
        return self.server.url

    @property
    def calls(self) -> list[Call]:
        return self.server.calls

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def sent(self, chat_id: int) -> list[Sent]:
        return list(self.world.chat(chat_id).sent)

    async def wait_for(
        self, chat_id: int, predicate: Callable[[Sent], bool] = lambda _: True, timeout: float = 5, *, after: int = 0
    ) -> Sent:
        """The first message to this chat, sent already or within the time, newer than message id `after`."""
        return await self.world.wait_for(chat_id, predicate, timeout, after)

    def fail_next(self, method: str, how: str, times: int = 1) -> None:
        assert how in FAULTS, f"one of {FAULTS}"
        self.faults.extend([Fault(method, how)] * times)

    def take_fault(self, method: str) -> str:
        for fault in self.faults:
            if fault.method == method:
                self.faults.remove(fault)
                return fault.how
        return ""

    def flood(self, chat_id: int | None, seconds: float) -> None:
        self.limits.flood(chat_id, seconds)

    def forget_callbacks(self) -> None:
        self.methods.callbacks.clear()

    # What a person does. Everything returns the update id.

    def known(self, chat_id: int, kind: str | None = None, *, started: bool = True) -> None:
        """A chat that exists without having said anything."""
        self.world.chat(chat_id, kind).state = "open" if started else "new"

    def message(self, chat_id: int, user_id: int | None, extra: dict[str, Any]) -> dict[str, Any]:
        chat = self.world.chat(chat_id)
        if chat.state == "new":
            chat.state = "open"
        person = {"id": user_id or abs(chat_id), "is_bot": False, "first_name": "Mel", "language_code": "nl"}
        return {"message_id": chat.next_id(), "date": int(time.time()), "chat": chat.as_json(), "from": person} | extra

    async def say(self, chat_id: int, text: str, user_id: int | None = None, **extra: Any) -> int:
        if text.startswith("/"):
            length = len(text.split()[0])
            extra = {"entities": [{"type": "bot_command", "offset": 0, "length": length}]} | extra
        return await self.updates.add({"message": self.message(chat_id, user_id, {"text": text} | extra)})

    async def send_kind(self, chat_id: int, **content: Any) -> int:
        """Any other message: `send_kind(7, sticker={...})`."""
        return await self.updates.add({"message": self.message(chat_id, None, content)})

    async def press(self, chat_id: int, message_id: int, button: str, user_id: int | None = None) -> int:
        """Presses the button with this label or this data on that message."""
        chat = self.world.chat(chat_id)
        message = next(m for m in chat.sent if m.message_id == message_id)
        return await self.press_data(chat_id, self.methods.as_json(chat, message), message.data(button), user_id)

    async def press_data(self, chat_id: int, message: dict[str, Any], data: str, user_id: int | None = None) -> int:
        """A press on a message of any shape, for old buttons that are gone by now."""
        query = str(900_000 + len(self.methods.callbacks) + self.updates.last_id)
        self.methods.callbacks[query] = self.now()
        person = {"id": user_id or abs(chat_id), "is_bot": False, "first_name": "Mel", "language_code": "nl"}
        return await self.updates.add(
            {"callback_query": {"id": query, "from": person, "message": message, "chat_instance": "1", "data": data}}
        )

    async def edit(self, chat_id: int, message_id: int, text: str, user_id: int | None = None) -> int:
        body = self.message(chat_id, user_id, {"text": text, "message_id": message_id, "edit_date": int(time.time())})
        return await self.updates.add({"edited_message": body})

    async def push_raw(self, update: dict[str, Any] | bytes, *, bare: bool = False) -> int:
        return await self.updates.add(update, forced=True, bare=bare)

    async def photo(
        self,
        chat_id: int,
        media_group_id: str | None = None,
        caption: str | None = None,
        content: bytes = b"jpeg",
        size: int | None = None,
    ) -> int:
        small = self.world.add_file(b"s", "s.jpg", None) | {"width": 90, "height": 60}
        large = self.world.add_file(content, "l.jpg", size) | {"width": 1280, "height": 853}
        extra = {"caption": caption, "media_group_id": media_group_id}
        return await self.send_kind(chat_id, photo=[small, large], **{k: v for k, v in extra.items() if v is not None})

    async def file(self, chat_id: int, kind: str, content: bytes = b"bytes", size: int | None = None, **extra: Any) -> int:
        """kind: voice | audio | video | video_note | document | animation."""
        shape = {"voice": {"duration": 3}, "audio": {"duration": 3}, "document": {}, "video_note": {"length": 240, "duration": 3}}
        more = shape.get(kind, {"width": 640, "height": 480, "duration": 3})
        return await self.send_kind(chat_id, **{kind: self.world.add_file(content, kind, size) | more}, **extra)

    async def location(self, chat_id: int, latitude: float = 52.22, longitude: float = 6.89) -> int:
        return await self.send_kind(chat_id, location={"latitude": latitude, "longitude": longitude})

    async def sticker(self, chat_id: int) -> int:
        body = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular"}
        return await self.send_kind(chat_id, sticker=self.world.add_file(b"webp", "s.webp", None) | body)

    async def block(self, chat_id: int) -> int:
        self.world.chat(chat_id).state = "blocked"
        return await self._member(chat_id, "member", "kicked")

    async def unblock(self, chat_id: int) -> int:
        self.world.chat(chat_id).state = "open"
        return await self._member(chat_id, "kicked", "member")

    async def added(self, chat_id: int) -> int:
        return await self._member(chat_id, "left", "member")

    def deactivate(self, chat_id: int) -> None:
        self.world.chat(chat_id).state = "deactivated"

    def kick(self, chat_id: int) -> None:
        self.world.chat(chat_id).state = "kicked"

    async def migrate(self, chat_id: int, new: int) -> int:
        self.world.chat(new, "supergroup")
        update = await self.send_kind(chat_id, migrate_to_chat_id=new)
        self.world.chat(chat_id).moved_to = new
        return update

    async def _member(self, chat_id: int, old: str, new: str) -> int:
        def member(status: str) -> dict[str, Any]:
            return {"user": self.methods.bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})

        body = {"chat": self.world.chat(chat_id).as_json(), "from": {"id": abs(chat_id), "is_bot": False, "first_name": "Mel"}}
        members = {"old_chat_member": member(old), "new_chat_member": member(new)}
        return await self.updates.add({"my_chat_member": body | {"date": int(time.time())} | members})
