import pytest

from flows import errors
from nlp.normalise import Normaliser, plain, readable
from nlp.rules import lexicon
from nlp.rules.patterns import Reader
from nlp.rules.phrases import Matcher, Rule

GOOD = '[[regel]]\nsoort = "signaal"\nnaam = "wapen"\nzinnen = ["met .. {scherp}"]\n'


def build(text: str) -> lexicon.Lexicon:
    return lexicon.build({"scherp": ["mes", "bijl"]}, {}, ["geen"], {"x.toml": text}, split=lambda word: word.split("-"))


def test_a_good_lexicon_loads() -> None:
    assert len(build(GOOD).rules) == 1


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (GOOD.replace("wapen", "wpaen"), "x.toml:1: naam is een van"),
        (GOOD.replace("signaal", "sein"), "x.toml:1: soort is een van"),
        (GOOD.replace("{scherp}", "{bot}"), "x.toml:4: onbekende woordgroep {bot}"),
        (GOOD.replace('"met .. {scherp}"', '".. mes"'), "x.toml:4: een zin begint niet"),
        (GOOD.replace("{scherp}", "wc-eend"), "x.toml:4: kan nooit passen: wc-eend wordt gesplitst"),
        (GOOD.replace("{scherp}", "hak~hakken"), "x.toml:4: onbekend werkwoord hakken"),
        (GOOD + "kleur = 1\n", "x.toml:1: onbekend: kleur"),
        (GOOD + "[", "x.toml: "),
        (GOOD + 'niveau = "rood"\n', "x.toml:1: niveau is een van"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, problem: str) -> None:
    with pytest.raises(errors.BadSettings) as caught:
        build(text)
    assert caught.value.problems[0].startswith(problem)


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("zwaai* met .. mes", "hij zwaait met een groot mes", 1),
        ("met .. mes", "met een twee drie vier mes", 0),
        ("mes & dreigt", "hij dreigt haar met een mes", 1),
        ("een groot? mes", "een mes en een groot mes", 2),
        ("ik|wij slaan", "wij slaan", 1),
        ("met een stuk_glas|mes", "met een stuk glas", 1),
        ("mes & dreigt ! film", "hij dreigt met een mes in de film", 0),
    ],
)
def test_phrases(phrase: str, text: str, found: int) -> None:
    matcher = Matcher(Reader({}))
    matcher.add(Rule("signaal", "wapen", "x:1"), phrase)
    words = text.split()
    assert len(matcher.find(words, [0] * len(words))) == found


def test_a_phrase_never_crosses_a_sentence() -> None:
    matcher = Matcher(Reader({}))
    matcher.add(Rule("signaal", "wapen", "x:1"), "met .. mes")
    assert not matcher.find(["met", "haar", "mes"], [0, 0, 1])


def test_words_are_normalised() -> None:
    normaliser = Normaliser({"nie": "niet"}, ["schroevendraaier"])
    assert normaliser.word("NIE") == "niet"
    assert normaliser.word("schroevndraaier") == "schroevendraaier"
    assert normaliser.word("zwaar") == "zwaar"
    assert plain("Psychóse") == "psychose"
    assert len(readable("a\ud800\0b")) == 4
