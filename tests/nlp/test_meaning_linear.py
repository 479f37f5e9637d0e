"""The linear reader: which columns a text has, what they add up to, and that its file says the same."""

import io
import math

import numpy as np
import pytest

from nlp.meaning import labels, linear
from nlp.meaning.linear import Linear, Vocabulary

KNOWN = Vocabulary(
    {"words": {"mes": 0, "taart": 1}, "grams": {" me": 2, "mes": 3}, "signs": {"regels acuut": 4}},
    np.array([2.0, 3.0, 1.0, 1.5, 7.0], dtype=np.float32),
)
TEXT = {"words": {"mes": 3, "taart": 1, "onbekend": 9}, "grams": {" me": 1}, "signs": {"regels acuut": 1, "taal nl": 1}}
NOTHING: dict[str, dict[str, int]] = {"words": {}, "grams": {}, "signs": {}}


def reader(known: Vocabulary = KNOWN) -> Linear:
    weights = np.arange(known.size * labels.WIDTH).reshape(known.size, labels.WIDTH) % 255 - 127
    scale = np.linspace(0.01, 0.02, labels.WIDTH).astype(np.float32)
    return Linear(known, weights.astype(np.int8), scale, np.linspace(-6, 1, labels.WIDTH))


def stored(given: Linear) -> Linear:
    """Through a file and back."""
    target = io.BytesIO()
    np.savez(target, **linear.pack(given))  # type: ignore[arg-type]
    with np.load(io.BytesIO(target.getvalue()), allow_pickle=False) as arrays:
        return linear.unpack(arrays)


def test_words_and_grams_are_tf_idf_of_length_one_and_signs_as_they_are() -> None:
    columns, values = KNOWN.vector(TEXT)
    mes, taart = (1 + math.log(3)) * 2, 3.0
    length = math.hypot(mes, taart)
    assert columns.tolist() == [0, 1, 2, 4]
    assert values == pytest.approx([mes / length, taart / length, 1.0, 0.3])


def test_the_same_name_in_two_groups_is_two_columns() -> None:
    columns, _ = KNOWN.vector({"words": {"mes": 1}, "grams": {"mes": 1}, "signs": {"mes": 1}})
    assert columns.tolist() == [0, 3]


def test_what_is_unknown_does_not_shorten_the_rest() -> None:
    _, alone = KNOWN.vector({**NOTHING, "words": {"mes": 1}})
    _, beside = KNOWN.vector({**NOTHING, "words": {"mes": 1, "onbekend": 50}})
    assert alone.tolist() == beside.tolist() == [1.0]


def test_a_text_of_nothing_known_has_the_bias_only() -> None:
    assert reader().logits(NOTHING).tolist() == reader().bias.tolist()


def test_logits_are_the_sum_of_the_columns_scaled_plus_bias() -> None:
    given = reader()
    expected = 1.0 * given.weights[0].astype(float) + 0.3 * given.weights[4].astype(float)
    found = given.logits({"words": {"mes": 4}, "grams": {}, "signs": {"regels acuut": 1}})
    assert found == pytest.approx(expected * given.scale + given.bias)


def test_large_weights_do_not_run_over() -> None:
    full = Linear(KNOWN, np.full((5, labels.WIDTH), 127, np.int8), np.ones(labels.WIDTH, np.float32), np.zeros(labels.WIDTH))
    assert full.logits(TEXT).min() > 127 * 2


def test_a_reader_comes_back_from_its_file_the_same() -> None:
    before, after = reader(), stored(reader())
    assert after.vocabulary.columns == before.vocabulary.columns
    for name in ("weights", "scale", "bias"):
        one, other = getattr(before, name), getattr(after, name)
        assert one.dtype == other.dtype
        assert (one == other).all()
    assert (after.vocabulary.rarity == before.vocabulary.rarity).all()
    assert after.logits(TEXT).tolist() == before.logits(TEXT).tolist()


@pytest.mark.parametrize("empty", linear.GROUPS)
def test_a_group_without_features_moves_no_column_of_the_others(empty: str) -> None:
    columns: dict[str, dict[str, int]] = {}
    for group in linear.GROUPS:
        begin = sum(map(len, columns.values()))
        columns[group] = {} if group == empty else {f"één {group}": begin, "b": begin + 1}
    known = Vocabulary(columns, np.ones(4, dtype=np.float32))
    assert stored(reader(known)).vocabulary.columns == columns


def test_a_file_that_is_something_else_is_refused() -> None:
    packed = linear.pack(reader())
    with pytest.raises(KeyError):
        linear.unpack({name: array for name, array in packed.items() if name != "grams"})
    with pytest.raises(ValueError, match="utf-8"):
        linear.unpack({**packed, "words": np.array([255, 254], dtype=np.uint8)})
