"""The parts of a regio file: terms, office hours, gemeenten. Each reads one table and reports what is wrong in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from types import MappingProxyType

from flows.assessment import Urgentie
from flows.deadlines import WEEKDAYS, OfficeHours, Term
from flows.gemeenten import Gemeente, name_key
from flows.toml_reader import Table

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
CODE = re.compile(r"GM\d{4}")
NETNUMMER = re.compile(r"0\d{2,3}")
CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
TERM = re.compile(r"(\d{1,5}) (minuut|minuten|uur|uren|werkuur|werkuren|werkdag|werkdagen)")
RANGE = re.compile(r"([1-9]\d{3})(?:-([1-9]\d{3}))?")
# the box around the European part of the Netherlands, degrees
LATITUDES = (50.7, 53.7)
LONGITUDES = (3.2, 7.3)

ACKNOWLEDGE: Mapping[Urgentie, Term] = MappingProxyType(
    {
        Urgentie.ACUUT: Term(minutes=5),
        Urgentie.SPOED: Term(minutes=60),
        Urgentie.REGULIER: Term(working_days=1),
        Urgentie.ADVIES: Term(working_days=5),
    }
)
FIRST_LOOK: Mapping[Urgentie, Term] = MappingProxyType(
    {
        Urgentie.ACUUT: Term(minutes=15),
        Urgentie.SPOED: Term(working_minutes=4 * 60),
        Urgentie.REGULIER: Term(working_days=1),
        Urgentie.ADVIES: Term(working_days=5),
    }
)


@dataclass(frozen=True, slots=True)
class Terms:
    """Per urgentie: somebody says "ik pak dit op" (`acknowledge`), the meldpunt looks (`first_look`). GEEN has no term."""

    acknowledge: Mapping[Urgentie, Term] = field(default_factory=lambda: ACKNOWLEDGE)
    first_look: Mapping[Urgentie, Term] = field(default_factory=lambda: FIRST_LOOK)


def key(top: Table) -> str:
    said = top.text("key")
    if said and not KEY.fullmatch(said):
        top.wrong("key", f"key '{said}' kan niet", "Gebruik kleine letters, cijfers en streepjes, zoals 'west-brabant'")
    return said


def urgenties(top: Table, name: str, default: frozenset[Urgentie]) -> frozenset[Urgentie]:
    """An empty list is allowed: then nothing goes by itself."""
    chosen = []
    for said in top.texts(name, tuple(default)):
        if said in set(Urgentie):
            chosen.append(Urgentie(said))
        else:
            top.wrong(name, f"urgentie '{said}' is onbekend", f"Kies uit: {', '.join(Urgentie)}", value=said)
    return frozenset(chosen)


def office_hours(table: Table) -> OfficeHours:
    table.refuse_unknown("dagen", "van", "tot")
    usual = OfficeHours()
    days = _days(table)
    opens = _clock(table, "van", usual.opens)
    closes = _clock(table, "tot", usual.closes)
    if opens is None or closes is None or not days:
        return usual
    if opens >= closes:
        table.wrong("van", f"van {opens:%H:%M} is niet voor tot {closes:%H:%M}", "Zet de vroegste tijd bij van")
        return usual
    return OfficeHours(days, opens, closes)


def _days(table: Table) -> frozenset[int]:
    if "dagen" not in table.values:
        return OfficeHours().days
    days = []
    for said in table.texts("dagen"):
        if said in WEEKDAYS:
            days.append(WEEKDAYS.index(said))
        else:
            table.wrong("dagen", f"dag '{said}' is onbekend", f"Kies uit: {', '.join(WEEKDAYS)}", value=said)
    return frozenset(days)


def _clock(table: Table, name: str, default: time) -> time | None:
    said = table.text(name, f"{default:%H:%M}")
    if found := CLOCK.fullmatch(said):
        return time(int(found[1]), int(found[2]))
    if isinstance(table.values.get(name), str):
        table.wrong(name, f"'{said}' is geen tijd", 'Schrijf uren en minuten, zoals "08:30"')
    return None


def terms(table: Table) -> Terms:
    table.refuse_unknown("oppakken", "bekijken")
    return Terms(_terms(table.table("oppakken"), ACKNOWLEDGE), _terms(table.table("bekijken"), FIRST_LOOK))


def _terms(table: Table, defaults: Mapping[Urgentie, Term]) -> Mapping[Urgentie, Term]:
    """What the file leaves out keeps its default."""
    table.refuse_unknown(*defaults)
    own = {urgentie: _term(table, urgentie) for urgentie in defaults if urgentie in table.values}
    return MappingProxyType({**defaults, **own})


def _term(table: Table, urgentie: Urgentie) -> Term:
    said = table.text(urgentie)
    found = TERM.fullmatch(said)
    count = int(found[1]) if found else 0
    if not found and said:
        table.wrong(urgentie, f"'{said}' is geen termijn", 'Schrijf bijvoorbeeld "60 minuten", "4 werkuren" of "1 werkdag"')
    elif found and not count:
        table.wrong(urgentie, f"termijn '{said}' is nul", "Neem ten minste 1")
    match found[2] if found else "":
        case "minuut" | "minuten":
            return Term(minutes=count)
        case "uur" | "uren":
            return Term(minutes=count * 60)
        case "werkuur" | "werkuren":
            return Term(working_minutes=count * 60)
        case _:
            return Term(working_days=count)


def gemeenten(top: Table) -> tuple[Gemeente, ...]:
    found: dict[str, Gemeente] = {}
    for table in top.tables("gemeenten"):
        gemeente = _gemeente(table)
        name = name_key(gemeente.naam)[0]
        if name and name in found:
            table.wrong("naam", f"gemeente '{gemeente.naam}' staat er twee keer in", "Haal een van de twee weg")
        found[name] = gemeente
    return tuple(found.values())


def _gemeente(table: Table) -> Gemeente:
    table.refuse_unknown("naam", "code", "netnummer", "district", "woonplaatsen", "postcodes", "midden")
    latitude, longitude = _middle(table)
    return Gemeente(
        naam=table.text("naam"),
        code=_shaped(table, "code", CODE, table.text("code"), "Schrijf de CBS-code, zoals GM0153"),
        netnummer=_shaped(table, "netnummer", NETNUMMER, table.text("netnummer", ""), "Schrijf drie of vier cijfers, zoals 053"),
        district=table.text("district", ""),
        woonplaatsen=table.texts("woonplaatsen"),
        postcodes=tuple(part for said in table.texts("postcodes") if (part := _range(table, said))),
        latitude=latitude,
        longitude=longitude,
    )


def _shaped(table: Table, name: str, shape: re.Pattern[str], said: str, mend: str) -> str:
    if said and not shape.fullmatch(said):
        table.wrong(name, f"{name} '{said}' kan niet", mend)
    return said


def _range(table: Table, said: str) -> tuple[int, int] | None:
    found = RANGE.fullmatch(said)
    if found is None:
        table.wrong("postcodes", f"'{said}' is geen reeks postcodes", 'Schrijf "7511-7548" of "7511"', value=said)
        return None
    first, last = int(found[1]), int(found[2] or found[1])
    if first > last:
        table.wrong("postcodes", f"reeks '{said}' loopt terug", f'Schrijf "{last}-{first}"', value=said)
    return first, last


def _middle(table: Table) -> tuple[float, float]:
    pair = table.pair("midden")
    if pair is None:
        return 0.0, 0.0
    latitude, longitude = pair
    if not (LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]):
        table.wrong(
            "midden", f"het punt {latitude}, {longitude} ligt niet in Nederland", "Schrijf [noorderbreedte, oosterlengte]"
        )
    return pair
