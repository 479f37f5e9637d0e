"""Terms in working time: what counts, what does not, and both changes of summer time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import deadlines
from flows.deadlines import OfficeHours, Term

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
HOURS = OfficeHours()
SUNDAY_NIGHT = OfficeHours(frozenset({6}), time(1), time(5))  # the only hours that see summer time begin and end


def at(text: str, *, fold: int = 0) -> datetime:
    """ "2026-06-01 16:00" on the clock of Amsterdam, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM, fold=fold).astimezone(UTC)


def never(_: date) -> bool:
    return False


def whitsun(day: date) -> bool:
    return day == date(2026, 5, 25)


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        ("2026-06-06 23:58", 5, "2026-06-07 00:03"),
        ("2026-06-05 16:30", 60, "2026-06-05 17:30"),
        ("2026-03-29 01:30", 60, "2026-03-29 03:30"),
    ],
)
def test_minutes_run_round_the_clock(start: str, minutes: int, expected: str) -> None:
    assert deadlines.due(Term(minutes=minutes), at(start), HOURS, lambda _: True) == at(expected)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("2026-06-01 09:00", "2026-06-01 13:00"),
        ("2026-06-01 13:00", "2026-06-01 17:00"),  # to the last minute of the day
        ("2026-06-01 13:01", "2026-06-02 08:31"),
        ("2026-06-01 03:00", "2026-06-01 12:30"),  # before opening
        ("2026-06-01 20:00", "2026-06-02 12:30"),  # after closing
        ("2026-06-05 16:00", "2026-06-08 11:30"),  # Friday
        ("2026-06-06 12:00", "2026-06-08 12:30"),  # Saturday
        ("2026-05-22 16:00", "2026-05-26 11:30"),  # before Whitsun
        ("2026-05-25 10:00", "2026-05-26 12:30"),  # on Whit Monday
        ("2026-03-27 16:00", "2026-03-30 11:30"),  # summer time begins in the weekend
        ("2026-10-23 16:00", "2026-10-26 11:30"),  # summer time ends in the weekend
    ],
)
def test_four_working_hours_count_inside_office_hours_only(start: str, expected: str) -> None:
    assert deadlines.due(Term(working_minutes=240), at(start), HOURS, whitsun) == at(expected)


def test_working_hours_longer_than_a_day_go_on_the_next() -> None:
    assert deadlines.due(Term(working_minutes=20 * 60), at("2026-06-01 08:30"), HOURS, never) == at("2026-06-03 11:30")


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2026-06-01 09:00", 1, "2026-06-02 17:00"),
        ("2026-06-01 00:05", 1, "2026-06-02 17:00"),  # the day itself never counts
        ("2026-06-01 23:59", 1, "2026-06-02 17:00"),
        ("2026-06-05 09:00", 1, "2026-06-08 17:00"),
        ("2026-06-06 09:00", 1, "2026-06-08 17:00"),
        ("2026-06-07 09:00", 1, "2026-06-08 17:00"),
        ("2026-06-01 09:00", 5, "2026-06-08 17:00"),
        ("2026-05-22 09:00", 1, "2026-05-26 17:00"),
        ("2026-05-22 09:00", 5, "2026-06-01 17:00"),
        ("2026-03-27 18:00", 1, "2026-03-30 17:00"),
        ("2026-10-23 18:00", 1, "2026-10-26 17:00"),
    ],
)
def test_a_term_in_working_days_ends_with_the_office_hours(start: str, days: int, expected: str) -> None:
    assert deadlines.due(Term(working_days=days), at(start), HOURS, whitsun) == at(expected)


def test_the_day_is_that_of_amsterdam_not_of_utc() -> None:
    """22:30 UTC on Monday is Tuesday here."""
    start = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
    assert deadlines.due(Term(working_days=1), start, HOURS, never) == at("2026-06-03 17:00")


def test_the_same_closing_time_is_another_hour_in_utc_in_winter() -> None:
    assert deadlines.due(Term(working_days=1), at("2026-07-01 09:00"), HOURS, never).hour == 15
    assert deadlines.due(Term(working_days=1), at("2026-12-01 09:00"), HOURS, never).hour == 16


def test_an_hour_that_the_clock_skips_is_not_worked() -> None:
    """01:00 to 05:00 lasts three hours on 29 March 2026."""
    start = at("2026-03-29 00:00")
    assert deadlines.due(Term(working_minutes=180), start, SUNDAY_NIGHT, never) == at("2026-03-29 05:00")
    assert deadlines.due(Term(working_minutes=181), start, SUNDAY_NIGHT, never) == at("2026-04-05 01:01")


def test_an_hour_that_the_clock_repeats_is_worked_twice() -> None:
    """01:00 to 05:00 lasts five hours on 25 October 2026."""
    start = at("2026-10-25 00:00")
    assert deadlines.due(Term(working_minutes=300), start, SUNDAY_NIGHT, never) == at("2026-10-25 05:00")
    assert deadlines.due(Term(working_minutes=90), start, SUNDAY_NIGHT, never) == at("2026-10-25 02:30")
    assert deadlines.due(Term(working_minutes=150), start, SUNDAY_NIGHT, never) == at("2026-10-25 02:30", fold=1)


def test_parts_of_a_term_add_up() -> None:
    term = Term(minutes=10, working_minutes=60, working_days=1)
    assert deadlines.due(term, at("2026-06-01 09:00"), HOURS, never) == at("2026-06-03 09:40")


def test_an_empty_term_is_due_at_once() -> None:
    assert deadlines.due(Term(), at("2026-06-06 09:00"), HOURS, never) == at("2026-06-06 09:00")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-06-01 08:29", False),
        ("2026-06-01 08:30", True),
        ("2026-06-01 16:59", True),
        ("2026-06-01 17:00", False),
        ("2026-06-06 12:00", False),
        ("2026-05-25 12:00", False),
        ("2026-03-30 08:30", True),
        ("2026-10-26 08:29", False),
    ],
)
def test_the_meldpunt_is_open_from_opening_up_to_closing(moment: str, *, expected: bool) -> None:
    assert deadlines.is_open(at(moment), HOURS, whitsun) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-06-01 08:00", "2026-06-01 08:30"),
        ("2026-06-01 12:00", "2026-06-01 12:00"),
        ("2026-06-01 17:00", "2026-06-02 08:30"),
        ("2026-05-22 17:30", "2026-05-26 08:30"),
        ("2026-03-28 12:00", "2026-03-30 08:30"),
        ("2026-10-24 12:00", "2026-10-26 08:30"),
    ],
)
def test_the_next_opening_is_now_or_the_next_working_morning(moment: str, expected: str) -> None:
    found = deadlines.next_opening(at(moment), HOURS, whitsun)
    assert found == at(expected)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("hours", "words"),
    [
        (HOURS, "op werkdagen van 8.30 tot 17.00 uur"),
        (OfficeHours(frozenset(range(7)), time(7), time(23, 5)), "elke dag van 7.00 tot 23.05 uur"),
        (OfficeHours(frozenset(range(4))), "op maandag tot en met donderdag van 8.30 tot 17.00 uur"),
        (OfficeHours(frozenset({0, 1, 3})), "op maandag, dinsdag en donderdag van 8.30 tot 17.00 uur"),
        (OfficeHours(frozenset({5, 6})), "op zaterdag en zondag van 8.30 tot 17.00 uur"),
        (OfficeHours(frozenset({2})), "op woensdag van 8.30 tot 17.00 uur"),
    ],
)
def test_office_hours_read_as_dutch(hours: OfficeHours, words: str) -> None:
    assert deadlines.office_hours_in_words(hours) == words


def test_a_moment_without_a_time_zone_is_refused() -> None:
    naive = at("2026-06-01 09:00").replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        deadlines.due(Term(minutes=1), naive, HOURS, never)


@pytest.mark.parametrize("term", [Term(working_days=1), Term(working_minutes=1)])
def test_a_year_of_holidays_is_refused_instead_of_searched_for_ever(term: Term) -> None:
    with pytest.raises(ValueError, match="no working day"):
        deadlines.due(term, at("2026-06-01 09:00"), HOURS, lambda _: True)


@pytest.mark.parametrize(("days", "opens", "closes"), [(frozenset(), time(9), time(17)), (frozenset({0}), time(9), time(9))])
def test_office_hours_that_never_open_cannot_be_made(days: frozenset[int], opens: time, closes: time) -> None:
    with pytest.raises(ValueError, match="office hours"):
        OfficeHours(days, opens, closes)


MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 hypothesis wants them naive


@given(MOMENTS, st.integers(1, 3000))
def test_working_time_is_never_over_before_it_was_worked(start: datetime, minutes: int) -> None:
    end = deadlines.due(Term(working_minutes=minutes), start, HOURS, whitsun)
    assert end - start >= timedelta(minutes=minutes)
    assert deadlines.is_open(end - timedelta(microseconds=1), HOURS, whitsun)


@given(MOMENTS, st.integers(1, 2000), st.integers(1, 2000))
def test_working_time_in_two_parts_ends_where_the_whole_ends(start: datetime, first: int, second: int) -> None:
    halfway = deadlines.due(Term(working_minutes=first), start, HOURS, whitsun)
    assert deadlines.due(Term(working_minutes=second), halfway, HOURS, whitsun) == deadlines.due(
        Term(working_minutes=first + second), start, HOURS, whitsun
    )
