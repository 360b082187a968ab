"""Periods of the calendar with their TIMEX3 values: a day, a week, a month, a season, a decade …"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from geodata import calendar
from geodata.calendar import Days
from geodata.timespan import Granularity

SEASON_CODES = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
"""TIMEX3 season → EDTF season."""


class Period(NamedTuple):
    """A unit of the calendar: what TIMEX3 calls it, its days, how fine it is."""

    value: str
    days: Days
    granularity: Granularity


def day(day: date) -> Period:
    return Period(day.isoformat(), (day, day), Granularity.DAY)


def month(year: int, month: int) -> Period:
    return Period(f"{year:04}-{month:02}", calendar.month_days(year, month), Granularity.MONTH)


def year(year: int) -> Period:
    return Period(f"{year:04}", calendar.year_days(year), Granularity.YEAR)


def season(year: int, code: str) -> Period:
    """A season by its TIMEX3 code (``SP SU FA WI``)."""
    return Period(f"{year:04}-{code}", calendar.season_days(year, SEASON_CODES[code]), Granularity.SEASON)


def quarter(year: int, quarter: int) -> Period:
    return Period(f"{year:04}-Q{quarter}", calendar.quarter_days(year, quarter), Granularity.QUARTER)


def half_year(year: int, half: int) -> Period:
    return Period(f"{year:04}-H{half}", calendar.half_year_days(year, half), Granularity.INTERVAL)


def week(day: date) -> Period:
    """The ISO week that holds ``day``."""
    iso = day.isocalendar()
    return Period(f"{iso.year:04}-W{iso.week:02}", calendar.week_days(iso.year, iso.week), Granularity.WEEK)


def weekend(day: date) -> Period:
    """Saturday and Sunday of the ISO week that holds ``day``."""
    value, (monday, sunday), _ = week(day)
    return Period(f"{value}-WE", (monday + timedelta(5), sunday), Granularity.INTERVAL)


def decade(decade: int) -> Period:
    """199 is the nineties."""
    return Period(f"{decade:03}", calendar.decade_days(decade), Granularity.DECADE)


def century(century: int) -> Period:
    """The 20th is ``19``: TIMEX3 counts by the leading digits."""
    return Period(f"{century - 1:02}", calendar.century_days(century), Granularity.CENTURY)


def shifted(unit: str, base: date, shift: int) -> Period:
    """The period of kind ``unit`` (``D W WE M Q Y DE CE``) that lies ``shift`` of them from the one of ``base``.

    Raises
    ------
    ValueError, OverflowError
        Where the calendar ends.
    KeyError
        Where ``unit`` is shorter than a day.
    """
    return {
        "D": lambda: day(base + timedelta(shift)),
        "W": lambda: week(base + timedelta(7 * shift)),
        "WE": lambda: weekend(base + timedelta(7 * shift)),
        "M": lambda: _month_of(calendar.add_months(base, shift)),
        "Q": lambda: _quarter_of(calendar.add_months(base, 3 * shift)),
        "Y": lambda: year(base.year + shift),
        "DE": lambda: decade(base.year // 10 + shift),
        "CE": lambda: century((base.year - 1) // 100 + 1 + shift),
    }[unit]()


def stepped(unit: str, base: date, steps: float) -> Period:
    """Where one gets to, ``steps`` units from ``base``: as fine as such a count is meant.

    "Two weeks ago" is that day, "two years ago" that year. Hours and minutes stay on the day, or reach
    the one before.
    """
    if unit in ("D", "W", "WE"):
        return day(base + timedelta(round(steps * (1 if unit == "D" else 7))))
    if unit in ("M", "Q"):
        return _month_of(calendar.add_months(base, round(steps * (1 if unit == "M" else 3))))
    if unit in ("Y", "DE", "CE"):
        years = steps * {"Y": 1, "DE": 10, "CE": 100}[unit]
        if years != int(years):
            return _month_of(calendar.add_months(base, round(12 * years)))
        return year(base.year + int(years))
    return day(base + timedelta(round(steps / {"H": 24, "MIN": 24 * 60, "S": 24 * 3600}[unit])))


def _month_of(base: date) -> Period:
    return month(base.year, base.month)


def _quarter_of(base: date) -> Period:
    return quarter(base.year, (base.month + 2) // 3)
