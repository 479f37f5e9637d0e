"""What is typed behind /wachtrij."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.assessment import Urgentie
from flows.meldpunt import filters
from flows.meldpunt.filters import Wanted
from tests.builders import regio

TWENTE = regio()


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("", Wanted()),
        ("16", Wanted(offset=16)),
        ("acuut", Wanted(urgentie=Urgentie.ACUUT)),
        ("te laat", Wanted(late=True)),
        ("laat laat", Wanted(late=True)),
        ("Spoed, vrij 8", Wanted(urgentie=Urgentie.SPOED, free=True, offset=8)),
        ("mijn hof van twente", Wanted(mine=True, gemeente="Hof van Twente")),
        ("laat blub bla", Wanted(late=True, unknown="blub")),
        ("9999999", Wanted(unknown="9999999")),
    ],
)
def test_words_become_a_filter(said: str, wanted: Wanted) -> None:
    assert filters.hear(said, TWENTE) == wanted


def test_a_filter_typed_again_is_the_same() -> None:
    wanted = filters.hear("regulier te laat vrij mijn enschede", TWENTE)
    assert filters.hear(wanted.words, TWENTE) == wanted


@pytest.mark.parametrize("word", filters.WORDS)
def test_twice_switched_is_as_before(word: str) -> None:
    assert Wanted().toggled(word) != Wanted()
    assert Wanted().toggled(word).toggled(word) == Wanted()


@given(st.text(max_size=200))
def test_any_words_are_heard(said: str) -> None:
    assert filters.hear(said, TWENTE).offset < 10**6
