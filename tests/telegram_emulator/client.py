"""A bare Bot API client, for the tests of the emulator itself."""

from typing import Any

import aiohttp

from tests.telegram_emulator.emulator import Emulator


class Client:
    def __init__(self, telegram: Emulator, session: aiohttp.ClientSession) -> None:
        self.telegram, self.session = telegram, session

    async def __call__(self, method: str, token: str = "", **params: Any) -> dict[str, Any]:
        url = f"{self.telegram.url}/bot{token or self.telegram.token}/{method}"
        async with self.session.post(url, json=params) as answer:
            body: dict[str, Any] = await answer.json()
            assert answer.status == body.get("error_code", 200)
            return body

    async def words(self, method: str = "sendMessage", **params: Any) -> str:
        fields: dict[str, Any] = {"chat_id": 7, "text": "x"} | params
        body = await self(method, **fields)
        return "ok" if body["ok"] else f"{body['error_code']} {body['description']}"


def inline(**button: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Ja"} | button]]}
