"""Blocks: reports that share none can't be of one event and are never compared.

A cluster is filed under every block in which a report of its event may look; a report looks in its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import cast

from extract.merge.cluster import Telling
from extract.merge.sameness import REPORTED_WITHIN
from geodata.place import Place, PlaceKind
from geodata.taxonomy import taxonomy

CELL_DEGREES = 0.25
"""Side of a cell: 28 km from south to north; two points of one town lie in one cell or in neighbours."""
WEEK = 7
LONGEST = 5
"""Weeks that a span is filed under at most; a longer one only under its last."""

KIN = {"explosion": ("conflict",), "crime": ("conflict",), "attack": ("society",)}
"""Families besides its own whose events a type may tell of: an explosion may be an attack, an attack a crime."""

Block = tuple[object, ...]


def look_in(telling: Telling) -> tuple[Block, ...]:
    """The blocks where a report looks for its event: its kind, place and last week."""
    return tuple(_blocks(telling, neighbours=False))


def file_under(telling: Telling) -> tuple[Block, ...]:
    """The blocks where reports of the same event may look: cells and weeks around included."""
    return tuple(dict.fromkeys(_blocks(telling, neighbours=True)))


def _blocks(telling: Telling, neighbours: bool) -> Iterator[Block]:
    report = telling.report
    families = (taxonomy()[report.type].family, *KIN.get(report.type, ()))
    if report.place is None:
        yield families[0], telling.source.quote  # only a copy of the same words is the same event
        return
    end = report.span.end or report.span.start
    weeks: list[int] = [_week(end)] if end else [0]
    if neighbours and end:
        start = report.span.start or end
        first, last = _week(start, -REPORTED_WITHIN), _week(end, REPORTED_WITHIN)
        weeks = list(range(first, last + 1)) if last - first < LONGEST else list(range(last - 1, last + 1))
    for area in _areas(report.place, neighbours):
        for week in weeks:
            for family in families:
                yield family, area, week


def _areas(place: Place, neighbours: bool) -> Iterator[object]:
    if place.kind.is_point:
        row, column = round(place.lat / CELL_DEGREES), round(place.lon / CELL_DEGREES)
        for up, right in [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1)] if neighbours else [(0, 0)]:
            yield row + up, column + right
    else:
        yield place.id
    if place.region:
        yield "region", place.region


def region_of(place: Place) -> str:
    """The code of the region that a place is or lies in; empty if neither is known."""
    return place.id.removeprefix(REGIONS) if place.kind is PlaceKind.REGION else place.region or ""


def _week(day: date, shift: timedelta = timedelta(0)) -> int:
    return (day.toordinal() + shift.days) // WEEK


REGIONS = "iso:"
"""What the ids of most regions have before the code by which the places in them name them."""
QUOTES = 1 << 62
"""The turns of quotes are the numbers below zero down to this; those of weeks are from zero."""


def turn_of(telling: Telling) -> int:
    """When a report is to be told: reports are merged in ascending turns, so that no cluster has to wait long."""
    return max(turn_of_block(block) for block in look_in(telling))


def turn_of_block(block: Block) -> int:
    """The turn of a block: its week, or a number made of its quote."""
    if len(block) == 3:
        return cast(int, block[2])
    quote = str(block[1]).encode("utf-8", "backslashreplace")
    return -1 - int.from_bytes(sha256(quote).digest()[:8], "big") % QUOTES
