"""The command line. Exit 0; 1 it failed, one clear line; 2 wrong use."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot import checking, compose, demo, filters, inviting, learning, log, serve, settings
from bot.settings import Settings
from flows.decisions import Labelled
from flows.errors import BadSettings, MeldpuntError
from flows.people import Role
from storage import copying, engine, migrate

T = TypeVar("T")

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Meldpunt: van een zorg naar iemand die het oppakt.")
nlp = typer.Typer(no_args_is_help=True, help="Leest Nederlandse tekst.")
regio = typer.Typer(no_args_is_help=True, help="Regiobestanden.")
app.add_typer(nlp, name="nlp")
app.add_typer(regio, name="regio")


def _told(work: Callable[[], T]) -> T:
    """One clear line for what is expected to go wrong, and exit 1."""
    try:
        return work()
    except BadSettings as error:
        for problem in error.problems:
            typer.echo(problem, err=True)
    except MeldpuntError as error:
        typer.echo(f"{type(error).__name__}: {error}", err=True)
    except OSError as error:
        typer.echo(f"{error.strerror or type(error).__name__}: {error.filename or 'adres in gebruik?'}", err=True)
    raise typer.Exit(1)


def _run(work: Callable[[], Awaitable[T]]) -> T:
    async def whole() -> T:
        return await work()

    return _told(lambda: asyncio.run(whole()))


def _say_keys(made: Path | None) -> None:
    if made is not None:
        typer.echo(f"Nieuwe sleutel gemaakt: {made}. Bewaar een kopie op een andere plek.", err=True)


def _keys(own: Settings) -> None:
    """They are there after this; a new key file is told."""
    _say_keys(_told(lambda: compose.keys_of(own))[1])


async def _serve(own: Settings, *, with_demo: bool = False) -> None:
    built = await compose.build(own)
    _say_keys(built.made_keys)
    links = await demo.fill(built) if with_demo else None
    page = "/demo" if with_demo else ""
    await serve.run(built, links, tell=lambda running: typer.echo(f"Klaar: {running.url}{page}", err=True))


@app.command("serve")
def serve_() -> None:
    """Draait de bot, de pagina's en de klok."""
    own = _told(settings.load)
    log.configure(own.log_level)
    _run(lambda: _serve(own))


@app.command("demo")
def demo_() -> None:
    """Draait een voorbeeld zonder token: regio Twente, verzonnen mensen, drie schermen naast elkaar."""
    base = _told(settings.load)
    url = base.database_url if "database_url" in base.model_fields_set else "sqlite+aiosqlite:///var/demo/meldpunt.db"
    own = base.model_copy(update={"database_url": url, "telegram_token": "", "regio": "twente"})
    log.configure("warning")
    _run(lambda: _serve(own, with_demo=True))


@app.command("migrate")
def migrate_() -> None:
    """Brengt de database op de nieuwste vorm."""
    own = _told(settings.load)

    async def work() -> list[str]:
        database = await engine.open_database(own.database_url)
        try:
            return await migrate.migrate(database)
        finally:
            await database.close()

    for step in _run(work):
        typer.echo(step)


@app.command()
def copy(source: Annotated[str, typer.Argument(help="De database waaruit, zoals sqlite+aiosqlite:///var/meldpunt.db.")]) -> None:
    """Kopieert een hele database naar de lege database van MELDPUNT_DATABASE_URL."""
    own = _told(settings.load)

    async def work() -> dict[str, int]:
        old, new = await engine.open_database(source), await engine.open_database(own.database_url)
        try:
            await migrate.migrate(old)
            await migrate.migrate(new)
            return await copying.copy(old, new)
        finally:
            await old.close()
            await new.close()

    for table, rows in _run(work).items():
        typer.echo(f"{table}: {rows}")


@app.command()
def check() -> None:
    """Kijkt alle instellingen na en noemt alles wat niet klopt."""
    problems = asyncio.run(checking.problems())
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise typer.Exit(1)
    typer.echo("Alles klopt.")


@app.command()
def invite(
    rol: Annotated[Role, typer.Option(help="Wat deze persoon doet.")],
    gemeente: Annotated[str, typer.Option(help="Voor een regievoerder en een vervanger.")] = "",
    organisatie: Annotated[str, typer.Option(help="Voor een professional.")] = "",
    naam: Annotated[str, typer.Option(help="Zoals collega's de persoon zien.")] = "",
) -> None:
    """Maakt een uitnodiging en toont de code als een regel JSON."""
    own = _told(settings.load)

    async def work() -> dict[str, str]:
        built = await compose.build(own)
        _say_keys(built.made_keys)
        try:
            return await inviting.invite(built, rol, gemeente=gemeente, organisatie=organisatie, name=naam)
        finally:
            await built.close()

    typer.echo(json.dumps(_run(work), ensure_ascii=False))


@nlp.command("triage")
def triage() -> None:
    """Leest regels JSON {"id", "text"} en schrijft van elke regel het oordeel."""
    _told(lambda: filters.pipe(filters.triage(_told(settings.load)), sys.stdin, sys.stdout))


@nlp.command("redact")
def redact() -> None:
    """Leest regels JSON {"id", "text"} en schrijft elke tekst zonder persoonsgegevens."""
    _told(lambda: filters.pipe(filters.redact(_told(settings.load)), sys.stdin, sys.stdout))


@nlp.command("evaluate")
def evaluate(
    decisions: Annotated[bool, typer.Option("--decisions", help="Wat mensen beslisten naast het voorstel.")] = False,
) -> None:
    """Meet het lezen: op de apart gehouden teksten, of aan wat mensen beslisten."""
    own = _told(settings.load)
    if decisions:
        _keys(own)
    raise typer.Exit(_told(lambda: learning.evaluate(own, sys.stdout, decisions=decisions)))


@nlp.command("train")
def train(
    with_decisions: Annotated[bool, typer.Option("--with-decisions", help="Leer ook van wat mensen beslisten.")] = False,
) -> None:
    """Maakt een nieuwe versie, en neemt die alleen in gebruik als hij niet slechter is (anders exit 1)."""
    own = _told(settings.load)
    retrain = _told(learning.trainer)
    given: tuple[Labelled, ...] = ()
    if with_decisions:
        _keys(own)
        given = _told(lambda: learning.examples(own))
    raise typer.Exit(_told(lambda: learning.train(retrain, given, sys.stdout, own.model)))


@regio.command("check")
def regio_check(file: Annotated[Path, typer.Argument(help="Het bestand (TOML).")]) -> None:
    """Kijkt een regiobestand na en noemt alles wat niet klopt."""
    found = _told(lambda: settings.load_regio(str(file)))
    typer.echo(f"{found.naam}: {len(found.gemeenten)} gemeenten. Alles klopt.")
