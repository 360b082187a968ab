"""Which place lies in which, and which of several are the finest."""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotation import PlaceMention
from extract.places.parts import is_part
from geodata.place import Place, PlaceKind, distance_km

COARSENESS = {PlaceKind.SITE: 0, PlaceKind.CITY: 1, PlaceKind.BORDER: 2, PlaceKind.WATER: 2, PlaceKind.REGION: 3,
              PlaceKind.COUNTRY: 5, PlaceKind.MACROREGION: 6}
COARSEST = COARSENESS[PlaceKind.MACROREGION]
WIDE = frozenset({PlaceKind.COUNTRY, PlaceKind.MACROREGION})
"""Kinds of places that are no scene: what happens in a country happens somewhere in it."""
FINE = frozenset({PlaceKind.CITY, PlaceKind.SITE, PlaceKind.REGION})
"""Kinds of places that tell where something was, and who rules there."""
PART = 4
"""Coarseness of a macro-region inside one country: "eastern Ukraine" is finer than Ukraine."""
PART_REACH = 2.2
"""How many radii a part of a country reaches from the middle of the circle that stands for it: its far corners."""

NAMED_PART_REACH = 1.5
"""The same of one that the gazetteer has, whose circle is drawn by hand: Hermosillo is in northern Mexico."""

ONE_TOWN_KM = 5
"""Two points no farther apart are one place: a town and its station."""


def finest(places: Sequence[PlaceMention]) -> list[PlaceMention]:
    """The places that hold no other of them: "Kupjansk im Gebiet Charkiw" is Kupjansk."""
    return [place for place in places
            if not any(other is not place and place.place is not None and other.place is not None
                       and _is_coarser(place.place, other.place) for other in places)]


def _is_coarser(place: Place, other: Place) -> bool:
    """Whether another place says more finely where; of two places, one at most is the coarser."""
    if _flows_through(other, place) or place.kind is PlaceKind.BORDER:  # a line: its circle holds whole capitals
        return False
    return _flows_through(place, other) or contains(place, other)


def _flows_through(water: Place, land: Place) -> bool:
    """ "on the River Niger in Kebbi State": of a long river, the land beside its name says more."""
    return water.kind is PlaceKind.WATER and land.kind in (PlaceKind.REGION, PlaceKind.CITY) \
        and land.country is not None and water.radius_km > land.radius_km


def contains(outer: Place, inner: Place) -> bool:
    """Whether one place lies in another, as far as kinds, codes and extents tell."""
    if _coarseness(outer) <= _coarseness(inner):
        return False
    if outer.kind is PlaceKind.COUNTRY:
        return inner.country == outer.country
    if _coarseness(outer) == PART:
        reach = (PART_REACH if is_part(outer) else NAMED_PART_REACH) * outer.radius_km
        return inner.country == outer.country and distance_km(outer.lat, outer.lon, inner.lat, inner.lon) <= reach
    if outer.kind is PlaceKind.REGION and outer.region is None and inner.region is not None:
        return outer.id.removeprefix("iso:") == inner.region
    if outer.kind is PlaceKind.REGION and None not in (outer.region, inner.region) and outer.region != inner.region:
        return False  # a county of another region; of its own, the circle has to tell
    return distance_km(outer.lat, outer.lon, inner.lat, inner.lon) <= outer.radius_km * 1.2


def _coarseness(place: Place) -> int:
    coarseness = COARSENESS[place.kind]
    return PART if coarseness == COARSEST and place.country is not None else coarseness


def same_place(a: Place, b: Place) -> bool:
    """Whether two places are one, or one holds the other."""
    return a.id == b.id or contains(a, b) or contains(b, a) or one_town(a, b)


def one_town(a: Place, b: Place) -> bool:
    """Whether two points are in one town."""
    return a.kind.is_point and b.kind.is_point and distance_km(a.lat, a.lon, b.lat, b.lon) <= ONE_TOWN_KM
