"""Land borders as places: points half-way between the towns that face each other across them.

Exact border lines are not in the sources and not needed: news says "near the border with China", and the distance to
the nearest of these points tells which of several villages that is (within some 10-30 km; more in deserts).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from math import cos, radians
from typing import Any, TypeAlias

from geodata.gazetteer.names import border_id
from geodata.gazetteer.outlines import Point, wrap_longitude
from geodata.gazetteer.sources import Entry
from geodata.gazetteer.tables import read_table
from geodata.place import EARTH_RADIUS_KM, Place, PlaceKind, distance_km

Cells: TypeAlias = Mapping[tuple[int, int], list[Place]]
"""Towns by the cell of a grid in which they lie."""

FARTHEST_PAIR_KM = 300.0
"""Towns farther apart across a border say nothing of where it runs."""
MOST_POINTS = 64
"""So many points a border; the longest (Kazakhstan and Russia, 7,600 km) then has one every 120 km."""


DISSOLVED = frozenset({"CS", "AN"})
"""Serbia and Montenegro, Netherlands Antilles: GeoNames still lists them."""


def neighbours(facts: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """Countries that share a land border: GeoNames' list, made symmetric, put right by ``overlay/borders.tsv``."""
    pairs = {frozenset((code, other)) for code, fact in facts.items() for other in fact["neighbours"].split(",")
             if other and not {code, other} & DISSOLVED}
    for row in read_table("borders.tsv"):
        pair = frozenset((row["country"], row["neighbour"]))
        (pairs.add if row["change"] == "add" else pairs.discard)(pair)
    table = defaultdict(list)
    for a, b in sorted(sorted(pair) for pair in pairs):
        table[a].append(b)
        table[b].append(a)
    return {code: sorted(others) for code, others in table.items()}


def border_entries(countries: Iterable[Entry], towns: Iterable[Entry], neighbouring: Mapping[str, Sequence[str]],
                   ) -> tuple[list[Entry], dict[str, list[Point]]]:
    """Every border as an entry, and the points that it runs through."""
    forms = [(row["language"], row["form"]) for row in read_table("border_forms.tsv")]
    by_country: dict[str, Cells] = defaultdict(lambda: defaultdict(list))
    for town in towns:
        by_country[town.place.country or ""][_cell(town.place)].append(town.place)
    known = {entry.place.country: entry.place for entry in countries if entry.place.kind is PlaceKind.COUNTRY}
    entries: list[Entry] = []
    lines: dict[str, list[Point]] = {}
    for a, others in neighbouring.items():
        for b in others:
            if not (a < b and by_country[a] and by_country[b] and a in known and b in known):
                continue
            points = facing_points(by_country[a], by_country[b])
            if points:
                entry = _entry(known[a], known[b], points, forms)
                entries.append(entry)
                lines[entry.place.id] = points
    return entries, lines


def _entry(a: Place, b: Place, points: Sequence[Point], forms: Sequence[tuple[str, str]]) -> Entry:
    lon, lat = points[len(points) // 2]
    radius = max(distance_km(lat, lon, y, x) for x, y in points)
    both_ways = [(language, form.format(first.name_in(language), second.name_in(language)))
                 for first, second in ((a, b), (b, a)) for language, form in forms]
    display: dict[str, str] = {}
    for language, name in both_ways:
        display.setdefault(language, name)
    place = Place(
        id=border_id(a.country or "", b.country or ""), name=display["en"], kind=PlaceKind.BORDER, country=None,
        lat=lat, lon=lon, radius_km=round(max(radius, 5.0), 1), names=tuple(display.items()))
    return Entry(place, tuple(name for _, name in both_ways))


def facing_points(here: Cells, there: Cells) -> list[Point]:
    """Points half-way between towns that face each other across a border, from west to east.

    Two towns face each other if no third lies in the circle that has them at the ends of a diameter (an edge of the
    Gabriel graph, 1969); for each town only its nearest across the border is tried.
    """
    import numpy as np

    near_here, near_there = _within_reach(here, there), _within_reach(there, here)
    if not near_here or not near_there:
        near_here, near_there = [*chain(*here.values())], [*chain(*there.values())]

    def unit_vectors(places: Sequence[Place]) -> Any:
        lat, lon = np.radians([p.lat for p in places]), np.radians([p.lon for p in places])
        return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)

    vectors_here, vectors_there = unit_vectors(near_here), unit_vectors(near_there)
    closeness = vectors_here @ vectors_there.T
    pairs = np.array(sorted({*((i, int(j)) for i, j in enumerate(closeness.argmax(axis=1))),
                             *((int(i), j) for j, i in enumerate(closeness.argmax(axis=0)))}))
    pairs = pairs[closeness[pairs[:, 0], pairs[:, 1]] >= cos(FARTHEST_PAIR_KM / EARTH_RADIUS_KM)]
    if not len(pairs):
        return []
    middles = vectors_here[pairs[:, 0]] + vectors_there[pairs[:, 1]]
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    to_own = np.einsum("ij,ij->i", middles, vectors_here[pairs[:, 0]])
    closest = np.maximum((middles @ vectors_here.T).max(axis=1), (middles @ vectors_there.T).max(axis=1))
    facing = pairs[closest <= to_own + ROUNDING]
    points = sorted({_half_way(near_here[i], near_there[j]) for i, j in facing})
    step = max(1, -(-len(points) // MOST_POINTS))
    return points[::step]


ROUNDING = 1e-12
"""Cosines of angles this close are equal: some 10 metres."""


def _half_way(a: Place, b: Place) -> Point:
    step = (b.lon - a.lon + 180) % 360 - 180
    return round(wrap_longitude(a.lon + step / 2), 3), round((a.lat + b.lat) / 2, 3)


CELL_DEGREES = 1
"""Where both countries have towns within a cell of each other (100-200 km), no farther ones can face each other."""
COLUMNS = 360 // CELL_DEGREES
NARROWEST = 0.2
"""Cosine of the latitude (78 degrees) beyond which cells are treated as getting no narrower."""


def _cell(place: Place) -> tuple[int, int]:
    return int(place.lat // CELL_DEGREES), int(place.lon // CELL_DEGREES) % COLUMNS


def _within_reach(here: Cells, there: Cells) -> list[Place]:
    """Towns in cells that touch cells with towns of the other country."""
    reach: set[tuple[int, int]] = set()
    for row, column in there:
        span = 1 + int(1 / max(NARROWEST, cos(radians(row * CELL_DEGREES))))
        reach.update((row + r, (column + c) % COLUMNS) for r in (-1, 0, 1) for c in range(-span, span + 1))
    return [town for cell, inside in here.items() if cell in reach for town in inside]
