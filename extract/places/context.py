"""What an article's sure places say about its doubtful ones: its countries, its regions, its other towns."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import cos, exp, hypot, inf, radians
from typing import TypeAlias

from extract.annotation import Form
from extract.places.toponym import Toponym
from geodata.gazetteer import Gazetteer, NamedPlace
from geodata.place import KM_A_DEGREE, Place, PlaceKind

Sense: TypeAlias = tuple[str, str, PlaceKind | None]
"""What is resolved once in an article: a name, its gazetteer id where known, and what a designator says of it."""

Candidates: TypeAlias = Mapping[Sense, tuple[NamedPlace, ...]]

CLEAR = 1.5
"""How much more prominent (powers of ten) than the next namesake a place must be to be sure without context."""
DERIVED_WEIGHT = 0.6
"""What an adjective counts beside a name: "German police" says less of where than "Germany"."""
HOME_WEIGHT = 0.4
"""What the language's home countries count together, in names: they decide where nothing else does."""
NEAR_KM = 150.0
"""Distance at which nearness to another place of the article has lost two thirds of its weight."""
ROUNDING = 1e-9
MOST_POINTS = 60
"""So many places of an article are compared by distance; bounds the cost of a list of all towns."""


def sense_of(toponym: Toponym) -> Sense:
    """The sense of a toponym."""
    return toponym.name, toponym.place_id, toponym.kind


class ArticleContext:
    """The sure places of an article. What a name says of itself is left out of what is said about it."""

    def __init__(self, toponyms: Sequence[Toponym], candidates: Candidates, gazetteer: Gazetteer, home: Sequence[str]):
        self.designated_regions = {toponym.name for toponym in toponyms if toponym.kind is PlaceKind.REGION}
        self._countries: defaultdict[str, float] = defaultdict(float, {cc: HOME_WEIGHT / len(home) for cc in home})
        self._of_name: defaultdict[str, dict[str, float]] = defaultdict(dict)
        self._regions: defaultdict[str, set[str]] = defaultdict(set)
        self._points: dict[str, Place] = {}
        uses: defaultdict[str, int] = defaultdict(int)
        for toponym in toponyms:
            named = candidates[sense_of(toponym)]
            if not named or not (toponym.place_id or _is_clear(named, gazetteer)):
                continue
            place = named[0].place
            uses[place.id] += 1
            self._add(toponym, place, (DERIVED_WEIGHT if toponym.form is Form.DERIVED else 1.0) / uses[place.id])
        self._total = sum(self._countries.values())
        self._total_besides = {name: self._total - sum(own.values()) for name, own in self._of_name.items()}
        self._by_latitude = sorted((place.lat, place.lon, name) for name, place in self._points.items())

    def _add(self, toponym: Toponym, place: Place, weight: float) -> None:
        if place.country:
            self._countries[place.country] += weight
            own = self._of_name[toponym.name]
            own[place.country] = own.get(place.country, 0.0) + weight
        if place.kind is PlaceKind.REGION:
            self._regions[place.id].add(toponym.name)
        if place.kind in (PlaceKind.CITY, PlaceKind.REGION, PlaceKind.SITE) and len(self._points) < MOST_POINTS:
            self._points[toponym.name] = place

    def is_abroad(self, country: str | None, name: str) -> bool:
        """Whether the article's other names, of which some are clear, are all in other countries."""
        own = self._of_name.get(name, {})
        return len(self._of_name) > (name in self._of_name) \
            and self._countries.get(country or "", 0.0) <= own.get(country or "", 0.0) + ROUNDING

    def share(self, country: str | None, name: str) -> float:
        """Share (0-1) of the article's other names that are in ``country``."""
        total = self._total_besides.get(name, self._total)
        if not country or total <= 0 or country not in self._countries:
            return 0.0
        own = self._of_name[name].get(country, 0.0) if name in self._of_name else 0.0
        return max(0.0, self._countries[country] - own) / total

    def names_region_of(self, place: Place, name: str) -> bool:
        """Whether the article names the region of ``place``, by another name than ``name``."""
        names = self._regions.get(f"iso:{place.region}")
        return names is not None and not names <= {name}

    def contained(self, container: Place, name: str, gazetteer: Gazetteer) -> int:
        """How many of the article's other towns and regions lie in ``container``."""
        return sum([gazetteer.contains(container, inner)
                    for other_name, inner in self._points.items() if other_name != name])

    def nearness(self, place: Place, name: str) -> float:
        """1 for a place beside another of the article, falling with distance (on a plane: only nearness counts)."""
        lat, lon, shrink = place.lat, place.lon, cos(radians(place.lat))
        nearest, at = inf, bisect_left(self._by_latitude, (lat,))
        for side in (self._by_latitude[at:], self._by_latitude[:at][::-1]):
            for there, across, other_name in side:  # away from it, until all others are too far north or south
                north = there - lat
                if not -nearest < north < nearest:
                    break
                if other_name != name and (distance := hypot(north, (across - lon) * shrink)) < nearest:
                    nearest = distance
        return exp(-nearest * KM_A_DEGREE / NEAR_KM)


def _is_clear(named: Sequence[NamedPlace], gazetteer: Gazetteer) -> bool:
    """Whether a name needs no context: one bearer, or one that outranks or contains the next."""
    if len(named) == 1:
        return True
    first, second = named[0], named[1]
    if first.place.kind is PlaceKind.COUNTRY:
        return not any(
            other.place.kind is PlaceKind.REGION
            and other.place.country != first.place.country
            and other.match == "name"
            for other in named[1:4]
        )  # "Georgia" is a country and a state
    return (
        first.prior - second.prior > CLEAR
        or gazetteer.contains(first.place, second.place)
        or gazetteer.contains(second.place, first.place)
    )
