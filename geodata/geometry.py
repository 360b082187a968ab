"""Shapes on the sphere as RFC 7946 wants them: right-handed rings, cut at the antimeridian."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import asin, atan2, cos, degrees, pi, radians, sin

from geodata.place import EARTH_RADIUS_KM, Place

Ring = tuple[tuple[float, float], ...]
"""Closed ring of (longitude, latitude) in degrees; outer rings run counter-clockwise."""
Polygon = tuple[Ring, ...]
"""An outer ring, then its holes."""
Shape = tuple[Polygon, ...]
"""One or more polygons."""

CIRCLE_VERTICES = 48
"""At 48 vertices a circle's polygon lies within 0.3 % of its radius: cos(π/48)."""
NEAREST_TO_POLE = 89.0
"""Degrees of latitude that no circle reaches beyond: a ring around a pole is no simple polygon in WGS 84."""
FARTHEST_CENTRE = 88.9
"""Degrees of latitude that no circle is drawn around beyond, so that some 10 km of it are left below that."""
DECIMALS = 5
"""About one metre at the equator; more would pretend to know (RFC 7946, section 11.2)."""


def circle(lat: float, lon: float, radius_km: float) -> Shape:
    """The circle of ``radius_km`` around a point in degrees, as polygons cut at the antimeridian."""
    lat = max(-FARTHEST_CENTRE, min(FARTHEST_CENTRE, lat))
    reach = min(radius_km / EARTH_RADIUS_KM, radians(NEAREST_TO_POLE - abs(lat)))
    phi, ring = radians(lat), []
    for step in range(CIRCLE_VERTICES):
        bearing = -2 * pi * step / CIRCLE_VERTICES  # counter-clockwise: the right-hand rule
        phi2 = asin(sin(phi) * cos(reach) + cos(phi) * sin(reach) * cos(bearing))
        turn = atan2(sin(bearing) * sin(reach) * cos(phi), cos(reach) - sin(phi) * sin(phi2))
        ring.append((lon + degrees(turn), degrees(phi2)))
    return cut_at_antimeridian(ring)


def cut_at_antimeridian(ring: Sequence[tuple[float, float]]) -> Shape:
    """A ring whose longitudes run on past ±180° as polygons within −180…180."""
    if all(-180 <= lon <= 180 for lon, _ in ring):
        return ((_closed(ring),),)
    shape = []
    for shift in (-360.0, 0.0, 360.0):
        part = _clip(_clip([(lon + shift, lat) for lon, lat in ring], -180.0, keep_east=True), 180.0, keep_east=False)
        if len(part) >= 3 and signed_area(closed := _closed(part)):  # a sliver may be nothing once it is rounded
            shape.append((closed,))
    return tuple(shape)


def _clip(ring: list[tuple[float, float]], meridian: float, *, keep_east: bool) -> list[tuple[float, float]]:
    """The part of a ring on one side of a meridian (Sutherland and Hodgman, 1974)."""

    def inside(point: tuple[float, float]) -> bool:
        return point[0] >= meridian if keep_east else point[0] <= meridian

    kept: list[tuple[float, float]] = []
    for here, following in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        if inside(here):
            kept.append(here)
        if inside(here) != inside(following):
            share = (meridian - here[0]) / (following[0] - here[0])
            kept.append((meridian, here[1] + share * (following[1] - here[1])))
    return kept


def _closed(ring: Sequence[tuple[float, float]]) -> Ring:
    rounded = [(round(lon, DECIMALS), round(lat, DECIMALS)) for lon, lat in ring]
    return (*rounded, rounded[0])


def signed_area(ring: Ring) -> float:
    """Area in square degrees by the shoelace formula; positive where the ring runs counter-clockwise."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def footprint(place: Place, outline: Shape = ()) -> Shape:
    """The area that a place fills: its outline where one is known, else the circle of its radius."""
    return outline or circle(place.lat, place.lon, place.radius_km)
