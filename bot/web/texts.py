"""Dutch words that more than one page uses: for urgentie, status, themas, events, times. B1, without stigma."""

from collections.abc import Mapping
from datetime import timedelta

from flows.assessment import MelderRole, Thema, Urgentie
from flows.melding import EventKind, Status
from flows.people import Role
from flows.report import Anonymity

UNREAD = "nog niet beoordeeld"

# Never colour alone: a shape and a word.
MARKS: Mapping[Urgentie | None, tuple[str, str]] = {
    None: ("◆", UNREAD),
    Urgentie.ACUUT: ("●", "acuut"),
    Urgentie.SPOED: ("▲", "spoed"),
    Urgentie.REGULIER: ("■", "regulier"),
    Urgentie.ADVIES: ("○", "advies"),
    Urgentie.GEEN: ("–", "geen melding"),
}
STATUSES: Mapping[Status, str] = {
    Status.NEW: "nieuw",
    Status.LOOKED_AT: "iemand kijkt",
    Status.ASSIGNED: "gevraagd, nog geen antwoord",
    Status.ACKNOWLEDGED: "opgepakt",
    Status.CLOSED: "gesloten",
    Status.WITHDRAWN: "ingetrokken door de melder",
}
THEMAS: Mapping[Thema, str] = {
    Thema.VERWARDHEID: "verwardheid",
    Thema.SUICIDALITEIT: "zelfmoordgedachten",
    Thema.AGRESSIE: "agressie",
    Thema.OVERLAST: "overlast",
    Thema.VERWAARLOZING: "verwaarlozing",
    Thema.MIDDELEN: "alcohol of drugs",
    Thema.VERGEETACHTIG: "vergeetachtig",
    Thema.DAKLOOS: "dakloos",
    Thema.WONEN_GELD: "wonen en geld",
    Thema.GEZIN: "gezin",
    Thema.SOMBER: "somber",
    Thema.ZORGMIJDING: "wil geen zorg",
    Thema.NIET_GEZIEN: "niet gezien",
}
MELDERS: Mapping[MelderRole, str] = {
    MelderRole.BUUR: "buur",
    MelderRole.NAASTE: "naaste",
    MelderRole.VOORBIJGANGER: "voorbijganger",
    MelderRole.WIJKAGENT: "wijkagent",
    MelderRole.WONINGCORPORATIE: "woningcorporatie",
    MelderRole.PROFESSIONAL: "professional",
    MelderRole.ZELF: "het gaat om de melder zelf",
}
ANONYMITIES: Mapping[Anonymity, str] = {
    Anonymity.HIDDEN: "naam blijft bij het meldpunt",
    Anonymity.KNOWN: "de persoon mag weten wie meldt",
    Anonymity.ANONYMOUS: "anoniem, wij bewaren geen naam",
}
ROLES: Mapping[Role, str] = {
    Role.MEDEWERKER: "medewerker",
    Role.COORDINATOR: "coördinator",
    Role.REGIEVOERDER: "regievoerder",
    Role.VERVANGER: "vervanger van de regievoerder",
    Role.PIKET: "piketdienst",
    Role.PROFESSIONAL: "professional",
}
# `{who}` is the colleague, or "het systeem" when nobody did it.
EVENTS: Mapping[EventKind, str] = {
    EventKind.RECEIVED: "De melding kwam binnen",
    EventKind.UNFINISHED: "In de wachtrij gezet, de melder was nog bezig",
    EventKind.COMPLETED: "De melder maakte de melding af",
    EventKind.REVISED: "De melder paste het verhaal aan",
    EventKind.READ: "{who} las de melding",
    EventKind.LOOKED_AT: "{who} kijkt hiernaar",
    EventKind.ASSIGNED: "Toegewezen door {who}",
    EventKind.SKIPPED: "Overgeslagen: niet bereikbaar",
    EventKind.CLIMBED: "Geen antwoord, een trede hoger",
    EventKind.ACKNOWLEDGED: "{who} pakt dit op",
    EventKind.DECLINED: "{who} gaf dit terug",
    EventKind.URGENTIE: "Urgentie bepaald door {who}",
    EventKind.THEMA: "Thema’s bepaald door {who}",
    EventKind.GEMEENTE: "Gemeente bepaald door {who}",
    EventKind.ASKED: "{who} vroeg de melder iets",
    EventKind.ANSWERED: "De melder gaf antwoord",
    EventKind.NOTE: "Notitie van {who}",
    EventKind.CLOSED: "Gesloten door {who}",
    EventKind.REOPENED: "Heropend door {who}",
    EventKind.WITHDRAWN: "De melder trok de melding in",
    EventKind.UNDELIVERED: "Een bericht kwam niet aan",
    EventKind.ALARM: "Alarm naar het meldpunt",
    EventKind.LATE: "De termijn verstreek",
}


def span(length: timedelta) -> str:
    """ "2 d 4 u", "3 u 10 m", "12 m"."""
    minutes = int(length.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} u"
    return f"{hours} u {rest} m" if hours else f"{rest} m"


def term(due_in: timedelta | None) -> str:
    """ "nog 3 u 10 m", "12 m te laat", "" without a term."""
    if due_in is None:
        return ""
    return f"{span(-due_in)} te laat" if due_in < timedelta(0) else f"nog {span(due_in)}"


# What the command line of the desk offers: command, what follows it, what it does.
COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("/wachtrij", "", "Toon de wachtrij"),
    ("/niemand", "", "Toon wat niemand heeft"),
    ("/mijn", "", "Toon wat van mij is"),
    ("/melding", "NR", "Open een melding"),
    ("/kijk", "NR", "Ik kijk hiernaar"),
    ("/ik", "NR", "Ik pak dit op"),
    ("/nietvoormij", "NR reden", "Geef de melding terug"),
    ("/wijstoe", "NR naam", "Geef aan een collega of de regievoerder"),
    ("/urgentie", "NR waarde", "Bepaal de urgentie"),
    ("/thema", "NR thema’s", "Bepaal de thema’s"),
    ("/gemeente", "NR naam", "Bepaal de gemeente"),
    ("/vraag", "NR tekst", "Vraag iets aan de melder"),
    ("/notitie", "NR tekst", "Schrijf een interne notitie"),
    ("/sluit", "NR uitkomst", "Sluit de melding"),
    ("/heropen", "NR reden", "Open een gesloten melding weer"),
    ("/dienst", "aan of uit", "Zet uw dienst aan of uit"),
    ("/help", "", "Toon alle opdrachten"),
)
# How the detail of an event is called: name → words before the value.
DETAILS: Mapping[str, str] = {
    "asked": "gevraagd",
    "told": "gewaarschuwd",
    "why": "reden",
    "reason": "reden",
    "due": "antwoord voor",
    "from": "was",
    "to": "nu",
    "proposed": "voorstel was",
    "outcome": "uitkomst",
    "urgentie": "urgentie",
}
# Words of the machine in the detail of an event → words for people.
VALUES: Mapping[str, str] = {
    "unread": UNREAD,
    "unknown": "niet bekend",
    "ladder": "de regievoerder van de gemeente",
    "acknowledge": "niemand pakte het op tijd op",
    "first-look": "niemand keek op tijd",
    "unreachable": "niet bereikbaar",
    "melder-blocked": "de melder ontvangt geen berichten meer",
    "off-duty": "geen dienst",
    "geen-actie": "geen actie nodig",
    "verkeerd-loket": "verkeerd loket",
    "gemeente": "andere gemeente",
    "beschikbaar": "niet beschikbaar",
}
