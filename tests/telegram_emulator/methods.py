"""The methods of the Bot API that the bot uses. Each takes parsed parameters and returns the result, or refuses."""

import inspect
import time
from collections.abc import Callable
from typing import Any

from tests.telegram_emulator import markup
from tests.telegram_emulator.entities import parse_html, units
from tests.telegram_emulator.limits import Limits
from tests.telegram_emulator.refusal import Refusal, bad
from tests.telegram_emulator.updates import Updates
from tests.telegram_emulator.world import Chat, Sent, World

Params = dict[str, Any]
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
ACTIONS = {"typing", "upload_photo", "upload_document", "find_location", "choose_sticker", "record_voice", "upload_voice"}


class Methods:
    def __init__(self, world: World, updates: Updates, limits: Limits, bot: dict[str, Any], clock: Callable[[], float]) -> None:
        self.world, self.updates, self.limits, self.bot, self.clock = world, updates, limits, bot, clock
        self.callbacks: dict[str, float] = {}  # id → pressed at
        self.answered: list[Params] = []
        self.commands: list[Any] = []

    async def call(self, method: str, params: Params) -> object:
        found = getattr(self, f"do_{method}", None)
        if found is None:
            raise Refusal("Not Found: method not found", 404)
        result = found(params)
        return await result if inspect.isawaitable(result) else result

    def do_getMe(self, params: Params) -> object:  # noqa: N802
        return self.bot

    async def do_sendMessage(self, params: Params) -> object:  # noqa: N802
        chat = self._admit(params)
        text = read_text(params.get("text"), params.get("parse_mode"))
        keyboard = markup.parse_markup(params.get("reply_markup"), private=chat.kind == "private")
        return await self._post(chat, text, params, keyboard)

    async def do_sendDocument(self, params: Params) -> object:  # noqa: N802
        chat = self._admit(params)
        document = params.get("document")
        if not isinstance(document, bytes):
            raise bad("invalid file HTTP URL specified: URL host is empty")
        if len(document) > 50_000_000:
            raise Refusal("Request Entity Too Large", 413)
        return await self._post(chat, str(params.get("caption", "")), params, None, document)

    async def do_editMessageText(self, params: Params) -> object:  # noqa: N802
        chat, message = self._message(params)
        text = read_text(params.get("text"), params.get("parse_mode"))
        keyboard = markup.parse_markup(params.get("reply_markup"), private=chat.kind == "private")
        return await self._edit(chat, message, text, keyboard)

    async def do_editMessageReplyMarkup(self, params: Params) -> object:  # noqa: N802
        chat, message = self._message(params)
        keyboard = markup.parse_markup(params.get("reply_markup"), private=chat.kind == "private")
        return await self._edit(chat, message, message.text, keyboard)

    def do_answerCallbackQuery(self, params: Params) -> object:  # noqa: N802
        pressed = self.callbacks.get(str(params.get("callback_query_id")))
        if pressed is None or self.clock() - pressed > 15:
            raise bad(TOO_OLD)
        if len(str(params.get("text", ""))) > 200:
            raise bad("MESSAGE_TOO_LONG")
        self.answered.append(params)
        return True

    def do_sendChatAction(self, params: Params) -> object:  # noqa: N802
        self.world.require(params.get("chat_id")).admit()
        if params.get("action") not in ACTIONS:
            raise bad("wrong parameter action in request")
        return True

    def do_getFile(self, params: Params) -> object:  # noqa: N802
        ref = str(params.get("file_id", ""))
        if ref not in self.world.files:
            raise bad("wrong file_id or the file is temporarily unavailable" if ref.startswith("file") else "invalid file_id")
        path, _, size = self.world.files[ref]
        if size > 20 * 1024 * 1024:
            raise bad("file is too big")
        return {"file_id": ref, "file_unique_id": f"u-{ref}", "file_size": size, "file_path": path}

    def do_setMyCommands(self, params: Params) -> object:  # noqa: N802
        commands = params.get("commands")
        if not isinstance(commands, list) or len(commands) > 100:
            raise bad("can't parse BotCommands: expected an Array")
        if any(not str(item.get("command", "")).isascii() or not str(item.get("command", "")).islower() for item in commands):
            raise bad("BOT_COMMAND_INVALID")
        self.commands = commands
        return True

    async def do_setWebhook(self, params: Params) -> object:  # noqa: N802
        return await self.updates.set_webhook(params)

    async def do_deleteWebhook(self, params: Params) -> object:  # noqa: N802
        return await self.updates.set_webhook({"drop_pending_updates": params.get("drop_pending_updates", False)})

    def do_getWebhookInfo(self, params: Params) -> object:  # noqa: N802
        return self.updates.info()

    def _admit(self, params: Params) -> Chat:
        chat = self.world.require(params.get("chat_id"))
        chat.admit()
        self.limits.check(chat.id, group=chat.kind != "private")
        return chat

    def _message(self, params: Params) -> tuple[Chat, Sent]:
        chat = self._admit(params)
        for message in chat.sent:
            if message.message_id == params.get("message_id"):
                return chat, message
        raise bad("message to edit not found")

    async def _post(
        self, chat: Chat, text: str, params: Params, keyboard: markup.Markup | None, document: bytes | None = None
    ) -> dict[str, Any]:
        source, mode = str(params.get("text", "")), str(params.get("parse_mode", ""))
        message = Sent(chat.id, chat.next_id(), text, source, mode, keyboard, document=document)
        chat.sent.append(message)
        await self.world.notify()
        return self.as_json(chat, message)

    async def _edit(self, chat: Chat, message: Sent, text: str, keyboard: markup.Markup | None) -> dict[str, Any]:
        if (text, keyboard) == (message.text, message.reply_markup):
            raise bad(
                "message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message"
            )
        message.text, message.reply_markup, message.edits = text, keyboard, message.edits + 1
        await self.world.notify()
        return self.as_json(chat, message)

    def as_json(self, chat: Chat, message: Sent) -> dict[str, Any]:
        inline = message.reply_markup if "inline_keyboard" in (message.reply_markup or {}) else None
        body = {
            "message_id": message.message_id,
            "date": int(time.time()),
            "chat": chat.as_json(),
            "from": self.bot,
            "text": message.text,
        }
        return body | ({"reply_markup": inline} if inline else {})


def read_text(source: object, mode: object) -> str:
    """The text as people read it, or the refusal."""
    if not isinstance(source, str) or not source:
        raise bad("message text is empty")
    if mode not in (None, "", "HTML"):
        raise bad("unsupported parse_mode")
    text = (parse_html(source) if mode == "HTML" else source).strip()
    if not text:
        raise bad("text must be non-empty")
    if "\0" in text or any(0xD800 <= ord(c) < 0xE000 for c in text):
        raise bad("strings must be encoded in UTF-8")
    if units(text) > 4096:
        raise bad("message is too long")
    return text
