"""Parts of a country or region by a part of the sky: "Ostukraine", "northern Syria"."""

from __future__ import annotations

from dataclasses import replace

from geodata.gazetteer import Gazetteer
from geodata.place import Place, PlaceKind, moved

SMALLEST_KM = 100.0
"""A place of a smaller radius is not taken apart: its half is no better known than the whole."""

PARTS = {
    0: "northern",
    45: "northeastern",
    90: "eastern",
    135: "southeastern",
    180: "southern",
    225: "southwestern",
    270: "western",
    315: "northwestern",
    -1: "central",
}


MADE = "part:"
"""How the id of a part begins that no gazetteer has."""


def is_part(place: Place) -> bool:
    """Whether a place is such a part, drawn as a circle."""
    return place.id.startswith(MADE)


def part_of(whole: Place, bearing: int, gazetteer: Gazetteer) -> Place:
    """The macro-region of that name where the gazetteer has it; else a soft circle in that part of ``whole``.

    The circle has half the radius and its centre half a radius from the middle: it covers about the
    part that is meant, and is honest about being a circle.
    """
    if whole.kind not in (PlaceKind.COUNTRY, PlaceKind.REGION, PlaceKind.MACROREGION):
        return whole
    word = PARTS[bearing]
    name = f"{word.capitalize()} {whole.name}"
    for named in gazetteer.candidates(name)[:1]:
        if named.place.kind is PlaceKind.MACROREGION and named.match != "skeleton":
            return named.place
    if whole.radius_km < SMALLEST_KM:
        return whole
    half = whole.radius_km / 2
    lat, lon = whole.lat, whole.lon
    if bearing >= 0:
        lat, lon = moved(lat, lon, half, bearing)
    return replace(
        whole,
        id=f"{MADE}{word}:{whole.id}",
        name=name,
        kind=PlaceKind.MACROREGION,
        lat=round(lat, 3),
        lon=round(lon, 3),
        radius_km=half,
        region=None,
        population=0,
        names=(),
    )
