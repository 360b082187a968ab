"""What of a layer is written on: filters, and what is coarsened or left out for publishing safely.

A map of where people were can harm them. Coarsening moves every place into a cell of a grid, so that nobody reads off
a village what the layer says of a district; and because the quote, the headline or the URL would name the village all
the same, coarsening always redacts as well.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from math import ceil, cos, floor, radians
from typing import Any

from geodata.errors import InputError, OutputError
from geodata.event import Event, Factuality, Quantity, Source
from geodata.formats.layerfile import OutlineOf
from geodata.geometry import footprint
from geodata.place import EARTH_RADIUS_KM, Place, PlaceKind, distance_km
from geodata.records import from_plain, pack, to_plain, unpack
from geodata.taxonomy import taxonomy
from geodata.timespan import UNDATED, Overlap, TimeSpan

KM_PER_DEGREE = radians(1) * EARTH_RADIUS_KM
"""Length of a degree of latitude."""

POLE = 90.0
PLACES_KEPT = 1 << 16
"""Places remembered: events share them."""

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees; west lies east of east where the box crosses the antimeridian."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which events to keep; what is empty keeps all.

    Attributes
    ----------
    window:
        Days: events that may lie in it, so an open or long span that touches it counts; undated ones don't.
    types, statuses:
        Event types and factualities.
    places:
        Names in any language, ids, ISO country codes or region codes; case doesn't matter.
    box:
        Places in it; an area counts if its outline's box touches it.
    """

    window: TimeSpan = UNDATED
    types: frozenset[str] = frozenset()
    statuses: frozenset[Factuality] = frozenset()
    places: frozenset[str] = frozenset()
    box: Box | None = None

    def __call__(self, event: Event, outline_of: OutlineOf) -> bool:
        """Whether to keep an event."""
        return ((not self.types or event.type in self.types)
                and (not self.statuses or event.factuality in self.statuses)
                and (not self.window.is_dated or self._is_in_window(event.span))
                and (not self.places or (event.place is not None and self._is_named(event.place)))
                and (self.box is None or (event.place is not None and touches(self.box, event.place, outline_of))))

    def _is_in_window(self, span: TimeSpan) -> bool:
        return span.is_dated and span.overlap(self.window) is not Overlap.NONE

    def _is_named(self, place: Place) -> bool:
        names = (place.name, place.id, place.country or "", place.region or "", *(name for _, name in place.names))
        wanted = {name.casefold() for name in self.places}
        return any(name.casefold() in wanted for name in names if name)


def selection(start: str, end: str, types: Iterable[str], statuses: Iterable[str], places: Iterable[str],
              box: str) -> Selection:
    """The selection that a user words: days as YYYY-MM-DD, a box as ``W,S,E,N``; empty where nothing is asked.

    Raises
    ------
    InputError
        If a day, type, status or box is none.
    """
    try:
        window = TimeSpan.of(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)
    except ValueError as error:
        raise InputError(f"--from {start} --to {end}", f"no days ({error})", "Write them as YYYY-MM-DD") from error
    kinds = frozenset(types)
    for unknown in sorted(kinds - taxonomy().keys()):
        raise InputError(f"--type {unknown}", "is no event type", f"Give one of {', '.join(taxonomy())}")
    named = frozenset(statuses)
    for unknown in sorted(named - set(Factuality)):
        raise InputError(f"--status {unknown}", "is no status", f"Give one of {', '.join(Factuality)}")
    return Selection(window, kinds, frozenset(map(Factuality, named)), frozenset(places), _box(box) if box else None)


def _box(text: str) -> Box:
    try:
        west, south, east, north = map(float, text.split(","))
    except ValueError as error:
        raise InputError(f"--bbox {text}", "is no box", "Write west,south,east,north in degrees") from error
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise InputError(f"--bbox {text}", "is out of range", "Write west,south,east,north in degrees")
    return west, south, east, north


def touches(box: Box, place: Place, outline_of: OutlineOf) -> bool:
    """Whether a place lies in a box, or the box around its outline meets it."""
    if place.kind.is_point:
        return _meets(box, (place.lon, place.lat, place.lon, place.lat))
    return any(_meets(box, _box_of([point for ring in polygon for point in ring]))
               for polygon in footprint(place, outline_of(place)))


def _box_of(points: Sequence[tuple[float, float]]) -> Box:
    longitudes, latitudes = zip(*points, strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _meets(box: Box, other: Box) -> bool:
    west, south, east, north = box
    if south > other[3] or north < other[1]:
        return False
    if west <= east:
        return west <= other[2] and other[0] <= east
    return other[2] >= west or other[0] <= east  # across the antimeridian


def select(events: Iterable[Event], selection: Selection, outline_of: OutlineOf) -> Iterator[Event]:
    """The events that a selection keeps, in their order."""
    return (event for event in events if selection(event, outline_of))


def coarsen(events: Iterable[Event], cell_km: float) -> Iterator[Event]:
    """The events at places no finer than the cells of a grid, redacted: see :func:`redact`.

    Raises
    ------
    ValueError
        If ``cell_km`` is not above zero.
    """
    if not cell_km > 0:
        raise ValueError(f"cells of {cell_km} km")
    coarse = lru_cache(PLACES_KEPT)(lambda place: coarse_place(place, cell_km))
    return redact(replace(event, place=coarse(event.place)) if event.place else event for event in events)


def coarse_place(place: Place, cell_km: float) -> Place:
    """The grid cell around a place, as an area; a place that is coarser already stays as it is.

    The cells are about ``cell_km`` high and wide. The circle of the new place holds its whole cell, and the old place
    wherever in the cell it lies. Its country stays; its name, region and inhabitants, which would tell the town, go.
    """
    if not place.kind.is_point and place.radius_km >= cell_km:
        return place
    south, north, west, east = _cell(place, cell_km / KM_PER_DEGREE)
    lat, lon = (south + north) / 2, (west + east) / 2
    if max(abs(south), abs(north)) == POLE:  # a cap: the pole is its middle
        lat = 90.0 if lat > 0 else -90.0
    reach = max(distance_km(lat, lon, corner, east) for corner in (south, north))
    name = f"{abs(lat):.2f}° {'N' if lat >= 0 else 'S'} {abs(lon):.2f}° {'E' if lon >= 0 else 'W'} ± {reach:.0f} km"
    return Place(f"grid:{cell_km:g}:{lat:.4f}:{lon:.4f}", name, PlaceKind.REGION, place.country, lat, lon, reach)


def _cell(place: Place, size: float) -> tuple[float, float, float, float]:
    """South, north, west and east of the cell that holds a place: rows ``size`` degrees high, and as wide in km.

    What lies within two rows of a pole, or the whole hemisphere if need be, is one cell.
    """
    size = min(size, 30.0)
    rows = ceil(90 / size)
    row = min(floor(abs(place.lat) / size), rows - 1)
    low, high, columns = row * size, (row + 1) * size, 1
    if row >= rows - 2:
        low, high = (rows - 2) * size, POLE
    else:
        columns = ceil(360 * cos(radians(low)) / size)
    width = 360 / columns
    west = min(floor((place.lon + 180) / width), columns - 1) * width - 180
    south, north = (low, high) if place.lat >= 0 else (-high, -low)
    return south, north, west, west + width


def redact(events: Iterable[Event]) -> Iterator[Event]:
    """The events without what leads back to an article: quotes, headlines, URLs, offsets, hashes, reasons, names.

    Outlet, publication date and status of every source stay, and the numbers of every quantity. Events are put in
    order of date, type and place (on disk), and numbered anew: the old ids are made from the articles.
    """
    bare = (replace(event, id="", claimed_by="", why=(), quantities=tuple(map(_redacted_quantity, event.quantities)),
                    sources=tuple(map(_redacted_source, event.sources))) for event in events)
    groups: dict[str, str] = {}
    for number, event in enumerate(_in_order(bare), 1):
        group = groups.setdefault(event.group, f"group-{len(groups) + 1}") if event.group else ""
        yield replace(event, id=f"event-{number}", group=group)


def _in_order(events: Iterable[Event]) -> Iterator[Event]:
    """The events in the order of what they tell; of a million, no more in memory than of some."""
    with _room_aside(), closing(sqlite3.connect("")) as connection:  # a file of its own, that goes with it
        connection.execute("CREATE TABLE events (told BLOB, record BLOB)")
        connection.executemany("INSERT INTO events VALUES (?, ?)",
                               ((_told(event), pack(to_plain(event))) for event in events))
        shared = lru_cache(PLACES_KEPT)(lambda place: place)  # formats turn each place once
        for (record,) in connection.execute("SELECT record FROM events ORDER BY told, rowid"):
            event = from_plain(Event, unpack(record))
            yield replace(event, place=shared(event.place))


@contextmanager
def _room_aside() -> Iterator[None]:
    """Tells of a disk without room for the events, or for sorting them."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OutputError("the folder of temporary files", f"can't hold the events ({error})",
                          "Make room there, or name another in SQLITE_TMPDIR") from error


def _told(event: Event) -> bytes:
    """All that a redacted event still tells, to sort by."""
    told = (str(event.span.start or ""), str(event.span.end or ""), event.type, event.place.id if event.place else "",
            repr(replace(event, group="")))
    return "\0".join(told).encode("utf-8", "surrogatepass")


def _redacted_source(source: Source) -> Source:
    return Source("", "", 0, 0, "", outlet=source.outlet, published=source.published,
                  published_basis=source.published_basis, factuality=source.factuality)


def _redacted_quantity(quantity: Quantity) -> Quantity:
    return Quantity(0, 0, "", quantity.role, quantity.minimum, quantity.maximum, quantity.approximate)


PUBLIC_NOTES = ("version", "articles")
"""Notes that say nothing of single articles."""


def redacted_notes(notes: Mapping[str, Any]) -> dict[str, Any]:
    """The notes of a layer that may be published with its redacted events."""
    return {key: notes[key] for key in PUBLIC_NOTES if key in notes}
