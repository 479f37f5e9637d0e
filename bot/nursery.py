"""The one place where tasks are made. A task that fails is told; none is forgotten, and all are waited for at the end."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class Nursery:
    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a task failed: %s", task.get_name(), exc_info=error)

    async def drain(self, seconds: float) -> None:
        """Wait for all, also for what the last ones still start; what is not done in time is cancelled. Its lease runs out and
        another takes it."""
        end = asyncio.get_running_loop().time() + seconds
        while self._tasks and (left := end - asyncio.get_running_loop().time()) > 0:
            await asyncio.wait(set(self._tasks), timeout=left)
        late = set(self._tasks)
        for task in late:
            log.warning("cancelled at the end: %s", task.get_name())
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
