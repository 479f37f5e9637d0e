"""The held-out texts whose level is read otherwise than labelled: the list must equal the failures exactly, both ways.

On a processor without the instructions for numbers of 8 bits that the list was made with, rounding may move a text over a border.
"""

from pathlib import Path

from nlp.lab import corpus
from nlp.lab.corpus import Part
from nlp.triage import DutchTriage

LIST = Path(__file__).parent / "data" / "held_failures.tsv"
SLACK = 9  # of 933, elsewhere only


def same_numbers() -> bool:
    found = Path("/proc/cpuinfo")
    return found.exists() and "avx512_vnni" in found.read_text(encoding="ascii", errors="replace")


def test_the_failures_on_the_held_out_part_are_exactly_the_known_ones(dutch_everywhere: DutchTriage) -> None:
    held = [one for one in corpus.load() if one.part is Part.HELD]
    read = {one.id: str(dutch_everywhere.read(one.text).urgentie) for one in held}
    failures = {one.id: read[one.id] for one in held if read[one.id] != one.urgentie}
    known = dict(line.split("\t") for line in LIST.read_text(encoding="utf-8").splitlines())
    moved = failures.items() ^ known.items()
    assert not moved or (not same_numbers() and len({name for name, _ in moved}) <= SLACK), sorted(moved)
