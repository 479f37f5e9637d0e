"""Why this level: at most five reasons, each in plain Dutch and at its words; doubt comes first."""

from dataclasses import replace

import pytest

from flows.assessment import Signaal, SignaalStatus, Urgentie
from nlp import explain, triage
from nlp.explain import Explanation
from nlp.normalise import readable
from nlp.pipeline import Pipeline
from nlp.reading import Reading
from nlp.rules.lexicon import table
from nlp.triage import DutchTriage
from nlp.weighty import Weighty

TEXTS = (
    "",
    "ok",
    "bedankt, fijne dag",
    "hij staat met een mes voor de deur en schreeuwt dat hij haar dood maakt",
    "mijn buurvrouw is al weken in de war, ze eet niet, ze slaapt niet, haar post stapelt zich op en het stinkt",
    "vorig jaar liep hij met een mes rond, nu gaat het goed met hem",
    "er ligt een man op straat, hij bloedt, er is brand, er is gas, er is een kind bij, hij dreigt te springen en heeft een bijl",
    "he is standing on the roof with a knife and says he will jump",
    "MIJN ZOON WIL NIET MEER LEVEN!!! hij heeft pillen",
)


@pytest.fixture(scope="module")
def rules() -> Pipeline:
    """Without the readers of the meaning: what the rules say stands."""
    return Pipeline(triage.gazetteer_of())


def by_rules(rules: Pipeline, text: str) -> Reading:
    return rules.read(readable(text), ((0, len(text)),))


def explained(reading: Reading) -> Reading:
    Explanation(Weighty(table("explain.toml")))(reading)
    return reading


@pytest.mark.parametrize("text", TEXTS)
def test_at_most_five_reasons_with_words_and_inside_the_text(dutch: DutchTriage, text: str) -> None:
    read = dutch.read(text)
    assert len(read.uitleg) <= 5
    for reason in read.uitleg:
        assert 0 <= reason.start <= reason.eind <= len(text)
        assert reason.wat.strip()
        assert reason.start < reason.eind or reason.wat.startswith("eerst een mens")


def test_a_text_full_of_danger_still_has_five(dutch: DutchTriage) -> None:
    assert len(dutch.read(TEXTS[6]).uitleg) == 5


def test_something_urgent_never_goes_without_a_reason(dutch: DutchTriage) -> None:
    reasons = dutch.read(TEXTS[3]).uitleg
    assert any(reason.omhoog for reason in reasons)
    assert any("mes" in TEXTS[3][reason.start : reason.eind] for reason in reasons)


def test_doubt_is_named_first_with_both_levels(rules: Pipeline) -> None:
    reading = by_rules(rules, TEXTS[6])
    reading.doubt = (Urgentie.SPOED, Urgentie.REGULIER)
    first, *rest = explained(reading).uitleg
    assert first.wat == "eerst een mens: de lezer twijfelt tussen spoed en regulier"
    assert first.omhoog
    assert len(rest) == 4
    assert not any("eerst een mens" in reason.wat for reason in rest)


def test_without_doubt_no_person_is_asked_first(rules: Pipeline) -> None:
    assert not any("eerst een mens" in reason.wat for reason in by_rules(rules, TEXTS[3]).uitleg)


def test_the_weightiest_comes_first_wherever_it_stands(rules: Pipeline) -> None:
    reading = by_rules(rules, "het stinkt bij hem, hij gilt en hij staat met een mes voor de deur")
    assert "mes" in reading.text[reading.uitleg[0].start : reading.uitleg[0].eind]


def test_a_denied_sign_lowers_and_says_so(rules: Pipeline) -> None:
    reasons = by_rules(rules, "hij heeft geen mes").uitleg
    assert {reason.wat for reason in reasons} >= {"ontkend: een wapen"}
    assert not any(reason.omhoog or reason.wat.count("ontkend") > 1 for reason in reasons)


def test_what_the_readers_contradict_is_not_named(rules: Pipeline) -> None:
    reading = by_rules(rules, "hij heeft een mes")
    assert explain.named(reading)
    reading.signalen, reading.themas = {}, ()
    assert explain.named(reading) == []
    reading.signalen = {Signaal.WAPEN: SignaalStatus.NIET}
    assert explain.named(reading) == []


def test_what_lowers_is_only_named_at_a_low_level(rules: Pipeline) -> None:
    reading = by_rules(rules, "bedankt, fijne dag")
    reading.urgentie = Urgentie.ADVIES
    lowering = [reason for reason in explain.named(reading) if not reason.omhoog]
    assert lowering
    reading.urgentie = Urgentie.ACUUT
    assert not [reason for reason in explain.named(reading) if reason in lowering]


def test_each_reason_is_given_once(rules: Pipeline) -> None:
    reading = by_rules(rules, "hij heeft een mes. hij heeft een mes. hij heeft een mes.")
    said = [reason.wat for reason in explain.named(reading)]
    assert len(said) == len(set(said))
    assert len(reading.findings) > len(said)


def test_words_with_a_reason_of_the_rules_get_no_second_one_of_the_reader(dutch: DutchTriage) -> None:
    ways = set(table("explain.toml")["richting"].values())
    for text in TEXTS:
        reasons = dutch.read(text).uitleg
        for general in (reason for reason in reasons if reason.wat in ways):
            others = [reason for reason in reasons if reason is not general]
            assert not any(general.start < other.eind and other.start < general.eind for other in others)


def test_a_level_has_a_reason_of_the_rules_that_pleads_for_it(rules: Pipeline) -> None:
    reading = by_rules(rules, TEXTS[3])
    weights = [explain._weight(finding) for finding in reading.findings]
    assert min(weights)[0] == Urgentie.ACUUT.rank
    ended = [replace(finding, ended=True) for finding in reading.findings]
    assert [explain._weight(finding) for finding in ended] == weights
