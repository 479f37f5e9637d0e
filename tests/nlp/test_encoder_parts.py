"""What the encoder reads and learns from, without TensorFlow: pieces, marks, the vocabulary, the untrained weights, batches."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.assessment import Betreft, MelderRole, Signaal, SignaalStatus, Thema, Urgentie
from nlp import triage
from nlp.lab import vocabulary
from nlp.lab.corpus import Example, Part
from nlp.lab.encoder_batches import Sample, batches, sample
from nlp.lab.encoder_training import concept_names, pace
from nlp.meaning.marks import beside, marks
from nlp.meaning.pieces import Pieces
from nlp.normalise import readable
from nlp.pipeline import Pipeline
from nlp.reading import Reading

NAMES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁hij", "▁heeft", "▁een", "▁mes", "▁me", "s", "m", "e", "h", "é", "1", "/", "2"]
SCORES = [0.0, 0, 0, 0, -2, -3, -3, -2, -4, -5, -6, -7, -7, -7, -8, -8, -8, -8]
SPELLED = {"\n": " ", "\t": " ", "½": "1/2", "\x01": "", "é": "é"}
SMALL = Pieces(NAMES, SCORES, SPELLED)


def named(cutter: Pieces, text: str) -> list[str]:
    return [NAMES[number] for number in cutter.windows(text, 300)[0].ids]


def test_the_cut_with_the_highest_sum_is_taken() -> None:
    assert named(SMALL, "hij heeft een mes") == ["<s>", "▁hij", "▁heeft", "▁een", "▁mes", "</s>"]
    without = Pieces([name if name != "▁mes" else "" for name in NAMES], SCORES, SPELLED)
    assert named(without, "mes") == ["<s>", "▁me", "s", "</s>"]


def test_a_piece_stands_where_its_first_letter_does() -> None:
    (cut,) = SMALL.windows("hij \n heeft  mes", 300)
    assert cut.starts == (0, 0, 6, 13, 13)
    assert len(cut.ids) == len(cut.starts)


def test_what_a_character_stands_for_keeps_its_place() -> None:
    (cut,) = SMALL.windows("hij \x01½ mes", 300)
    assert [NAMES[number] for number in cut.ids[1:-1]] == ["▁hij", "▁", "1", "/", "2", "▁mes"]
    assert cut.starts[1:-1] == (0, 3, 5, 5, 5, 7)


def test_an_unknown_character_is_one_unknown_piece() -> None:
    (cut,) = SMALL.windows("hij 🦺", 300)
    assert [NAMES[number] for number in cut.ids] == ["<s>", "▁hij", "▁", "<unk>", "</s>"]


def test_a_name_of_a_special_in_a_text_is_not_that_special() -> None:
    assert Pieces.BEGIN not in SMALL.windows("<s>", 300)[0].ids[1:-1]


def test_an_empty_text_has_one_window() -> None:
    (cut,) = SMALL.windows("", 300)
    assert (cut.ids[0], cut.ids[-1]) == (Pieces.BEGIN, Pieces.END)
    assert set(cut.starts) == {0}


def test_a_long_text_is_cut_in_windows_that_join_up() -> None:
    text = "hij heeft een mes " * 50
    (whole,) = SMALL.windows(text, 10_000)
    windows = SMALL.windows(text, 12)
    lengths = [len(cut.ids) for cut in windows]
    assert len(windows) == -(-(len(whole.ids) - 2) // 10)
    assert max(lengths) <= 12
    assert max(lengths) - min(lengths) <= 1
    assert [number for cut in windows for number in cut.ids[1:-1]] == list(whole.ids[1:-1])
    assert [start for cut in windows for start in cut.starts[1:-1]] == list(whole.starts[1:-1])


@given(st.text(st.characters(codec=None), max_size=80), st.integers(3, 40))
def test_any_text_is_cut_and_the_offsets_ascend_within_it(text: str, most: int) -> None:
    for cut in SMALL.windows(text, most):
        inner = cut.starts[1:-1]
        assert len(cut.ids) == len(cut.starts) <= most
        assert list(inner) == sorted(inner)
        assert all(0 <= start < max(len(text), 1) for start in cut.starts)


@given(st.text(st.sampled_from(" \n\t▁½éhijmes\x01\u0301\u200f"), max_size=40))
def test_spaces_and_marks_in_any_order_are_cut(text: str) -> None:
    starts = [start for cut in SMALL.windows(text, 5) for start in cut.starts[1:-1]]
    assert starts == sorted(starts)


@pytest.fixture(scope="module")
def rules() -> Pipeline:
    return Pipeline(triage.gazetteer_of())


def read(rules: Pipeline, text: str) -> Reading:
    return rules.read(readable(text), ((0, len(text)),))


def test_marks_stand_beside_the_words_they_are_about(rules: Pipeline) -> None:
    reading = read(rules, "tafel. hij heeft een mes")
    marked = marks(reading, concept_names())
    assert marked.shape == (6, marks(read(rules, ""), concept_names()).shape[1])
    assert marked[5].any()
    assert not marked[0].any()
    starts = SMALL.windows(reading.text, 300)[0].starts
    table = beside(reading, marked, starts)
    assert table.shape == (len(starts), marked.shape[1])
    assert (table[starts.index(21)] == marked[5]).all()
    assert not table[0].any()
    assert not table[-1].any()


def test_a_concept_is_one_column_more(rules: Pipeline) -> None:
    reading = read(rules, "hij zit daar")
    reading.concepts.append((1, 2, "zitten"))
    with_one, without = marks(reading, ["zitten"]), marks(reading, [])
    assert with_one[:, -1].tolist() == [0, 1, 0]
    assert (with_one[:, :-1] == without).all()


@pytest.mark.parametrize("text", ["", " ", "\ud800\0", "𝒽𝑒𝓁𝓅 \u202e", "é" * 700])
def test_marks_of_any_text_fit_its_pieces(rules: Pipeline, text: str) -> None:
    reading = read(rules, text)
    marked = marks(reading, ["zitten"])
    for cut in SMALL.windows(reading.text, 300):
        assert beside(reading, marked, cut.starts).shape == (len(cut.ids), marked.shape[1])


def test_needed_pieces_stay_and_wanted_ones_fill_what_is_left() -> None:
    singles = {number for number, name in enumerate(NAMES) if len(name) == 1}
    least = vocabulary.choose(SMALL, NAMES, ["hij"], [], most=0)
    assert set(least) == {0, 1, 2, 3, 5} | singles
    assert list(least) == sorted(least)
    one_more = vocabulary.choose(SMALL, NAMES, ["hij"], ["heeft een", "een", "mes"], most=len(least) + 1)
    assert set(one_more) - set(least) == {NAMES.index("▁een")}


def test_a_text_is_cut_alike_with_the_kept_pieces_only() -> None:
    numbers = vocabulary.choose(SMALL, NAMES, ["hij heeft mes"], [])
    kept = Pieces([NAMES[number] for number in numbers], [SCORES[number] for number in numbers], SPELLED)
    (before,), (after,) = SMALL.windows("hij heeft mes é", 300), kept.windows("hij heeft mes é", 300)
    assert before.starts == after.starts
    assert [numbers[number] for number in after.ids] == list(before.ids)


def test_frequent_words_come_in_turn() -> None:
    assert list(vocabulary.in_turn({"nl": ["a", "b", "c", "d"], "de": ["x", "y"]})) == ["x", "a", "b", "y", "c", "d"]


def test_own_words_are_words_and_no_remarks() -> None:
    found = set(vocabulary.own_words())
    assert {"aad", "Aalsmeer", "Kudelstaart"} <= found
    assert not any("\t" in word or word.startswith("#") for word in found)


def example(text: str) -> Example:
    return Example(
        "x-1", Part.TRAIN, MelderRole.BUUR, "nl", text, Urgentie.SPOED, frozenset({Thema.VERWARDHEID}),
        {Signaal.WAPEN: SignaalStatus.NIET}, Betreft.ZELF, {}, (), frozenset(),
    )  # fmt: skip


def test_a_sample_holds_the_labels_in_the_columns_of_the_heads(rules: Pipeline) -> None:
    text = "ik hoor stemmen en heb geen mes"
    made = sample(example(text), read(rules, text), SMALL, ["zitten"])
    assert len(made.ids) == len(made.flags)
    assert (made.urgentie, made.zelf) == (1, 1.0)
    assert made.themas.tolist() == [thema is Thema.VERWARDHEID for thema in Thema]
    assert made.signalen.tolist() == [4 if signaal is Signaal.WAPEN else 0 for signaal in Signaal]


def drawn(lengths: list[int]) -> list[Sample]:
    nothing = np.zeros(1, np.float32)
    return [Sample(np.full(n, 9, np.int32), np.ones((n, 2), np.float32), at, nothing, nothing.astype(np.int32), 0.0)
            for at, n in enumerate(lengths)]  # fmt: skip


def test_batches_hold_every_text_and_are_full() -> None:
    samples = drawn([3, 30, 33, 64, 65, 150, 161, 300, 300])
    found = list(batches(samples, 320, np.random.default_rng(1)))
    assert {int(at) for batch in found for at in batch.urgentie} == set(range(9))
    assert {batch.ids.shape for batch in found} == {(10, 32), (5, 64), (4, 96), (4, 160), (4, 300)}
    for batch in found:
        assert batch.flags.shape == (*batch.ids.shape, 2)
        assert ((batch.ids == 9) == (batch.mask == 1)).all()
        assert (batch.flags[..., 0] == batch.mask).all()


def test_the_same_seed_draws_the_same_batches() -> None:
    first, second = (list(batches(drawn([5] * 50), 128, np.random.default_rng(3))) for _ in range(2))
    assert all((one.urgentie == other.urgentie).all() for one, other in zip(first, second, strict=True))


def test_the_pace_rises_to_its_highest_and_falls() -> None:
    paces = [pace(step, 100, 0.1) for step in range(1, 101)]
    assert paces.index(max(paces)) == 9
    assert max(paces) == pytest.approx(1.005)
    assert paces[-1] == pytest.approx(0.005)
    assert paces[9:] == sorted(paces[9:], reverse=True)
