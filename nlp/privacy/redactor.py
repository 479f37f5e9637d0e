"""Hides personal data: finds the spans, and makes the text in which each is replaced by its kind.

Fails closed: what was hidden once is hidden everywhere in the text, and what two kinds claim is hidden whole.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flows.assessment import PersonalData
from nlp.privacy import identifiers
from nlp.privacy.names import Names
from nlp.reading import Reading
from nlp.where.addresses import Addresses


class Redactor:
    """A component: fills `pii` and `veilig`."""

    def __init__(self, names: Mapping[str, Any], addresses: Addresses) -> None:
        self._names = Names(names)
        self._addresses = addresses

    def __call__(self, reading: Reading) -> None:
        found = _apart([*identifiers.find(reading.text), *self._places(reading.text), *self._persons(reading)])
        reading.pii = tuple(_apart([*found, *_again(reading.text, found)]))
        reading.veilig = hide(reading.text, reading.pii)

    def _places(self, text: str) -> Iterator[PersonalData]:
        for address in self._addresses.find(text):
            yield PersonalData(address.start, address.end, "adres")
        for postcode in self._addresses.postcodes(text):
            yield PersonalData(postcode.start, postcode.end, "postcode")

    def _persons(self, reading: Reading) -> Iterator[PersonalData]:
        for start, end in self._names.find(reading):
            yield PersonalData(*reading.span(start, end), "persoon")


def _apart(spans: Iterable[PersonalData]) -> list[PersonalData]:
    """In order and without overlap: spans that touch each other become one, of the kind that was surest."""
    ranked = list(enumerate(spans))
    result: list[tuple[int, PersonalData]] = []
    for rank, span in sorted(ranked, key=lambda item: (item[1].start, item[0])):
        if result and span.start < result[-1][1].eind:
            last_rank, last = result.pop()
            soort = last.soort if last_rank < rank else span.soort
            result.append((min(last_rank, rank), PersonalData(last.start, max(last.eind, span.eind), soort)))
        else:
            result.append((rank, span))
    return [span for _, span in result]


def _again(text: str, found: Iterable[PersonalData]) -> Iterator[PersonalData]:
    """The same words elsewhere in the text."""
    values = {text[span.start : span.eind]: span.soort for span in found}
    if not values:
        return
    longest = sorted(values, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    for match in pattern.finditer(text):
        yield PersonalData(match.start(), match.end(), values[match[0]])


def hide(text: str, spans: Iterable[PersonalData]) -> str:
    """`text` with each span replaced by [soort]; spans in order and without overlap."""
    parts, last = [], 0
    for span in spans:
        parts += [text[last : span.start], f"[{span.soort}]"]
        last = span.eind
    return "".join([*parts, text[last:]])
