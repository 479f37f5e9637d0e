"""The vault and its keys."""

import threading
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from flows import errors
from storage.engine import Database
from storage.keycheck import check_keys
from storage.secrets import Vault, load_or_make_keys
from tests.storage.samples import WORDS


def key() -> str:
    return Fernet.generate_key().decode()


@pytest.mark.parametrize("plain", [b"", b"\x00\xff", WORDS.encode(), b"x" * 1_000_000])
def test_what_is_sealed_opens_and_does_not_show(vault: Vault, plain: bytes) -> None:
    sealed = vault.seal(plain)
    assert vault.open(sealed) == plain
    assert not plain or len(plain) < 3 or plain[:20] not in sealed


def test_text_is_sealed_as_utf8_and_never_twice_alike(vault: Vault) -> None:
    assert vault.open(vault.seal("Zoë")) == "Zoë".encode()
    assert vault.seal("Zoë") != vault.seal("Zoë")


@pytest.mark.parametrize("at", [5, 16, 17, -1])
def test_one_changed_byte_is_noticed(vault: Vault, at: int) -> None:
    sealed = bytearray(vault.seal(WORDS))
    sealed[at] ^= 1
    with pytest.raises(errors.Unreadable):
        vault.open(bytes(sealed))


def test_a_wrong_key_is_named_by_its_id_and_not_shown(vault: Vault) -> None:
    other = key()
    with pytest.raises(errors.BadSettings, match="add the old key") as caught:
        Vault([other]).open(vault.seal(WORDS))
    assert other not in str(caught.value)


@pytest.mark.parametrize("cut", [0, 3, 10, 20])
def test_a_torn_field_is_an_error_of_ours(vault: Vault, cut: int) -> None:
    with pytest.raises((errors.Unreadable, errors.BadSettings)):
        vault.open(vault.seal(WORDS)[:cut])


def test_rotation_seals_anew_only_what_the_newest_key_did_not(vault: Vault) -> None:
    old, new = key(), key()
    before = Vault([old]).seal(WORDS)
    both = Vault([new, old])
    after = both.rotate(before)
    assert both.open(before) == WORDS.encode()
    assert both.rotate(after) == after
    assert Vault([new]).open(after) == WORDS.encode()


def test_a_blind_hash_depends_on_key_kind_and_value() -> None:
    old, new = key(), key()
    vault = Vault([new, old])
    assert vault.blind("code", "1") == vault.blinds("code", "1")[0] == Vault([new]).blind("code", "1")
    assert vault.blinds("code", "1")[1] == Vault([old]).blind("code", "1")
    others = {vault.blind("code", "1"), vault.blind("code", "2"), vault.blind("limit", "1"), Vault([old]).blind("code", "1")}
    assert len(others) == 4


def test_each_bad_key_is_named_by_its_place_and_not_shown() -> None:
    with pytest.raises(errors.BadSettings) as caught:
        Vault([key(), "geheim-wachtwoord", key()[:-3], ""])
    assert [problem.split()[2] for problem in caught.value.problems] == ["2", "3", "4"]
    assert "geheim" not in str(caught.value)
    with pytest.raises(errors.BadSettings):
        Vault([])


def test_the_first_start_makes_a_key_for_the_owner_alone_and_the_next_one_finds_it(tmp_path: Path) -> None:
    path = tmp_path / "var" / "keys"
    keys, made = load_or_make_keys(path)
    assert made
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_or_make_keys(path) == (keys, False)
    assert [one.name for one in path.parent.iterdir()] == ["keys"]
    Vault(keys)


def test_several_keys_stand_a_line_each_newest_first(tmp_path: Path) -> None:
    path, keys = tmp_path / "keys", (key(), key())
    path.touch(mode=0o600)
    path.write_text("\n".join(keys) + "\n\n")
    assert load_or_make_keys(path) == (keys, False)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    load_or_make_keys(tmp_path / "keys")
    (tmp_path / "keys").chmod(mode)
    with pytest.raises(errors.BadSettings, match="chmod 600"):
        load_or_make_keys(tmp_path / "keys")


@pytest.mark.parametrize("content", ["", "nonsense\n"])
def test_a_key_file_without_good_keys_is_refused_by_its_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys"
    path.touch(mode=0o600)
    path.write_text(content)
    with pytest.raises(errors.BadSettings, match=str(path)):
        load_or_make_keys(path)


def test_a_place_where_no_key_can_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(errors.BadSettings, match="keys"):
        load_or_make_keys(tmp_path / "file" / "keys")


def test_of_starts_at_once_all_get_the_same_key(tmp_path: Path) -> None:
    found: list[tuple[tuple[str, ...], bool]] = []
    ready = threading.Barrier(8)

    def start() -> None:
        ready.wait()
        found.append(load_or_make_keys(tmp_path / "keys"))

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({keys for keys, _ in found}) == 1
    assert sum(made for _, made in found) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


async def test_keys_that_do_not_fit_the_database_stop_the_start(database: Database, vault: Vault) -> None:
    await check_keys(database, vault)
    await check_keys(database, vault)
    with pytest.raises(errors.BadSettings):
        await check_keys(database, Vault([key()]))
