"""The measures, held against values worked out by hand or printed elsewhere."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.lab import measure
from nlp.lab.measure import Figure, Floats, Ints


def ints(*values: int) -> Ints:
    return np.array(values, dtype=np.int64)


def floats(*values: float) -> Floats:
    return np.array(values, dtype=np.float64)


def test_a_share_has_the_interval_of_wilson() -> None:
    """15 of 148: Newcombe (1998), Statistics in Medicine 17, table I, method 3 gives 0.0624 to 0.1605."""
    figure = measure.share(15, 148)
    assert figure.value == pytest.approx(0.1014, abs=5e-5)
    assert (figure.low, figure.high) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert figure.n == 148


def test_none_and_all_have_an_interval_inside_zero_and_one() -> None:
    """0 of 20 in the same table: 0.0000 to 0.1611."""
    none, whole = measure.share(0, 20), measure.share(20, 20)
    assert (none.low, none.high) == pytest.approx((0, 0.1611), abs=5e-5)
    assert (whole.low, whole.high) == pytest.approx((1 - 0.1611, 1), abs=5e-5)


def test_a_share_of_nothing_is_not_a_number() -> None:
    figure = measure.share(0, 0)
    assert all(map(math.isnan, (figure.value, figure.low, figure.high)))
    assert figure.n == 0


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_in_its_interval(counted: tuple[int, int]) -> None:
    figure = measure.share(*counted)
    assert 0 <= figure.low <= figure.value + 1e-12
    assert figure.value <= figure.high + 1e-12 <= 1 + 1e-12


def test_a_figure_as_it_is_printed() -> None:
    assert str(Figure(0.5, 0.25, 0.75, 8)) == "0.500 [0.250, 0.750] n=8"


def test_the_bootstrap_measures_the_whole_and_spreads_as_theory_says() -> None:
    """The mean of 400 throws of a fair coin: standard error 0.025, so 95 % lies within 0.049 of it."""
    throws = np.tile(floats(0, 1), 200)
    figure = measure.bootstrap(lambda at: float(throws[at].mean()), 400)
    assert (figure.value, figure.n) == (0.5, 400)
    assert (figure.low, figure.high) == pytest.approx((0.451, 0.549), abs=0.01)


def test_the_bootstrap_is_the_same_each_time() -> None:
    values = np.arange(50, dtype=np.float64)
    assert len({str(measure.bootstrap(lambda at: float(values[at].mean()), 50)) for _ in range(2)}) == 1


def test_the_bootstrap_steps_over_samples_without_a_value() -> None:
    figure = measure.bootstrap(lambda at: 1.0 if 0 in at else math.nan, 3)
    assert (figure.low, figure.high) == (1.0, 1.0)


def test_macro_f1_gives_every_class_the_same_weight() -> None:
    """Class 0: 2·2/(3+2) = 0.8; class 1: 2·1/(1+2) = 2/3; class 2 occurs nowhere."""
    assert measure.macro_f1(ints(0, 0, 0, 1), ints(0, 0, 1, 1), 3) == pytest.approx((0.8 + 2 / 3) / 2)


def test_a_class_that_was_only_found_counts_as_nothing_right() -> None:
    assert measure.macro_f1(ints(0, 0), ints(0, 1), 2) == pytest.approx((2 / 3 + 0) / 2)


def test_micro_f1_counts_labels_of_the_sample() -> None:
    gold = [frozenset("ab"), frozenset("c"), frozenset[str]()]
    found = [frozenset("a"), frozenset("cd"), frozenset("x")]
    assert measure.micro_f1(gold, found, [0, 1]) == pytest.approx(2 * 2 / (3 + 3))
    assert measure.micro_f1(gold, found, [0, 0, 2]) == pytest.approx(2 * 2 / (3 + 3 + 1))


def test_micro_f1_of_no_labels_at_all_is_not_a_number() -> None:
    assert math.isnan(measure.micro_f1([frozenset()], [frozenset()], [0]))


def test_recall_at_a_precision_goes_on_past_a_dip() -> None:
    """In order right, wrong, right, right: precision 1, 1/2, 2/3, 3/4."""
    scores, gold = floats(0.6, 0.9, 0.7, 0.8), np.array([True, True, True, False])
    assert measure.recall_at(scores, gold, 0.75) == 1.0
    assert measure.recall_at(scores, gold, 0.76) == pytest.approx(1 / 3)


def test_recall_without_the_precision_is_nothing() -> None:
    assert measure.recall_at(floats(0.9, 0.1), np.array([False, True]), 0.8) == 0.0
    assert measure.recall_at(floats(0.9, 0.1), np.array([False, False]), 0.8) == 0.0


def test_no_border_lies_between_equal_scores() -> None:
    assert measure.recall_at(floats(0.5, 0.5, 0.5, 0.5), np.array([True, True, False, False]), 0.9) == 0.0
    assert measure.recall_at(floats(0.9, 0.5, 0.5), np.array([True, True, False]), 0.9) == 0.5


def test_calibration_weighs_the_bins_by_their_texts() -> None:
    """Two texts at 0.95, one right: 0.45 apart; two at 0.55, both right: 0.45; together 0.45. Then one more at 0.25, wrong."""
    certainty, right = floats(0.95, 0.95, 0.55, 0.55), np.array([True, False, True, True])
    assert measure.calibration_error(certainty, right) == pytest.approx(0.45)
    more = measure.calibration_error(np.append(certainty, 0.25), np.append(right, False))
    assert more == pytest.approx((4 * 0.45 + 0.25) / 5)


def test_too_sure_and_not_sure_enough_do_not_cancel_out_between_bins() -> None:
    assert measure.calibration_error(floats(0.9, 0.2), np.array([False, True])) == pytest.approx((0.9 + 0.8) / 2)


def test_a_reader_that_is_as_sure_as_it_is_right_has_no_error() -> None:
    assert measure.calibration_error(floats(0.75, 0.75, 0.75, 0.75), np.array([True, True, True, False])) == 0
    assert measure.calibration_error(floats(1.0), np.array([True])) == 0
    assert measure.calibration_error(floats(0.0), np.array([True])) == 1


@pytest.mark.parametrize("certainty", [0.2, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 0.1 + 0.2, 0.1 * 6, 0.1 * 7])
def test_a_certainty_on_an_edge_is_in_one_bin(certainty: float) -> None:
    assert measure.calibration_error(floats(certainty), np.array([False])) == pytest.approx(certainty)


def test_confusion_has_gold_in_rows() -> None:
    assert measure.confusion(ints(0, 0, 1, 1), ints(0, 1, 1, 1), 3).tolist() == [[1, 1, 0], [0, 2, 0], [0, 0, 0]]


def pairs(first: str, second: str) -> list[tuple[str, str]]:
    return list(zip(first, second, strict=True))


def test_alpha_of_two_observers_of_nominal_data() -> None:
    """Krippendorff (2011), example A gives 0.095: 10 units, 4 apart; 14 zeros and 6 ones.

    By hand: 4/10 observed; 2·14·6/(20·19) = 168/380 expected; 1 - 0.4·380/168 = 0.0952.
    """
    binary = pairs("0100000010", "1110010000")
    assert measure.alpha(binary) == pytest.approx(1 - 0.4 * 380 / 168)
    assert measure.alpha(binary) == pytest.approx(0.095, abs=5e-4)


def test_alpha_of_two_observers_and_five_values() -> None:
    """The same, example B gives 0.692: 3 of 12 apart; a 4, b 6, c 6, d 6, e 2: expected 1 - 104/552."""
    assert measure.alpha(pairs("aabbdcccedda", "babbbccceddd")) == pytest.approx(1 - 0.25 / (1 - 104 / 552))
    assert measure.alpha(pairs("aabbdcccedda", "babbbccceddd")) == pytest.approx(0.692, abs=5e-4)


def test_alpha_is_one_when_all_agree_and_below_zero_when_nobody_does() -> None:
    assert measure.alpha(pairs("abc", "abc")) == 1
    assert measure.alpha(pairs("aaaa", "aaaa")) == 1
    assert measure.alpha(pairs("ab", "ba")) == pytest.approx(1 - 1 / (2 * 2 * 2 / 12))


def test_alpha_with_a_distance_forgives_what_is_near() -> None:
    """Two units, 1-2 and 1-3, |a - b|²: observed (1 + 4)/2; expected over 1,1,2,3: 2·(2·1 + 2·4 + 1)/12 = 22/12."""
    given = [("1", "2"), ("1", "3")]
    found = measure.alpha(given, lambda a, b: float(int(a) - int(b)) ** 2)
    assert found == pytest.approx(1 - 2.5 / (22 / 12))
