"""Values to store. Names and words in here are looked for in the raw database by `test_sealed.py`."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flows.assessment import Assessment, Locatie, MelderRole, PersonalData, Reason, Signaal, SignaalStatus, Thema, Topic, Urgentie
from flows.door import RawUpdate
from flows.melding import Melding, Status
from flows.messages import Choice, ConversationKey, Incoming, Kind, Location, Outgoing, say
from flows.report import File, Part, Report
from tests.fakes import NOON

KEY = ConversationKey("telegram", "77", "4711")
OTHER = ConversationKey("telegram", "77", "4712")
WORDS = "Mijn buurvrouw Annelies de Wit loopt met een mes over de Dorpsstraat"


def raw(update_id: object, lane: str | None = KEY.lane, bot: str = "77") -> RawUpdate:
    return RawUpdate("telegram", bot, str(update_id), lane, f'{{"text": "{WORDS} {update_id}"}}'.encode())


def incoming(update_id: object, message_id: str = "", kind: Kind = Kind.TEXT, key: ConversationKey = KEY) -> Incoming:
    return Incoming(key, str(update_id), kind, NOON, message_id=message_id, text=WORDS)


def outgoing(name: str = "hello", to: ConversationKey = KEY, **more: Any) -> Outgoing:
    return Outgoing(to, (say(name),), **more)


def full_outgoing(to: ConversationKey = KEY) -> Outgoing:
    """Every field is filled."""
    button = Choice(say("yes"), "m:1:yes", url="https://example.org")
    texts = (say("hello", name="Annelies", times=3, code="0042"),)
    more: dict[str, Any] = {"not_before": NOON, "ask_location": True, "collapse": "greeting", "resend_when_unknown": True}
    return Outgoing(to, texts, ((button,), (button, button)), **more, melding="M-2026-000001", person=3, callback_id="cb")


def assessment() -> Assessment:
    return Assessment(
        Urgentie.ACUUT,
        0.93,
        "Mijn buurvrouw [persoon] loopt met een mes over de [adres]",
        "test-1",
        themas=(Thema.AGRESSIE,),
        signalen={Signaal.WAPEN: SignaalStatus.NU},
        locatie=Locatie(straat="Dorpsstraat", candidates=("Almelo", "Borne")),
        pii=(PersonalData(15, 30, "persoon"),),
        uitleg=(Reason(43, 46, "mes", True),),
        said=(Topic.DANGER,),
        role=MelderRole.BUUR,
    )


def report(text: str = WORDS) -> Report:
    return Report(
        parts=(Part("1", text, NOON, earlier=("Annelies",)), Part("2", "Dorpsstraat 7", NOON, Topic.PLACE, answer=True)),
        role=MelderRole.BUUR,
        location=Location(52.35, 6.66),
        locatie=Locatie(woonplaats="Almelo"),
        asked=(Topic.ROLE, Topic.PLACE),
        files=(File("f1", "photo"),),
        reading=assessment(),
    )


def melding(**more: Any) -> Melding:
    made = Melding("", "twente", Status.NEW, report(), KEY, NOON, urgentie=Urgentie.REGULIER, gemeente="Almelo", asked=(3, 17))
    return replace(made, **more)


def at(hour: int, minute: int = 0) -> datetime:
    return NOON.replace(hour=hour, minute=minute)
