"""Words of phrases that can never match, because the tokeniser splits them."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from nlp.rules.patterns import Element, Reader


def unreachable(phrases: Iterable[tuple[str, str]], reader: Reader, split: Callable[[str], Sequence[str]]) -> Iterator[str]:
    """`phrases`: place and phrase. One line per phrase with an alternative that no text can bring."""
    splits: dict[str, bool] = {}
    seen: set[int] = set()
    for where, phrase in phrases:
        for word in sorted(_words(reader, phrase, seen)):
            if word not in splits:
                splits[word] = not word.isalpha() and len(split(word)) != 1
            if splits[word]:
                yield f"{where}: kan nooit passen: {word} wordt gesplitst in «{phrase}»"


def _words(reader: Reader, phrase: str, seen: set[int]) -> set[str]:
    """As far as the phrase can be read; what cannot be is told elsewhere."""
    try:
        elements = [e for sides in reader.phrase(phrase) for side in sides for e in side.elements if id(e) not in seen]
    except ValueError:
        return set()
    seen.update(id(element) for element in elements)  # the reader keeps them, so an id stays one element
    return {word for element in elements for word in _of(element)}


def _of(element: Element) -> Iterator[str]:
    yield from element.words
    for words in element.several:
        yield from words
