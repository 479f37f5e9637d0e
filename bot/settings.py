"""The settings, from the environment (prefix MELDPUNT_). Every wrong one is told at once, with how to mend it."""

import re
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from flows import regio
from flows.errors import BadSettings
from flows.regio import Regio

SHIPPED = ("twente", "west-brabant", "noord-holland-noord", "oost-nederland")
SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
TOKEN = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{10,}")
KEY = re.compile(r"[A-Za-z0-9_-]{43}=")
MENDS = {
    "database_url": "Schrijf bijvoorbeeld sqlite+aiosqlite:///var/meldpunt.db of postgresql://gebruiker@host/naam",
    "telegram_token": "Vraag het token aan @BotFather; het ziet eruit als 123456:ABC…",
    "telegram_api": "Schrijf het begin van het adres, zoals https://api.telegram.org",
    "telegram_mode": "Kies polling of webhook",
    "webhook_secret": "Neem 16 tot 256 letters, cijfers, streepjes of lage streepjes",
    "public_url": "Schrijf het adres waarop mensen de pagina openen, zoals https://meldpunt.example.nl",
    "http": "Schrijf adres en poort, zoals 127.0.0.1:8080",
    "secret_keys": "Scheid sleutels met een komma, de nieuwste eerst; elke sleutel is 32 bytes in base64 (44 tekens)",
    "geocoder": "Kies ingebouwd of pdok",
    "pdok_url": "Schrijf het begin van het adres van de Locatieserver, tot en met v3_1",
    "model": "Schrijf het pad van het bestand dat nlp train maakt, zoals var/lezer.npz",
    "log_level": "Kies debug, info, warning of error",
}


class Settings(BaseSettings):
    """Fixed names: other programs rely on them (architecture.md)."""

    model_config = SettingsConfigDict(env_prefix="MELDPUNT_", extra="ignore")

    database_url: str = "sqlite+aiosqlite:///var/meldpunt.db"
    telegram_token: str = Field("", repr=False)
    telegram_api: str = "https://api.telegram.org"
    telegram_mode: Literal["polling", "webhook"] = "polling"
    webhook_secret: str = Field("", repr=False)
    public_url: str = ""
    http: str = "127.0.0.1:8080"
    secret_keys: Annotated[tuple[str, ...], NoDecode] = Field((), repr=False)
    regio: str = "twente"
    geocoder: Literal["ingebouwd", "pdok"] = "ingebouwd"
    pdok_url: str = "https://api.pdok.nl/bzk/locatieserver/search/v3_1"
    model: Path = Path("var/lezer.npz")  # what `nlp train` made; without it the shipped one reads
    log_level: Literal["debug", "info", "warning", "error"] = "info"

    @field_validator("secret_keys", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("log_level", "telegram_mode", "geocoder", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.casefold() if isinstance(value, str) else value

    @field_validator("http")
    @classmethod
    def _address(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal() or int(port) > 65535:
            raise ValueError("geen adres met poort")
        return value

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        if value.partition(":")[0].partition("+")[0] not in {"sqlite", "postgresql", "postgres"}:
            raise ValueError("geen adres van SQLite of PostgreSQL")
        return value

    @field_validator("telegram_token")
    @classmethod
    def _token(cls, value: str) -> str:
        if value and not TOKEN.fullmatch(value):
            raise ValueError("heeft een verkeerde vorm")
        return value

    @field_validator("secret_keys")
    @classmethod
    def _keys(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if wrong := [str(at) for at, key in enumerate(value, 1) if not KEY.fullmatch(key)]:
            raise ValueError(f"sleutel {', '.join(wrong)} heeft een verkeerde vorm")
        return value

    @field_validator("telegram_api", "public_url", "pdok_url")
    @classmethod
    def _url(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("geen webadres")
        return value.rstrip("/")

    @property
    def host(self) -> str:
        return self.http.rpartition(":")[0]

    @property
    def port(self) -> int:
        return int(self.http.rpartition(":")[2])

    @property
    def address(self) -> str:
        """Where pages of ours are opened."""
        return self.public_url or f"http://{self.http}"

    @property
    def beside(self) -> Path:
        """The directory of the key file and the attachments: beside a SQLite database, else var/."""
        scheme, _, path = self.database_url.partition(":///")
        return Path(path.split("?")[0]).parent if scheme.startswith("sqlite") and path else Path("var")

    def problems(self) -> list[str]:
        """What is wrong between settings, each one right by itself."""
        found = []
        if self.telegram_mode == "webhook" and self.telegram_token:
            if not SECRET.fullmatch(self.webhook_secret):
                found.append(_problem("webhook_secret", "ontbreekt of heeft een verkeerde vorm"))
            if not self.public_url.startswith("https://"):
                found.append(_problem("public_url", "moet met https:// beginnen voor een webhook"))
        return found


def load(**overrides: object) -> Settings:
    """Raises BadSettings with every problem of the environment."""
    try:
        settings = Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        raise BadSettings([_problem(str(p["loc"][0]), _words(p)) for p in error.errors(include_input=False)]) from None
    if problems := settings.problems():
        raise BadSettings(problems)
    return settings


def without_wrong() -> Settings:
    """The settings with the default in the place of each wrong one: to look at the rest, never to serve with."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = {str(p["loc"][0]).removeprefix("MELDPUNT_").casefold() for p in error.errors(include_input=False)}
    defaults = {name: field.default for name, field in Settings.model_fields.items() if name in wrong}
    return Settings(**defaults)


def _words(problem: Mapping[str, Any]) -> str:
    """Ours say what is wrong; those of the library are English, and how to mend it stands behind them."""
    return str(problem["msg"]).removeprefix("Value error, ") if problem["type"] == "value_error" else "deze waarde kan niet"


def _problem(name: str, what: str) -> str:
    field = name.removeprefix("MELDPUNT_").casefold()
    return f"MELDPUNT_{field.upper()}: {what}. {MENDS.get(field, 'Kijk in de README bij instellingen')}."


def load_regio(name: str) -> Regio:
    """A shipped regio by name, or a file. Raises BadSettings by file, line and how to mend it."""
    if name in SHIPPED:
        text = resources.files("flows").joinpath(f"regios/{name}.toml").read_text(encoding="utf-8")
        return regio.parse(text, source=f"{name}.toml")
    try:
        text = Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = "bestaat niet" if isinstance(error, FileNotFoundError) else "kan niet worden gelezen"
        names = ", ".join(SHIPPED)
        raise BadSettings([f"MELDPUNT_REGIO: '{name}' {why}. Kies {names}, of geef het pad van een regiobestand."]) from None
    return regio.parse(text, source=name)
