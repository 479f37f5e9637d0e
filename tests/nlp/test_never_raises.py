"""Whatever somebody sends is answered: nothing raises, offsets lie in the text, what is hidden is not shown.

`MELDPUNT_LANG_ZOEKEN=1` looks for 10,000 texts, other ones each time, instead of 300 that stay the same.
"""

import os
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.assessment import Assessment, Urgentie
from nlp.meaning import reader
from nlp.normalise import readable
from nlp.privacy.redactor import hide
from nlp.triage import LONGEST, TAIL, DutchTriage

MOST = 20_000
LONG = os.environ.get("MELDPUNT_LANG_ZOEKEN") == "1"
ANY = st.characters(codec=None)  # lone surrogates and NUL too
PIECES = (
    "hij heeft een mes", "geen ", "niet ", "Jan de Wit", "Kerkstraat 12", "7511 AB", "06-12345678", "@", "a@b.nl",
    "NL91ABNA0417164300",
    "12-03-1980", "XX-12-YZ", "help!!!", "🔥", "\u202e", "\u0301", "\0", "\ud800", "\n", "\r\n", "\u2028", "\u00a0", " ", ".",
    "-", "'", "(",
    "ik wil niet meer leven", "сусід", "جاري", "şehir", "中", "ﬁ", "İ", "ß", "½", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "0", "a", "A. ",
)  # fmt: skip
MIXED = st.lists(st.sampled_from(PIECES) | st.text(ANY, max_size=20), max_size=60).map("".join)
REPEATED = st.builds(
    lambda text, times: (text * times)[:MOST], st.text(ANY, min_size=1, max_size=12) | MIXED, st.integers(2, MOST)
)
AROUND = st.builds(
    lambda text, least: (text * (least // len(text) + 1))[:least], st.sampled_from(PIECES), st.integers(4490, 4510)
)


def looking(examples: int) -> settings:
    """`examples`: out of the 300 of all tests here together."""
    times = 10_000 // 300 + 1 if LONG else 1
    return settings(
        max_examples=examples * times, deadline=None, derandomize=not LONG, database=None, suppress_health_check=list(HealthCheck)
    )  # fmt: skip


@pytest.fixture(scope="module")
def patient(dutch: DutchTriage) -> DutchTriage:
    """Takes its time: a busy machine does not change the answer."""
    return DutchTriage(dutch.gazetteer, reader.load(), seconds=600)


def holds(text: str, read: Assessment) -> None:
    """What is so of every answer."""
    assert read.veilig == hide(readable(text), read.pii)
    read.veilig.encode()
    assert all(0 <= span.start < span.eind <= len(text) for span in read.pii)
    assert all(before.eind <= after.start for before, after in pairwise(read.pii))
    assert len(read.uitleg) <= 5
    assert all(0 <= reason.start <= reason.eind <= len(text) and reason.wat for reason in read.uitleg)
    assert 0 <= read.zekerheid <= 1
    assert not (read.urgentie is Urgentie.GEEN and read.themas)
    assert read.urgentie in read.doubt or not read.doubt
    unread = [reason for reason in read.uitleg if "niet meegelezen" in reason.wat]
    assert [(reason.start, reason.eind) for reason in unread] == (
        [(LONGEST, len(text) - TAIL)] if len(text) > LONGEST + TAIL else []
    )


@looking(120)
@given(text=st.text(ANY, max_size=MOST))
def test_any_unicode_is_answered(patient: DutchTriage, text: str) -> None:
    holds(text, patient.read(text))


@looking(120)
@given(text=MIXED)
def test_what_people_write_in_any_order_is_answered(patient: DutchTriage, text: str) -> None:
    holds(text, patient.read(text))


@looking(40)
@given(text=REPEATED)
def test_anything_over_and_over_is_answered(patient: DutchTriage, text: str) -> None:
    holds(text, patient.read(text))


@looking(20)
@given(text=AROUND)
def test_around_the_length_that_is_read_whole(patient: DutchTriage, text: str) -> None:
    holds(text, patient.read(text))


@pytest.mark.parametrize("text", ["", " ", "\n", "\0", "\ud800", ".", "\u0301", "a" * MOST, "hij heeft een mes. " * 1000])
def test_the_least_and_the_most_are_answered(patient: DutchTriage, text: str) -> None:
    holds(text, patient.read(text))


def test_one_character_more_than_is_read_is_told(patient: DutchTriage) -> None:
    text = "de buurman is verward. " * 200
    assert not any("niet meegelezen" in reason.wat for reason in patient.read(text[: LONGEST + TAIL]).uitleg)
    first, *_ = patient.read(text[: LONGEST + TAIL + 1]).uitleg
    assert (first.start, first.eind) == (LONGEST, LONGEST + 1)


@pytest.mark.parametrize(
    "text", [part * (MOST // len(part)) for part in ("🔥", "\n", ".", "(", "'", "1-", "A. ", "van ", "a@", "\u0301", "0 ")]
)
def test_what_is_made_to_be_slow_is_read_in_time(dutch: DutchTriage, text: str) -> None:
    """Of each of these a component once took a time that grew with the square of the length, or might have."""
    assert dutch.read(text).veilig != "[niet gelezen]"


@pytest.mark.parametrize("text", ["", "dank u wel, Jan de Wit", "hij heeft een mes " * 1000])
def test_what_takes_too_long_is_first_for_a_person_and_not_shown(dutch: DutchTriage, text: str) -> None:
    hasty = DutchTriage(dutch.gazetteer, reader.load(), seconds=0.0)
    read = hasty.read(text)
    assert read.doubt == (Urgentie.ACUUT, Urgentie.SPOED)
    assert read.urgentie in read.doubt
    assert read.uitleg[0].wat.startswith("eerst een mens")
    assert "Jan" not in read.veilig
    assert (read.zekerheid, read.model) == (0.0, hasty.version)
    hasty.close()
