"""The linear reader learns what a handful of texts show, and nothing from what nobody said."""

import numpy as np
import pytest

from flows.assessment import Betreft, Signaal, SignaalStatus, Thema, Urgentie
from nlp.lab import linear_training
from nlp.lab.linear_training import Counts, Taught
from nlp.meaning import labels
from nlp.meaning.labels import LEVELS, SIGNALEN, STATUSES, THEMAS, Floats
from nlp.meaning.linear import Linear

ACUUT, GEEN = LEVELS.index(Urgentie.ACUUT), LEVELS.index(Urgentie.GEEN)


def counted(text: str) -> Counts:
    words = text.split()
    return {
        "words": {word: words.count(word) for word in words},
        "grams": {word[:3]: 1 for word in words},
        "signs": {f"gaat over {word}": 1 for word in words if word == "mes"},
    }


KNIFE = Taught(Urgentie.ACUUT, frozenset({Thema.AGRESSIE}), {Signaal.WAPEN: SignaalStatus.NU}, Betreft.ANDER)
PAST = Taught(Urgentie.REGULIER, frozenset({Thema.AGRESSIE}), {Signaal.WAPEN: SignaalStatus.EERDER}, Betreft.ANDER)
CAKE = Taught(Urgentie.GEEN, frozenset(), {}, Betreft.ZELF)
TEXTS = ["hij heeft een mes", "vroeger had hij een mes", "ik bak een taart"]


def learned(taught: list[tuple[str, Taught]]) -> Linear:
    return linear_training.train([counted(text) for text, _ in taught], [labelled for _, labelled in taught])


def plain() -> list[tuple[str, Taught]]:
    return list(zip(TEXTS, [KNIFE, PAST, CAKE], strict=True)) * 6


def logits(made: Linear, text: str) -> Floats:
    return made.logits(counted(text))


def test_what_is_obvious_is_learned_for_every_head() -> None:
    made = learned(plain())
    for text, given in plain()[:3]:
        found = labels.chances(logits(made, text))
        assert LEVELS[int(found.urgentie.argmax())] is given.urgentie
        assert {thema for thema, chance in zip(THEMAS, found.themas, strict=True) if chance > 0.5} == set(given.themas or ())
        row = found.signalen[SIGNALEN.index(Signaal.WAPEN)].argmax()
        expected = (given.signalen or {}).get(Signaal.WAPEN)
        assert row == (0 if expected is None else 1 + STATUSES.index(expected))
        assert (found.zelf > 0.5) == (given.betreft is Betreft.ZELF)


def test_what_was_never_seen_stays_unlikely() -> None:
    found = labels.chances(logits(learned(plain()), TEXTS[0]))
    assert found.themas[THEMAS.index(Thema.DAKLOOS)] < 0.01
    assert found.signalen[SIGNALEN.index(Signaal.VERMIST), 0] > 0.95
    assert found.urgentie[LEVELS.index(Urgentie.SPOED)] < 0.05


def test_three_examples_are_too_few_and_four_are_enough() -> None:
    rest = [(TEXTS[2], CAKE)] * 8
    for times, knows in ((3, False), (4, True)):
        found = logits(learned([*rest, *[(TEXTS[0], KNIFE)] * times]), TEXTS[0])
        assert bool(found[ACUUT] > found[GEEN]) is knows


def test_what_nobody_said_teaches_nothing() -> None:
    """A None that were taken for the first class would make a cake acute and no thema of it."""
    silent = [(TEXTS[2], Taught(None))] * 60
    found = labels.chances(logits(learned([*plain(), *silent]), TEXTS[2]))
    assert LEVELS[int(found.urgentie.argmax())] is Urgentie.GEEN
    assert found.zelf > 0.5


def test_a_decision_on_the_level_alone_leaves_the_other_heads() -> None:
    """Sixty times without a word on themas: had that counted as "no thema", agressie would be gone."""
    found = labels.chances(logits(learned([*plain(), *[(TEXTS[0], Taught(Urgentie.ACUUT))] * 60]), TEXTS[0]))
    assert found.themas[THEMAS.index(Thema.AGRESSIE)] > 0.5
    assert found.signalen[SIGNALEN.index(Signaal.WAPEN)].argmax() == 1


def test_all_silent_gives_a_reader_of_low_biases() -> None:
    made = learned([(text, Taught(None)) for text in TEXTS * 3])
    assert not made.weights.any()
    assert set(made.bias.tolist()) == {-6.0}


def test_the_vocabulary_holds_what_enough_texts_do() -> None:
    texts: list[Counts] = [counted("mes"), counted("mes taart"), counted("mes")]
    odd: Counts = {"words": {"a\nb": 1, "mes": 5}, "grams": {}, "signs": {}}
    known = linear_training.vocabulary([*texts, odd, odd])
    assert known.columns == {"words": {"mes": 0}, "grams": {"mes": 1}, "signs": {"gaat over mes": 2}}
    assert known.rarity.tolist() == pytest.approx([1, np.log(6 / 4) + 1, np.log(6 / 4) + 1])


def test_the_matrix_has_a_row_per_text_also_for_an_empty_one() -> None:
    texts: list[Counts] = [counted("mes mes"), counted(""), counted("mes"), counted("mes")]
    known = linear_training.vocabulary(texts)
    table = linear_training.matrix(known, texts).toarray()
    assert table.shape == (4, known.size)
    assert not table[1].any()
    for row, text in enumerate(texts):
        columns, values = known.vector(text)
        assert table[row, columns].tolist() == values.tolist()


def test_whole_numbers_use_their_whole_range() -> None:
    made = learned(plain())
    taught = np.flatnonzero(made.weights.any(axis=0))
    assert taught.size
    assert (np.abs(made.weights[:, taught].astype(int)).max(axis=0) == 127).all()
    assert made.weights.shape == (made.vocabulary.size, labels.WIDTH)
