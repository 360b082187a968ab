"""A time span: a closed interval of days that may be open at either end, and how it is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from geodata.calendar import month_days, season_days, year_days
from geodata.edtf import format_edtf, parse_edtf


class Basis(StrEnum):
    """How a time span is known, from best to worst."""

    STATED = "stated"
    """The text gives it outright, year included."""
    RELATIVE = "relative"
    """Counted from the publication date ("am Donnerstag", "last month")."""
    NARRATIVE = "narrative"
    """Counted from a date told before in the text ("two days later")."""
    PUBLICATION = "publication"
    """Nothing better than: it was published then, so it happened up to then."""
    UNKNOWN = "unknown"
    """No date at all."""


class Granularity(StrEnum):
    """How finely the text tells the time."""

    DAY = "day"
    WEEK = "week"
    MONTH_PART = "month-part"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"
    UNKNOWN = "unknown"


class Overlap(StrEnum):
    """Whether something that happened at an unknown moment of one span happened in another."""

    CERTAIN = "certain"
    """The one lies wholly within the other."""
    POSSIBLE = "possible"
    """They share days, or nothing is known of the one."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A closed interval of days.

    Attributes
    ----------
    start, end:
        First and last day, both included; ``None`` means open (unknown or ongoing).
    granularity:
        How finely the text tells it.
    basis:
        How it is known.
    edtf:
        The same as Extended Date/Time Format text (ISO 8601-2:2019, level 1 with season codes
        21–24); empty for a span with no date.

    Raises
    ------
    ValueError
        If ``start`` lies after ``end``.
    """

    start: date | None = None
    end: date | None = None
    granularity: Granularity = Granularity.UNKNOWN
    basis: Basis = Basis.UNKNOWN
    edtf: str = ""

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start > self.end:
            raise ValueError(f"time span starts after it ends: {self.start} > {self.end}")

    @property
    def is_dated(self) -> bool:
        """Whether at least one end is known."""
        return self.start is not None or self.end is not None

    @property
    def days(self) -> int | None:
        """Number of days covered, or ``None`` if an end is open."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1

    @classmethod
    def of(cls, start: date | None, end: date | None, basis: Basis = Basis.STATED,
           granularity: Granularity | None = None) -> TimeSpan:
        """The span from ``start`` to ``end``, its EDTF text and (unless given) its granularity worked out.

        Raises
        ------
        ValueError
            If ``start`` lies after ``end``.
        """
        if start is None and end is None:
            return UNDATED
        return _spanning(start, end, basis, granularity)

    @classmethod
    def from_edtf(cls, text: str, basis: Basis = Basis.STATED, granularity: Granularity | None = None) -> TimeSpan:
        """The days that an EDTF text means; an empty text is undated. The text is kept as it is.

        Raises
        ------
        ValueError
            If ``text`` is not EDTF (see :func:`geodata.edtf.parse_edtf`).
        """
        start, end = parse_edtf(text)
        if start is None and end is None:
            return UNDATED
        return cls(start, end, granularity or granularity_of(start, end), basis, text)

    def overlap(self, window: TimeSpan) -> Overlap:
        """Whether what happened some time in this span happened in ``window``.

        An undated span possibly overlaps everything: nothing rules it out. Ask :attr:`is_dated`
        where that is too much.
        """
        if not self.is_dated:
            return Overlap.POSSIBLE
        if _is_before(self.end, window.start) or _is_before(window.end, self.start):
            return Overlap.NONE
        begins_within = window.start is None or (self.start is not None and window.start <= self.start)
        ends_within = window.end is None or (self.end is not None and self.end <= window.end)
        return Overlap.CERTAIN if begins_within and ends_within else Overlap.POSSIBLE

    def union(self, other: TimeSpan) -> TimeSpan:
        """The smallest span that holds both; what is undated adds nothing. The weaker basis holds."""
        if not other.is_dated or other == self:
            return self
        if not self.is_dated:
            return other
        start = min(self.start, other.start) if self.start and other.start else None
        end = max(self.end, other.end) if self.end and other.end else None
        return TimeSpan.of(start, end, max(self.basis, other.basis, key=_weakness))

    def intersection(self, other: TimeSpan) -> TimeSpan | None:
        """The days both hold, ``None`` if there are none; what is undated takes nothing away."""
        if not other.is_dated or other == self:
            return self
        if not self.is_dated:
            return other
        if _is_before(self.end, other.start) or _is_before(other.end, self.start):
            return None
        start = max((day for day in (self.start, other.start) if day), default=None)
        end = min((day for day in (self.end, other.end) if day), default=None)
        return TimeSpan.of(start, end, max(self.basis, other.basis, key=_weakness))

    def widened(self, days: int) -> TimeSpan:
        """This span with ``days`` (≥ 0) more at either end; open ends stay open, the calendar's ends hold."""
        if not self.is_dated or days == 0:
            return self
        start, end = self.start, self.end
        if start is not None:
            start = date.fromordinal(max(date.min.toordinal(), start.toordinal() - days))
        if end is not None:
            end = date.fromordinal(min(date.max.toordinal(), end.toordinal() + days))
        return TimeSpan.of(start, end, self.basis)


UNDATED = TimeSpan()
"""The span of what the text does not date."""


def union_of(spans: Iterable[TimeSpan]) -> TimeSpan:
    """The smallest span that holds all of ``spans``; undated where all of them are."""
    whole = UNDATED
    for span in spans:
        whole = whole.union(span)
    return whole


@lru_cache(maxsize=4096)
def _spanning(start: date | None, end: date | None, basis: Basis, granularity: Granularity | None) -> TimeSpan:
    """Kept: the news of a time tells the same days again and again, and nothing can be changed in a span."""
    return TimeSpan(start, end, granularity or granularity_of(start, end), basis, format_edtf(start, end))


def granularity_of(start: date | None, end: date | None) -> Granularity:
    """The unit of the calendar that the days from ``start`` to ``end`` are, else ``interval``."""
    if start is None or end is None:
        return Granularity.INTERVAL
    if start == end:
        return Granularity.DAY
    if (start, end) == month_days(start.year, start.month):
        return Granularity.MONTH
    if (start, end) == year_days(start.year):
        return Granularity.YEAR
    if end - start == timedelta(6) and start.weekday() == 0:
        return Granularity.WEEK
    if start.day == 1 and start.month in (1, 4, 7, 10) and (start.year, start.month + 2) == (end.year, end.month) \
            and end == month_days(end.year, end.month)[1]:
        return Granularity.QUARTER
    if start.day == 1 and start.month in (3, 6, 9, 12) and start.year < 9999 \
            and (start, end) == season_days(start.year, 20 + start.month // 3):
        return Granularity.SEASON
    if (start.year, start.month) == (end.year, end.month) and (start.day, end.day) in ((1, 10), (11, 20)):
        return Granularity.MONTH_PART
    if start.day == 21 and end == month_days(start.year, start.month)[1]:
        return Granularity.MONTH_PART
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        if start.year % 10 == 0 and end.year == start.year + 9:
            return Granularity.DECADE
        if start.year % 100 == 1 and end.year == start.year + 99:
            return Granularity.CENTURY
    return Granularity.INTERVAL


def _is_before(end: date | None, start: date | None) -> bool:
    return end is not None and start is not None and end < start


_BASES = tuple(Basis)


def _weakness(basis: Basis) -> int:
    """Position from best to worst."""
    return _BASES.index(basis)
