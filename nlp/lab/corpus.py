"""The corpus: invented texts with the labels of the codebook (`triage-guide.md`), personal data marked as `[[soort:waarde]]`.

One JSON object a line. The texts of one plot (one situation) are always in the same part: no story is both learned and measured.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from flows.assessment import Betreft, MelderRole, PersonalData, Signaal, SignaalStatus, Thema, Urgentie
from flows.errors import BadSettings

FOLDER = Path(__file__).parents[1] / "data" / "corpus"
LANGUAGES = frozenset({"nl", "en", "de", "tr", "pl", "uk", "ar"})
KINDS = frozenset(
    {"persoon", "adres", "postcode", "telefoon", "email", "bsn", "geboortedatum", "kenteken", "iban", "account"}
)  # fmt: skip
_MARK = re.compile(r"\[\[(\w+):(.*?)\]\]", re.DOTALL)
_KEYS = frozenset({"plot", "bron", "taal", "text", "urgentie", "themas", "signalen", "betreft", "locatie", "tags"})
_PLACE_KEYS = frozenset({"straat", "huisnummer", "postcode", "woonplaats"})
_TYPES = dict.fromkeys(("plot", "bron", "taal", "text", "urgentie", "betreft"), str) | {
    "themas": list,
    "signalen": dict,
    "tags": list,
}
_HELD, _TUNE = 22, 36  # of every 100 plots: held out below the first, for tuning below the second
_LATER, _LATER_TUNE = "b", 12  # authors who wrote after the held-out part had been labelled twice: none of theirs is held out


class Part(StrEnum):
    TRAIN = "train"
    TUNE = "tune"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text; `pii` as offsets in `text`, which has no marks."""

    id: str
    part: Part
    bron: MelderRole
    taal: str
    text: str
    urgentie: Urgentie
    themas: frozenset[Thema]
    signalen: Mapping[Signaal, SignaalStatus]
    betreft: Betreft
    locatie: Mapping[str, str]
    pii: tuple[PersonalData, ...]
    tags: frozenset[str]


def load(folder: Path = FOLDER) -> list[Example]:
    """Every text of every file, in order; raises BadSettings with one line per mistake: file, line, what is wrong."""
    problems: list[str] = []
    found: list[Example] = []
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            read, wrong = _line(line, f"{path.stem}-{number:04}", path.stem)
            problems += [f"{path.name}:{number}: {problem}" for problem in wrong]
            found += [read] if read else []
    if problems:
        raise BadSettings(problems)
    return found


def ordinary(folder: Path = FOLDER.parent / "ordinary") -> list[str]:
    """Sentences as newspapers and encyclopedias have them, invented too: no melding at all. Only for training."""
    lines = [line.strip() for path in sorted(folder.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def nothing() -> list[Example]:
    """The ordinary sentences as examples of `geen`."""
    found = []
    for number, text in enumerate(ordinary(), 1):
        row = {"bron": "voorbijganger", "taal": "nl", "text": text, "urgentie": "geen", "themas": [], "signalen": {}}
        rest: dict[str, Any] = {"betreft": "ander", "locatie": None, "tags": [], "plot": str(number)}
        found.append(_example(row | rest, f"ordinary-{number:04}", "ordinary"))
    return found


def part_of(author: str, plot: str) -> Part:
    """By a hash of the plot, so it stays when texts are added; the held-out part no longer grows."""
    drawn = int.from_bytes(hashlib.sha256(f"{author}:{plot}".encode()).digest()[:4]) % 100
    if author.startswith(_LATER):
        return Part.TUNE if drawn < _LATER_TUNE else Part.TRAIN
    return Part.HELD if drawn < _HELD else Part.TUNE if drawn < _TUNE else Part.TRAIN


def plain(marked: str) -> tuple[str, tuple[PersonalData, ...]]:
    """The text without its marks, and where the marked data stand in it."""
    parts: list[str] = []
    spans: list[PersonalData] = []
    length = last = 0
    for match in _MARK.finditer(marked):
        before, value = marked[last : match.start()], match[2]
        length += len(before)
        spans.append(PersonalData(length, length + len(value), match[1]))
        length += len(value)
        parts += [before, value]
        last = match.end()
    return "".join([*parts, marked[last:]]), tuple(spans)


def _line(line: str, name: str, author: str) -> tuple[Example | None, list[str]]:
    try:
        row = json.loads(line)
    except ValueError as error:
        return None, [f"geen leesbare JSON: {error}"]
    if not isinstance(row, dict) or row.keys() != _KEYS:
        return None, [f"verwacht de velden {', '.join(sorted(_KEYS))}"]
    problems = list(_mistyped(row)) or list(_problems(row))
    return (None, problems) if problems else (_example(row, name, author), [])


def _example(row: Mapping[str, Any], name: str, author: str) -> Example:
    text, pii = plain(row["text"])
    return Example(
        id=name,
        part=part_of(author, row["plot"]),
        bron=MelderRole(row["bron"]),
        taal=row["taal"],
        text=text,
        urgentie=Urgentie(row["urgentie"]),
        themas=frozenset(map(Thema, row["themas"])),
        signalen={Signaal(name): SignaalStatus(status) for name, status in row["signalen"].items()},
        betreft=Betreft(row["betreft"]),
        locatie=dict(row["locatie"] or {}),
        pii=pii,
        tags=frozenset(row["tags"]),
    )


def _mistyped(row: Mapping[str, Any]) -> Iterator[str]:
    for key, kind in _TYPES.items():
        given = row[key]
        inside = given.values() if isinstance(given, dict) else given
        if not isinstance(given, kind) or not all(isinstance(value, str) for value in inside):
            yield f"{key} is van de verkeerde soort"
    if not isinstance(row["locatie"], dict | None):
        yield "locatie is van de verkeerde soort"


def _problems(row: Mapping[str, Any]) -> Iterator[str]:
    for key, allowed in (("bron", MelderRole), ("urgentie", Urgentie), ("betreft", Betreft)):
        if row[key] not in set(allowed):
            yield f"{key} is een van {', '.join(allowed)}"
    if row["taal"] not in LANGUAGES:
        yield f"taal is een van {', '.join(sorted(LANGUAGES))}"
    if unknown := sorted(set(row["themas"]) - set(Thema)):
        yield f"onbekend thema: {', '.join(unknown)}"
    if unknown := sorted(row["signalen"].keys() - set(Signaal)):
        yield f"onbekend signaal: {', '.join(unknown)}"
    if unknown := sorted(set(row["signalen"].values()) - set(SignaalStatus)):
        yield f"onbekende status: {', '.join(unknown)}"
    if row["urgentie"] == Urgentie.GEEN and row["themas"]:
        yield "bij geen horen geen themas"
    yield from _marked(row["text"])
    yield from _placed(row["locatie"])


def _marked(text: str) -> Iterator[str]:
    if unknown := sorted({soort for soort, _ in _MARK.findall(text)} - KINDS):
        yield f"onbekende soort persoonsgegeven: {', '.join(unknown)}"
    if "[[" in plain(text)[0]:
        yield "een merkteken van een persoonsgegeven is niet gesloten"


def _placed(locatie: Mapping[str, str] | None) -> Iterator[str]:
    if locatie is None:
        return
    if unknown := sorted(locatie.keys() - _PLACE_KEYS):
        yield f"onbekend in locatie: {', '.join(unknown)}"
    if not locatie or not all(isinstance(value, str) and value for value in locatie.values()):
        yield "locatie is null of heeft ten minste een ingevuld veld"
