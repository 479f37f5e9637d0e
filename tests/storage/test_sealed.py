"""What people wrote is not to be found in what lies on the disk."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from flows import decisions
from flows.assessment import Thema
from flows.decisions import What
from flows.melder.states import Asking
from flows.melding import Event, EventKind
from flows.messages import Attachment
from flows.people import Invitation, Person, Role
from flows.ports import OutStatus, Talk
from storage.engine import Database
from storage.secrets import Vault
from storage.sessions import Sessions
from storage.timeline import Timeline
from storage.unit_of_work import Begin
from tests.fakes import NOON, FakeClock
from tests.storage.samples import KEY, OTHER, WORDS, full_outgoing, melding, raw, report

MINUTE = timedelta(minutes=1)
CODES = ("1234567890123456", "uitnodiging-77", "limiet-van-iemand", "mes.jpg", "AgACAgQ")
NAMES = ("Annelies", "buurvrouw", "Dorpsstraat", "persoon", "Karin Jansen", "GGD", "vergeetachtig")


async def fill(begin: Begin, database: Database, vault: Vault, clock: FakeClock) -> str:
    """Something in every table; the token of a session."""
    async with begin() as work:
        await work.inbox.keep([raw(1), raw(2, OTHER.lane)], clock())
        for kept in await work.inbox.claim(clock(), MINUTE, 2):
            await work.inbox.quarantine(kept, WORDS)
        await work.outbox.add(full_outgoing(), full_outgoing(OTHER), now=clock())
        for parcel in await work.outbox.claim(clock(), MINUTE, 2, channels=["telegram"]):
            await work.outbox.bury(parcel, OutStatus.DEAD, WORDS)
        await work.conversations.save(Talk(KEY, Asking(report=report())))
        added = await work.meldingen.add(melding(chosen=(Thema.VERGEETACHTIG,)), Event(EventKind.NOTE, NOON, 3, {"tekst": WORDS}))
        await work.meldingen.save(added)
        await work.decisions.keep(decisions.made(added, Person(3, Role.PIKET, "twente"), What.THEMA, "vergeetachtig", NOON))
        await work.meldingen.set_follow_code(added.number, CODES[0])
        await work.people.invite(CODES[1], Invitation(Role.PIKET, "twente", "Almelo", "GGD", "Karin Jansen"))
        await work.people.redeem(CODES[1], KEY, clock())
        await work.limits.hit(CODES[2], clock(), window=MINUTE, most=1)
        await work.files.expect("f1", KEY, Attachment("photo", CODES[4], name=CODES[3]), clock())
        await work.files.failed("f1", WORDS, None)
        await work.commit()
    await Timeline(database, vault, clock=clock).append(KEY.lane, {"text": WORDS}, "k", clock())
    token, _ = await Sessions(database).create("melder", clock(), days=1)
    return token


async def contents(database: Database) -> bytes:
    """All rows of all tables as the database would dump them, and on SQLite the files as they are."""
    async with database.reader.connect() as connection:
        if database.path:
            return b"".join(path.read_bytes() for path in database.path.parent.glob(f"{database.path.name}*"))
        names = await connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        rows = [str(await connection.scalar(text(f"SELECT json_agg(t) FROM {name} t"))) for (name,) in names]
    return "\n".join(rows).encode()


@pytest.mark.parametrize("form", ["plain", "hex"])
async def test_no_word_name_or_code_is_in_the_database(
    begin: Begin, database: Database, vault: Vault, clock: FakeClock, form: str
) -> None:
    token = await fill(begin, database, vault, clock)
    found = await contents(database)
    assert KEY.chat.encode() in found, "we look in the right place"
    for word in (*NAMES, *CODES, token):
        looked_for = word.encode() if form == "plain" else word.encode().hex().encode()
        assert looked_for not in found, word


async def test_the_write_ahead_log_is_looked_at_too(begin: Begin, database: Database, vault: Vault, clock: FakeClock) -> None:
    await fill(begin, database, vault, clock)
    if database.path:
        assert Path(f"{database.path}-wal").stat().st_size > 0
        assert Path(f"{database.path}-wal").stat().st_mode == database.path.stat().st_mode, "closed as the file itself is"
