"""Updates on their way to the bot: kept until confirmed, given by long poll or by webhook, never both."""

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.telegram_emulator.refusal import bad, conflict

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}


@dataclass
class Pending:
    id: int
    body: bytes


class Updates:
    def __init__(self) -> None:
        self.pending: list[Pending] = []
        self.last_id = 1000
        self.allowed: list[str] = []
        self.url, self.secret = "", ""
        self.errors: list[tuple[int, str]] = []
        self.retry_delay = 0.02
        self.changed = asyncio.Condition()
        self._poll = 0  # the newest long poll; an older one is ended with 409
        self._ended = ""

    async def add(self, update: dict[str, Any] | bytes, *, forced: bool = False, bare: bool = False) -> int:
        """Queues it; -1 when `allowed_updates` leaves its kind out, unless `forced`. `bare`: no update_id is put in."""
        self.last_id += 1
        if isinstance(update, dict):
            kinds = set(update) - {"update_id"}
            if not forced and not any(self._wanted(kind) for kind in kinds):
                return -1
            given = update.get("update_id")
            if type(given) is int and given > self.last_id:
                self.last_id = given
            body = json.dumps(update if bare or "update_id" in update else {"update_id": self.last_id} | update).encode()
        else:
            body = update
        async with self.changed:
            self.pending.append(Pending(self.last_id, body))
            self.changed.notify_all()
        return self.last_id

    def _wanted(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    async def get(self, params: dict[str, Any]) -> bytes:
        """The answer to getUpdates, joined from the raw bodies so that poison passes untouched."""
        if self.url:
            raise conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
        self._poll += 1
        mine = self._poll
        self._allow(params)
        limit = min(max(int(params.get("limit", 100)), 1), 100)
        async with self.changed:
            self.changed.notify_all()
            self.confirm(int(params.get("offset", 0)))
            try:
                async with asyncio.timeout(min(float(params.get("timeout", 0)), 50)):
                    await self.changed.wait_for(lambda: self.pending or self._poll != mine)
            except TimeoutError:
                pass
            if self._poll != mine:
                raise conflict(
                    self._ended or "terminated by other getUpdates request; make sure that only one bot instance is running"
                )
            bodies = [update.body for update in self.pending[:limit]]
        return b'{"ok":true,"result":[' + b",".join(bodies) + b"]}"

    def confirm(self, offset: int) -> None:
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset:
            self.pending = [update for update in self.pending if update.id >= offset]

    def _allow(self, params: dict[str, Any]) -> None:
        if isinstance(wanted := params.get("allowed_updates"), list):
            self.allowed = [str(kind) for kind in wanted]

    async def set_webhook(self, params: dict[str, Any]) -> bool:
        url = str(params.get("url", ""))
        parts = urlsplit(url)
        if url and parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost"):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        secret = str(params.get("secret_token", ""))
        if any(not (c.isascii() and (c.isalnum() or c in "_-")) for c in secret) or len(secret) > 256:
            raise bad("secret token contains illegal characters")
        self._allow(params)
        async with self.changed:
            self.url, self.secret, self.errors = url, secret, []
            if str(params.get("drop_pending_updates", "")).lower() == "true":
                self.pending.clear()
            self._poll += 1
            self._ended = "terminated by setWebhook request" if url else ""
            self.changed.notify_all()
        return True

    def info(self) -> dict[str, Any]:
        found: dict[str, Any] = {"url": self.url, "has_custom_certificate": False, "pending_update_count": len(self.pending)}
        if self.errors:
            found |= {"last_error_date": self.errors[-1][0], "last_error_message": self.errors[-1][1]}
        return found | ({"allowed_updates": self.allowed} if self.allowed else {})

    async def courier(self) -> None:
        """Delivers to the webhook, one at a time, again until it is taken."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
            while True:
                async with self.changed:
                    await self.changed.wait_for(lambda: self.url and self.pending)
                    update, url, secret = self.pending[0], self.url, self.secret
                problem = await self._deliver(session, url, secret, update)
                async with self.changed:
                    if not problem:
                        self.pending = [other for other in self.pending if other is not update]
                        self.changed.notify_all()
                        continue
                    self.errors.append((int(time.time()), problem))
                    self.changed.notify_all()
                await asyncio.sleep(min(self.retry_delay * 2 ** min(len(self.errors), 6), 2))

    async def _deliver(self, session: aiohttp.ClientSession, url: str, secret: str, update: Pending) -> str:
        headers = {"Content-Type": "application/json"} | ({"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {})
        try:
            async with session.post(url, data=update.body, headers=headers, allow_redirects=False) as answer:
                if 200 <= answer.status < 300:
                    return ""
                return f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, TimeoutError):
            return "Connection refused"

    async def settled(self, timeout: float = 5) -> None:
        """Until the bot has confirmed everything."""
        async with asyncio.timeout(timeout), self.changed:
            await self.changed.wait_for(lambda: not self.pending)
