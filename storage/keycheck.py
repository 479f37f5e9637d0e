"""At the start: do these keys fit this database? With wrong keys every row would look damaged."""

from sqlalchemy import select

from storage import link
from storage.engine import Database
from storage.secrets import Vault
from storage.tables import KEYCHECK

_WORD = b"meldpunt"


async def check_keys(database: Database, vault: Vault) -> None:
    """Raises `errors.BadSettings` when they do not. The first time it writes down what it will compare with."""
    async with link.transaction(database) as opened:
        await opened.lock("keycheck")
        row = await opened.first(select(KEYCHECK.c.sealed))
        if row is None:
            await opened.change(opened.insert(KEYCHECK).values(name="word", sealed=vault.seal(_WORD)).on_conflict_do_nothing())
            await opened.commit()
        else:
            vault.open(row.sealed)
