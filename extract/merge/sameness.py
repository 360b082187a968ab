"""Whether two reports of different articles tell of one event.

Nothing that both tell may clash; where type, place and time are those of many events, another thing must agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from extract.events.containment import ONE_TOWN_KM, contains
from extract.events.kinds import ALIKE, DISASTERS, MEANS_TYPES, MIXED_TYPES, types_may_join
from extract.merge.traits import SHORT, Bounds, Traits
from geodata.place import Place, PlaceKind, distance_km

NIGHT = 1
"""Days that two days told for one event may lie apart: a night or a time zone."""
REPORTED_WITHIN = 4
"""Days after an event within which an article tells it that gives no time of its own."""
HOURS_APART = 4
"""Hours that two times of day told for one event may lie apart: the morning's is not the evening's."""
SAME_SPAN = 0.5
"""Share of the longer span that two spans longer than some days must have in common."""
RISES = 3.0
"""Factor by which tolls of one event may differ: they rise from report to report."""
TOLLS = frozenset({"killed", "injured", "missing", "displaced", "captured"})
SCHEDULED = frozenset({"meeting", "treaty", "protest", "training"})
"""Types announced before they happen: the plan and what came of it are one event."""
TALKS = frozenset({"meeting", "treaty"})
"""Types that are who takes part in them: two with nobody in common are two."""
VAGUE_TYPES = frozenset({"other", "statement"})
"""Types of which a town sees many on a day."""
COARSE = frozenset({PlaceKind.COUNTRY, PlaceKind.MACROREGION})
"""Places that see many events of a type on a day."""
ONE_SITE_KM = 1.0
"""Two sites no farther apart are one."""
LIKE_WORDS, LIKE_SHARE = 3, 0.3
"""Long words that two quotes must share at least, and their share of the shorter quote's, to be alike."""

Numbers = Mapping[str, tuple[Bounds, ...]]


def why_same(a: Traits, b: Traits, counted: Numbers) -> str:
    """Why two reports are of one event, in words; empty where they are not.

    Parameters
    ----------
    a, b:
        The best report of a cluster, and another.
    counted:
        All that the cluster's reports count.
    """
    if not types_may_join(a.type, b.type) or not _statuses_fit(a, b):
        return ""
    if a.place is None or b.place is None:
        return "the same words" if a.place is b.place and a.source.quote == b.source.quote else ""
    if not times_fit(a, b) or not _places_fit(a.place, b.place) or not _means_fit(a, b):
        return ""
    if not numbers_fit(counted, b.numbers) or not _parties_fit(a, b):
        return ""
    told = f"{b.type} at {b.place.name}, {_when(b)}"
    if not _tells_little(a, b, a.place, b.place):
        return told
    agreed = what_agrees(a, b, counted)
    return f"{told}, {agreed}" if agreed else ""


def _statuses_fit(a: Traits, b: Traits) -> bool:
    if a.status == b.status:
        return True
    plan, other = (a, b) if a.planned else (b, a)
    return plan.planned and other.status == "happened" and plan.type in SCHEDULED and other.type in SCHEDULED \
        and plan.is_short and other.is_short


# --- when ------------------------------------------------------------------------------------------------------------


def times_fit(a: Traits, b: Traits) -> bool:
    """Whether two spans may be one event's: days a night apart, longer spans by what they share, open ones by lag."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return _open_fits(a, b)
    if a.is_short and b.is_short:
        return a.first <= b.last + NIGHT and b.first <= a.last + NIGHT and _hours_fit(a.hours, b.hours)
    if a.is_short or b.is_short:
        return False
    shared = min(a.last, b.last) - max(a.first, b.first) + 1
    return shared >= SAME_SPAN * max(a.days, b.days)


def _open_fits(a: Traits, b: Traits) -> bool:
    """Of spans with an open end: both begin at once, or one ends when the other is told; two undated ones may."""
    if a.days > SHORT or b.days > SHORT:
        return False
    if a.first is not None and b.first is not None:
        return abs(a.first - b.first) <= NIGHT
    if a.last is not None and b.last is not None:
        return abs(a.last - b.last) <= REPORTED_WITHIN
    return not a.is_dated and not b.is_dated


def _hours_fit(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    return a is None or b is None or max(a[0] - b[1], b[0] - a[1]) <= HOURS_APART


# --- where -----------------------------------------------------------------------------------------------------------


def _places_fit(a: Place, b: Place) -> bool:
    if a.id == b.id:
        return True
    if a.kind.is_point and b.kind.is_point:
        sites = a.kind is b.kind is PlaceKind.SITE
        return distance_km(a.lat, a.lon, b.lat, b.lon) <= (ONE_SITE_KM if sites else ONE_TOWN_KM)
    return contains(a, b) or contains(b, a)


def _tells_little(a: Traits, b: Traits, here: Place, there: Place) -> bool:
    """Whether type, place and time are those of many events: another thing must agree."""
    if not a.is_dated or a.type in VAGUE_TYPES:
        return True
    if a.type in DISASTERS and b.type in DISASTERS:
        return False
    return here.kind in COARSE or here.kind.is_point != there.kind.is_point


# --- what, who, how many ---------------------------------------------------------------------------------------------


def _means_fit(a: Traits, b: Traits) -> bool:
    """Whether the kinds of one type are one: a car bomb is no air strike, an arrest no stabbing."""
    if a.type != b.type or a.acled == b.acled:
        return True
    if a.type in MIXED_TYPES:
        return False
    return a.type not in MEANS_TYPES or frozenset({a.acled, b.acled}) in ALIKE


def _parties_fit(a: Traits, b: Traits) -> bool:
    if a.type not in TALKS or b.type not in TALKS:
        return True
    return not a.foreign or not b.foreign or bool(a.foreign & b.foreign)


def numbers_fit(ours: Numbers, theirs: Numbers) -> bool:
    """Whether what both count may be the same: "bis zu 3000" and "mindestens 3000" are not."""
    return all(any(_number_fits(role, x, y) for x in ours[role] for y in theirs[role])
               for role in ours.keys() & theirs.keys())


def _number_fits(role: str, a: Bounds, b: Bounds) -> bool:
    low = max(a[0] or 0, b[0] or 0)
    high = min(_or_infinity(a[1]), _or_infinity(b[1]))
    if low < high:
        return True
    opposed = (a[0] is None) != (b[0] is None) and (a[1] is None) != (b[1] is None)
    if low == high:
        return not opposed
    if role not in TOLLS or opposed:
        return False
    x, y = a[0] or a[1] or 0, b[0] or b[1] or 0
    return max(x, y) <= RISES * max(min(x, y), 1)


def _or_infinity(bound: float | None) -> float:
    return float("inf") if bound is None else bound


def what_agrees(a: Traits, b: Traits, counted: Numbers) -> str:
    """What two reports agree in beside type, place and time, in words; empty if in nothing."""
    found = []
    if _same_numbers(b, counted):
        found.append("the same number")
    if _like_words(a, b):
        found.append("like words")
    if a.foreign & b.foreign:
        found.append("the same party from abroad")
    return " and ".join(found)


def likeness(a: Traits, b: Traits, counted: Numbers) -> tuple[float, ...]:
    """How much two reports agree that may be of one event: of several events, it is that which agrees most."""
    shared = len(a.words & b.words) / max(min(len(a.words), len(b.words)), 1)
    same_place = a.place is not None and b.place is not None and a.place.id == b.place.id
    same_days = (a.first, a.last) == (b.first, b.last)
    return 2 * _same_numbers(b, counted) + 2 * shared + same_place + same_days + (a.type == b.type), shared


def _same_numbers(b: Traits, counted: Numbers) -> int:
    return sum(any(bounds in counted[role] for bounds in b.numbers[role])
               for role in counted.keys() & b.numbers.keys())


def _like_words(a: Traits, b: Traits) -> bool:
    if a.source.quote == b.source.quote:
        return True
    shared = len(a.words & b.words)
    return shared >= LIKE_WORDS and shared >= LIKE_SHARE * min(len(a.words), len(b.words))


def _when(told: Traits) -> str:
    days = [date.fromordinal(day).isoformat() if day else ".." for day in (told.first, told.last)]
    return "/".join(dict.fromkeys(days)) if told.is_dated else "undated"
