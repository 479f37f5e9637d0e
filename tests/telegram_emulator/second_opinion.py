"""The independent emulator `lo-bot-api-emulator` behind the part of our interface that it can do."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any, Self

from aiohttp import web
from lo_bot_api_emulator import LoBotApiEmulator

from tests.telegram_emulator.world import Sent, World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class SecondOpinion:
    """say, press, sent, wait_for, settled, url, token. No blocking, edits, floods or faults: it does not know them."""

    def __init__(self, bot_id: int = 7) -> None:
        self.bot_id, self.token, self.url = bot_id, f"{bot_id}:SYNTHETIC-second_opinion_token", ""
        self.lo = LoBotApiEmulator(allow_insecure_loopback_webhooks=True)
        self.world = World()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = self.lo.app()
        app.middlewares.append(self._record)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def _record(self) -> Any:
        @web.middleware
        async def record(request: web.Request, handler: Handler) -> web.StreamResponse:
            answer = await handler(request)
            if request.path.endswith("/sendMessage") and answer.status == 200 and isinstance(answer, web.Response):
                await self._keep(json.loads(answer.body or b"{}")["result"])  # type: ignore[arg-type]
            return answer

        return record

    async def _keep(self, result: dict[str, Any]) -> None:
        chat = self.world.chat(result["chat"]["id"])
        chat.sent.append(Sent(chat.id, result["message_id"], result["text"], reply_markup=result.get("reply_markup")))
        await self.world.notify()

    def sent(self, chat_id: int) -> list[Sent]:
        return list(self.world.chat(chat_id).sent)

    async def wait_for(
        self, chat_id: int, predicate: Callable[[Sent], bool] = lambda _: True, timeout: float = 5, *, after: int = 0
    ) -> Sent:
        return await self.world.wait_for(chat_id, predicate, timeout, after)

    async def say(self, chat_id: int, text: str, user_id: int | None = None, **extra: Any) -> int:
        chat = self.world.chat(chat_id)
        person = {"id": user_id or abs(chat_id), "is_bot": False, "first_name": "Mel", "language_code": "nl"}
        message = {"message_id": chat.next_id(), "date": int(time.time()), "chat": chat.as_json(), "from": person, "text": text}
        return await self._enqueue({"message": message | extra})

    async def press(self, chat_id: int, message_id: int, button: str, user_id: int | None = None) -> int:
        chat = self.world.chat(chat_id)
        sent = next(m for m in chat.sent if m.message_id == message_id)
        message = {"message_id": message_id, "date": int(time.time()), "chat": chat.as_json(), "text": sent.text}
        person = {"id": user_id or abs(chat_id), "is_bot": False, "first_name": "Mel", "language_code": "nl"}
        query = {"id": f"q{message_id}-{len(self.lo.requests)}", "from": person, "message": message, "chat_instance": "1"}
        return await self._enqueue({"callback_query": query | {"data": sent.data(button)}})

    async def _enqueue(self, update: dict[str, Any]) -> int:
        return int(await self.lo.enqueue_update(update, token=self.token))

    async def settled(self, timeout: float = 5) -> None:
        """Until everything is confirmed. It offers no event for that, so this looks often."""
        async with asyncio.timeout(timeout):
            while self.lo._update_queues.info(self.token)["pending_update_count"]:
                await asyncio.sleep(0.01)
