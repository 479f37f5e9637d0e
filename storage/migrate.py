"""Brings the tables of a database to a revision. Safe when several replicas start at once: one works, the others wait."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage import trouble
from storage.engine import Database

_LOCK = 7_036_874_417  # any number, the same for all


async def migrate(database: Database) -> list[str]:
    """To the newest; the revisions that were applied, oldest first."""
    return await _locked(database, "upgrade", "head")


async def downgrade_to(database: Database, revision: str) -> list[str]:
    """To this revision, or "base"; the revisions that were undone, newest first."""
    return await _locked(database, "downgrade", revision)


async def current(database: Database) -> str | None:
    """The revision of the database; None when it has no tables yet."""
    with trouble.translated():
        async with database.reader.connect() as connection:
            return await connection.run_sync(_current)


def newest() -> str | None:
    """The revision that this code wants."""
    return ScriptDirectory.from_config(_config()).get_current_head()


async def _locked(database: Database, direction: str, target: str) -> list[str]:
    with trouble.translated():
        async with database.engine.begin() as connection:
            if database.is_postgres:
                await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            return await connection.run_sync(_run, direction, target)


def _run(connection: Connection, direction: str, target: str) -> list[str]:
    before = _current(connection)
    config = _config()
    config.attributes["connection"] = connection
    getattr(command, direction)(config, target)
    after = _current(connection)
    low, high = (before, after) if direction == "upgrade" else (after, before)
    steps = [step.revision for step in ScriptDirectory.from_config(config).iterate_revisions(high or "base", low or "base")]
    return steps if direction == "downgrade" else steps[::-1]


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
