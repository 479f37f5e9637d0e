"""From chances to labels: where the borders lie, what doubt does, and that nothing lowers acuut."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.assessment import Betreft, Signaal, SignaalStatus, Thema, Urgentie
from nlp.meaning import labels
from nlp.meaning.judge import Borders, Judgement, judge, mixed
from nlp.meaning.labels import SIGNALEN, STATUSES, THEMAS, Chances

BORDERS = Borders(
    encoder=(1.0, 1.0, 1.0, 1.0),
    linear=(0.5, 0.5, 0.5, 0.5),
    acuut=0.5,
    raised=0.2,
    geen=0.6,
    themas=(0.5,) * len(THEMAS),
    signalen=(0.5,) * len(SIGNALEN),
    zelf=0.5,
    unsure=0.4,
)
LEVEL = st.lists(st.floats(0.001, 1), min_size=5, max_size=5)


def chances(level: list[float], zelf: float = 0.1) -> Chances:
    """Levels as given (acuut first), no thema, no signaal."""
    signs = np.zeros((len(SIGNALEN), 1 + len(STATUSES)))
    signs[:, 0] = 1
    return Chances(np.array(level) / sum(level), np.zeros(len(THEMAS)), signs, zelf)


def sign(found: Chances, signaal: Signaal, *row: float) -> None:
    """(none, nu, mogelijk, eerder, niet)"""
    found.signalen[SIGNALEN.index(signaal)] = row


def of(level: list[float], borders: Borders = BORDERS, *, rule_pleads: bool = False) -> Judgement:
    return judge(chances(level), borders, rule_pleads=rule_pleads)


def test_the_likeliest_level_is_taken_with_its_chance() -> None:
    found = of([0.1, 0.2, 0.5, 0.1, 0.1])
    assert (found.urgentie, found.doubt) == (Urgentie.REGULIER, None)
    assert found.zekerheid == pytest.approx(0.5)


def test_acuut_begins_at_its_own_border_also_when_another_is_likelier() -> None:
    low = replace(BORDERS, acuut=0.3)
    assert of([0.3, 0.6, 0.1, 0, 0], low).urgentie is Urgentie.ACUUT
    assert of([0.29, 0.61, 0.1, 0, 0], low).urgentie is Urgentie.SPOED


def test_below_its_border_acuut_is_not_taken_even_when_it_is_likeliest() -> None:
    high = replace(BORDERS, acuut=0.9, raised=0.9)
    assert of([0.55, 0.44, 0.01, 0, 0], high).urgentie is Urgentie.SPOED


def test_a_rule_raises_to_acuut_from_its_lower_border_on() -> None:
    level = [0.25, 0.0, 0.7, 0.05, 0.0]
    assert of(level).urgentie is Urgentie.REGULIER
    assert of(level, rule_pleads=True).urgentie is Urgentie.ACUUT
    assert of([0.19, 0.0, 0.71, 0.1, 0.0], rule_pleads=True).urgentie is Urgentie.REGULIER


@given(LEVEL)
def test_a_rule_may_raise_and_never_lowers(level: list[float]) -> None:
    assert of(level, rule_pleads=True).urgentie.rank <= of(level).urgentie.rank


@given(LEVEL, st.floats(0, 1), st.booleans())
def test_nothing_takes_away_an_acuut_above_its_border(level: list[float], unsure: float, pleads: bool) -> None:
    border = BORDERS.raised if pleads else BORDERS.acuut
    if level[0] / sum(level) >= border:
        found = of(level, replace(BORDERS, unsure=unsure), rule_pleads=pleads)
        assert (found.urgentie, found.doubt) == (Urgentie.ACUUT, None)


@given(LEVEL)
def test_doubt_only_raises(level: list[float]) -> None:
    certain = of(level, replace(BORDERS, unsure=0.0))
    doubted = of(level, replace(BORDERS, unsure=1.0))
    assert certain.doubt is None
    assert doubted.urgentie.rank <= certain.urgentie.rank


def test_in_doubt_the_higher_of_the_two_likeliest_is_taken_and_both_are_told() -> None:
    found = of([0.0, 0.3, 0.1, 0.39, 0.21])
    assert found.doubt == (Urgentie.ADVIES, Urgentie.SPOED)
    assert found.urgentie is Urgentie.SPOED
    assert found.zekerheid == pytest.approx(0.3)


def test_doubt_does_not_raise_to_acuut_which_has_a_border_of_its_own() -> None:
    found = of([0.3, 0.25, 0.35, 0.1, 0.0])
    assert found.doubt == (Urgentie.REGULIER, Urgentie.SPOED)
    assert found.urgentie is Urgentie.SPOED


def test_without_evidence_an_alarm_needs_more_certainty() -> None:
    chance = chances([0.6, 0.4, 0.0, 0.0, 0.0])
    assert judge(chance, replace(BORDERS, bare=0.9), rule_pleads=False, evidence=False).urgentie is not Urgentie.ACUUT
    assert judge(chance, replace(BORDERS, bare=0.9), rule_pleads=False, evidence=True).urgentie is Urgentie.ACUUT


def test_who_may_be_in_danger_gets_no_advice_only() -> None:
    heeding = replace(BORDERS, heeded=0.15)
    for level in ([0.16, 0.1, 0.14, 0.5, 0.1], [0.16, 0.1, 0.04, 0.05, 0.65]):
        assert of(level).urgentie in {Urgentie.ADVIES, Urgentie.GEEN}
        assert of(level, heeding).urgentie in {Urgentie.REGULIER, Urgentie.SPOED}
    assert of([0.1, 0.1, 0.1, 0.6, 0.1], heeding).urgentie is Urgentie.ADVIES


def test_at_the_border_of_doubt_nobody_is_asked() -> None:
    assert of([0.0, 0.35, 0.1, 0.4, 0.15]).doubt is None


def test_geen_only_when_that_is_sure() -> None:
    assert of([0, 0, 0.05, 0.35, 0.6]).urgentie is Urgentie.GEEN
    assert of([0, 0, 0.0, 0.41, 0.59]).urgentie is Urgentie.ADVIES


def test_geen_has_no_themas_also_with_a_child_there() -> None:
    for level, themas in (([0, 0, 0, 0, 1.0], ()), ([0, 0, 0, 1.0, 0], (Thema.SOMBER,))):
        found = chances(level)
        found.themas[THEMAS.index(Thema.SOMBER)] = 0.9
        assert judge(found, BORDERS, rule_pleads=False).themas == themas
    child = chances([0, 0, 0, 0, 1.0])
    sign(child, Signaal.KIND, 0, 1, 0, 0, 0)
    assert judge(child, BORDERS, rule_pleads=False).themas == ()


@pytest.mark.parametrize("status", STATUSES)
def test_with_a_child_there_now_comes_gezin(status: SignaalStatus) -> None:
    found = chances([0, 1.0, 0, 0, 0])
    row = [0.1, 0.1, 0.1, 0.1, 0.1]
    row[1 + STATUSES.index(status)] = 0.6
    sign(found, Signaal.KIND, *row)
    judged = judge(found, BORDERS, rule_pleads=False)
    assert judged.signalen == {Signaal.KIND: status}
    assert judged.themas == ((Thema.GEZIN,) if status is SignaalStatus.NU else ())


def test_each_thema_has_a_border_of_its_own_and_their_order_is_fixed() -> None:
    found = chances([0, 1.0, 0, 0, 0])
    found.themas[:3] = 0.3
    borders = replace(BORDERS, themas=(0.3, 0.31, *(0.2,) * (len(THEMAS) - 2)))
    assert judge(found, borders, rule_pleads=False).themas == (THEMAS[0], THEMAS[2])


def test_a_signaal_counts_its_statuses_together_and_takes_the_likeliest() -> None:
    found = chances([0, 1.0, 0, 0, 0])
    sign(found, Signaal.WAPEN, 0.45, 0.15, 0.1, 0.1, 0.2)
    sign(found, Signaal.DREIGING, 0.55, 0.45, 0, 0, 0)
    assert judge(found, BORDERS, rule_pleads=False).signalen == {Signaal.WAPEN: SignaalStatus.NIET}


def test_who_it_is_about() -> None:
    assert judge(chances([0, 1.0, 0, 0, 0], zelf=0.5), BORDERS, rule_pleads=False).betreft is Betreft.ZELF
    assert judge(chances([0, 1.0, 0, 0, 0], zelf=0.49), BORDERS, rule_pleads=False).betreft is Betreft.ANDER


def test_both_readers_are_weighed_by_part() -> None:
    ours, theirs = np.zeros(labels.WIDTH), np.zeros(labels.WIDTH)
    ours[0], theirs[0] = 1.0, 2.0
    ours[labels.THEMA.start], theirs[labels.THEMA.start] = 3.0, 5.0
    ours[labels.SIGNAAL.start + 1], theirs[labels.SIGNAAL.start + 1] = 1.0, -1.0
    ours[labels.ZELF], theirs[labels.ZELF] = 2.0, 4.0
    borders = replace(BORDERS, encoder=(2.0, 0.0, 1.0, 1.0), linear=(0.5, 1.0, 1.0, 0.25))
    found = mixed(ours, theirs, borders)
    assert found.urgentie[0] == pytest.approx(np.exp(3) / (np.exp(3) + 4))
    assert found.themas[0] == pytest.approx(1 / (1 + np.exp(-5)))
    assert found.signalen[0] == pytest.approx(np.full(5, 0.2))
    assert found.zelf == pytest.approx(1 / (1 + np.exp(-3)))


def test_chances_of_extreme_logits_are_chances() -> None:
    huge = np.where(np.arange(labels.WIDTH) % 2, 1e6, -1e6).astype(np.float64)
    found = mixed(huge, huge, BORDERS)
    for table in (found.urgentie, found.themas, found.signalen):
        assert np.isfinite(table).all()
    assert found.signalen.sum(axis=1) == pytest.approx(np.ones(len(SIGNALEN)))


def written(borders: Borders) -> dict[str, object]:
    return {name: getattr(borders, name) for name in Borders.__dataclass_fields__}


def test_borders_come_back_from_json() -> None:
    assert Borders.read(json.loads(json.dumps(written(BORDERS)))) == BORDERS


def test_borders_that_are_incomplete_or_unknown_are_refused() -> None:
    given = json.loads(json.dumps(written(BORDERS)))
    with pytest.raises(TypeError):
        Borders.read({**given, "extra": 1})
    with pytest.raises(TypeError):
        Borders.read({name: value for name, value in given.items() if name != "acuut"})
    with pytest.raises(TypeError):
        Borders.read({**given, "acuut": None})
