"""Reads a TOML settings file and gathers every mistake with its line, instead of stopping at the first.

tomllib gives no lines for what it has read, so the line of a key is looked up in the text. Knows nothing of what is set.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field

from flows import errors

HEADER = re.compile(r"\s*(\[\[?)\s*([\w.\- ]+?)\s*\]\]?\s*(?:#.*)?")
SYNTAX_LINE = re.compile(r"\(at line (\d+)")
TWICE = ("Cannot overwrite", "Cannot declare")


@dataclass(slots=True)
class Report:
    """What is wrong so far: (line, sentence)."""

    source: str
    text: str
    found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, wrong: str, mend: str) -> None:
        self.found.append((line, f"{self.source}, regel {line}: {wrong}. {mend}"))

    def raise_if_any(self) -> None:
        if self.found:
            raise errors.BadSettings([sentence for _, sentence in sorted(self.found)])


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `name` as in its header, "" for the top; `index` counts the tables of one [[name]]."""

    report: Report
    values: Mapping[str, object]
    name: str = ""
    index: int = 0

    def wrong(self, key: str, wrong: str, mend: str, *, value: object = None) -> None:
        """Report at the line of `key`, or of `value` in its list; a missing key at the header of the table."""
        self.report.add(_line(self.report.text, self, key, value), wrong, mend)

    def refuse_unknown(self, *known: str) -> None:
        for key in self.values:
            if key not in known:
                self.wrong(key, f"de sleutel '{key}' is onbekend", f"Kies uit: {', '.join(known)}")

    def text(self, key: str, default: str | None = None) -> str:
        """ "" after a report. Without `default` the key must be there."""
        value = self.values.get(key, default)
        if isinstance(value, str) and (value.strip() or default is not None):
            return value.strip()
        self._missing_or(key, "moet een tekst zijn", f'Schrijf {key} = "..."')
        return ""

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        value = self.values.get(key, list(default) if default is not None else None)
        if isinstance(value, list) and all(isinstance(item, str) for item in value) and (value or default is not None):
            return tuple(value)
        self._missing_or(key, "moet een lijst met teksten zijn", f'Schrijf {key} = ["...", "..."]')
        return ()

    def pair(self, key: str) -> tuple[float, float] | None:
        match self.values.get(key):
            case [int() | float() as one, int() | float() as two] if not isinstance(one, bool) and not isinstance(two, bool):
                return float(one), float(two)
        self._missing_or(key, "moet uit twee getallen bestaan", f"Schrijf {key} = [52.221, 6.893]")
        return None

    def table(self, key: str) -> "Table":
        """Empty when it is not there."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            self.wrong(key, f"'{key}' moet een tabel zijn", f"Schrijf [{self._path(key)}] op een eigen regel")
            value = {}
        return Table(self.report, value, self._path(key))

    def tables(self, key: str) -> tuple["Table", ...]:
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.wrong(key, f"'{key}' moet uit tabellen bestaan", f"Schrijf [[{key}]] boven elke tabel")
            return ()
        if not value:
            self.wrong(key, f"er staan geen {key} in", f"Schrijf voor elke een tabel met [[{key}]] erboven")
        return tuple(Table(self.report, item, self._path(key), index) for index, item in enumerate(value))

    def _path(self, key: str) -> str:
        return f"{self.name}.{key}".lstrip(".")

    def _missing_or(self, key: str, wrong: str, mend: str) -> None:
        self.wrong(key, f"'{key}' {wrong if key in self.values else 'ontbreekt'}", mend)


def read(text: str, source: str) -> Table:
    """The top table. errors.BadSettings at once when this is no TOML: then there is nothing more to check."""
    report = Report(source, text)
    try:
        return Table(report, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        found = SYNTAX_LINE.search(str(error))
        line = int(found[1]) if found else max(1, len(text.splitlines()))
        if str(error).startswith(TWICE):
            report.add(line, "dit staat er al eerder in", "Haal een van de twee weg")
        else:
            report.add(line, "dit is geen geldige TOML", "Kijk naar de aanhalingstekens, haakjes en komma's")
        report.raise_if_any()
        raise


def _line(text: str, table: Table, key: str, value: object) -> int:
    """1-based."""
    lines = text.splitlines()
    start, stop = _span(lines, table)
    # at the start of a line, or inside an inline table or a dotted key
    named = re.compile(rf"(?:\s*|[^#]*[.{{,]\s*)[\"']?{re.escape(key)}[\"']?\s*(?:=|\.\w)")
    at = next((n for n in range(start, stop) if named.match(lines[n])), None)
    if at is None:
        return _header(lines, table._path(key)) or max(1, start)
    literals = (f'"{value}"', f"'{value}'")
    return next((n for n in range(at, stop) if value is not None and any(item in lines[n] for item in literals)), at) + 1


def _span(lines: list[str], table: Table) -> tuple[int, int]:
    """The lines (from 0) after the header of the table, up to the next header."""
    headers = [(n, found[2]) for n, line in enumerate(lines) if (found := HEADER.fullmatch(line))]
    mine = [n for n, name in headers if name == table.name]
    start = mine[table.index] + 1 if table.index < len(mine) else 0
    return start, next((n for n, _ in headers if n >= start), len(lines))


def _header(lines: list[str], name: str) -> int:
    """The line (from 1) of the first [name]; 0 when there is none."""
    return next((n for n, line in enumerate(lines, 1) if (found := HEADER.fullmatch(line)) and found[2] == name), 0)
