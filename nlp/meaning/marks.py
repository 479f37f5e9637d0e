"""What the rules know of each word, as numbers beside it: the encoder reads words and marks together."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from flows.assessment import Signaal, SignaalStatus, Thema, Urgentie
from nlp.reading import Finding, Reading

_CONTEXTS = ("niet", "geen", "eerder", "recent", "nu", "mogelijk", "verhaal", "spreekt", "figuurlijk")
_SIGNALEN, _THEMAS = list(Signaal), list(Thema)
_CLAUSE = len(_CONTEXTS)
_SIGN = 2 * _CLAUSE
_NOT_NOW = _SIGN + len(_SIGNALEN)
_THEME = _NOT_NOW + len(_SIGNALEN)
_LEVEL = _THEME + len(_THEMAS)
_CONCEPTS = _LEVEL + len(Urgentie)


def marks(reading: Reading, concepts: Sequence[str]) -> NDArray[np.float32]:
    """Words × columns: the context words themselves, the context of the clause, the signs with their level, the concepts."""
    columns = {name: _CONCEPTS + at for at, name in enumerate(concepts)}
    table = np.zeros((len(reading.words), _CONCEPTS + len(concepts)), dtype=np.float32)
    for start, end, name in reading.concepts:
        if name in columns:
            table[start:end, columns[name]] = 1
    clauses = np.asarray(reading.clauses)
    for hit in reading.of_kind("context"):
        if hit.rule.naam in _CONTEXTS:
            column = _CONTEXTS.index(hit.rule.naam)
            table[hit.start : hit.end, column] = 1
            table[clauses == clauses[hit.start], _CLAUSE + column] = 1
    for finding in reading.findings:
        for start, end in finding.hit.parts or ((finding.hit.start, finding.hit.end),):
            table[start:end, _columns(finding)] = 1
    return table


def _columns(finding: Finding) -> list[int]:
    rule = finding.hit.rule
    columns = [_THEME + _THEMAS.index(thema) for thema in rule.themas]
    if rule.soort == "signaal":
        number = _SIGNALEN.index(Signaal(rule.naam))
        columns.append(_SIGN + number)
        if finding.status is not SignaalStatus.NU:
            columns.append(_NOT_NOW + number)
    if rule.soort == "thema":
        columns.append(_THEME + _THEMAS.index(Thema(rule.naam)))
    if rule.niveau:
        columns.append(_LEVEL + rule.niveau.rank)
    return columns


def beside(reading: Reading, marked: NDArray[np.float32], starts: tuple[int, ...]) -> NDArray[np.float32]:
    """`marked`: of the words. Per piece the marks of the word in which it stands; nothing beside begin and end."""
    table = np.zeros((len(starts), marked.shape[1]), dtype=np.float32)
    begins = [token.idx for token in reading.doc]
    if begins:
        words = np.searchsorted(begins, starts, side="right") - 1
        table[:] = marked[np.clip(words, 0, len(begins) - 1)]
        table[0] = table[-1] = 0
    return table
