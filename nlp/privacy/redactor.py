"""Hides personal data: finds the spans, and makes the text in which each is replaced by its kind.

Fails closed: what was hidden once is hidden everywhere in the text, and what two kinds claim is hidden whole.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from typing import Any

from flows.assessment import PersonalData
from nlp.privacy import identifiers, lists
from nlp.privacy.features import Context
from nlp.privacy.names import Names, Weights, read_weights
from nlp.reading import Reading
from nlp.rules.lexicon import source
from nlp.where import gazetteer
from nlp.where.addresses import Addresses


class Redactor:
    """A component: fills `pii` and `veilig`."""

    def __init__(self, names: Mapping[str, Any], addresses: Addresses, weights: Weights | None = None) -> None:
        """`names` is names.toml; the lists and, unless given, the weights are the shipped ones. Raises BadSettings."""
        shipped = weights or read_weights(resources.files("nlp").joinpath("model", "names.tsv").read_text(encoding="utf-8"))
        places = [entry.woonplaats for entry in gazetteer.national()]
        known = lists.build(source("namen.tsv"), source("woorden.tsv"), places)
        self._names = Names(names, known, shipped, places)
        self._addresses = addresses

    def __call__(self, reading: Reading) -> None:
        reading.pii = tuple(self.find(reading.text))
        reading.veilig = hide(reading.text, reading.pii)

    def find(self, text: str) -> list[PersonalData]:
        """In order and without overlap."""
        known = self._formed(text)
        persons = (PersonalData(start, end, "persoon") for start, end in self._names.find(text, known))
        found = _apart([*known, *persons])
        return _apart([*found, *_again(text, found)])

    def context(self, text: str) -> Context:
        """What the names are judged by; for who learns the weights."""
        return self._names.context(text, self._formed(text))

    def _formed(self, text: str) -> list[PersonalData]:
        """What has a form of its own: all but names."""
        return _apart([*identifiers.find(text), *self._places(text)])

    def _places(self, text: str) -> Iterator[PersonalData]:
        for address in self._addresses.find(text):
            yield PersonalData(address.start, address.end, "adres")
        for postcode in self._addresses.postcodes(text):
            yield PersonalData(postcode.start, postcode.end, "postcode")


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
    """The same words elsewhere in the text; not behind a number, "12 jan" is a date."""
    values = {text[span.start : span.eind]: span.soort for span in found}
    if not values:
        return
    longest = sorted(values, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?<!\d )(?:{'|'.join(map(re.escape, longest))})(?!\w)")
    for match in pattern.finditer(text):
        yield PersonalData(match.start(), match.end(), values[match[0]])


def hide(text: str, spans: Iterable[PersonalData]) -> str:
    """`text` with each span replaced by [soort]; spans in order and without overlap."""
    parts, last = [], 0
    for span in spans:
        parts += [text[last : span.start], f"[{span.soort}]"]
        last = span.eind
    return "".join([*parts, text[last:]])
