"""The calendar: first and last day of months, weeks, seasons, decades …, and the date of Easter.

Every function gives ``(first, last)``, both included, and raises ``ValueError`` for a period that
does not lie within the years 1 to 9999.
"""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta

Days = tuple[date, date]
"""First and last day of a period."""

SEASON_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}
"""EDTF season code → its first month: meteorological seasons of the northern hemisphere (WMO)."""

PART_DAYS = {"start": (1, 10), "middle": (11, 20), "end": (21, 31)}
"""Days of a month that its start, middle and end are taken to be: its thirds."""


def year_days(year: int) -> Days:
    """A year, from its first day to its last."""
    return date(year, 1, 1), date(year, 12, 31)


def month_days(year: int, month: int) -> Days:
    """A month by its number."""
    return date(year, month, 1), date(year, month, _length(year, month))


def _length(year: int, month: int) -> int:
    """Days of a month."""
    if month == 2:
        return 29 if isleap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def quarter_days(year: int, quarter: int) -> Days:
    """Quarters 1 to 4."""
    return date(year, 3 * quarter - 2, 1), month_days(year, 3 * quarter)[1]


def half_year_days(year: int, half: int) -> Days:
    """Halves 1 and 2."""
    return date(year, 6 * half - 5, 1), month_days(year, 6 * half)[1]


def season_days(year: int, code: int) -> Days:
    """A season by its EDTF code 21–24; the winter of a year begins in its December."""
    first = SEASON_MONTHS[code]
    last_year, last = (year + 1, 2) if code == 24 else (year, first + 2)
    return date(year, first, 1), month_days(last_year, last)[1]


def week_days(year: int, week: int) -> Days:
    """An ISO 8601 week: Monday to Sunday."""
    return date.fromisocalendar(year, week, 1), date.fromisocalendar(year, week, 7)


def decade_days(decade: int) -> Days:
    """The ten years that begin with the digits of ``decade``: 199 is 1990–1999."""
    return date(max(decade * 10, 1), 1, 1), date(decade * 10 + 9, 12, 31)


def century_days(century: int) -> Days:
    """The 20th century is 1901–2000."""
    return date(century * 100 - 99, 1, 1), date(min(century * 100, 9999), 12, 31)


def part_days(days: Days, part: str) -> Days:
    """The ``start``, ``middle`` or ``end`` of a period: its thirds, in whole months or years where it has such.

    Of a week the start are Monday and Tuesday, the middle Wednesday and Thursday, the end the rest.
    """
    first, last = days
    length = (last - first).days + 1
    if length == 7:
        low, high = {"start": (0, 1), "middle": (2, 3), "end": (4, 6)}[part]
        return first + timedelta(low), first + timedelta(high)
    if 28 <= length <= 31 and first.day == 1:
        low, high = PART_DAYS[part]
        return first.replace(day=low), first.replace(day=min(high, last.day))
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return _part_of_years(first.year, last.year, part)
    third = length // 3
    if part == "start":
        return first, first + timedelta(max(third - 1, 0))
    if part == "end":
        return last - timedelta(max(third - 1, 0)), last
    return first + timedelta(third), last - timedelta(third)


def _part_of_years(first: int, last: int, part: str) -> Days:
    """Thirds of a year in months (4, 4, 4), of several years in years (of a decade 3, 4, 3)."""
    if first == last:
        low, high = {"start": (1, 4), "middle": (5, 8), "end": (9, 12)}[part]
        return date(first, low, 1), month_days(first, high)[1]
    third = max((last - first + 1) // 3, 1)
    if part == "start":
        return date(first, 1, 1), date(first + third - 1, 12, 31)
    if part == "end":
        return date(last - third + 1, 1, 1), date(last, 12, 31)
    return date(first + third, 1, 1), date(max(last - third, first + third), 12, 31)


def easter_sunday(year: int) -> date:
    """Easter of the Gregorian calendar (anonymous algorithm, Nature 13, 1876; see Meeus, Astronomical Algorithms)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    month, day = divmod(h + weekday - 7 * m + 114, 31)
    return date(year, month, day + 1)


def add_months(day: date, months: int) -> date:
    """The same day ``months`` later (or earlier), or the last of that month where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, _length(year, month + 1)))
