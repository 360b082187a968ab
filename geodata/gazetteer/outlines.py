"""Outlines of regions and countries, approximate: the hulls of their towns.

A hull of towns lies a little inside the true border along empty land and a little outside around bays. Its centre is
2-40 km from the true one (more in Siberia), which a dashed line says honestly. Rings follow RFC 7946: closed, outer
rings counter-clockwise, cut at the antimeridian.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, radians, sqrt

Point = tuple[float, float]
"""Longitude and latitude in degrees."""
Ring = tuple[Point, ...]
Polygon = tuple[Ring, ...]

KM_PER_DEGREE = 111.195
"""Length of a degree of latitude on a sphere of the Earth's mean radius."""


def unwrap(points: Iterable[Point]) -> list[Point]:
    """The points on one side of the antimeridian: western longitudes grow by 360 where that makes the set narrower."""
    listed = list(points)
    longitudes = sorted({lon for lon, _ in listed})
    if len(longitudes) < 2 or longitudes[-1] - longitudes[0] <= 180:
        return listed
    gaps = [(b - a, b) for a, b in pairwise(longitudes)]
    widest, east_of_gap = max(gaps)
    if widest <= 360 - (longitudes[-1] - longitudes[0]):
        return listed
    return [(lon + 360 if lon < east_of_gap else lon, lat) for lon, lat in listed]


def convex_hull(points: Iterable[Point]) -> list[Point]:
    """Convex hull, counter-clockwise, not closed (Andrew's monotone chain, 1979)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    halves: list[list[Point]] = []
    for sequence in (ordered, ordered[::-1]):
        half: list[Point] = []
        for p in sequence:
            while len(half) >= 2 and _turn(half[-2], half[-1], p) <= 0:
                half.pop()
            half.append(p)
        halves.append(half[:-1])
    return halves[0] + halves[1]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def centre_and_radius(ring: Sequence[Point]) -> tuple[Point, float]:
    """Centroid of a ring and the radius in km of the circle of the same area; of two points or one, their middle."""
    lon0, lat0 = ring[0]
    x_scale = KM_PER_DEGREE * cos(radians(sum(lat for _, lat in ring) / len(ring)))
    flat = [((lon - lon0) * x_scale, (lat - lat0) * KM_PER_DEGREE) for lon, lat in ring]
    doubled = cx = cy = 0.0
    for (x1, y1), (x2, y2) in zip(flat, flat[1:] + flat[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        doubled += cross
        cx += (x1 + x2) * cross
        cy += (y1 + y2) * cross
    if abs(doubled) < 1e-6:
        x, y = sum(p[0] for p in flat) / len(flat), sum(p[1] for p in flat) / len(flat)
        radius = max(sqrt((p[0] - x) ** 2 + (p[1] - y) ** 2) for p in flat)
    else:
        x, y = cx / (3 * doubled), cy / (3 * doubled)
        radius = sqrt(abs(doubled) / 2 / 3.14159265)
    return (wrap_longitude(lon0 + x / x_scale), lat0 + y / KM_PER_DEGREE), radius


def wrap_longitude(lon: float) -> float:
    """The same meridian between -180 and 180 degrees."""
    return (lon + 180) % 360 - 180
