"""One transaction on the database. Opened by the first statement, undone unless committed, errors translated.

On SQLite a transaction reads on a reader's connection until its first write, and only then takes the one writer: whoever reads,
thinks and then writes blocks nobody while thinking. What was read before is guarded by versions, as on PostgreSQL.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast

from sqlalchemy import CursorResult, Executable, Row, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import trouble
from storage.engine import Database

Found = Row[Any]
Given = dict[str, Any] | Sequence[dict[str, Any]] | None  # the values of one statement, or the rows of many


class Link:
    """`all`, `first` read; `change`, `changed` write."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._reader: AsyncConnection | None = None
        self._writer: AsyncConnection | None = None

    async def all(self, statement: Executable, given: Given = None) -> Sequence[Found]:
        return (await self._run(statement, given, write=False)).all()

    async def first(self, statement: Executable) -> Found | None:
        return (await self._run(statement, write=False)).first()

    async def change(self, statement: Executable, given: Given = None, *, light: bool = False) -> int:
        """How many rows moved; unknown (negative) when several are given. `light`: see `lock`."""
        return (await self._run(statement, given, write=True, light=light)).rowcount

    async def changed(self, statement: Executable, given: Given = None) -> Sequence[Found]:
        """The rows that `RETURNING` gives."""
        return (await self._run(statement, given, write=True)).all()

    def insert(self, table: Table) -> postgresql.Insert:
        """An insert that knows ON CONFLICT; both dialects spell it alike."""
        if self._database.is_postgres:
            return postgresql.insert(table)
        return cast("postgresql.Insert", sqlite.insert(table))

    async def lock(self, name: str, *, light: bool = False) -> None:
        """Until the end of the transaction nobody else passes here under this name. On SQLite the writer is that lock, and
        from here on we read there. `light`, on the first write: this transaction survives a killed process but not a power
        cut, for leases and "sent" marks, which may be lost; what people said and what was decided never is."""
        if self._database.is_postgres:
            key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
            await self.changed(select(func.pg_advisory_xact_lock(key)))
        else:
            with trouble.translated():
                await self._connection(write=True, light=light)

    async def commit(self) -> None:
        if self._writer is not None:
            with trouble.translated():
                await self._writer.commit()
        await self.close()

    async def close(self) -> None:
        """Undoes what was not committed. Also when we are cancelled: the only writer must not stay taken."""
        writer, reader, self._writer, self._reader = self._writer, self._reader, None, None
        taken = [connection for connection in (writer, reader) if connection is not None]
        if taken:
            with trouble.translated():
                await asyncio.shield(_give_back(taken))

    async def _run(self, statement: Executable, given: Given = None, *, write: bool, light: bool = False) -> CursorResult[Any]:
        with trouble.translated():
            connection = await self._connection(write=write, light=light)
            return await connection.execute(statement, given)

    async def _connection(self, *, write: bool, light: bool = False) -> AsyncConnection:
        if self._writer is None and (write or self._database.is_postgres):
            self._writer = await self._database.engine.connect()
            if light:
                await self._writer.execution_options(light=True)
        if self._writer is not None:
            return self._writer
        if self._reader is None:
            self._reader = await self._database.reader.connect()
        return self._reader


async def _give_back(taken: Sequence[AsyncConnection]) -> None:
    for connection in taken:
        await connection.close()


@asynccontextmanager
async def transaction(database: Database) -> AsyncIterator[Link]:
    """Rolls back unless `commit` was called."""
    link = Link(database)
    try:
        yield link
    finally:
        await link.close()
