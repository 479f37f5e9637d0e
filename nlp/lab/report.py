"""`make evaluate`: every figure with its interval, floor and goal; candidates, ablation, confusion. Fails below a floor."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

import numpy as np

from flows.assessment import MelderRole, Urgentie
from nlp import triage
from nlp.lab import ablation, agreement, candidates, card, evaluate, figures, measure, pace, pictures
from nlp.lab.corpus import LANGUAGES, Part
from nlp.lab.corpus import load as load_corpus
from nlp.lab.evaluate import Read
from nlp.lab.figures import Row
from nlp.meaning.labels import LEVELS
from nlp.where import national

ROOT = Path(__file__).parents[2]
PLAIN = ROOT.parent / "shared" / "data" / "plain_dutch.txt"
IMAGES = ROOT / "docs" / "img"
_TAGS = ("dialect", "straattaal", "typo", "verhuld", "hard")
SHORT = ROOT / "docs" / "triage-tekort.md"  # what was tried for what falls short, by hand


def run(target: TextIO, *, compare: bool = True) -> int:
    """The exit code: 1 when a figure is below its floor."""
    reader = triage.load()
    examples = load_corpus()
    held = [one for one in examples if one.part is Part.HELD]
    read = [Read(one, *reader.read_with_chances(one.text)) for one in held]
    rows = [*evaluate.rows(read, gemeenten_of()), *plain_rows(reader), *pace.rows(held)]
    _say(target, [f"# Cijfers van {reader.version}, op {len(held)} apart gehouden teksten", ""])
    _say(target, figures.table(rows))
    _say(target, ["", "## Verwarring (rij: label, kolom: gelezen)", "", *confusion(read)])
    _say(target, ["", "## Per bron en taal", "", *by_group(read)])
    _say(target, ["", "## Overeenstemming van twee beoordelaars", "", *agreement.lines(held)])
    _say(target, ["", "## Wat elk deel toevoegt", "", *ablation.lines(examples)])
    if compare:
        others = candidates.compare(examples, ablation.rules_only())
        _say(target, ["", "## Kandidaten", "", *candidates.table([*others, in_use(read, rows)])])
    draw(read)
    card.write(ROOT / "docs" / "triage-card.md", reader.version, rows, read, examples)
    failing = [row.name for row in rows if row.fails]
    short = [row.name for row in rows if row.short and not row.fails]
    _say(target, ["", f"Onder de ondergrens: {'; '.join(failing) or 'niets'}."])
    _say(target, [f"Onder het doel: {'; '.join(short) or 'niets'}. Wat geprobeerd is: {SHORT.relative_to(ROOT)}."])
    return 1 if failing else 0


def in_use(read: Sequence[Read], rows: Iterable[Row]) -> candidates.Candidate:
    """The whole reader beside the candidates; its milliseconds as `rows` has them."""
    gold, found = evaluate.levels(read)
    [median] = [row.figure.value for row in rows if row.name == pace.MEDIAN]
    return candidates.running("hybride", gold, np.array([one.chance for one in read]), found, median)


def gemeenten_of() -> Callable[[str], frozenset[str]]:
    """In which gemeenten a woonplaats lies; its name with or without the province."""
    places: dict[str, set[str]] = {}
    for entry in national.national():
        for name in (entry.woonplaats, national.bare(entry.woonplaats)):
            places.setdefault(name, set()).add(entry.gemeente)
    return lambda name: frozenset(places.get(name, ()))


def plain_rows(reader: triage.DutchTriage) -> Iterator[Row]:
    """False acuut on sentences of news and Wikipedia, when they are here."""
    if PLAIN.exists():
        lines = [line for line in PLAIN.read_text(encoding="utf-8").splitlines() if line.strip()]
        false = sum(reader.read(line).urgentie is Urgentie.ACUUT for line in lines)
        yield Row("acuut op gewone zinnen", measure.share(false, len(lines)), 0.003, 0.0005, most=True)


def confusion(read: Sequence[Read]) -> Iterator[str]:
    matrix = measure.confusion(*evaluate.levels(read), len(LEVELS))
    yield "| | " + " | ".join(LEVELS) + " |"
    yield "|---" * (len(LEVELS) + 1) + "|"
    for name, row in zip(LEVELS, matrix.tolist(), strict=True):
        yield f"| {name} | " + " | ".join(map(str, row)) + " |"


def by_group(read: Sequence[Read]) -> Iterator[str]:
    """Recall of acuut and macro-F1 per source, per language, dialect and street language."""
    groups = [(f"bron {bron}", [one for one in read if one.example.bron is bron]) for bron in MelderRole]
    groups += [(f"taal {taal}", [one for one in read if one.example.taal == taal]) for taal in sorted(LANGUAGES)]
    groups += [
        (tag, [one for one in read if tag in one.example.tags]) for tag in ("dialect", "straattaal", "typo", "verhuld", "hard")
    ]
    yield "| groep | n | gevonden acuut | macro-F1 |"
    yield "|---|---|---|---|"
    for name, some in groups:
        if some:
            yield f"| {name} | {len(some)} | {_acute(some)} | {_macro(some)} |"


def _acute(some: Sequence[Read]) -> str:
    gold, found = evaluate.levels(some)
    acute = gold == 0
    return str(measure.share(int((acute & (found == 0)).sum()), int(acute.sum()))) if acute.any() else ""


def _macro(some: Sequence[Read]) -> str:
    gold, found = evaluate.levels(some)
    return str(measure.bootstrap(lambda at: measure.macro_f1(gold[at], found[at], len(LEVELS)), len(some)))


def draw(read: Sequence[Read]) -> None:
    pictures.confusion(
        measure.confusion(*evaluate.levels(read), len(LEVELS)), [str(level) for level in LEVELS], IMAGES / "confusion.png"
    )
    certainty, right = evaluate.calibration(read)
    pictures.calibration(np.asarray(certainty), right, IMAGES / "calibration.png")


def _say(target: TextIO, lines: Iterator[str] | Sequence[str]) -> None:
    target.writelines(f"{line}\n" for line in lines)
    target.flush()


if __name__ == "__main__":
    sys.exit(run(sys.stdout))
