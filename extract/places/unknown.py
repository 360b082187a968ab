"""Names that the gazetteer lacks: the place that the text says they lie in, or a circle as far off as it says.

Nothing finer is invented: "Moqokori, in the Hiran region" is somewhere in Hiran.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.annotation import Form, PlaceMention
from extract.places.toponym import Toponym
from geodata.place import Place, PlaceKind, moved

MADE = "near:"
"""How the id of such a circle begins that no gazetteer has."""
SHARE_UNSURE = 0.25
"""Part of a told distance that the circle has as its radius: "some 40 km north" may be 32 or 48, and northeast."""
LEAST_UNSURE_KM = 5.0
DISTRICT_KM = 25.0
"""How far a district of which only the town is known reaches around it, about."""


def place_unknown(toponyms: Sequence[Toponym], mentions: tuple[PlaceMention, ...]) -> tuple[PlaceMention, ...]:
    """The mentions, those of names that no gazetteer has placed by what the text says, at every use of the name."""
    told: dict[str, tuple[Place, str]] = {}
    for i, (toponym, mention) in enumerate(zip(toponyms[:-1], mentions, strict=False)):
        if mention.place is None and not mention.candidates and toponym.form is Form.NAME and toponym.name not in told:
            where = _told(toponym, toponyms[i + 1], mentions[i + 1])
            if where is not None:
                told[toponym.name] = where
    if not told:
        return mentions
    return tuple(
        replace(mention, place=told[toponym.name][0], why=told[toponym.name][1])
        if mention.place is None and not mention.candidates and toponym.name in told else mention
        for toponym, mention in zip(toponyms, mentions, strict=True)
    )


def _told(toponym: Toponym, following: Toponym, mention: PlaceMention) -> tuple[Place, str] | None:
    place = mention.place
    if place is None:
        return None
    if following.is_container or toponym.names_building:
        if toponym.kind is PlaceKind.REGION and place.kind is PlaceKind.CITY:  # a district "of" its district's town
            place = _off(place, toponym.name, DISTRICT_KM, None)
        return place, f"not in the gazetteer; told to lie in “{mention.text}”"
    if following.away is not None:
        return _off(place, toponym.name, *following.away), (
            f"not in the gazetteer; told to lie {following.away[0]:g} km from “{mention.text}”")
    return None


def _off(place: Place, name: str, km: float, bearing: int | None) -> Place:
    """A circle so far off in that direction; all around ``place`` where none is told."""
    lat, lon, radius = place.lat, place.lon, km + place.radius_km
    if bearing is not None and bearing >= 0:
        lat, lon = moved(lat, lon, km, bearing)
        radius = max(km * SHARE_UNSURE, LEAST_UNSURE_KM)
    direction = "around" if bearing is None or bearing < 0 else str(bearing)
    return Place(f"{MADE}{km:g}:{direction}:{place.id}", name, PlaceKind.CITY, place.country,
                 round(lat, 3), round(lon, 3), round(radius, 1))
