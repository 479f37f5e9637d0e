"""The pages on a real database, with a browser of aiohttp; and people and meldingen to show on them."""

import json
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.channels import webchat
from bot.channels.rendered import Button, Rendered
from bot.hub import Hub
from bot.web.app import make_app
from bot.web.parts import WebParts
from flows.assessment import Assessment, Reason, Urgentie
from flows.melding import Melding, Status
from flows.messages import Text
from flows.people import Invitation, Person, Role
from flows.report import Part, Report
from storage.engine import Database
from storage.filestore import FileStore
from storage.secrets import Vault
from storage.sessions import Sessions
from storage.timeline import Timeline
from storage.unit_of_work import Begin
from tests.fakes import FakeClock

REGIO = "twente"


class Labels:
    """Implements `bot.web.parts.Words`: the name of the text."""

    def label(self, text: Text) -> str:
        return text.name


@dataclass
class WebHouse:
    parts: WebParts
    client: TestClient[Any, Any]
    clock: FakeClock
    begin: Begin

    @property
    def origin(self) -> str:
        return str(self.client.make_url("/")).rstrip("/")

    async def get(self, path: str, **headers: str) -> ClientResponse:
        return await self.client.get(path, headers={k.replace("_", "-"): v for k, v in headers.items()}, allow_redirects=False)

    async def post(self, path: str, body: Mapping[str, object]) -> ClientResponse:
        return await self.client.post(path, json=body, headers={"Origin": self.origin}, allow_redirects=False)

    async def say(self, text: str, own_id: str = "", path: str = "/chat/messages") -> ClientResponse:
        return await self.post(path, {"id": own_id or str(uuid.uuid4()), "kind": "text", "text": text})

    def cookie(self, name: str, path: str) -> str:
        found = self.client.session.cookie_jar.filter_cookies(self.client.make_url(path)).get(name)
        return found.value if found else ""

    async def lane(self, name: str = "meldpunt_chat", path: str = "/chat") -> str:
        session = await self.parts.sessions.find(self.cookie(name, path), self.clock())
        assert session is not None
        return webchat.key_of(session.chat).lane

    async def answer(self, lane: str, text: str, *buttons: Button, key: str = "", melding: str = "") -> None:
        sender = webchat.WebSender(self.parts.timeline, self.parts.hub, self.clock)
        chat = lane.split(":", 2)[2]
        rows = tuple((button,) for button in buttons)
        await sender.send(Rendered(webchat.key_of(chat), text, text, rows, key=key or str(uuid.uuid4()), melding=melding))

    async def person(self, role: Role = Role.MEDEWERKER, gemeente: str = "", name: str = "Sanne") -> str:
        """The start code of a new person."""
        code = uuid.uuid4().hex
        async with self.begin() as work:
            await work.people.invite(code, Invitation(role, REGIO, gemeente, name=name))
            await work.commit()
        return code

    async def log_in(self, role: Role = Role.MEDEWERKER, gemeente: str = "") -> Person:
        code = await self.person(role, gemeente)
        response = await self.client.post(f"/start/{code}", headers={"Origin": self.origin}, allow_redirects=False)
        assert response.status == 303
        async with self.begin() as work:
            return (await work.people.all(REGIO))[-1]

    async def melding(self, text: str = "Mijn buurman roept al weken 's nachts.", **fields: Any) -> Melding:
        why = (Reason(19, 27, "duurt al weken", True),)
        reading = Assessment(Urgentie.REGULIER, 0.8, "Mijn buurman roept.", "test", uitleg=why)
        report = fields.pop("report", None) or Report(parts=(Part("1", text, self.clock()),), reading=reading)
        standing = {"urgentie": Urgentie.REGULIER, "gemeente": "Enschede", "status": Status.NEW, **fields}
        new = Melding(
            number="", regio=REGIO, report=report, conversation=webchat.key_of("melder"), received_at=self.clock(), **standing
        )
        async with self.begin() as work:
            added = await work.meldingen.add(new)
            await work.commit()
        return added


@asynccontextmanager
async def opened(
    database: Database, vault: Vault, begin: Begin, clock: FakeClock, folder: Path, **overrides: Any
) -> AsyncIterator[WebHouse]:
    async def ready() -> Mapping[str, object]:
        await database.ping()
        return {"opslag": True}

    given: dict[str, Any] = {
        "begin": begin,
        "timeline": Timeline(database, vault, clock=clock),
        "sessions": Sessions(database),
        "files": FileStore(folder / "files", vault),
        "renderer": Labels(),
        "regio_name": "Twente",
        "clock": clock,
        "hub": Hub(),
        "public_url": "http://meldpunt.example",
        "ready": ready,
        "start_seconds": 0.0,
        **overrides,
    }
    parts = WebParts(**given)
    async with TestClient(TestServer(make_app(parts))) as client:
        yield WebHouse(parts, client, clock, begin)


async def events(response: ClientResponse, count: int) -> list[tuple[str, int, dict[str, Any]]]:
    """The next `count` events of a stream: name, id, data."""
    found: list[tuple[str, int, dict[str, Any]]] = []
    fields: dict[str, str] = {}
    while len(found) < count:
        line = (await response.content.readline()).decode().rstrip("\n")
        if line and not line.startswith(":"):
            name, _, value = line.partition(": ")
            fields[name] = value
        elif not line and "event" in fields:
            found.append((fields["event"], int(fields["id"]), json.loads(fields["data"])))
            fields = {}
    return found
