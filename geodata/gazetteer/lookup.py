"""Looking a name up on its own, with the reason for the order in words (``dateline gazetteer lookup``)."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.errors import GazetteerError
from geodata.gazetteer.index import Gazetteer, NamedPlace
from geodata.place import Place, PlaceKind, distance_km

NEAR_KM = 50.0
"""Places this near, and nearer, count as equally near: within it the more prominent one is meant."""

MATCH_REASONS = {
    "name": "bears this name",
    "alternate": "also goes by this name",
    "skeleton": "is spelt like this in another transliteration",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A place found by its name.

    Attributes
    ----------
    why:
        How the name came to it and what put it where it stands among its namesakes.
    distance_km:
        From :func:`lookup`'s ``near`` (from the border, if that is a country); ``None`` without one.
    """

    place: Place
    match: str
    why: str
    distance_km: float | None = None


def lookup(gazetteer: Gazetteer, name: str, near: str = "") -> tuple[Found, ...]:
    """Every place of that name, the likeliest first.

    Parameters
    ----------
    near:
        Name of a place that the one sought is near. A country means near its border for places outside it, and no
        distance at all for places within.

    Raises
    ------
    GazetteerError
        If no place is called ``name``, or none ``near``.
    """
    named = gazetteer.candidates(name)
    if not named:
        raise GazetteerError(name, "no place has this name", "Try another spelling, or compile a full dump: "
                             "dateline gazetteer build --geonames FOLDER")
    if not near:
        return tuple(Found(c.place, c.match, _prominence_reason(c)) for c in named)
    landmarks = gazetteer.candidates(near)
    if not landmarks:
        raise GazetteerError(near, "no place has this name", "Try another spelling for --near")
    landmark = landmarks[0].place
    measured = [(_distance(gazetteer, c.place, landmark), c) for c in named]
    measured.sort(key=lambda item: (max(item[0][0], NEAR_KM), -item[1].prior, item[0][0]))
    return tuple(Found(c.place, c.match, f"{_bears(c)}, {where}", distance) for (distance, where), c in measured)


def _bears(named: NamedPlace) -> str:
    place = named.place
    return f"{place.name} ({place.region or place.country or place.kind}) {MATCH_REASONS[named.match]}"


def _prominence_reason(named: NamedPlace) -> str:
    population = named.place.population
    return f"{_bears(named)}, {f'{population:,} inhabitants' if population else f'a {named.place.kind}'}"


def _distance(gazetteer: Gazetteer, place: Place, landmark: Place) -> tuple[float, str]:
    if place.id == landmark.id or gazetteer.contains(landmark, place):
        return 0.0, f"lies in {landmark.name}"
    if landmark.kind is PlaceKind.COUNTRY and landmark.country and place.country:
        if landmark.country in gazetteer.neighbours(place.country):
            km = gazetteer.distance_to_border(place, place.country, landmark.country)
            return km, f"{km:,.0f} km from the border of {place.country} with {landmark.name}"
        km = max(0.0, distance_km(place.lat, place.lon, landmark.lat, landmark.lon) - landmark.radius_km)
        return max(km, NOT_ADJACENT_KM), f"in {place.country}, which does not border on {landmark.name}"
    km = distance_km(place.lat, place.lon, landmark.lat, landmark.lon)
    beyond = max(0.0, km - landmark.radius_km)
    return beyond, f"{km:,.0f} km from {landmark.name}"


NOT_ADJACENT_KM = 500.0
"""A place in a country that does not border on the landmark is at least this far for our purposes."""
