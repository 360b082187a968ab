"""Geometry as well-known binary (OGC 06-103r4), both ways: what GeoPackage and GeoParquet keep."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from itertools import chain

from geodata.formats.layerfile import OutlineOf
from geodata.geometry import DECIMALS, Polygon, Ring, Shape, footprint
from geodata.place import Place

POINT, POLYGON, MULTIPOLYGON = 1, 3, 6
LITTLE_ENDIAN = 1

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees; a shape cut at the antimeridian reaches from -180 to 180."""


def wkb(place: Place, outline_of: OutlineOf) -> tuple[bytes, Bounds]:
    """A place's geometry (a point for a town or site, else its area) and the box around it."""
    if place.kind.is_point:
        lon, lat = round(place.lon, DECIMALS), round(place.lat, DECIMALS)
        return struct.pack("<BIdd", LITTLE_ENDIAN, POINT, lon, lat), (lon, lat, lon, lat)
    shape = footprint(place, outline_of(place))
    polygons = [_polygon(polygon) for polygon in shape]
    if len(polygons) == 1:
        return polygons[0], _bounds(shape)
    return struct.pack("<BII", LITTLE_ENDIAN, MULTIPOLYGON, len(polygons)) + b"".join(polygons), _bounds(shape)


def _bounds(shape: Shape) -> Bounds:
    longitudes, latitudes = zip(*(point for polygon in shape for point in polygon[0]), strict=True)
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _polygon(polygon: Polygon) -> bytes:
    return struct.pack("<BII", LITTLE_ENDIAN, POLYGON, len(polygon)) + b"".join(_ring(ring) for ring in polygon)


def _ring(ring: Ring) -> bytes:
    return struct.pack(f"<I{2 * len(ring)}d", len(ring), *chain.from_iterable(ring))


def union(boxes: Iterable[Bounds]) -> Bounds | None:
    """The box around boxes; ``None`` around none."""
    sides = tuple(zip(*boxes, strict=True))
    return (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])) if sides else None


def shape_of(content: bytes) -> Shape:
    """The polygons of a well-known binary.

    Raises
    ------
    ValueError
        If it is no polygon or multipolygon, or cut short.
    """
    try:
        return _shape(content)
    except struct.error as error:
        raise ValueError(f"geometry cut short ({error})") from error


def _shape(content: bytes) -> Shape:
    order = "<" if content[:1] == b"\x01" else ">"
    kind, count = struct.unpack_from(f"{order}II", content, 1)
    if kind == POLYGON:
        return (_read_polygon(content, 0)[0],)
    if kind != MULTIPOLYGON:
        raise ValueError(f"geometry of kind {kind}, not an area")
    polygons, position = [], 9
    for _ in range(count):
        polygon, position = _read_polygon(content, position)
        polygons.append(polygon)
    return tuple(polygons)


def _read_polygon(content: bytes, position: int) -> tuple[Polygon, int]:
    """A polygon and where it ends."""
    order = "<" if content[position:position + 1] == b"\x01" else ">"
    kind, rings = struct.unpack_from(f"{order}II", content, position + 1)
    if kind != POLYGON:
        raise ValueError(f"geometry of kind {kind} among polygons")
    polygon, position = [], position + 9
    for _ in range(rings):
        (count,) = struct.unpack_from(f"{order}I", content, position)
        if count * 16 > len(content) - position:
            raise ValueError("geometry cut short")
        flat = struct.unpack_from(f"{order}{2 * count}d", content, position + 4)
        polygon.append(tuple(zip(flat[::2], flat[1::2], strict=True)))
        position += 4 + 16 * count
    return tuple(polygon), position
