"""Extended Date/Time Format text (ISO 8601-2:2019; level 1, and X for unknown digits of a year) as days, and back.

Times of day are dropped: a time span is made of days. The qualifiers ``~ ? %`` are read over.
"""

from __future__ import annotations

import re
from datetime import date

from geodata.calendar import Days, month_days, season_days, year_days

OPEN = ".."

POINT = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d\dXX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX)(?:T[\d:]+(?:Z|[+-][\d:]+)?)?)?)?[?~%]?",
)
"""One end of an interval, or a date that stands alone."""


def parse_edtf(text: str) -> tuple[date | None, date | None]:
    """First and last day of ``text``; ``None`` for an open end, both ``None`` for an empty text.

    Raises
    ------
    ValueError
        If ``text`` is no EDTF of the kinds above, or starts after it ends.
    """
    if not text:
        return None, None
    low, slash, high = text.partition("/")
    if not slash:
        return _point_days(text)
    start = None if low in ("", OPEN) else _point_days(low)[0]
    end = None if high in ("", OPEN) else _point_days(high)[1]
    if start and end and start > end:
        raise ValueError(f"not EDTF, starts after it ends: {text!r}")
    return start, end


def format_edtf(start: date | None, end: date | None) -> str:
    """The shortest EDTF text of an interval of days: ``2024-10`` for that whole month."""
    if start is None and end is None:
        return ""
    if start is not None and end is not None:
        whole = _whole_period(start, end)
        if whole:
            return whole
    for precision in ("year", "month", "day"):
        if _begins(start, precision) and _finishes(end, precision):
            return f"{_edge(start, precision)}/{_edge(end, precision)}"
    raise AssertionError("every day begins and finishes itself")


def _whole_period(start: date, end: date) -> str:
    if start == end:
        return start.isoformat()
    if (start, end) == month_days(start.year, start.month):
        return f"{start.year:04}-{start.month:02}"
    if (start, end) == year_days(start.year):
        return f"{start.year:04}"
    if start.day == 1 and start.month in (3, 6, 9, 12) and start.year < 9999:
        code = 20 + start.month // 3
        if (start, end) == season_days(start.year, code):
            return f"{start.year:04}-{code}"
    if start.year % 10 == 0 and (start, end) == (date(start.year, 1, 1), date(start.year + 9, 12, 31)):
        return f"{start.year // 10:03}X"
    return ""


def _begins(day: date | None, precision: str) -> bool:
    """Whether ``day`` is the first of its year or month (an open end is anything)."""
    return day is None or precision == "day" or (day.day == 1 and (precision == "month" or day.month == 1))


def _finishes(day: date | None, precision: str) -> bool:
    """Whether ``day`` is the last of its year or month (an open end is anything)."""
    if day is None or precision == "day":
        return True
    return day == (year_days(day.year) if precision == "year" else month_days(day.year, day.month))[1]


def _edge(day: date | None, precision: str) -> str:
    return OPEN if day is None else day.isoformat()[:{"year": 4, "month": 7, "day": 10}[precision]]


def _point_days(text: str) -> Days:
    match = POINT.fullmatch(text)
    if match is None or (match["day"] == "XX" and match["month"] is None):
        raise ValueError(f"not EDTF: {text!r}")
    year, month, day = match["year"], match["month"], match["day"]
    if year.endswith("X"):
        if month is not None:
            raise ValueError(f"not EDTF, a month of an unknown year: {text!r}")
        return date(max(int(year.replace("X", "0")), 1), 1, 1), date(int(year.replace("X", "9")), 12, 31)
    if month in (None, "XX"):
        return year_days(int(year))
    if 21 <= int(month) <= 24:
        return season_days(int(year), int(month))
    if day in (None, "XX"):
        return month_days(int(year), int(month))
    whole = date(int(year), int(month), int(day))
    return whole, whole
