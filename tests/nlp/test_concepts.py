"""Lists of words for what a text is about: how they are read, how they are found, and that every mistake is named."""

from collections.abc import Iterable

import pytest
import spacy

from flows.errors import BadSettings
from nlp import concepts
from nlp.concepts import Concepts
from nlp.normalise import plain
from nlp.reading import Reading
from nlp.rules import lexicon

TOKENS = spacy.blank("nl").tokenizer


def found(lines: str, text: str, words: Iterable[str] | None = None) -> list[tuple[int, int, str]]:
    """`words`: what the normaliser made of the tokens; else the tokens in small letters."""
    doc = TOKENS(text)
    reading = Reading(text, doc, tuple(words) if words is not None else tuple(plain(token.text) for token in doc))
    Concepts(concepts.read(lines))(reading)
    return reading.concepts


def test_a_word_and_a_phrase_are_found_where_they_stand() -> None:
    lines = "wapen\tmes, stanley mes\nschuld\tdeurwaarder"
    assert found(lines, "de deurwaarder zag een stanley mes") == [(1, 2, "schuld"), (4, 6, "wapen"), (5, 6, "wapen")]


def test_a_star_is_the_beginning_of_a_word_of_any_length() -> None:
    lines = "schuld\tschuld*"
    assert found(lines, "schulden schuld schuldhulpverleningsorganisatie") == [(at, at + 1, "schuld") for at in range(3)]
    assert found(lines, "onschuldig schul") == []


def test_a_star_without_more_is_no_whole_word_elsewhere_in_a_phrase() -> None:
    assert found("weg\tloopt weg*", "hij loopt weggetjes") == [(1, 3, "weg")]
    assert found("weg\tloopt weg", "hij loopt weggetjes") == []


def test_a_phrase_that_the_text_breaks_off_is_not_found() -> None:
    assert found("wapen\tmes in hand", "een mes in") == []


def test_capitals_accents_and_stretched_letters_do_not_matter() -> None:
    assert found("kind\tbaby, één kind", "BÁÁÁBY en een kind") == [(0, 1, "kind"), (2, 4, "kind")]


def test_a_word_is_found_as_written_and_as_the_normaliser_meant_it() -> None:
    lines = "a\tmessie\nb\tmes"
    assert found(lines, "messie", ["mes"]) == [(0, 1, "a"), (0, 1, "b")]


def test_a_word_that_is_not_read_is_no_concept() -> None:
    assert found("wapen\tmes", "mes mes", ["", "mes"]) == [(1, 2, "wapen")]


def test_the_same_entry_twice_counts_once() -> None:
    assert concepts.read("a\tmes, mes\na\tmes") == [(("mes",), "a")]


def test_remarks_and_empty_lines_are_no_entries() -> None:
    assert concepts.read("# een opmerking\n\na\tmes") == [(("mes",), "a")]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("wapen mes", "verwacht een naam"),
        ("wapen voorwerp\tmes", "verwacht een naam"),
        ("\tmes", "verwacht een naam"),
        ("wapen\tmes, , bijl", "een tot 4 woorden"),
        ("wapen\teen heel erg groot mes", "een tot 4 woorden"),
        ("wapen\tm*s", "een * staat alleen aan het eind"),
        ("wapen\tmes ver*der", "een * staat alleen aan het eind"),
        ("wapen\tmes*", "te kort voor de *"),
        ("wapen\t*", "te kort voor de *"),
    ],
)
def test_a_mistake_is_named_with_its_line(line: str, wrong: str) -> None:
    with pytest.raises(BadSettings) as caught:
        concepts.read(f"# goed\na\tbijl\n{line}", "lijst.tsv")
    (problem,) = caught.value.problems
    assert problem.startswith("lijst.tsv:3: ")
    assert wrong in problem


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(BadSettings) as caught:
        concepts.read("fout\na\tmes*, b*c\nb\tbijl")
    assert [problem.split(": ")[0] for problem in caught.value.problems] == [f"{concepts.FILE}:{line}" for line in (1, 2, 2)]


def test_every_shipped_entry_finds_itself() -> None:
    """A phrase whose words are cut otherwise, or that is longer than is looked up, would never be found."""
    entries = concepts.read(lexicon.source(concepts.FILE))
    component = Concepts(entries)
    lost = []
    for words, name in entries:
        text = " ".join(word.removesuffix("*") for word in words)
        doc = TOKENS(text)
        reading = Reading(text, doc, tuple(plain(token.text) for token in doc))
        component(reading)
        lost += [] if name in {concept for _, _, concept in reading.concepts} else [text]
    assert lost == []
