"""The world's countries for the dossier's map: Natural Earth, as finely as the events ask, else coarsely.

The file came in with npm at installation (``hatch_build.py``). It is TopoJSON: borders that two countries share are
one arc, so that thinning it out leaves no gaps between them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from geodata.formats.wkb import Bounds

FILE = Path(__file__).resolve().parents[2] / "dashboard" / "assets" / "vendor" / "countries-50m.json"
"""Where the build puts the map data: beside the dashboard, which draws the same countries. Data, not code."""
SCALE = 1000
"""Coordinates are written in thousandths of a degree, about 100 m: finer than the map data."""
FAR = 0.15
"""Degrees between points of a border that no event is near: unseen until one zooms in on nothing."""
STEPS_ACROSS = 1500
"""Points that the part with the events is worth across: a little more than a screen has pixels for it."""
MARGIN = 0.5
"""Share of the events' extent that counts as near them, at each side; at least :data:`LEAST_MARGIN` degrees."""
LEAST_MARGIN = 4.0

Arc = tuple[tuple[float, float], ...]


def borders(extent: Bounds | None) -> dict[str, Any] | None:
    """The countries as ``{"scale", "arcs", "countries": [{"name", "rings"}]}``; ``None`` if the data isn't installed.

    Arcs are flat lists of whole numbers, each coordinate told from the one before; rings name their arcs, ``~n`` for
    one run backwards.

    Parameters
    ----------
    extent:
        The box around the events; ``None`` if none has a place.
    """
    if not FILE.is_file():
        return None
    arcs, countries = _topology(FILE)
    near, fine = _near(extent)
    kept = [_thinned(arc, fine) if fine < FAR and _meets(arc, near) else coarse
            for arc, coarse in zip(arcs, _coarse(FILE), strict=True)]
    return {"scale": SCALE, "arcs": [list(_deltas(arc)) for arc in kept],
            "countries": [{"name": name, "rings": [list(ring) for ring in rings if _is_seen(ring, kept)]}
                          for name, rings in countries]}


@cache
def _topology(path: Path) -> tuple[tuple[Arc, ...], tuple[tuple[str, tuple[tuple[int, ...], ...]], ...]]:
    """The arcs in degrees, and every country's name and rings (TopoJSON specification 1.0)."""
    document = json.loads(path.read_bytes())
    (x_scale, y_scale), (x_shift, y_shift) = document["transform"]["scale"], document["transform"]["translate"]

    def degrees(arc: list[list[int]]) -> Arc:
        xs, ys = accumulate(point[0] for point in arc), accumulate(point[1] for point in arc)
        return tuple((x * x_scale + x_shift, y * y_scale + y_shift) for x, y in zip(xs, ys, strict=True))

    countries = []
    for geometry in document["objects"]["countries"]["geometries"]:
        polygons = {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}.get(geometry["type"], [])
        rings = tuple(tuple(ring) for polygon in polygons for ring in polygon)
        countries.append((str(geometry.get("properties", {}).get("name", "")), rings))
    return tuple(map(degrees, document["arcs"])), tuple(countries)


@cache
def _coarse(path: Path) -> tuple[list[tuple[float, float]], ...]:
    """The arcs as they are drawn where no event is near."""
    return tuple(_thinned(arc, FAR) for arc in _topology(path)[0])


def _near(extent: Bounds | None) -> tuple[Bounds, float]:
    """The box that is drawn finely, and the distance in degrees of the points there."""
    if extent is None:
        return (0.0, 0.0, 0.0, 0.0), FAR
    west, south, east, north = extent
    margin = max((east - west) * MARGIN, (north - south) * MARGIN, LEAST_MARGIN)
    fine = min(max(east - west, north - south, 1.0) / STEPS_ACROSS, FAR)
    return (west - margin, south - margin, east + margin, north + margin), fine


def _meets(arc: Arc, box: Bounds) -> bool:
    west, south, east, north = box
    return any(west <= lon <= east and south <= lat <= north for lon, lat in arc)


def _thinned(arc: Sequence[tuple[float, float]], distance: float) -> list[tuple[float, float]]:
    """An arc without points nearer than ``distance`` to the one kept before; its ends stay."""
    kept = [arc[0]]
    for lon, lat in arc[1:-1]:
        if abs(lon - kept[-1][0]) >= distance or abs(lat - kept[-1][1]) >= distance:
            kept.append((lon, lat))
    return [*kept, arc[-1]]


def _is_seen(ring: Iterable[int], arcs: Sequence[Sequence[tuple[float, float]]]) -> bool:
    """Whether enough of a ring is left to enclose anything."""
    return sum(len(arcs[number if number >= 0 else ~number]) - 1 for number in ring) >= 3


def _deltas(arc: Iterable[tuple[float, float]]) -> Iterator[int]:
    x = y = 0
    for lon, lat in arc:
        column, row = round(lon * SCALE), round(lat * SCALE)
        yield column - x
        yield row - y
        x, y = column, row
