"""How far two labellers agree on the held-out part: the second did not see the first one's labels (`data/second.jsonl`)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from typing import Any

from nlp.lab import measure
from nlp.lab.corpus import Example
from nlp.meaning.labels import LEVELS

FILE = "second.jsonl"


def second(text: str | None = None) -> Mapping[str, Mapping[str, Any]]:
    """Labels by id: urgentie, themas, signalen, betreft."""
    given = text if text is not None else resources.files("nlp").joinpath("data", FILE).read_text(encoding="utf-8")
    return {row["id"]: row for row in map(json.loads, given.splitlines())}


def lines(held: Sequence[Example], found: Mapping[str, Mapping[str, Any]] | None = None) -> Iterator[str]:
    """Krippendorff's alpha of the level (nominal, and by distance), of each thema and signaal as yes or no, with F1."""
    labels = second() if found is None else found
    both = [(one, labels[one.id]) for one in held if one.id in labels]
    levels = [(str(one.urgentie), str(other["urgentie"])) for one, other in both]
    rank = {str(level): at for at, level in enumerate(LEVELS)}
    themas = [frozenset(map(str, one.themas)) for one, _ in both], [frozenset(other["themas"]) for _, other in both]
    signs = [_pairs(one.signalen) for one, _ in both], [_pairs(other["signalen"]) for _, other in both]
    same = sum(str(one.betreft) == other["betreft"] for one, other in both)
    yield f"{len(both)} van {len(held)} teksten zijn een tweede keer gelabeld, zonder de eerste labels te zien."
    yield ""
    yield "| wat | Krippendorffs alfa | gelijk, of F1 tussen beiden |"
    yield "|---|---|---|"
    yield f"| urgentie, nominaal | {measure.alpha(levels):.3f} | {sum(a == b for a, b in levels) / len(levels):.3f} |"
    yield f"| urgentie, naar afstand | {measure.alpha(levels, lambda a, b: float((rank[a] - rank[b]) ** 2)):.3f} | |"
    yield f"| themas | {_binary(*themas):.3f} | {measure.micro_f1(*themas, range(len(both))):.3f} |"
    yield f"| signalen met status | {_binary(*signs):.3f} | {measure.micro_f1(*signs, range(len(both))):.3f} |"
    about = measure.alpha([(str(one.betreft), str(other["betreft"])) for one, other in both])
    yield f"| betreft | {about:.3f} | {same / len(both):.3f} |"


def _pairs(signalen: Mapping[Any, Any]) -> frozenset[str]:
    return frozenset(f"{name}={status}" for name, status in signalen.items())


def _binary(first: Sequence[frozenset[str]], other: Sequence[frozenset[str]]) -> float:
    """Every label of every text as a question with yes or no."""
    names = sorted(frozenset().union(*first, *other))
    pairs = [(str(name in a), str(name in b)) for a, b in zip(first, other, strict=True) for name in names]
    return measure.alpha(pairs)
