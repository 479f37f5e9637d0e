"""Which days the meldpunt does not work."""

import subprocess
import sys
from datetime import date

import pytest

from bot import calendar


@pytest.mark.parametrize(
    "day",
    [
        "2026-01-01",
        "2026-04-03",  # Goede Vrijdag: the package counts it
        "2026-04-05",  # Pasen
        "2026-04-06",
        "2026-04-27",  # Koningsdag
        "2025-04-26",  # Koningsdag a day early: the 27th was a Sunday
        "2026-05-14",  # Hemelvaart
        "2026-05-25",  # Pinksteren
        "2026-12-25",
        "2026-12-26",
        "2025-05-05",  # Bevrijdingsdag, once in five years
        "2030-05-05",
        "2027-03-29",
    ],
)
def test_a_public_holiday_is_one(day: str) -> None:
    assert calendar.is_holiday(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day",
    [
        "2026-05-05",  # Bevrijdingsdag between two lustra
        "2025-04-27",
        "2026-12-24",
        "2026-12-31",
        "2026-06-01",
        "2026-06-06",  # a Saturday is no holiday: the office hours know the weekend
    ],
)
def test_another_day_is_none(day: str) -> None:
    assert not calendar.is_holiday(date.fromisoformat(day))


def test_importing_makes_no_calendar_and_using_it_makes_one() -> None:
    script = (
        "from datetime import date; from bot import calendar; made = calendar._dutch.cache_info;"
        "assert made().currsize == 0; calendar.is_holiday(date(2026, 1, 1)); calendar.is_holiday(date(2027, 1, 1));"
        "assert made().misses == 1"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
