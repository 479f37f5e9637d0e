"""`meldpunt nlp …`: filters on a pipe, one JSON line in and one out, with a progress bar on a terminal."""

from collections.abc import Callable
from typing import TextIO

from bot import compose, settings
from bot.settings import Settings
from nlp import lines

Filter = Callable[[str], str]


def triage(own: Settings) -> Filter:
    reader = compose.reader_of(own, settings.load_regio(own.regio))
    return lambda line: lines.triage_line(reader, line)


def redact(own: Settings) -> Filter:
    reader = compose.reader_of(own, settings.load_regio(own.regio))
    return lambda line: lines.redact_line(reader, line)


def pipe(one: Filter, source: TextIO, target: TextIO) -> None:
    """Empty lines are left out. The bar stands on standard error, and only when that is a terminal."""
    # Only a filter needs these: every other command starts without them.
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("regels", total=None)
        for line in source:
            if line.strip():
                target.write(one(line) + "\n")
            progress.advance(task)
    target.flush()
