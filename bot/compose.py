"""The one composition root. Tests are this plus overrides. Building opens the database and nothing else leaves the house."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot import calendar, hub, settings
from bot.channels import webchat
from bot.crew import Crew
from bot.delivery import Delivery, Sender
from bot.door import InboxDoor
from bot.fetching import Fetch, Fetching
from bot.geocoding.pdok import PdokGeocoder
from bot.handling import Handling, Reader
from bot.pace import Pace
from bot.render import Renderer
from bot.settings import Settings
from flows.door import Kept
from flows.house import House
from flows.ports import Clock, Geocoder, Parcel, Triage
from flows.regio import Regio
from nlp import triage as dutch
from nlp.where.gazetteer import PlaceEntry
from nlp.where.geocoder import EmbeddedGeocoder
from storage import engine, keycheck
from storage import secrets as vaults
from storage.engine import Database
from storage.filestore import FileStore
from storage.leases import Leases
from storage.migrate import migrate
from storage.overview import Overview
from storage.secrets import Vault
from storage.sessions import Sessions
from storage.timeline import Timeline
from storage.unit_of_work import Begin, make_begin

WEB = "webchat:web"


@dataclass(frozen=True, slots=True)
class Store:
    """The rooms of the database."""

    database: Database
    vault: Vault
    begin: Begin
    files: FileStore
    timeline: Timeline
    sessions: Sessions
    leases: Leases
    overview: Overview


@dataclass(slots=True)
class App:
    """Everything, put together. `holder` names this process in leases. `readers`, `senders` and `fetchers` grow by channel."""

    settings: Settings
    regio: Regio
    house: House
    store: Store
    hub: hub.Hub
    door: InboxDoor
    renderer: Renderer
    clock: Clock
    made_keys: Path | None = None
    holder: str = field(default_factory=lambda: secrets.token_hex(8))
    readers: dict[str, Reader] = field(default_factory=dict)
    senders: dict[str, Sender] = field(default_factory=dict)
    fetchers: dict[str, Fetch] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def count(self, name: str) -> None:
        """For the health page: what happened how often since the start."""
        self.counts[name] = self.counts.get(name, 0) + 1

    def handling(self) -> Crew[Kept]:
        worker = Handling(self.house, self.readers, self.hub)
        return Crew("inbox", hub.INBOX, self.hub, worker.claim, worker.handle)

    def delivery(self) -> Crew[Parcel]:
        pace = Pace(frozenset(channel for channel in self.senders if channel != "webchat"))
        worker = Delivery(self.house, self.senders, self.renderer, pace, self.hub)
        return Crew("outbox", "outbox", self.hub, worker.claim, worker.deliver, hands=64)

    def fetching(self) -> Fetching:
        return Fetching(self.store.begin, self.store.files, self.fetchers, self.clock)

    async def close(self) -> None:
        await self.store.database.close()
        if isinstance(self.house.geocoder, PdokGeocoder):
            await self.house.geocoder.close()
        if isinstance(self.house.triage, dutch.DutchTriage):
            self.house.triage.close()


def now() -> datetime:
    return datetime.now(UTC)


def digits(count: int) -> str:
    """Unguessable, the first one not 0, so that nobody drops it."""
    return str(secrets.randbelow(9) + 1) + "".join(str(secrets.randbelow(10)) for _ in range(count - 1))


def keys_of(own: Settings) -> tuple[tuple[str, ...], Path | None]:
    """The keys, and the path of the key file when it was made just now."""
    if own.secret_keys:
        return own.secret_keys, None
    path = own.beside / "secret.keys"
    keys, made = vaults.load_or_make_keys(path)
    return keys, path if made else None


def places(regio: Regio) -> list[PlaceEntry]:
    return [
        PlaceEntry(woonplaats, gemeente.naam, gemeente.postcodes)
        for gemeente in regio.gemeenten
        for woonplaats in gemeente.woonplaatsen
    ]


def geocoder(own: Settings, reader: Triage, clock: Clock) -> Geocoder | None:
    """None: the triage is another one than ours, and has no gazetteer to fall back on."""
    if not isinstance(reader, dutch.DutchTriage):
        return None
    embedded = EmbeddedGeocoder(reader.gazetteer)
    return PdokGeocoder(own.pdok_url, embedded, clock) if own.geocoder == "pdok" else embedded


async def open_store(own: Settings, vault: Vault, clock: Clock) -> Store:
    """Opened, migrated, and the key checked against what is in it."""
    database = await engine.open_database(own.database_url)
    try:
        await migrate(database)
        await keycheck.check_keys(database, vault)
    except BaseException:
        await database.close()
        raise
    begin = make_begin(database, vault, clock=clock)
    files = FileStore(own.beside / "bijlagen", vault)
    timeline = Timeline(database, vault, clock=clock)
    return Store(database, vault, begin, files, timeline, Sessions(database), Leases(database), Overview(database, vault))


def reader_of(own: Settings, regio: Regio) -> dutch.DutchTriage:
    """With what `nlp train` made when that is there; raises BadSettings when it cannot be read."""
    return dutch.load(places(regio), own.model if own.model.exists() else None)


async def build(
    own: Settings, *, triage: Triage | None = None, clock: Clock = now, house: Callable[[House], House] = lambda same: same
) -> App:
    """`house` may change what the flows are handed: tests do."""
    regio = settings.load_regio(own.regio)
    keys, made = keys_of(own)
    reader = triage or reader_of(own, regio)
    store = await open_store(own, Vault(keys), clock)
    built = House(
        begin=store.begin,
        triage=reader,
        regio=regio,
        clock=clock,
        holiday=calendar.is_holiday,
        digits=digits,
        page=lambda path: own.address + path,
        geocoder=geocoder(own, reader, clock),
    )
    wakes = hub.Hub()
    door = InboxDoor(store.begin, clock, wakes)
    app = App(own, regio, house(built), store, wakes, door, Renderer.load(clock=clock), clock, made)
    app.readers[WEB] = webchat.read
    app.senders["webchat"] = webchat.WebSender(store.timeline, wakes, clock)
    return app


Ready = Callable[[], Awaitable[Mapping[str, object]]]
