"""When something is due: minutes, working hours and working days in a regio.

Times go in and out as aware UTC; what is counted is counted on the clock of Amsterdam, across both changes of summer time.
Which days are holidays is asked (`is_holiday`), never known here. Naive times raise ValueError.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

IsHoliday = Callable[[date], bool]

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
WORKWEEK = frozenset(range(5))
SEARCH = 366  # days: a year without one working day is a mistake in the settings, not a long holiday


@dataclass(frozen=True, slots=True)
class Term:
    """How long something may take. What is not 0 adds up: first the days, then the working minutes, then the minutes."""

    minutes: int = 0  # round the clock
    working_minutes: int = 0  # inside office hours only
    working_days: int = 0  # ends with the office hours of that day


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """`days`: 0 is maandag. `opens` and `closes` are the clock in Amsterdam."""

    days: frozenset[int] = WORKWEEK
    opens: time = time(8, 30)
    closes: time = time(17)

    def __post_init__(self) -> None:
        if not self.days or self.opens >= self.closes:
            raise ValueError("office hours need a day, and must open before they close")


@cache
def amsterdam() -> ZoneInfo:
    return ZoneInfo("Europe/Amsterdam")


def due(term: Term, start: datetime, hours: OfficeHours, is_holiday: IsHoliday) -> datetime:
    """The moment (UTC) at which `term`, begun at `start`, is over."""
    moment = _utc(start)
    if term.working_days:
        moment = _after_days(term.working_days, moment, hours, is_holiday)
    if term.working_minutes:
        moment = _after_working(timedelta(minutes=term.working_minutes), moment, hours, is_holiday)
    return moment + timedelta(minutes=term.minutes)


def is_open(now: datetime, hours: OfficeHours, is_holiday: IsHoliday) -> bool:
    local = _utc(now).astimezone(amsterdam())
    return _works(local.date(), hours, is_holiday) and hours.opens <= local.time() < hours.closes


def next_opening(now: datetime, hours: OfficeHours, is_holiday: IsHoliday) -> datetime:
    """The first moment (UTC) from `now` on that somebody is there: `now` itself while it is open."""
    now = _utc(now)
    return next(max(opens, now) for opens, closes in _windows(now, hours, is_holiday) if closes > now)


def office_hours_in_words(hours: OfficeHours) -> str:
    """For in a sentence: "op werkdagen van 8.30 tot 17.00 uur"."""
    return f"{_days_in_words(sorted(hours.days))} van {_clock(hours.opens)} tot {_clock(hours.closes)} uur"


def _utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC)


def _works(day: date, hours: OfficeHours, is_holiday: IsHoliday) -> bool:
    return day.weekday() in hours.days and not is_holiday(day)


def _windows(start: datetime, hours: OfficeHours, is_holiday: IsHoliday) -> Iterator[tuple[datetime, datetime]]:
    """Opening and closing (UTC) of each working day, from the day of `start` on."""
    first = start.astimezone(amsterdam()).date()
    for ahead in range(SEARCH):
        day = first + timedelta(days=ahead)
        if _works(day, hours, is_holiday):
            yield _at(day, hours.opens), _at(day, hours.closes)
    raise ValueError("no working day within a year")


def _at(day: date, clock: time) -> datetime:
    """In UTC, because Python subtracts two times of one zone by the clock on the wall, and that jumps twice a year."""
    return datetime.combine(day, clock, amsterdam()).astimezone(UTC)


def _after_days(days: int, start: datetime, hours: OfficeHours, is_holiday: IsHoliday) -> datetime:
    """The day of `start` itself never counts."""
    today = start.astimezone(amsterdam()).date()
    for opens, closes in _windows(start, hours, is_holiday):
        days -= opens.astimezone(amsterdam()).date() > today
        if not days:
            return closes
    raise AssertionError("the windows never end")


def _after_working(left: timedelta, start: datetime, hours: OfficeHours, is_holiday: IsHoliday) -> datetime:
    for opens, closes in _windows(start, hours, is_holiday):
        begin = max(opens, start)
        if begin + left <= closes:
            return begin + left
        left -= max(closes - begin, timedelta())
    raise AssertionError("the windows never end")


def _days_in_words(days: list[int]) -> str:
    names = [WEEKDAYS[day] for day in days]
    if days == sorted(WORKWEEK):
        return "op werkdagen"
    if len(days) == len(WEEKDAYS):
        return "elke dag"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"op {names[0]} tot en met {names[-1]}"
    return f"op {', '.join(names[:-1])} en {names[-1]}" if len(days) > 1 else f"op {names[0]}"


def _clock(clock: time) -> str:
    return f"{clock.hour}.{clock.minute:02}"
