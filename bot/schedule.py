"""The clock. APScheduler only ticks; what is due stands in the database, and the claim there decides who acts."""

import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from flows.errors import StorageAway

log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[object]]


def make(jobs: dict[str, tuple[float, Job]]) -> AsyncIOScheduler:
    """`jobs`: name → seconds between two ticks and what to do. A tick that is still busy is not joined by a second one."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for name, (seconds, job) in jobs.items():
        scheduler.add_job(_calmly(name, job), "interval", seconds=seconds, id=name, max_instances=1, coalesce=True)
    return scheduler


def _calmly(name: str, job: Job) -> Callable[[], Awaitable[None]]:
    async def tick() -> None:
        try:
            await job()
        except StorageAway:
            log.warning("tick skipped, the database is away: %s", name)

    return tick
