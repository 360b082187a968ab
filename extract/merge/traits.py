"""What of a report decides whether another tells of the same event, worked out once a report."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from extract.annotation import Report
from geodata.event import Factuality, Source
from geodata.place import Place
from geodata.timespan import Granularity

SHORT = 4
"""Days up to which a span is short."""
OPEN = frozenset({Factuality.PLANNED, Factuality.HYPOTHETICAL})
DAY_PARTS = {"MO": (4, 12), "MI": (10, 15), "AF": (12, 18), "EV": (17, 24), "NI": (-4, 30), "DT": (6, 20)}
"""Hours that the times of day of TIMEX3 mean, counted from midnight; a night may be that before or after the day."""
CLOCK = re.compile(r"T(?:(MO|MI|AF|EV|NI|DT)|(\d\d)(?::\d\d)*)$")
LONG_WORD = 6
"""Letters from which on a word counts, and of which it is compared: the endings of inflection lie behind."""
WORD = re.compile(r"\w+")

Bounds = tuple[float | None, float | None]
"""Least and most that a number may be; ``None`` where the text leaves that open."""


@dataclass(frozen=True)
class Traits:
    """The traits of one report.

    Attributes
    ----------
    status:
        ``happened``, ``open`` or ``not``.
    planned:
        Whether it is announced.
    first, last:
        Days as ordinals; ``None`` for an open end.
    days, is_short:
        Number of days covered, 0 where an end is open; whether it has both ends and they are near each other.
    hours:
        From when to when, in hours since the first of all days, where a time of day is told.
    numbers:
        What is counted, by role.
    """

    type: str
    acled: str
    status: str
    planned: bool
    place: Place | None
    first: int | None
    last: int | None
    days: int
    is_short: bool
    hours: tuple[int, int] | None
    numbers: Mapping[str, tuple[Bounds, ...]]
    source: Source

    @classmethod
    def of(cls, report: Report, source: Source) -> Traits:
        factuality, span = report.factuality, report.span
        status = "happened" if factuality.happened else "open" if factuality in OPEN else "not"
        numbers: dict[str, tuple[Bounds, ...]] = {}
        for quantity in report.quantities:
            bounds = quantity.minimum, quantity.maximum
            if bounds not in numbers.get(quantity.role, ()):
                numbers[quantity.role] = (*numbers.get(quantity.role, ()), bounds)
        days = span.days or 0
        return cls(report.type, report.codes.acled, status, factuality is Factuality.PLANNED, report.place,
                   span.start.toordinal() if span.start else None, span.end.toordinal() if span.end else None,
                   days, 0 < days <= SHORT, _hours(report), numbers, source)

    @property
    def is_dated(self) -> bool:
        return self.first is not None or self.last is not None

    @cached_property
    def home_day(self) -> int:
        """The day it is told in turn: its last, or its first where it goes on; 0 for an undated one."""
        return self.last or self.first or 0

    @cached_property
    def foreign(self) -> frozenset[str]:
        """Who takes part from abroad: that the country's own people do says nothing."""
        return frozenset(self.source.parties) - {self.place.country if self.place else None}

    @cached_property
    def words(self) -> frozenset[str]:
        """The long words of its quote but those of place and time, cut to their beginnings."""
        quote, told = self.source.quote, [mark for mark in self.source.marks if mark.role in ("place", "time")]
        return frozenset(found[0].lower()[:LONG_WORD] for found in WORD.finditer(quote)
                         if found.end() - found.start() >= LONG_WORD
                         and not any(mark.start < found.end() and found.start() < mark.end for mark in told))


def _hours(report: Report) -> tuple[int, int] | None:
    """The hours of a time of day, if the report's time is one on a single day."""
    expression, span = report.time_expression, report.span
    if expression is None or span.start is None or span.granularity is Granularity.UNKNOWN:
        return None
    found = CLOCK.search(expression.value)
    if found is None or span.start != span.end:
        return None
    low, high = DAY_PARTS[found[1]] if found[1] else (int(found[2]), int(found[2]) + 1)
    midnight = span.start.toordinal() * 24
    return midnight + low, midnight + high
