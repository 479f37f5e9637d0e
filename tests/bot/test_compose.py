"""The house put together, the demo in it, an invitation from the command line, and the files of melders."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot import compose, demo, fetching, inviting, settings
from bot.channels.telegram_files import Gone, RetryLater, TooBig
from bot.compose import App
from flows import errors
from flows.messages import Attachment, ConversationKey
from flows.people import Role
from flows.ports import FileStatus, QueueFilter
from tests.fakes import FakeClock
from tests.readers import WordTriage

KEY = ConversationKey("telegram", "77", "1")
PHOTO = Attachment("photo", "ref", media_type="image/jpeg")


def _settings(tmp_path: Path, **more: object) -> settings.Settings:
    return settings.load(database_url=f"sqlite+aiosqlite:///{tmp_path}/m.db", **more)


@pytest.fixture
async def app(tmp_path: Path, clock: FakeClock) -> AsyncIterator[App]:
    built = await compose.build(_settings(tmp_path), triage=WordTriage(), clock=clock)
    yield built
    await built.close()


async def test_a_house_is_built_with_its_key_and_its_tables_and_a_second_one_finds_them(app: App, tmp_path: Path) -> None:
    assert app.made_keys == tmp_path / "secret.keys"
    again = await compose.build(_settings(tmp_path), triage=WordTriage())
    assert again.made_keys is None
    assert again.holder != app.holder
    await again.close()


async def test_a_test_may_change_what_the_flows_are_handed(tmp_path: Path) -> None:
    built = await compose.build(_settings(tmp_path), triage=WordTriage(), house=lambda own: replace(own, patience=0.5))
    assert built.house.patience == 0.5
    await built.close()


async def test_another_key_than_that_of_the_database_is_refused(app: App, tmp_path: Path) -> None:
    with pytest.raises(errors.BadSettings):
        await compose.build(_settings(tmp_path, secret_keys=Fernet.generate_key().decode()), triage=WordTriage())


def test_digits_are_as_many_as_asked_and_never_begin_with_0() -> None:
    made = [compose.digits(16) for _ in range(200)]
    assert all(len(code) == 16 and code.isdecimal() and code[0] != "0" for code in made)
    assert len(set(made)) == 200


async def test_the_demo_filled_twice_holds_the_same_people_and_meldingen(app: App) -> None:
    links = await demo.fill(app)
    async with app.store.begin() as work:
        before = await work.people.all("twente")
        meldingen = await work.meldingen.queue(QueueFilter("twente"), offset=0, limit=50)
    assert await demo.fill(app) == links
    async with app.store.begin() as work:
        assert await work.people.all("twente") == before
        assert await work.meldingen.queue(QueueFilter("twente"), offset=0, limit=50) == meldingen
    assert len(before) == len(demo.PEOPLE)
    assert meldingen.total == len(demo.STORIES)
    assert {before[0].id, before[2].id} == {links.werkplek, links.regie}


async def test_an_invitation_makes_the_person_it_names_for_two_weeks(app: App, clock: FakeClock) -> None:
    told = await inviting.invite(app, Role.REGIEVOERDER, gemeente="ENSCHEDE", name="Fenna")
    late = await inviting.invite(app, Role.PIKET)
    async with app.store.begin() as work:
        person = await work.people.redeem(told["code"], KEY, clock())
        assert await work.people.redeem(late["code"], KEY, clock.advance(timedelta(days=14))) is None
        await work.commit()
    assert person is not None
    assert (person.role, person.gemeente, person.name) == (Role.REGIEVOERDER, "Enschede", "Fenna")
    assert len(told["code"]) >= 16


@pytest.mark.parametrize(("role", "gemeente"), [(Role.REGIEVOERDER, ""), (Role.VERVANGER, ""), (Role.MEDEWERKER, "Atlantis")])
async def test_an_invitation_without_a_gemeente_of_the_regio_is_refused(app: App, role: Role, gemeente: str) -> None:
    with pytest.raises(errors.BadSettings, match="--gemeente"):
        await inviting.invite(app, role, gemeente=gemeente)


class Shelf:
    """Files of a channel: each fetch first takes the next of `then`."""

    def __init__(self, *then: Exception) -> None:
        self.then, self.asked = list(then), 0

    async def fetch(self, reference: str, largest: int) -> bytes:
        self.asked += 1
        if self.then:
            raise self.then.pop(0)
        return b"bytes of " + reference.encode()


async def _expect(app: App, attachment: Attachment = PHOTO) -> None:
    async with app.store.begin() as work:
        await work.files.expect("f1", KEY, attachment, app.clock())
        await work.commit()


async def _status(app: App) -> FileStatus:
    async with app.store.begin() as work:
        return (await work.files.statuses(["f1"]))["f1"]


async def test_a_file_is_fetched_sealed_and_kept(app: App, tmp_path: Path) -> None:
    shelf = Shelf()
    app.fetchers["telegram"] = shelf.fetch
    await _expect(app)
    for _ in range(2):
        await app.fetching().sweep()
    assert (shelf.asked, await _status(app)) == (1, FileStatus.KEPT)
    assert await app.store.files.get("f1") == b"bytes of ref"
    assert all(b"bytes of" not in path.read_bytes() for path in (tmp_path / "bijlagen").iterdir())


@pytest.mark.parametrize("problem", [TooBig(), Gone()])
async def test_a_file_that_can_never_be_had_is_given_up_at_once(app: App, problem: Exception) -> None:
    app.fetchers["telegram"] = Shelf(problem).fetch
    await _expect(app)
    await app.fetching().sweep()
    assert await _status(app) is FileStatus.FAILED


async def test_a_file_that_cannot_be_had_now_is_tried_later_and_later_and_given_up_in_the_end(app: App, clock: FakeClock) -> None:
    shelf = Shelf(*[RetryLater("flood", 10) for _ in range(20)])
    app.fetchers["telegram"] = shelf.fetch
    await _expect(app)
    await app.fetching().sweep()
    clock.advance(timedelta(seconds=2 * RetryLater("flood", 10).seconds - 1))
    await app.fetching().sweep()
    assert shelf.asked == 1
    clock.advance(timedelta(seconds=1))
    await app.fetching().sweep()
    assert (shelf.asked, await _status(app)) == (2, FileStatus.WANTED)
    for _ in range(20):
        clock.advance(timedelta(hours=2))
        await app.fetching().sweep()
    assert (shelf.asked, await _status(app)) == (fetching.TRIES, FileStatus.FAILED)


async def test_a_file_that_its_channel_stored_itself_is_kept_without_a_fetch(app: App) -> None:
    await app.store.files.put("own", b"said in the web chat")
    await _expect(app, replace(PHOTO, reference=f"{fetching.STORED}own"))
    await app.fetching().sweep()
    assert await app.store.files.get("f1") == b"said in the web chat"
    assert await _status(app) is FileStatus.KEPT


async def test_a_file_of_a_channel_that_is_not_here_stops_no_other(app: App) -> None:
    await _expect(app)
    async with app.store.begin() as work:
        await work.files.expect("f2", ConversationKey("webchat", "web", "w"), replace(PHOTO, reference="x"), app.clock())
        await work.commit()
    app.fetchers["telegram"] = Shelf().fetch
    await app.fetching().sweep()
    assert await _status(app) is FileStatus.KEPT
