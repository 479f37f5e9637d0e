"""What the heads look at: words with their context, pieces of words, what the rules found, and the meaning of the whole.

All of it comes from a Reading that the rules have gone through; nothing here knows of a label.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from flows.assessment import SignaalStatus
from nlp.reading import Reading

_GRAMS = (3, 4, 5)  # letters
_MOST_GRAMS = 6000
_CONTEXTS = {"niet": "niet", "geen": "niet", "eerder": "eerder", "mogelijk": "mogelijk", "verhaal": "verhaal", "spreekt": "zegt"}
_OFTEN = 3
_LENGTHS = (8, 20, 40, 80, 160)  # words


def words(reading: Reading) -> Counter[str]:
    """Single words, pairs of words, and words marked with what is said around them: `niet:mes`."""
    counts: Counter[str] = Counter()
    around = _contexts(reading)
    before = "^"
    for index, written in enumerate(reading.words):
        if not written.strip():
            continue
        word = "0" if written.isdigit() else written
        counts[word] += 1
        counts[f"{before} {word}"] += 1
        for name in around.get(reading.clauses[index], ()):
            counts[f"{name}:{word}"] += 1
        before = word
    return counts


def grams(reading: Reading) -> Counter[str]:
    """Pieces of 3 to 5 letters within words, edges included: they outlive typing errors and dialect."""
    counts: Counter[str] = Counter()
    for word in reading.words:
        padded = f" {word} "
        if len(padded) > 2:
            counts.update(padded[at : at + size] for size in _GRAMS for at in range(max(1, len(padded) - size + 1)))
        if counts.total() > _MOST_GRAMS:
            break
    return counts


def signs(reading: Reading) -> Counter[str]:
    """What the rules found, by name; each once."""
    return Counter(dict.fromkeys(_signs(reading), 1))


def _signs(reading: Reading) -> Iterator[str]:
    yield from _found(reading)
    yield from _about(reading)
    yield from _form(reading)


def _found(reading: Reading) -> Iterator[str]:
    """What the rules say of danger and behaviour."""
    for finding in reading.findings:
        rule = finding.hit.rule
        yield f"{rule.soort} {rule.naam} {finding.status}"
        if rule.niveau and finding.status in {SignaalStatus.NU, SignaalStatus.MOGELIJK}:
            yield f"pleit {rule.niveau} {finding.status}{' net' if finding.recent else ''}{' over' if finding.ended else ''}"
    for signaal, status in reading.signalen.items():
        yield f"= {signaal} {status}"
    yield f"regels {reading.urgentie}"


def _about(reading: Reading) -> Iterator[str]:
    """Concepts, also with what is said around them; who writes, in which language, and what is told."""
    around = _contexts(reading)
    for start, _, concept in reading.concepts:
        yield f"gaat over {concept}"
        for name in around.get(reading.clauses[start], ()):
            yield f"{name}: {concept}"
    yield from _often(Counter(concept for _, _, concept in reading.concepts))
    for hit in reading.of_kind("context"):
        yield f"context {hit.rule.naam}"
    yield from (f"taal {reading.taal}", f"over {reading.betreft}", f"wie {reading.role}")
    yield from (f"zegt {topic}" for topic in reading.said)
    yield from (f"noemt {soort}" for soort in {span.soort for span in reading.pii})


def _often(concepts: Counter[str]) -> Iterator[str]:
    """What a text returns to, and whether it is of the melder only: the pronouns tell who it is about."""
    yield from (f"vaak over {concept}" for concept, times in concepts.items() if times >= _OFTEN)
    others, oneself = concepts["derde_persoon"], concepts["eerste_persoon"]
    yield f"ik {min(oneself, _OFTEN)} ander {min(others, _OFTEN)}"
    if oneself > others:
        yield "meer ik dan ander"


def _form(reading: Reading) -> Iterator[str]:
    count = len(reading.words)
    yield from (f"langer dan {length}" for length in _LENGTHS if count > length)
    if reading.text.isupper():
        yield "hoofdletters"
    yield from (f"teken {mark}" for mark in "?!" if mark in reading.text)


def _contexts(reading: Reading) -> Mapping[int, Sequence[str]]:
    """Per clause the names of what denies, dates back, doubts or tells of somebody else's words."""
    found: dict[int, set[str]] = {}
    for hit in reading.of_kind("context"):
        if name := _CONTEXTS.get(hit.rule.naam):
            found.setdefault(reading.clauses[hit.start], set()).add(name)
    return {clause: sorted(names) for clause, names in found.items()}
