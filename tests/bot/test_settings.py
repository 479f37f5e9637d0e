"""The settings: their defaults, and every wrong one told at once, by name and with how to mend it, without its secret."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot import checking, settings
from flows.errors import BadSettings

TOKEN = "123456:" + "A" * 35
WRONG = {
    "DATABASE_URL": ("mysql://x/y", "nothing"),
    "TELEGRAM_TOKEN": ("no token", "123456:short"),
    "TELEGRAM_API": ("api.telegram.org", "ftp://x", "http://["),
    "TELEGRAM_MODE": ("push", ""),
    "PUBLIC_URL": ("meldpunt.example", "http://"),
    "HTTP": ("8080", "127.0.0.1", "127.0.0.1:99999", "127.0.0.1:x", ":80"),
    "SECRET_KEYS": ("short", "a,b", "A" * 43 + "=,short"),
    "LOG_LEVEL": ("loud", ""),
}


@pytest.fixture(autouse=True)
def _clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in settings.Settings.model_fields:
        monkeypatch.delenv(f"MELDPUNT_{name.upper()}", raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_anything_set_the_defaults_hold() -> None:
    own = settings.load()
    assert own.database_url == "sqlite+aiosqlite:///var/meldpunt.db"
    assert (own.http, own.host, own.port) == ("127.0.0.1:8080", "127.0.0.1", 8080)
    assert (own.telegram_mode, own.telegram_api) == ("polling", "https://api.telegram.org")
    assert (own.regio, own.log_level, own.secret_keys) == ("twente", "info", ())
    assert own.address == "http://127.0.0.1:8080"
    assert own.beside == Path("var")


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_setting_is_named_with_how_to_mend_it(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MELDPUNT_{name}", value)
    with pytest.raises(BadSettings) as error:
        settings.load()
    [problem] = error.value.problems
    assert problem.startswith(f"MELDPUNT_{name}: ")
    assert settings.MENDS[name.casefold()] in problem


def test_all_wrong_settings_are_told_at_once_and_no_secret_with_them(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, values in WRONG.items():
        monkeypatch.setenv(f"MELDPUNT_{name}", values[0])
    monkeypatch.setenv("MELDPUNT_SECRET_KEYS", "geheime-sleutel")
    with pytest.raises(BadSettings) as error:
        settings.load()
    assert {problem.split(":")[0] for problem in error.value.problems} == {f"MELDPUNT_{name}" for name in WRONG}
    assert "geheime-sleutel" not in str(error.value)


def test_every_setting_with_a_form_has_words_on_how_to_mend_it() -> None:
    assert set(settings.MENDS) == set(settings.Settings.model_fields) - {"regio"}


@pytest.mark.parametrize(
    ("secret", "url", "wrong"),
    [
        ("", "", ["WEBHOOK_SECRET", "PUBLIC_URL"]),
        ("short", "https://meldpunt.example", ["WEBHOOK_SECRET"]),
        ("s" * 16, "http://meldpunt.example", ["PUBLIC_URL"]),
        ("s" * 16, "https://meldpunt.example", []),
    ],
)
def test_a_webhook_wants_a_secret_and_https(monkeypatch: pytest.MonkeyPatch, secret: str, url: str, wrong: list[str]) -> None:
    monkeypatch.setenv("MELDPUNT_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("MELDPUNT_TELEGRAM_MODE", "WebHook")
    monkeypatch.setenv("MELDPUNT_WEBHOOK_SECRET", secret)
    monkeypatch.setenv("MELDPUNT_PUBLIC_URL", url)
    found = settings.without_wrong().problems()
    assert [problem.split(":")[0] for problem in found] == [f"MELDPUNT_{name}" for name in wrong]


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    key = Fernet.generate_key().decode()
    monkeypatch.setenv("MELDPUNT_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("MELDPUNT_SECRET_KEYS", f" {key} , ")
    own = settings.load()
    assert own.secret_keys == (key,)
    assert key not in repr(own)
    assert TOKEN not in repr(own)


@pytest.mark.parametrize("name", settings.SHIPPED)
def test_the_shipped_regios_load_by_name(name: str) -> None:
    assert settings.load_regio(name).gemeenten


def test_a_regio_file_that_is_not_there_or_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="bestaat niet"):
        settings.load_regio(str(tmp_path / "none.toml"))
    (tmp_path / "odd.toml").write_bytes(b"\xff\xfe\x00")
    for path in (tmp_path / "odd.toml", tmp_path):
        with pytest.raises(BadSettings, match="kan niet worden gelezen"):
            settings.load_regio(str(path))


async def test_the_check_lists_what_is_wrong_everywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MELDPUNT_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/m.db")
    assert await checking.problems() == []
    monkeypatch.setenv("MELDPUNT_HTTP", "nowhere")
    monkeypatch.setenv("MELDPUNT_REGIO", "atlantis")
    monkeypatch.setenv("MELDPUNT_TELEGRAM_TOKEN", "no token")
    monkeypatch.setenv("MELDPUNT_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    problems = await checking.problems()
    for name in ("HTTP", "REGIO", "TELEGRAM_TOKEN", "DATABASE_URL"):
        assert sum(f"MELDPUNT_{name}" in problem for problem in problems) == 1, (name, problems)


async def test_the_check_finds_keys_that_are_not_those_of_the_database(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MELDPUNT_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/m.db")
    for wrong in (0, 1):
        monkeypatch.setenv("MELDPUNT_SECRET_KEYS", Fernet.generate_key().decode())
        assert len(await checking.problems()) == wrong
