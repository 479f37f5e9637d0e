"""Moments and lengths of time as a Dutch reader says them, on the clock of Amsterdam. Pure."""

from datetime import date, datetime, timedelta

from flows.deadlines import WEEKDAYS, amsterdam

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
NEAR = {-1: "gisteren", 0: "vandaag", 1: "morgen"}
HOUR = 60
DAY = 24 * HOUR


def moment(at: datetime, now: datetime) -> str:
    """ "vandaag 17.00 uur", "maandag 23 november 12.30 uur". Both aware."""
    return f"{day(at, now)} {clock(at)}"


def day(at: datetime, now: datetime) -> str:
    """ "vandaag", "morgen", "maandag 23 november", in another year "maandag 4 januari 2027"."""
    on, today = _date(at), _date(now)
    if near := NEAR.get((on - today) // timedelta(days=1)):
        return near
    year = "" if on.year == today.year else f" {on.year}"
    return f"{WEEKDAYS[on.weekday()]} {on.day} {MONTHS[on.month - 1]}{year}"


def clock(at: datetime) -> str:
    """ "9.00 uur"."""
    local = at.astimezone(amsterdam())
    return f"{local.hour}.{local:%M} uur"


def age(minutes: int) -> str:
    """ "6 minuten", "1 uur", "2 dagen"; whole hours from 60 minutes on, whole days from 48 hours on."""
    minutes = max(minutes, 0)
    if minutes < HOUR:
        return "1 minuut" if minutes == 1 else f"{minutes} minuten"
    return f"{minutes // HOUR} uur" if minutes < 2 * DAY else f"{minutes // DAY} dagen"


def _date(moment_: datetime) -> date:
    return moment_.astimezone(amsterdam()).date()
