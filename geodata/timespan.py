"""A time span: a closed interval of days that may be open at either end, and how it is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


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


UNDATED = TimeSpan()
"""The span of what the text does not date."""
