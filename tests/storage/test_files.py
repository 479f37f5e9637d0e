"""The contract of the files, on both databases, and the store of their bytes."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from flows import errors
from flows.messages import Attachment
from flows.ports import FileStatus
from storage.files import Wanted
from storage.filestore import FileStore
from storage.secrets import Vault
from storage.unit_of_work import Begin
from tests.fakes import FakeClock
from tests.storage.samples import KEY, WORDS

PHOTO = Attachment("photo", "AgACAgQ", name="mes.jpg", media_type="image/jpeg", size=1234)
MINUTE = timedelta(minutes=1)


async def expect(begin: Begin, clock: FakeClock, *ids: str) -> None:
    async with begin() as work:
        for one in ids:
            await work.files.expect(one, KEY, PHOTO, clock())
        await work.commit()


async def claim(begin: Begin, clock: FakeClock, limit: int = 10) -> list[Wanted]:
    async with begin() as work:
        claimed = await work.files.claim_wanted(clock(), MINUTE, limit)
        await work.commit()
    return list(claimed)


async def test_a_file_is_wanted_until_it_is_kept(begin: Begin, clock: FakeClock) -> None:
    await expect(begin, clock, "f1")
    assert await claim(begin, clock) == [Wanted("f1", KEY, PHOTO, 1)]
    async with begin() as work:
        assert await work.files.statuses(["f1", "f2"]) == {"f1": FileStatus.WANTED}
        await work.files.kept("f1", 99)
        await work.files.failed("f1", "a slower worker", None)
        assert await work.files.statuses(["f1"]) == {"f1": FileStatus.KEPT}
        assert await work.files.attachment("f1") == PHOTO
        assert await work.files.attachment("f2") is None
        await work.commit()
    clock.advance(MINUTE)
    assert await claim(begin, clock) == []


async def test_expecting_a_file_twice_is_normal_and_does_not_fetch_it_again(begin: Begin, clock: FakeClock) -> None:
    await expect(begin, clock, "f1")
    async with begin() as work:
        await work.files.kept("f1", 99)
        await work.files.expect("f1", KEY, PHOTO, clock())
        assert await work.files.statuses(["f1"]) == {"f1": FileStatus.KEPT}
        assert await work.files.statuses([]) == {}


async def test_the_oldest_is_claimed_first_and_by_one(begin: Begin, other_begin: Begin, clock: FakeClock) -> None:
    await expect(begin, clock, "b")
    clock.advance(MINUTE)
    await expect(begin, clock, "a")
    assert [one.id for one in await claim(begin, clock, 1)] == ["b"]
    both = await asyncio.gather(claim(begin, clock), claim(other_begin, clock))
    assert sorted(len(one) for one in both) == [0, 1]


async def test_who_falls_silent_loses_the_file_to_another(begin: Begin, clock: FakeClock) -> None:
    await expect(begin, clock, "f1")
    await claim(begin, clock)
    clock.advance(MINUTE)
    assert [one.attempts for one in await claim(begin, clock)] == [2]


async def test_a_failed_file_is_tried_again_later_or_given_up(begin: Begin, clock: FakeClock) -> None:
    await expect(begin, clock, "f1")
    async with begin() as work:
        await work.files.failed("f1", "502", clock() + 2 * MINUTE)
        await work.commit()
    assert await claim(begin, clock) == []
    clock.advance(2 * MINUTE)
    assert len(await claim(begin, clock)) == 1
    async with begin() as work:
        await work.files.failed("f1", "too big", None)
        assert await work.files.statuses(["f1"]) == {"f1": FileStatus.FAILED}


async def test_the_store_gives_back_what_was_put(tmp_path: Path, vault: Vault) -> None:
    store = FileStore(tmp_path / "files", vault)
    await store.put("../../f1", WORDS.encode())
    await store.put("../../f1", WORDS.encode() * 2)
    assert await store.get("../../f1") == WORDS.encode() * 2
    [path] = (tmp_path / "files").iterdir()
    assert (path.stat().st_mode & 0o777, b"Annelies" in path.read_bytes()) == (0o600, False)
    await store.delete("../../f1")
    await store.delete("../../f1")
    with pytest.raises(KeyError):
        await store.get("../../f1")


async def test_a_store_that_cannot_write_says_so_and_leaves_nothing(tmp_path: Path, vault: Vault) -> None:
    (tmp_path / "files").write_text("not a directory")
    with pytest.raises(errors.StorageAway):
        await FileStore(tmp_path / "files", vault).put("f1", b"x")


async def test_a_write_that_fails_half_way_leaves_the_old_file(
    tmp_path: Path, vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = FileStore(tmp_path, vault)
    await store.put("f1", b"old")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(errors.StorageAway):
        await store.put("f1", b"new")
    assert await store.get("f1") == b"old"
    assert len(list(tmp_path.iterdir())) == 1
