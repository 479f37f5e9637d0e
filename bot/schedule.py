"""The clock. APScheduler only ticks; what is due stands in the database, and the claim there decides who acts."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.nursery import Nursery
from flows.errors import StorageAway

log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[object]]


def make(jobs: dict[str, tuple[float, Job]], nursery: Nursery) -> AsyncIOScheduler:
    """`jobs`: name → seconds between two ticks and what to do. A tick that is still busy is not joined by a second one.

    The work itself is the nursery's: at its shutdown APScheduler cancels what runs, and that would be in the middle of something.
    """
    scheduler = AsyncIOScheduler(timezone="UTC")
    for name, (seconds, job) in jobs.items():
        scheduler.add_job(_tick(name, job, nursery), "interval", seconds=seconds, id=name, max_instances=1, coalesce=True)
    return scheduler


def _tick(name: str, job: Job, nursery: Nursery) -> Callable[[], Awaitable[None]]:
    async def tick() -> None:
        await asyncio.shield(nursery.start(_calmly(name, job), f"tick {name}"))

    return tick


async def _calmly(name: str, job: Job) -> None:
    try:
        await job()
    except StorageAway:
        log.warning("tick skipped, the database is away: %s", name)
