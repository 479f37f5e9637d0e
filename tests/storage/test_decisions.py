"""What people decided: back as it went in, with the change or not at all, and gone with its melding."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from flows import decisions
from flows.assessment import Thema, Urgentie
from flows.decisions import What
from flows.errors import Conflict
from flows.melding import Melding
from flows.people import Person, Role
from storage import copying, engine, migrate
from storage.engine import Database
from storage.secrets import Vault
from storage.tables import DECISION, MELDING
from storage.unit_of_work import Begin, make_begin
from tests import postgres as pg
from tests.fakes import NOON, FakeClock
from tests.storage.samples import melding

JORIS = Person(7, Role.COORDINATOR, "twente", name="Joris")
LATER = NOON + timedelta(minutes=7)


async def added(begin: Begin, **more: object) -> Melding:
    async with begin() as work:
        found = await work.meldingen.add(melding(**more))
        await work.commit()
    return found


async def decided(begin: Begin, about: Melding, what: What, value: str, *, commit: bool = True) -> decisions.Decision:
    made = decisions.made(about, JORIS, what, value, LATER)
    async with begin() as work:
        await work.decisions.keep(made)
        if commit:
            await work.commit()
    return made


async def count(database: Database) -> int:
    async with database.reader.connect() as connection:
        return int((await connection.execute(select(func.count()).select_from(DECISION))).scalar_one())


async def test_they_come_back_as_they_went_in_oldest_first(begin: Begin) -> None:
    one, two = await added(begin), await added(begin)
    unread = replace(two, report=replace(two.report, reading=None))
    put = [
        await decided(begin, two, What.URGENTIE, "spoed"),
        await decided(begin, one, What.THEMA, "agressie,somber"),
        await decided(begin, unread, What.GEMEENTE, "Súdwest-Fryslân"),
    ]
    async with begin() as work:
        assert list(await work.decisions.all()) == put
    assert put[0].proposal is not None
    assert put[0].proposal.themas == (Thema.AGRESSIE,)
    assert put[2].proposal is None


async def test_without_a_commit_neither_the_change_nor_the_decision_is_there(begin: Begin) -> None:
    before = await added(begin)
    async with begin() as work:
        await work.meldingen.save(replace(before, urgentie=Urgentie.SPOED))
        await work.decisions.keep(decisions.made(before, JORIS, What.URGENTIE, "spoed", LATER))
    async with begin() as work:
        assert await work.decisions.all() == ()
        assert await work.meldingen.get(before.number) == before


async def test_a_decision_about_nothing_is_a_conflict(begin: Begin) -> None:
    with pytest.raises(Conflict):
        await decided(begin, replace(melding(), number="M-2026-000404"), What.URGENTIE, "spoed")


async def test_it_goes_with_its_melding(begin: Begin, database: Database) -> None:
    first, second = await added(begin), await added(begin)
    for about in (first, second, first):
        await decided(begin, about, What.URGENTIE, "spoed")
    async with database.engine.begin() as connection:
        await connection.execute(MELDING.delete().where(MELDING.c.number == first.number))
    async with begin() as work:
        assert [decision.melding for decision in await work.decisions.all()] == [second.number]


async def test_nothing_but_number_kind_and_moment_can_be_read_in_a_row(begin: Begin, database: Database) -> None:
    about = await added(begin)
    made = await decided(begin, about, What.THEMA, "suicidaliteit")
    async with database.reader.connect() as connection:
        row = (await connection.execute(select(DECISION))).mappings().one()
    assert (row["melding"], row["what"], row["at"]) == (about.number, "thema", LATER)
    assert set(row) == {"id", "melding", "what", "at", "body"}
    for word in (made.text, "suicidaliteit", "coordinator", "twente", "Almelo"):
        assert word.encode() not in row["body"]


@pytest.mark.parametrize("chosen", [None, (), (Thema.SUICIDALITEIT, Thema.WONEN_GELD)])
async def test_the_themas_of_a_person_stay_on_the_melding_and_are_sealed(
    begin: Begin, database: Database, chosen: tuple[Thema, ...] | None
) -> None:
    one = await added(begin, chosen=chosen)
    async with begin() as work:
        assert (await work.meldingen.get(one.number)) == one
        saved = await work.meldingen.save(replace(one, chosen=(Thema.MIDDELEN,)))
        await work.commit()
    async with begin() as work:
        found = await work.meldingen.get(one.number)
    assert found == saved
    assert found.themas == (Thema.MIDDELEN,)
    async with database.reader.connect() as connection:
        assert b"middelen" not in (await connection.execute(select(MELDING.c.themas))).scalar_one()


async def test_copy_takes_them_along_and_new_ones_follow(
    tmp_path: Path, postgres: pg.Postgres, vault: Vault, clock: FakeClock
) -> None:
    source = await engine.open_database(f"sqlite+aiosqlite:///{tmp_path}/from.db")
    await migrate.migrate(source)
    old = make_begin(source, vault, clock=clock)
    about = await added(old, chosen=(Thema.SOMBER,))
    first = await decided(old, about, What.URGENTIE, "spoed")
    with postgres.database() as url:
        target = await engine.open_database(url)
        assert (await copying.copy(source, target))["decision"] == 1
        new = make_begin(target, vault, clock=clock)
        second = await decided(new, about, What.URGENTIE, "regulier")
        async with new() as work:
            assert await work.decisions.all() == (first, second)
            assert await work.meldingen.get(about.number) == about
        await target.close()
    await source.close()


async def test_a_melding_from_before_the_migration_is_still_there_after_it(
    database: Database, begin: Begin, vault: Vault, clock: FakeClock
) -> None:
    about = await added(begin)
    await decided(begin, about, What.URGENTIE, "spoed")
    assert await migrate.downgrade_to(database, "0001") == ["0002"]
    async with database.reader.connect() as connection:
        assert (await connection.execute(text("SELECT number FROM melding"))).scalar_one() == about.number
    assert await migrate.migrate(database) == ["0002"]
    async with begin() as work:
        assert await work.meldingen.get(about.number) == about
        assert await work.decisions.all() == ()
    await decided(begin, about, What.URGENTIE, "advies")
    assert await count(database) == 1
