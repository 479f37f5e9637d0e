"""Speed and size of the reader, measured in a fresh process on one core: `python -m nlp.lab.pace < texts`."""

import json
import math
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from nlp.lab.corpus import Example
from nlp.lab.figures import Row
from nlp.lab.measure import Figure

MEDIAN = "milliseconden per tekst, mediaan"
_WARM = 20  # texts before the clock runs


def rows(examples: Sequence[Example]) -> Iterator[Row]:
    """Milliseconds a text, texts a second, seconds to load, megabytes of the process."""
    texts = "\n".join(json.dumps(one.text) for one in examples)
    ran = subprocess.run([sys.executable, "-m", "nlp.lab.pace"], input=texts, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ran.stdout)
    count = len(examples)
    yield Row(MEDIAN, _plain(found["p50"], count), 20, 8, most=True)
    yield Row("milliseconden per tekst, p99", _plain(found["p99"], count), 60, 25, most=True)
    yield Row("teksten per seconde", _plain(found["rate"], count), 50, 120)
    yield Row("seconden om te laden", _plain(found["load"], 1), 5, 3, most=True)
    yield Row("megabytes van het proces", _plain(found["memory"], 1), 450, 300, most=True)


def _plain(value: float, count: int) -> Figure:
    return Figure(value, math.nan, math.nan, count)


def measured(texts: Sequence[str]) -> dict[str, float]:
    """In this process: import this first in a fresh one."""
    began = time.perf_counter()
    from nlp import triage

    reader = triage.load()
    loaded = time.perf_counter() - began
    for text in texts[:_WARM]:
        reader.read(text)
    taken = []
    for text in texts:
        start = time.perf_counter()
        reader.read(text)
        taken.append(time.perf_counter() - start)
    p50, p99 = np.percentile(taken, [50, 99]) * 1000
    return {"p50": float(p50), "p99": float(p99), "rate": len(taken) / sum(taken), "load": loaded, "memory": _memory()}


def _memory() -> float:
    """Megabytes this process holds now (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    sys.stdout.write(json.dumps(measured([json.loads(line) for line in sys.stdin if line.strip()])))
