"""A demo in a process of its own and a browser for it."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Browser, Page

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
ARGS = (
    *("--no-sandbox", "--headless", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
ROOT = Path(__file__).parents[2]
PATIENCE = 15_000


@dataclass
class Demo:
    """`meldpunt demo` in a process of its own, that can be killed and started again."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        own = {
            "MELDPUNT_DATABASE_URL": f"sqlite+aiosqlite:///{self.folder}/demo.db",
            "MELDPUNT_HTTP": f"127.0.0.1:{self.port}",
            "MELDPUNT_PUBLIC_URL": self.url,
        }
        self.process = subprocess.Popen([sys.executable, "-m", "bot", "demo"], cwd=ROOT, env=os.environ | own)
        for _ in range(300):
            if self.process.poll() is not None:
                raise RuntimeError("the demo stopped at its start; its words stand above")
            try:
                with urllib.request.urlopen(f"{self.url}/gezondheid/klaar", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.2)
        self.stop(signal.SIGKILL)
        raise RuntimeError("the demo did not start")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(how)
            self.process.wait(30)


@asynccontextmanager
async def page_at(browser: Browser, demo: Demo, path: str, width: int = 1280, scheme: str = "light") -> AsyncIterator[Page]:
    """A fresh visitor; a mistake in a script of ours fails the test."""
    context = await browser.new_context(
        base_url=demo.url,
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    mistakes: list[str] = []
    page = await context.new_page()
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on("console", lambda line: mistakes.append(line.text) if "Content Security Policy" in line.text else None)
    await page.goto(path)
    yield page
    await context.close()
    assert mistakes == []
