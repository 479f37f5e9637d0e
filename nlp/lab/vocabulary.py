"""Which pieces of words the encoder keeps: 60,000 of the 250,002, since a table of all of them would be four times as large.

Without its piece a word is cut in smaller ones; every single character stays.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from nlp.meaning.encoder import MOST as _WINDOW
from nlp.meaning.pieces import Pieces
from nlp.rules.lexicon import source

MOST = 60_000
SPECIALS = range(4)  # begin, padding, end, unknown
_LISTS = ("namen.tsv", "woorden.tsv", "straatnamen.tsv")
_FREQUENT = {"nl": 120_000, "en": 40_000, "de": 40_000, "tr": 30_000, "pl": 30_000, "uk": 25_000, "ar": 25_000}


def choose(
    cutter: Pieces, names: Sequence[str], needed: Iterable[str], wanted: Iterable[str], most: int = MOST
) -> tuple[int, ...]:  # fmt: skip
    """Numbers of the kept pieces, ascending, the specials first. `cutter`: with all pieces; `names`: theirs.

    Kept is what cuts the texts in `needed`, even above `most`; then what cuts those in `wanted`, in their order, while it fits.
    """
    kept = {*SPECIALS, *(number for number, name in enumerate(names) if len(name) == 1)}
    for text in needed:
        kept |= _used(cutter, text)
    for text in wanted:
        if len(kept) >= most:
            break
        more = _used(cutter, text) - kept
        if len(kept) + len(more) <= most:
            kept |= more
    return tuple(sorted(kept))


def _used(cutter: Pieces, text: str) -> set[int]:
    return {number for cut in cutter.windows(text, _WINDOW) for number in cut.ids}


def own_words() -> Iterator[str]:
    """Names, words, streets, woonplaatsen and gemeenten of nlp/data."""
    for name in _LISTS:
        yield from (row[0] for row in _rows(name))
    for gemeente, woonplaatsen in _rows("gemeenten.tsv"):
        yield gemeente
        yield from woonplaatsen.split(",")


def _rows(name: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in source(name).splitlines() if line and not line.startswith("#"))


def frequent() -> Iterator[str]:
    """The commonest words of the languages of the melders (wordfreq), the commonest of each language first."""
    from wordfreq import top_n_list

    return in_turn({taal: top_n_list(taal, count) for taal, count in _FREQUENT.items()})


def in_turn(lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """All words; one halfway its list comes after every word of the first half of another."""
    placed = ((at / len(words), taal, word) for taal, words in lists.items() for at, word in enumerate(words))
    return (word for _, _, word in sorted(placed))
