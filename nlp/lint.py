"""Words of phrases that can never match: the tokeniser splits them or the spelling list writes them otherwise."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from nlp.normalise import plain
from nlp.patterns import Element, Reader


def unreachable(
    phrases: Iterable[tuple[str, str]], reader: Reader, spellings: Mapping[str, str], split: Callable[[str], Sequence[str]]
) -> Iterator[str]:
    """`phrases`: place and phrase. One line per phrase with an alternative that no text can bring."""
    written = {plain(word): plain(meant) for word, meant in spellings.items()}
    known: dict[str, str] = {}
    for where, phrase in phrases:
        for word in sorted(_words(reader, phrase)):
            if word not in known:
                known[word] = _why(word, written, split)
            if known[word]:
                yield f"{where}: {known[word]} in «{phrase}»"


def _words(reader: Reader, phrase: str) -> set[str]:
    """As far as the phrase can be read; what cannot be is told elsewhere."""
    try:
        elements = [e for sides in reader.phrase(phrase) for side in sides for e in side.elements]
    except ValueError:
        return set()
    return {word for element in elements for word in _of(element)}


def _of(element: Element) -> Iterator[str]:
    yield from element.words
    for words in element.several:
        yield from words


def _why(word: str, written: Mapping[str, str], split: Callable[[str], Sequence[str]]) -> str:
    if written.get(word, word) != word:
        return f"kan nooit passen: {word} wordt gelezen als {written[word]}"
    if len(split(word)) != 1:
        return f"kan nooit passen: {word} wordt gesplitst"
    return ""
