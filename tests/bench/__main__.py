"""`make bench`: how fast a reply leaves, with 20 people talking at once, beside a bare echo bot in the same run.

Both bots run as processes of their own against the Bot API emulator of the tests; a reply's time runs from the moment the update
can be fetched to the moment the call that answers it comes in. Also: start to ready, and the memory of `serve`.
"""

import asyncio
import json
import os
import random
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.request import urlopen

from tests.telegram_emulator.emulator import Emulator

PEOPLE, WORDS, ROUNDS, STARTS = 20, 12, 2, 3
LIMITS = {"median_ms": 100.0, "p99_ms": 400.0, "memory_mb": 450.0, "start_s": 6.0}
SAID = (
    "Mijn buurvrouw roept de hele nacht",
    "Ze zegt dat er mensen in haar muur wonen",
    "Het is in de Kerkstraat 12 in Enschede",
    "weet ik niet",
    "Dat duurt nu een week of drie",
    "Haar dochter komt soms langs",
    "terug",
    "Ik ben een buur",
)


async def person(telegram: Emulator, chat: int, seed: int) -> list[float]:
    """One person who writes, waits for the answer, and thinks a second or so."""
    dice, times = random.Random(seed), []
    await asyncio.sleep(dice.random())
    for index in range(WORDS):
        before = telegram.sent(chat)[-1].message_id if telegram.sent(chat) else 0
        started = time.monotonic()
        await telegram.say(chat, "/start" if index == 0 else SAID[index % len(SAID)])
        await telegram.wait_for(chat, timeout=20, after=before)
        times.append(time.monotonic() - started)
        await asyncio.sleep(0.8 + 0.6 * dice.random())
    return times


async def crowd(telegram: Emulator, first: int) -> list[float]:
    """All of them at once; seconds per reply."""
    all_times = await asyncio.gather(*(person(telegram, first + i, first + i) for i in range(PEOPLE)))
    return [one for times in all_times for one in times]


@asynccontextmanager
async def process(*command: str, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    running = await asyncio.create_subprocess_exec(*command, env={**os.environ, **environment})
    try:
        yield running
    finally:
        running.terminate()
        await running.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def until_ready(url: str) -> None:
    for _ in range(600):
        try:
            await asyncio.to_thread(urlopen, url, timeout=1)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            return
    raise TimeoutError(url)


def memory_mb(pid: int) -> float:
    """The most it ever held (VmHWM), in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


@asynccontextmanager
async def serving(directory: Path, telegram: Emulator) -> AsyncIterator[tuple[int, float]]:
    """`meldpunt serve`, ready: its process id and the seconds from start to ready."""
    port = free_port()
    environment = {
        "MELDPUNT_DATABASE_URL": f"sqlite+aiosqlite:///{directory}/bench.db",
        "MELDPUNT_TELEGRAM_TOKEN": telegram.token,
        "MELDPUNT_TELEGRAM_API": telegram.url,
        "MELDPUNT_HTTP": f"127.0.0.1:{port}",
        "MELDPUNT_LOG_LEVEL": "error",
    }
    started = time.monotonic()
    async with process(sys.executable, "-m", "bot", "serve", **environment) as running:
        await until_ready(f"http://127.0.0.1:{port}/gezondheid/klaar")
        yield running.pid, time.monotonic() - started


async def ours(directory: Path) -> tuple[list[float], float, float]:
    """Seconds per reply; the median start to ready, in seconds; memory in MB."""
    async with Emulator() as telegram:
        starts = []
        for _ in range(STARTS - 1):
            async with serving(directory, telegram) as (_, seconds):
                starts.append(seconds)
        async with serving(directory, telegram) as (pid, seconds):
            starts.append(seconds)
            await crowd(telegram, 1000)  # warm
            times = [t for turn in range(ROUNDS) for t in await crowd(telegram, 2000 + 100 * turn)]
            return times, statistics.median(starts), memory_mb(pid)


async def echo() -> list[float]:
    async with Emulator() as telegram:
        environment = {"ECHO_TOKEN": telegram.token, "ECHO_API": telegram.url}
        async with process(sys.executable, "-m", "tests.bench.echo", **environment):
            await telegram.say(1, "warm")
            await telegram.wait_for(1, timeout=20)
            await crowd(telegram, 1000)
            return [t for turn in range(ROUNDS) for t in await crowd(telegram, 2000 + 100 * turn)]


def figures(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles([t * 1000 for t in times], n=100)
    return {"replies": len(times), "median_ms": round(cuts[49], 1), "p90_ms": round(cuts[89], 1), "p99_ms": round(cuts[98], 1)}


async def main() -> int:
    with tempfile.TemporaryDirectory() as directory:
        times, ready, memory = await ours(Path(directory))
    own = {**figures(times), "start_s": round(ready, 2), "memory_mb": round(memory)}
    bare = figures(await echo())
    print(json.dumps({"people": PEOPLE, "meldpunt": own, "bare echo bot": bare}, indent=2))
    print(f"ratio of the medians: {own['median_ms'] / bare['median_ms']:.2f}")
    late = {name: (own[name], most) for name, most in LIMITS.items() if own[name] > most}
    for name, (found, most) in late.items():
        print(f"OVER THE LIMIT {name}: {found} > {most}")
    return 1 if late else 0


if __name__ == "__main__":
    raise SystemExit(asyncio.run(main()))
