"""How the emulator says no: the code, the words and the parameters of Telegram."""

from typing import Any


class Refusal(Exception):
    def __init__(self, description: str, code: int = 400, **parameters: int) -> None:
        super().__init__(description)
        self.description, self.code, self.parameters = description, code, parameters

    def body(self) -> dict[str, Any]:
        answer: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def bad(words: str, **parameters: int) -> Refusal:
    return Refusal(f"Bad Request: {words}", 400, **parameters)


def forbidden(words: str) -> Refusal:
    return Refusal(f"Forbidden: {words}", 403)


def conflict(words: str) -> Refusal:
    return Refusal(f"Conflict: {words}", 409)


def too_many(seconds: int) -> Refusal:
    return Refusal(f"Too Many Requests: retry after {seconds}", 429, retry_after=seconds)
