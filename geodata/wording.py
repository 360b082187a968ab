"""A time span in words: "Mitte Januar 2025", "before 16 October 2024", "undated"; the words are in wording.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from geodata.timespan import Basis, Granularity, TimeSpan, granularity_of

FALLBACK_LANGUAGE = "en"


def in_words(span: TimeSpan, language: str) -> str:
    """``span`` in ``language`` (ISO 639-1), in English where wording.toml lacks the language.

    An open start reads "until", or "before" the day after where the publication date is all that
    is known: something was published on 16 October, so it happened before the day was over.
    """
    words = _words(language)
    if span.start is not None and span.end is not None:
        return _closed(words, span.start, span.end)
    if span.start is not None:
        return _bounded(words, "since", "from", span.start, first=True)
    if span.end is None:
        return str(words["undated"])
    if span.basis is not Basis.PUBLICATION and span.end < date.max and _is_eve(span.end):
        return _bounded(words, "before", "to", span.end + timedelta(1), first=True)
    return _bounded(words, "until", "to", span.end, first=False)


def _is_eve(day: date) -> bool:
    """Whether no month ends with ``day``: "until October 2024" reads better than "before November 2024"."""
    return (day + timedelta(1)).day != 1 if day < date.max else False


def _bounded(words: Mapping[str, Any], key: str, name: str, day: date, first: bool) -> str:
    """"since", "until" or "before" a day, month or year, whichever ``day`` is the edge of."""
    whole = _coarsest(day, first)
    pattern = words.get(f"{key}_day", words[key]) if whole[0] == whole[1] else words[key]
    return str(pattern).format_map({name: _closed(words, *whole)})


def _coarsest(day: date, first: bool) -> tuple[date, date]:
    year, month = (date(day.year, 1, 1), date(day.year, 12, 31)), _month(day)
    edge = 0 if first else 1
    if day == year[edge]:
        return year
    return month if day == month[edge] else (day, day)


def _month(day: date) -> tuple[date, date]:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1) if day < date(9999, 12, 1) else None
    return day.replace(day=1), following - timedelta(1) if following else date.max


def _closed(words: Mapping[str, Any], start: date, end: date) -> str:
    months, unit = words["months"], granularity_of(start, end)
    month = f"{months[start.month - 1]} {start.year}"
    match unit:
        case Granularity.DAY:
            return str(words["day"]).format(d=start.day, month=months[start.month - 1], year=start.year)
        case Granularity.MONTH:
            return str(words["month"]).format(month=months[start.month - 1], year=start.year)
        case Granularity.YEAR:
            return str(start.year)
        case Granularity.QUARTER:
            return str(words["quarter"]).format(quarter=words["quarters"][start.month // 3], year=start.year)
        case Granularity.SEASON:
            season = words["seasons"][start.month // 3 - 1]
            pattern = words["winter"] if start.month == 12 else words["season"]
            return str(pattern).format(season=season, year=start.year, next=f"{(start.year + 1) % 100:02}")
        case Granularity.MONTH_PART:
            part = {1: "start", 11: "middle", 21: "end"}[start.day]
            return str(words["part"][part]).format(period=month)
        case Granularity.DECADE:
            return str(words["decade"]).format(year=start.year)
        case Granularity.CENTURY:
            return str(words["century"]).format(n=_ordinal(words, start.year // 100 + 1))
        case _:
            return _range(words, start, end)


def _ordinal(words: Mapping[str, Any], number: int) -> str:
    return f"{number}{words['ordinals'].get(str(number), words['ordinal'])}"


def _range(words: Mapping[str, Any], start: date, end: date) -> str:
    months = words["months"]
    values = {"d1": start.day, "d2": end.day, "month": months[start.month - 1], "month1": months[start.month - 1],
              "month2": months[end.month - 1], "year": start.year}
    if (start.year, start.month) == (end.year, end.month):
        return str(words["same_month"]).format_map(values)
    if start.day == 1 and end == _month(end)[1]:
        first, last = _coarsest(start, first=True), _coarsest(end, first=False)
        if _is_year(first) != _is_year(last):
            first, last = _month(start), _month(end)
        return str(words["range"]).format_map({"from": _closed(words, *first), "to": _closed(words, *last)})
    if start.year == end.year:
        return str(words["same_year"]).format_map(values)
    return str(words["range"]).format_map({"from": _closed(words, start, start), "to": _closed(words, end, end)})


def _is_year(days: tuple[date, date]) -> bool:
    return (days[0].month, days[1].month) == (1, 12)


@cache
def _words(language: str) -> Mapping[str, Any]:
    table = tomllib.loads((files("geodata") / "wording.toml").read_text(encoding="utf-8"))
    return table.get(language, table[FALLBACK_LANGUAGE])  # type: ignore[no-any-return]
