"""Blocks: reports that share none can't be of one event and are never compared.

A cluster is filed under the blocks of the report that founded it; a later report looks in the blocks where clusters of
its event may be. A block is an area, a time and a type: an area is a cell of the map or a region, a time is a day, or
for spans longer than some days a stretch of the calendar about as long as they are.

Reports are told in turns, by the last day of what they tell, so that all that a report looks in lies behind it, and
not far.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from hashlib import blake2b, sha256
from math import cos, radians

from extract.events.containment import ONE_TOWN_KM
from extract.events.kinds import GROUPS, types_may_join
from extract.merge.sameness import NIGHT, REPORTED_WITHIN
from extract.merge.traits import SHORT, Traits
from geodata.place import KM_A_DEGREE, Place, PlaceKind

CELL_DEGREES = 0.25
"""Side of a cell: 28 km from south to north."""
COLUMNS = 1440
"""Cells around the Earth."""
REGIONS = "iso:"
"""What the ids of most regions have before the code by which the places in them name them."""
UNDATED = (-1, 0)
"""The time of reports that tell none, or no place either; the turn of the former is 0."""
OF_QUOTES = 1 << 62
"""The turns of quotes are the numbers below zero down to this; those of days are from zero."""
FIRST_TURN, LAST_TURN = -OF_QUOTES - 1, OF_QUOTES
"""Before every turn, and behind."""

Area = tuple[object, ...]
"""A cell of the map, a region or another place that is no point, or the words of a report without a place."""
Slot = tuple[int, int]
"""How long a span is (as a power of two, 0 for a short or open one), and where it ends, in units of that."""


def filed_under(traits: Traits) -> tuple[tuple[Area, ...], Slot]:
    """The areas and the time that a cluster is filed under, beside its type, by the report that founded it."""
    if traits.place is None:
        return (("told", traits.source.quote),), UNDATED
    return tuple(_own_areas(traits.place)), _slot(traits)


def looks_in(traits: Traits) -> tuple[tuple[Area, ...], tuple[Slot, ...], tuple[str, ...]]:
    """The areas, times and types of the clusters that a report may belong to, each with the likeliest first."""
    if traits.place is None:
        return (("told", traits.source.quote),), (UNDATED,), joinable(traits.type)
    return tuple(_areas_around(traits.place, _cells_near)), tuple(_slots_behind(traits)), joinable(traits.type)


def seen_from(traits: Traits) -> Iterator[tuple[Area, Slot, str]]:
    """The blocks that the later reports are filed under that may look where this one is filed, and some more."""
    areas = tuple(_areas_about(traits))
    for slot in _slots_ahead(traits):
        for type in joinable(traits.type):
            for area in areas:
                yield area, slot, type


def block_number(area: Area, slot: Slot, type: str) -> int:
    """A number for a block, to keep it by; two blocks share one once in 10^13 pairs of a million."""
    name = repr((area, slot, type)).encode("utf-8", "backslashreplace")
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "big", signed=True)


def turn_of(traits: Traits) -> int:
    """When a report is told: its last day, or a number made of its quote if it has no place."""
    if traits.place is None:
        quote = traits.source.quote.encode("utf-8", "backslashreplace")
        return -1 - int.from_bytes(sha256(quote).digest()[:8], "big") % OF_QUOTES
    return traits.home_day


def seen_until(traits: Traits) -> int:
    """The last turn in which a report may look in the blocks that this one is filed under."""
    if traits.place is None:
        return turn_of(traits)
    length, at = _slot(traits)
    if length < 0:
        return 0
    return ((at + 1) << length) - 1 + (1 << length + 1) if length else at + max(REPORTED_WITHIN, SHORT)


@cache
def joinable(type: str) -> tuple[str, ...]:
    """The types whose events a report of ``type`` may tell of, its own first."""
    types = sorted({other for group in GROUPS for other in group})
    return type, *(other for other in types if other != type and types_may_join(type, other))


@cache
def kindred(type: str) -> str:
    """A name that types share whose reports may end in one event, by way of whatever others."""
    reached = {type}
    while len(more := reached.union(*(joinable(each) for each in reached))) > len(reached):
        reached = more
    return min(reached)


def region_of(place: Place) -> str:
    """The code of the region that a place is or lies in; empty if neither is known."""
    return place.id.removeprefix(REGIONS) if place.kind is PlaceKind.REGION else place.region or ""


# --- areas -----------------------------------------------------------------------------------------------------------


def _own_areas(place: Place) -> Iterator[Area]:
    if place.kind.is_point:
        yield _cell(place.lat, place.lon)
        if place.region:
            yield "in", place.region
    else:
        yield "is", region_of(place) if place.kind is PlaceKind.REGION else place.id


def _areas_about(traits: Traits) -> Iterator[Area]:
    """The areas of reports that may look into those that this one is filed under."""
    if traits.place is None:
        return iter(filed_under(traits)[0])
    return _areas_around(traits.place, _cells_beside)


def _areas_around(place: Place, cells_of: Callable[[Place], Iterable[Area]]) -> Iterator[Area]:
    """The areas in which reports of a place meet others: of a point some cells and its region, of a region its own."""
    if place.kind.is_point:
        yield from cells_of(place)
        if place.region:
            yield "is", place.region
    else:
        yield from _own_areas(place)
        if place.kind is PlaceKind.REGION:
            yield "in", region_of(place)


def _cells_beside(place: Place) -> Iterator[Area]:
    """A point's cell, and those around it."""
    row, column = _cell(place.lat, place.lon)
    return ((row + up, (column + aside) % COLUMNS) for up in (0, -1, 1) for aside in (0, -1, 1))


def _cell(lat: float, lon: float) -> tuple[int, int]:
    return int(lat // CELL_DEGREES), int((lon + 180.0) // CELL_DEGREES) % COLUMNS


@lru_cache(maxsize=1 << 16)
def _cells_near(place: Place) -> tuple[tuple[int, int], ...]:
    """The cells of the points that may be one town with a point, its own first; up to four of them."""
    up = ONE_TOWN_KM / KM_A_DEGREE
    aside = min(ONE_TOWN_KM / (KM_A_DEGREE * max(cos(radians(abs(place.lat) + up)), 1e-6)), 180.0)
    if aside >= CELL_DEGREES:  # near a pole; nothing is reported from there
        aside = CELL_DEGREES
    corners = ((0.0, 0.0), (-up, -aside), (-up, aside), (up, -aside), (up, aside))
    return tuple(dict.fromkeys(_cell(place.lat + dy, place.lon + dx) for dy, dx in corners))


# --- times -----------------------------------------------------------------------------------------------------------


def _slot(traits: Traits) -> Slot:
    if not traits.is_dated:
        return UNDATED
    if traits.days <= SHORT:
        return 0, traits.home_day
    length = traits.days.bit_length()
    return length, traits.home_day >> length


def _slots_behind(traits: Traits) -> Iterator[Slot]:
    """The times of clusters that a report may belong to, its own first: as long as it, or half, or twice as long."""
    if not traits.is_dated:
        yield UNDATED
    elif traits.days <= SHORT:
        last = traits.home_day
        begin = last if traits.first is None else traits.first - NIGHT
        if traits.last is not None:
            begin = min(begin, last - REPORTED_WITHIN)
        yield from ((0, day) for day in range(last, begin - 1, -1))
    else:
        last, length = traits.home_day, traits.days.bit_length()
        for near in (length, length - 1, length + 1):
            if near >= (SHORT + 1).bit_length():
                yield from ((near, at) for at in range(last >> near, ((last - traits.days) >> near) - 1, -1))


def _slots_ahead(traits: Traits) -> Iterator[Slot]:
    """The times of later reports that may look at that of this one."""
    length, at = _slot(traits) if traits.place is not None else UNDATED
    if length < 0:
        yield UNDATED
    elif length == 0:
        yield from ((0, day) for day in range(at, at + max(REPORTED_WITHIN, SHORT) + 1))
    else:
        until = ((at + 1) << length) - 1 + (1 << length + 1)
        for near in (length - 1, length, length + 1):
            yield from ((near, each) for each in range(traits.home_day >> near, (until >> near) + 1))
