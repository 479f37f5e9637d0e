"""From SQLite to PostgreSQL: everything arrives, in one go or not at all, and new numbers follow the old ones."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from flows.door import RawUpdate
from flows.errors import BadSettings
from flows.messages import ConversationKey
from flows.people import Invitation, Role
from storage import copying, engine
from storage.migrate import migrate
from storage.secrets import Vault
from storage.tables import INBOX, PERSON
from storage.unit_of_work import make_begin
from tests import postgres as pg
from tests.fakes import FakeClock

SEVEN = ConversationKey("telegram", "1", "7")


async def _filled(path: Path, vault: Vault, clock: FakeClock) -> engine.Database:
    source = await engine.open_database(f"sqlite+aiosqlite:///{path}")
    await migrate(source)
    async with make_begin(source, vault, clock=clock)() as work:
        await work.inbox.keep([RawUpdate("telegram", "1", str(i), "telegram:1:7", b"{}") for i in range(1203)], clock())
        await work.people.invite("code", Invitation(Role.MEDEWERKER, "twente", name="Sanne"))
        await work.people.redeem("code", SEVEN, clock())
        await work.commit()
    return source


async def test_everything_arrives_and_new_numbers_follow(
    tmp_path: Path, postgres: pg.Postgres, vault: Vault, clock: FakeClock
) -> None:
    source = await _filled(tmp_path / "from.db", vault, clock)
    with postgres.database() as url:
        target = await engine.open_database(url)
        copied = await copying.copy(source, target)
        assert copied["inbox"] == 1203
        assert copied["person"] == 1
        begin = make_begin(target, vault, clock=clock)
        async with begin() as work:
            found = await work.people.by_conversation(SEVEN)
            assert found is not None
            assert found.name == "Sanne"
            assert await work.inbox.keep([RawUpdate("telegram", "1", "new", "telegram:1:8", b"{}")], clock()) == 1
            await work.commit()
        async with target.reader.connect() as reading:
            assert (await reading.execute(select(func.max(INBOX.c.id)))).scalar_one() == 1204
        await target.close()
    await source.close()


async def test_a_filled_target_is_refused_and_stays_as_it_was(
    tmp_path: Path, postgres: pg.Postgres, vault: Vault, clock: FakeClock
) -> None:
    source = await _filled(tmp_path / "from.db", vault, clock)
    with postgres.database() as url:
        target = await engine.open_database(url)
        await copying.copy(source, target)
        with pytest.raises(BadSettings, match="niet leeg"):
            await copying.copy(source, target)
        async with target.reader.connect() as reading:
            assert (await reading.execute(select(func.count()).select_from(PERSON))).scalar_one() == 1
        await target.close()
    await source.close()
