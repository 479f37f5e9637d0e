"""The public holidays of the Netherlands, for `flows.deadlines`: the default list of the package `holidays`.

It counts Goede Vrijdag, on which many offices do work, and Bevrijdingsdag each fifth year only.
"""

from datetime import date
from functools import cache

import holidays


@cache
def _dutch() -> holidays.HolidayBase:
    """Made on first use; it fills in each year when a day of that year is asked."""
    return holidays.country_holidays("NL")


def is_holiday(day: date) -> bool:
    return day in _dutch()
