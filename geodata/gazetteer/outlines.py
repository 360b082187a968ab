"""Outlines of regions and countries, approximate: the hulls of their towns.

A hull of towns lies a little inside the true border along empty land and a little outside around bays. Its centre is
2-40 km from the true one (more in Siberia), which a dashed line says honestly. Far islands and exclaves get hulls of
their own; a country's long edges are dug inwards to its towns, for Croatia is no triangle. Rings follow RFC 7946:
closed, outer rings counter-clockwise, cut at the antimeridian.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
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


# --- outlines --------------------------------------------------------------------------------------------------------

REGION_GAP_KM, COUNTRY_GAP_KM = 150.0, 200.0
"""Towns farther apart than this from all others belong to another part: an island, an exclave, an oasis."""
MACROREGION_GAP_KM = 900.0
"""The same for the corners of the regions of a macro-region: Siberia's lie up to 800 km apart, Hawaii 3,700 off."""
FEWEST_TOWNS = 3
"""Fewer towns outline nothing."""
MOST_POINTS = 120
"""So many towns outline a part; more would cost time and show no more at the scale of news."""
LEAST_SPLIT = 2.0
"""An edge is dug to a town only if one of the two new edges is at most half as long: no spikes into empty land."""
DIG_DEPTH = 2.0
"""Edges are dug while they are so many times longer than towns are apart; the smaller, the more ragged."""


def outline_of_towns(points: Iterable[Point], gap_km: float, *, dug: bool) -> tuple[Polygon, ...]:
    """Polygons (each one closed outer ring) around towns; empty if there are too few.

    Parameters
    ----------
    gap_km:
        Distance at which a group of towns becomes a polygon of its own.
    dug:
        Whether long edges are dug inwards to the nearest towns (a concave hull), as countries need.
    """
    polygons: list[Polygon] = []
    parts = separate_parts(unwrap(points), gap_km)
    most = max((len(part) for part in parts), default=0)
    for part in parts:
        if len(part) < FEWEST_TOWNS or len(part) < most / 100:
            continue
        ring = concave_hull(_thinned(part)) if dug else convex_hull(part)
        if len(ring) >= 3:
            polygons.extend((close(piece),) for piece in cut_at_antimeridian(ring))
    return tuple(polygons)


def separate_parts(points: Sequence[Point], gap_km: float) -> list[list[Point]]:
    """Groups of points that lie within ``gap_km`` of one another, roughly: cells of a grid that touch are one group."""
    height = gap_km / KM_PER_DEGREE
    cells: dict[tuple[int, int], list[Point]] = {}
    for lon, lat in points:
        row = int(lat // height)
        width = height / max(0.15, cos(radians((row + 0.5) * height)))
        cells.setdefault((row, int(lon // width)), []).append((lon, lat))
    groups = []
    unseen = set(cells)
    while unseen:
        frontier, group = [unseen.pop()], []
        while frontier:
            row, column = frontier.pop()
            group.extend(cells[row, column])
            touching = {(row + r, column + c) for r in (-1, 0, 1) for c in (-1, 0, 1)} & unseen
            unseen -= touching
            frontier.extend(touching)
        groups.append(group)
    return sorted(groups, key=len, reverse=True)


def _thinned(points: Sequence[Point]) -> list[Point]:
    """The corners of the hull and one point a cell of a grid fine enough for ``MOST_POINTS``."""
    if len(points) <= MOST_POINTS:
        return list(points)
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    side = max(sqrt((east - west) * (north - south) / MOST_POINTS), 1e-3)
    grid = {(int((lon - west) / side), int((lat - south) / side)): (lon, lat) for lon, lat in points}
    return sorted({*grid.values(), *convex_hull(points)})


def concave_hull(points: Sequence[Point]) -> list[Point]:
    """Hull whose longest edges are dug inwards, counter-clockwise, not closed (after Park and Oh, 2012)."""
    ring = convex_hull(points)
    if len(ring) < 3:
        return ring
    inside = set(points) - set(ring)
    squeeze = cos(radians(sum(lat for _, lat in points) / len(points)))
    spacing = sqrt(_area(ring) * squeeze / len(points)) * DIG_DEPTH
    settled: set[tuple[Point, Point]] = set()

    def length(a: Point, b: Point) -> float:
        return sqrt(((a[0] - b[0]) * squeeze) ** 2 + (a[1] - b[1]) ** 2)

    while inside:
        edges = [(length(a, b), i) for i, (a, b) in enumerate(zip(ring, ring[1:] + ring[:1], strict=True))
                 if (a, b) not in settled]
        if not edges:
            break
        longest, i = max(edges)
        if longest < spacing:
            break
        a, b = ring[i], ring[(i + 1) % len(ring)]
        nearest = min(inside, key=partial(_detour, length, a, b))
        if (min(length(a, nearest), length(nearest, b)) * LEAST_SPLIT > longest
                or _crosses(a, nearest, ring) or _crosses(nearest, b, ring)):
            settled.add((a, b))
            continue
        ring.insert(i + 1, nearest)
        inside.discard(nearest)
    return ring


def _detour(length: Callable[[Point, Point], float], a: Point, b: Point, via: Point) -> float:
    return length(a, via) + length(via, b)


def _area(ring: Sequence[Point]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def _crosses(a: Point, b: Point, ring: Sequence[Point]) -> bool:
    """Whether the segment from ``a`` to ``b`` crosses an edge of the ring, common end points aside."""
    for c, d in zip(ring, [*ring[1:], ring[0]], strict=True):
        if a in (c, d) or b in (c, d):
            continue
        if _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0:
            return True
    return False


def cut_at_antimeridian(ring: Sequence[Point]) -> list[list[Point]]:
    """A ring as rings that lie within -180 to 180 degrees (RFC 7946, section 3.1.9)."""
    if all(lon <= 180 for lon, _ in ring):
        return [list(ring)]
    pieces = []
    for east in (False, True):
        piece: list[Point] = []
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (x1 > 180) == east or x1 == 180:
                piece.append((x1 - 360 if east else x1, y1))
            if (x1 - 180) * (x2 - 180) < 0:
                piece.append((-180.0 if east else 180.0, y1 + (y2 - y1) * (180 - x1) / (x2 - x1)))
        if len(piece) >= 3:
            pieces.append(piece)
    return pieces


def close(ring: Sequence[Point]) -> Ring:
    """The ring rounded to some 100 metres, its last point its first again."""
    rounded = [(round(lon, 3), round(lat, 3)) for lon, lat in ring]
    return (*rounded, rounded[0])
