"""In which language a text is: the languages of the melders, and Dutch in case of doubt."""

import pytest

from nlp.language import Languages
from nlp.rules.lexicon import table

SERVED = table("language.toml")


@pytest.fixture(scope="module")
def languages() -> Languages:
    return Languages(SERVED["talen"], SERVED["zeker"])


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mijn buurman schreeuwt de hele nacht en praat tegen de muur", "nl"),
        ("my neighbour is shouting all night and talks to the wall", "en"),
        ("mein Nachbar schreit die ganze Nacht und redet mit der Wand", "de"),
        ("komşum bütün gece bağırıyor ve duvarla konuşuyor", "tr"),
        ("sąsiad krzyczy całą noc i mówi do ściany", "pl"),
        ("сусід кричить всю ніч і розмовляє зі стіною", "uk"),
        ("جاري يصرخ طوال الليل ويتحدث مع الحائط", "ar"),
    ],
)
def test_each_language_of_the_melders_is_told(languages: Languages, text: str, language: str) -> None:
    assert languages.tell(text) == language


@pytest.mark.parametrize(
    "text", ["hee steet weer bie 't hek", "wollah mn neef is niet normaal bro hij doet raar", "der is hier een vrouwtje"]
)
def test_dialect_and_slang_are_dutch(languages: Languages, text: str) -> None:
    assert languages.tell(text) == "nl"


@pytest.mark.parametrize("text", ["", " ", "\n", "112", "!!! 06-12345678", "🔥🔥", "\ufffd", "\u0301"])
def test_without_a_letter_it_is_dutch(languages: Languages, text: str) -> None:
    assert languages.tell(text) == "nl"


def test_below_the_border_it_is_dutch() -> None:
    text = "my neighbour is shouting all night"
    assert Languages(SERVED["talen"], 0.0).tell(text) == "en"
    assert Languages(SERVED["talen"], 1.1).tell(text) == "nl"


def test_only_the_served_languages_are_told() -> None:
    assert Languages(["nl", "de"], 0.0).tell("сусід кричить всю ніч") in {"nl", "de"}


def test_the_beginning_tells_the_language(languages: Languages) -> None:
    english = "my neighbour is shouting all night and talks to the wall. "
    assert languages.tell(english * 20 + "mijn buurman schreeuwt de hele nacht. " * 200) == "en"
