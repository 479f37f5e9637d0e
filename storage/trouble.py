"""The one seam for the errors of databases and disks: what they mean here. See `flows.errors` for the consequences.

Engines hide statement parameters, and the words of the server are not repeated: they may quote what people wrote.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import exc

from flows import errors

_MOVED = {"40001", "40P01", "55P03"}  # serialization failure, deadlock, lock not available
# Connection, authorisation, no such database, resources (disk full), operator, system; read-only; not migrated.
_AWAY = ("08", "28", "3D", "53", "57", "58", "XX", "25006", "42P01")


@contextmanager
def translated() -> Iterator[None]:
    try:
        yield
    except exc.DBAPIError as error:
        raise _meaning(error) from error
    except (OSError, exc.TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise errors.StorageAway(type(error).__name__) from error


def _meaning(error: exc.DBAPIError) -> Exception:
    name = f"{type(error).__name__} {_code(error)}".strip()
    if isinstance(error, exc.IntegrityError) or _code(error) in _MOVED or _busy(error):
        return errors.Conflict(name)
    if _mistake(error):
        return error
    away = isinstance(error, exc.OperationalError | exc.InterfaceError) or error.connection_invalidated
    if away or _code(error).startswith((*_AWAY, "SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return errors.StorageAway(name)
    return error


def _mistake(error: exc.DBAPIError) -> bool:
    """SQLite calls a wrong statement an operational error; without our tables it is one."""
    return _code(error) == "SQLITE_ERROR" and "no such table" not in str(error.orig)


def _busy(error: exc.DBAPIError) -> bool:
    return _code(error).startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))


def _code(error: exc.DBAPIError) -> str:
    """SQLSTATE, or SQLite's name of the error; "" when there is none."""
    original = error.orig
    return str(getattr(original, "sqlstate", None) or getattr(original, "sqlite_errorname", None) or "")
