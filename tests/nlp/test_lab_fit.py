"""How the readers are weighed and where the borders come to lie, on chances made for it."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from flows.assessment import Betreft, MelderRole, Signaal, SignaalStatus, Thema, Urgentie
from nlp.lab import fit
from nlp.lab.corpus import Example, Part
from nlp.lab.fit import Gold
from nlp.meaning import labels
from nlp.meaning.judge import ACUUT, judge, mixed
from nlp.meaning.labels import LEVELS, SIGNALEN, STATUSES, THEMAS, Floats

TEXTS = 400
SIGN = 1 + len(STATUSES)
ONE = Example(
    "x-1", Part.TUNE, MelderRole.BUUR, "nl", "tekst", Urgentie.SPOED, frozenset({Thema.OVERLAST}),
    {Signaal.WAPEN: SignaalStatus.NIET}, Betreft.ANDER, {}, (), frozenset(),
)  # fmt: skip


def drawn() -> Gold:
    """The first thema and signaal often, the last hardly ever."""
    chance = np.random.default_rng(7)
    themas = chance.random((TEXTS, len(THEMAS))) < 0.3
    themas[:, -1] = np.arange(TEXTS) < 3
    signalen = np.where(chance.random((TEXTS, len(SIGNALEN))) < 0.3, chance.integers(1, SIGN, (TEXTS, len(SIGNALEN))), 0)
    return Gold(chance.integers(0, 5, TEXTS), themas, signalen, chance.random(TEXTS) < 0.3)


def knowing(gold: Gold, noise: float) -> Floats:
    """Logits of a reader that is right but for the noise."""
    table = np.random.default_rng(11).normal(0, noise, (TEXTS, labels.WIDTH)) if noise else np.zeros((TEXTS, labels.WIDTH))
    table[np.arange(TEXTS), gold.level] += 4
    table[:, labels.THEMA] += np.where(gold.themas, 4, -4)
    signs = table[:, labels.SIGNAAL].reshape(TEXTS, len(SIGNALEN), SIGN)
    np.put_along_axis(signs, gold.signalen[:, :, None], 4 + np.take_along_axis(signs, gold.signalen[:, :, None], 2), 2)
    table[:, labels.SIGNAAL] = signs.reshape(TEXTS, -1)
    table[:, labels.ZELF] += np.where(gold.zelf, 4, -4)
    return table


def noise() -> Floats:
    return np.random.default_rng(3).normal(0, 3, (TEXTS, labels.WIDTH))


NEVER: NDArray[np.bool_] = np.zeros(TEXTS, dtype=np.bool_)


def test_labels_become_numbers() -> None:
    own = replace(ONE, urgentie=Urgentie.GEEN, themas=frozenset(), signalen={}, betreft=Betreft.ZELF)
    found = fit.gold([ONE, own])
    assert found.level.tolist() == [1, 4]
    assert found.themas.tolist() == [[thema is Thema.OVERLAST for thema in THEMAS], [False] * len(THEMAS)]
    assert found.signalen.tolist() == [[4 if one is Signaal.WAPEN else 0 for one in SIGNALEN], [0] * len(SIGNALEN)]
    assert found.zelf.tolist() == [False, True]


def test_the_reader_that_knows_is_weighed_and_noise_is_not() -> None:
    gold = drawn()
    first = fit.fit(knowing(gold, 0.5), noise(), NEVER, gold)
    second = fit.fit(noise(), knowing(gold, 0.5), NEVER, gold)
    assert min(first.encoder) >= 1
    assert max(first.linear) <= 0.2
    assert min(second.linear) >= 1
    assert max(second.encoder) <= 0.2


def test_with_these_borders_the_texts_are_read_right() -> None:
    gold = drawn()
    ours = knowing(gold, 0.5)
    borders = fit.fit(ours, noise(), NEVER, gold)
    for row in range(0, TEXTS, 7):
        found = judge(mixed(ours[row], noise()[row], borders), borders, rule_pleads=False)
        assert found.urgentie is LEVELS[gold.level[row]]
        for number, signaal in enumerate(SIGNALEN):
            status = int(gold.signalen[row, number])
            assert found.signalen.get(signaal) is (STATUSES[status - 1] if status else None)


def test_two_readers_of_noise_are_not_trusted() -> None:
    borders = fit.fit(noise(), noise(), NEVER, drawn())
    assert max(*borders.encoder, *borders.linear) <= 0.1


def test_borders_are_chances_and_as_many_as_there_are_labels() -> None:
    gold = drawn()
    borders = fit.fit(knowing(gold, 2), knowing(gold, 3), gold.level == ACUUT, gold)
    assert (len(borders.themas), len(borders.signalen)) == (len(THEMAS), len(SIGNALEN))
    assert all(0 < border < 1 for border in (*borders.themas, *borders.signalen, borders.acuut, borders.geen, borders.unsure))
    assert borders.raised <= borders.acuut
    assert judge(mixed(knowing(gold, 0)[0], noise()[0], borders), borders, rule_pleads=True)


def chance(*values: float) -> Floats:
    return np.array(values, dtype=np.float64)


def right(marks: str) -> NDArray[np.bool_]:
    return np.array([mark == "+" for mark in marks])


@pytest.mark.parametrize(("precision", "border"), [(0.5, 0.05), (0.75, 0.31), (1.0, 0.51)])
def test_the_lowest_border_with_enough_right(precision: float, border: float) -> None:
    assert fit._lowest(chance(0.905, 0.705, 0.505, 0.405, 0.305, 0.205), right("++-+--"), precision) == border


def test_without_such_a_border_it_is_half() -> None:
    assert fit._lowest(chance(0.9, 0.7), right("--"), 0.5) == 0.5


def test_a_rule_lowers_the_border_only_as_far_as_it_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit, "RAISED_PRECISION", 0.6)
    pleads = right("+++++")
    found = chance(0.805, 0.405, 0.305, 0.205, 0.105)
    assert fit._raised(found, pleads, right("+++--"), 0.5) == 0.11  # 2 of 3 right
    assert fit._raised(found, pleads, right("+----"), 0.5) == 0.5
    assert fit._raised(found, ~pleads, right("+++++"), 0.5) == 0.5


def test_what_is_acuut_already_does_not_count_for_the_rules() -> None:
    assert fit._raised(chance(0.9, 0.8, 0.7, 0.2), right("++++"), right("+++-"), 0.5) == 0.5


def test_the_border_of_a_label_is_where_f1_is_highest() -> None:
    """From 0.31 on: 2 right of 2 taken and 2 there."""
    there = right("++--")
    assert fit._f1_border(chance(0.605, 0.505, 0.305, 0.105), there, there) == pytest.approx(0.31)


def test_a_rare_label_gets_the_common_border() -> None:
    assert fit._between(0.9, 0.3, 11) == 0.3
    assert fit._between(0.9, 0.3, 12) == 0.6
