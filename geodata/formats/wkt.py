"""Geometry as well-known text (OGC 06-103r4), both ways: for tables without a type for shapes."""

from __future__ import annotations

import re

from geodata.formats.layerfile import OutlineOf
from geodata.geometry import DECIMALS, Ring, Shape, footprint
from geodata.place import Place


def wkt(place: Place, outline_of: OutlineOf) -> str:
    """A place's geometry: a point for a town or site, else its area."""
    if place.kind.is_point:
        return f"POINT ({round(place.lon, DECIMALS)} {round(place.lat, DECIMALS)})"
    shape = footprint(place, outline_of(place))
    polygons = ["(" + ", ".join(_ring(ring) for ring in polygon) + ")" for polygon in shape]
    return f"POLYGON {polygons[0]}" if len(shape) == 1 else f"MULTIPOLYGON ({', '.join(polygons)})"


def _ring(ring: Ring) -> str:
    return "(" + ", ".join(f"{lon!r} {lat!r}" for lon, lat in ring) + ")"


_BETWEEN_POLYGONS = re.compile(r"\)\s*\)\s*,\s*\(\s*\(")
_RING = re.compile(r"\(([^()]*)\)")


def shape_of(text: str) -> Shape:
    """The polygons of a well-known text.

    Raises
    ------
    ValueError
        If it is no POLYGON or MULTIPOLYGON.
    """
    kind, _, body = text.partition("(")
    if kind.strip().upper() not in ("POLYGON", "MULTIPOLYGON"):
        raise ValueError(f"no area: {text[:40]!r}")
    shape = tuple(tuple(_points(ring) for ring in _RING.findall(f"({polygon})"))
                  for polygon in _BETWEEN_POLYGONS.split(body))
    if not all(shape):
        raise ValueError(f"no polygons: {text[:40]!r}")
    return shape


def _points(text: str) -> Ring:
    return tuple((float(lon), float(lat)) for lon, lat, *_ in (pair.split() for pair in text.split(",")))
