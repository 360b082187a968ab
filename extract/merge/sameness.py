"""Whether two reports of different articles tell of one event."""

from __future__ import annotations

from datetime import date, timedelta

from extract.annotation import Report
from extract.events.coreference import same_place, types_may_join
from extract.merge.cluster import Telling
from geodata.event import Factuality, Quantity
from geodata.timespan import TimeSpan

NIGHT = timedelta(days=1)
"""Two days told for one event may lie a night or a time zone apart."""
REPORTED_WITHIN = timedelta(days=4)
"""How long after an event an article tells it that gives no time of its own."""
SAME_SPAN = 0.5
"""Share of the longer span that two spans longer than some days must have in common."""
SHORT = 4
"""Days up to which a span is short."""
RISES = 3.0
"""Factor by which tolls of one event may differ: they rise from report to report."""
TOLLS = frozenset({"killed", "injured", "missing", "displaced", "captured"})
OPEN = frozenset({Factuality.PLANNED, Factuality.HYPOTHETICAL})


def why_same(a: Telling, b: Telling) -> str:
    """Why two tellings are of one event, in words; empty where they are not."""
    if not types_may_join(a.report.type, b.report.type) or _status(a.report) != _status(b.report):
        return ""
    if a.report.place is None or b.report.place is None:
        copied = a.source.quote == b.source.quote and a.report.place is b.report.place
        return "the same words" if copied else ""
    if not same_place(a.report.place, b.report.place):
        return ""
    if a.report.place.id != b.report.place.id and a.report.place.kind.is_point != b.report.place.kind.is_point \
            and not _short(a.report.span) & _short(b.report.span):
        return ""  # a town and its region are one place only on one day
    if not times_fit(a.report.span, b.report.span) or not numbers_fit(a.report, b.report):
        return ""
    return f"{b.report.type} at {b.report.place.name}, {b.report.span.edtf or 'undated'}"


def _status(report: Report) -> str:
    if report.factuality.happened:
        return "happened"
    return "open" if report.factuality in OPEN else "not"


def _short(span: TimeSpan) -> bool:
    return span.days is not None and span.days <= SHORT


def times_fit(a: TimeSpan, b: TimeSpan) -> bool:
    """Whether two spans may be one event's: days a night apart, longer spans by what they share, open ones by lag."""
    if not a.is_dated or not b.is_dated:
        return not a.is_dated and not b.is_dated
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return _open_fits(a, b)
    if _short(a) and _short(b):
        return a.start <= _later(b.end) and b.start <= _later(a.end)
    shared = (min(a.end, b.end) - max(a.start, b.start)).days + 1
    return shared >= SAME_SPAN * max((a.end - a.start).days + 1, (b.end - b.start).days + 1)


def _open_fits(a: TimeSpan, b: TimeSpan) -> bool:
    """Of two spans with an open end: both begin at once, or both end at once, or one ends when the other is told."""
    if a.start and b.start and (a.end is None or b.end is None):
        return abs(a.start - b.start) <= NIGHT
    if a.end and b.end:
        return abs(a.end - b.end) <= REPORTED_WITHIN
    return False


def _later(day: date) -> date:
    return day + NIGHT if day < date.max else day


def numbers_fit(a: Report, b: Report) -> bool:
    """Whether what both count may be the same: "bis zu 3000" and "mindestens 3000" are not."""
    for role in {quantity.role for quantity in a.quantities} & {quantity.role for quantity in b.quantities}:
        ours = [quantity for quantity in a.quantities if quantity.role == role]
        theirs = [quantity for quantity in b.quantities if quantity.role == role]
        if not any(_number_fits(x, y) for x in ours for y in theirs):
            return False
    return True


def _number_fits(a: Quantity, b: Quantity) -> bool:
    low = max(a.minimum or 0, b.minimum or 0)
    high = min(_or_infinity(a.maximum), _or_infinity(b.maximum))
    if low < high:
        return True
    opposed = (a.minimum is None) != (b.minimum is None) and (a.maximum is None) != (b.maximum is None)
    if low == high:
        return not opposed
    if a.role not in TOLLS or opposed:
        return False
    x, y = a.minimum or a.maximum or 0, b.minimum or b.maximum or 0
    return max(x, y) <= RISES * max(min(x, y), 1)


def _or_infinity(bound: float | None) -> float:
    return float("inf") if bound is None else bound
