"""A filter for the command line: one JSON line {"id", "text"} in, one JSON line out. A bad line never stops the rest."""

import json
from typing import Any

from flows.assessment import Assessment, Locatie
from nlp.triage import DutchTriage


def triage_line(triage: DutchTriage, line: str) -> str:
    """The assessment of one line, or {"id", "fout"}."""
    return _answer(line, lambda name, text: assessment(name, triage.read(text)))


def redact_line(triage: DutchTriage, line: str) -> str:
    """The text without personal data, or {"id", "fout"}."""
    return _answer(line, lambda name, text: _redacted(name, triage.read(text)))


def assessment(name: Any, read: Assessment) -> dict[str, Any]:
    return {
        "id": name,
        "urgentie": read.urgentie,
        "zekerheid": round(read.zekerheid, 3),
        "themas": list(read.themas),
        "signalen": dict(read.signalen),
        "betreft": read.betreft,
        "locatie": _place(read.locatie) if read.locatie else None,
        "taal": read.taal,
        "pii": _spans(read),
        "veilig": read.veilig,
        "uitleg": [
            {"start": r.start, "eind": r.eind, "wat": r.wat, "richting": "omhoog" if r.omhoog else "omlaag"} for r in read.uitleg
        ],
        "model": read.model,
    }


def _redacted(name: Any, read: Assessment) -> dict[str, Any]:
    return {"id": name, "veilig": read.veilig, "pii": _spans(read)}


def _place(locatie: Locatie) -> dict[str, str]:
    parts = {name: getattr(locatie, name) for name in ("straat", "huisnummer", "postcode", "woonplaats", "gemeente")}
    return {name: value for name, value in parts.items() if value}


def _spans(read: Assessment) -> list[dict[str, Any]]:
    return [{"start": span.start, "eind": span.eind, "soort": span.soort} for span in read.pii]


def _answer(line: str, judge: Any) -> str:
    name: Any = None
    try:
        given = json.loads(line)
        if isinstance(given, dict):
            name = given.get("id")
        if not isinstance(given, dict) or not isinstance(given.get("text"), str):
            return _dump({"id": name, "fout": 'verwacht een JSON-object met "id" en "text"'})
    except (ValueError, RecursionError) as error:
        return _dump({"id": None, "fout": f"geen leesbare JSON: {error}"})
    return _dump(judge(name, given["text"]))


def _dump(value: dict[str, Any]) -> str:
    """Lone surrogates in an id survive as escapes; all else stays readable."""
    text = json.dumps(value, ensure_ascii=False)
    return json.dumps(value) if any("\ud800" <= char <= "\udfff" for char in text) else text
