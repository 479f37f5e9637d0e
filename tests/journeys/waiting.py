"""Waits for what has no event of its own: looks again until it holds, or says that it never did."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable

PATIENCE = 20.0


async def until(holds: Callable[[], bool | Awaitable[bool]], timeout: float = PATIENCE) -> None:
    try:
        async with asyncio.timeout(timeout):
            while True:
                found = holds()
                if await found if inspect.isawaitable(found) else found:
                    return
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise AssertionError(f"it did not become so within {timeout} s: {inspect.getsource(holds).strip()}") from None
