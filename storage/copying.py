"""Moves a whole database to another, empty one: from SQLite to PostgreSQL when there is to be more than one process."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import Table, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from flows import errors
from storage import trouble
from storage.engine import Database
from storage.tables import KEYCHECK, METADATA
from storage.tables.base import Ident

CHUNK = 500


async def copy(source: Database, target: Database) -> dict[str, int]:
    """Rows per table. Both have the newest form already; the target holds nothing, or `BadSettings`. One transaction: a copy
    that fails leaves the target as empty as it was. Nothing may use either meanwhile."""
    copied: dict[str, int] = {}
    with trouble.translated():
        async with source.reader.connect() as reading, target.engine.begin() as writing:
            await _refuse_filled(writing)
            for table in METADATA.sorted_tables:
                copied[table.name] = await _copy_table(table, reading, writing)
                await _check(table, copied[table.name], writing)
                if target.is_postgres:
                    await _continue_numbers(table, writing)
    return copied


async def _refuse_filled(writing: AsyncConnection) -> None:
    await writing.execute(KEYCHECK.delete())  # `meldpunt check` may have left its word there
    for table in METADATA.sorted_tables:
        if (await writing.execute(select(table).limit(1))).first() is not None:
            raise errors.BadSettings(
                [f"De doeldatabase is niet leeg: er staat al iets in '{table.name}'. Neem een lege database."]
            )


async def _copy_table(table: Table, reading: AsyncConnection, writing: AsyncConnection) -> int:
    count = 0
    async for rows in _chunks(table, reading):
        await writing.execute(table.insert(), rows)
        count += len(rows)
    return count


async def _chunks(table: Table, reading: AsyncConnection) -> AsyncIterator[list[dict[str, Any]]]:
    keys = list(table.primary_key.columns)
    offset = 0
    while rows := (await reading.execute(select(table).order_by(*keys).offset(offset).limit(CHUNK))).mappings().all():
        yield [dict(row) for row in rows]
        offset += len(rows)


async def _check(table: Table, copied: int, writing: AsyncConnection) -> None:
    found = (await writing.execute(select(func.count()).select_from(table))).scalar_one()
    if found != copied:
        raise errors.StorageAway(f"{table.name}: {copied} rows were read and {found} arrived")


async def _continue_numbers(table: Table, writing: AsyncConnection) -> None:
    """New ids follow the copied ones."""
    for column in table.primary_key.columns:
        if isinstance(column.type, Ident):
            highest = f"SELECT COALESCE(MAX({column.name}), 0) + 1 FROM {table.name}"  # noqa: S608 - names of our own tables
            sequence = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
            await writing.execute(text(f"SELECT setval({sequence}, ({highest}), false) WHERE {sequence} IS NOT NULL"))
