"""`meldpunt nlp evaluate` and `meldpunt nlp train`: what people decided, measured, and learned from."""

import asyncio
import importlib
import importlib.util
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from io import StringIO
from pathlib import Path
from typing import Protocol, TextIO, cast

from bot import compose
from bot.settings import Settings
from flows import decisions
from flows.decisions import Decision, Labelled, Tally, What
from flows.errors import BadSettings
from storage.secrets import Vault

FEW = 30  # below it the intervals are too wide to conclude from
WIDTH = 22
HEAD = f"{'aantal':>8}{'gelijk':>17}{'te hoog':>17}{'te laag':>17}{'thema':>9}{'gemeente':>10}"
NOTES = (
    "Te hoog: het voorstel was dringender dan de mens. Te laag: minder dringend. Tussen haakjes: 95%-interval (Wilson).",
    "Alleen waar een mens de urgentie zelf bepaalde, de laatste keer per melding. Wie het voorstel liet staan, telt niet mee.",
)
NO_SKLEARN = "Trainen vraagt scikit-learn. Installeer het met: pip install 'meldpunt[train]'"


class Outcome(Protocol):
    """How a new version compares. `lines` are plain Dutch; `accepted`: it is in use now."""

    @property
    def accepted(self) -> bool: ...
    @property
    def version(self) -> str: ...
    @property
    def lines(self) -> Sequence[str]: ...


class Retrain(Protocol):
    def __call__(self, examples: Sequence[Labelled], target: Path, current: Path | None, /) -> Outcome: ...


class Figure(Protocol):
    @property
    def value(self) -> float: ...
    @property
    def low(self) -> float: ...
    @property
    def high(self) -> float: ...


async def kept(own: Settings) -> tuple[Decision, ...]:
    """All decisions in the database, oldest first."""
    keys, _ = compose.keys_of(own)
    store = await compose.open_store(own, Vault(keys), compose.now)
    try:
        async with store.begin() as work:
            return await work.decisions.all()
    finally:
        await store.database.close()


def evaluate_corpus(target: TextIO) -> int:
    """The exit code. The laboratory is loaded here, because no other command needs it."""
    run = cast("Callable[[TextIO], int]", importlib.import_module("nlp.lab.report").run)
    told = StringIO()
    with waiting("meten"):
        code = run(told)
    target.write(told.getvalue())
    return code


def evaluate(own: Settings, target: TextIO, *, decisions: bool) -> int:
    """Prints the figures; the exit code."""
    if not decisions:
        return evaluate_corpus(target)
    target.writelines(f"{line}\n" for line in report(asyncio.run(kept(own))))
    return 0


def report(found: Sequence[Decision]) -> Iterator[str]:
    """Over- and under-triage by regio, by who decided and by who told, each melding once."""
    if not found:
        yield "Er zijn nog geen beslissingen bewaard. Dat gebeurt zodra iemand een urgentie, thema of gemeente bepaalt."
        return
    counted = decisions.last(found)
    groups: tuple[tuple[str, Callable[[Decision], str]], ...] = (
        ("Per regio", lambda decision: decision.regio),
        ("Per rol", lambda decision: str(decision.role)),
        ("Per melder", lambda decision: str(decision.melder or "onbekend")),
    )
    small = False
    for title, group in groups:
        tallies = decisions.tallies(counted, group)
        yield f"{title:<{WIDTH}}{HEAD}"
        yield from (_line(name, tally) for name, tally in tallies.items())
        yield ""
        small = small or any(tally.n < FEW for tally in tallies.values())
    yield from _notes(counted, small=small)


def _line(name: str, tally: Tally) -> str:
    shown = f"{name}{' *' if tally.n < FEW else ''}"
    same = tally.n - tally.over - tally.under
    shares = "".join(f"{_share(hits, tally.n):>17}" for hits in (same, tally.over, tally.under))
    return f"{shown:<{WIDTH}}{tally.n:>8}{shares}{tally.themas:>9}{tally.gemeenten:>10}"


def _share(hits: int, n: int) -> str:
    """ "75 % (58–87)", "–" over nothing."""
    if n == 0:
        return "–"
    share = cast("Callable[[int, int], Figure]", importlib.import_module("nlp.lab.measure").share)
    figure = share(hits, n)
    return f"{figure.value:.0%} ({figure.low * 100:.0f}–{figure.high * 100:.0f})"


def _notes(counted: Iterable[Decision], *, small: bool) -> Iterator[str]:
    yield from NOTES
    if small:
        yield f"* Minder dan {FEW}: te weinig om iets uit af te leiden."
    levels = [decision for decision in counted if decision.what is What.URGENTIE]
    if unread := sum(decision.proposal is None for decision in levels):
        yield f"Zonder voorstel, omdat het lezen mislukte, en niet meegeteld: {unread}."
    if models := sorted({decision.model for decision in levels if decision.model}):
        yield f"Versies van het model: {', '.join(models)}."


def examples(own: Settings) -> tuple[Labelled, ...]:
    return decisions.labelled(asyncio.run(kept(own)))


def trainer() -> Retrain:
    """Raises BadSettings when what training needs is not installed."""
    if importlib.util.find_spec("sklearn") is None:
        raise BadSettings([NO_SKLEARN])
    return cast("Retrain", importlib.import_module("nlp.lab.train").retrain)


def train(retrain: Retrain, given: Sequence[Labelled], target: TextIO, model: Path) -> int:
    """Prints what came of it; 0 when the new version is in use from the next start on, 1 when it was refused."""
    with waiting("trainen"):
        outcome = retrain(given, model, model if model.exists() else None)
    target.writelines(f"{line}\n" for line in outcome.lines)
    return 0 if outcome.accepted else 1


def waiting(words: str) -> AbstractContextManager[object]:
    """Something that moves on standard error, and only when that is a terminal."""
    from rich.console import Console

    return Console(stderr=True).status(f"{words} …")
