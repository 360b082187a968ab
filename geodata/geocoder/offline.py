"""The gazetteer as a geopy geocoder: no network, no key, the signature of geopy's Nominatim where they overlap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geodata.gazetteer import Gazetteer, NamedPlace, open_gazetteer
from geodata.place import Place, PlaceKind, distance_km

ATTRIBUTION = "GeoNames (CC BY 4.0), Unicode CLDR, Dateline"

STRUCTURED = ("city", "county", "state", "country")
"""Keys of a structured query, finest first."""

DEFAULT_LIMIT = 10
"""As many results as Nominatim gives when not told otherwise."""


class GazetteerGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocoder over the compiled gazetteer.

    Parameters
    ----------
    gazetteer:
        An open gazetteer; the user's own (compiled now if need be) if not given.
    """

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        super().__init__()
        self.gazetteer = gazetteer or open_gazetteer()

    def geocode(self, query: str | Mapping[str, str], *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL,
                limit: int | None = None, language: str | bool = False,
                country_codes: str | Sequence[str] | None = None, viewbox: Sequence[Any] | None = None,
                bounded: bool = False) -> Location | list[Location] | None:
        """Places of a name, the most prominent first.

        Parameters
        ----------
        query:
            A name, with what contains it after commas ("Springfield, Illinois"), or a mapping with the keys
            ``city``, ``county``, ``state`` and ``country``.
        timeout:
            Accepted as every geopy geocoder does; nothing is waited for.
        limit:
            Most results if not ``exactly_one``.
        language:
            ISO 639-1 code for the address; a list as in ``Accept-Language`` takes its first.
        country_codes:
            ISO 3166-1 alpha-2 code or codes to keep to.
        viewbox:
            Two opposite corners; places within come first, and alone if ``bounded``.

        Returns
        -------
        geopy.location.Location, list of them, or None
            As geopy has it: ``None`` if nothing is found.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query names nothing or the view box has not two corners.
        """
        del timeout
        name, *containers = _parts(query)
        wanted = _codes(country_codes)
        named = [n for n in self.gazetteer.candidates(name) if not wanted or n.place.country in wanted]
        for container in containers:
            around = [c.place for c in self.gazetteer.candidates(container)]
            named = [n for n in named if any(self.gazetteer.contains(place, n.place) for place in around)]
        if viewbox:
            box = _Box(viewbox)
            named = [n for n in named if box.holds(n.place)] if bounded else sorted(
                named, key=lambda n: not box.holds(n.place))
        return self._answer(named, exactly_one, limit, language)

    def reverse(self, query: Any, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL,
                language: str | bool = False, limit: int | None = None) -> Location | list[Location] | None:
        """The towns nearest to a point, the nearest first.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            If the query is no point.
        """
        del timeout
        try:
            point = Point(query)
        except (TypeError, ValueError) as error:
            raise GeocoderQueryError(f"{query!r} is no point: {error}") from error
        count = 1 if exactly_one else limit or DEFAULT_LIMIT
        near = self.gazetteer.nearest(point.latitude, point.longitude, count)
        return self._answer([NamedPlace(place, "nearest", 0.0) for place in near], exactly_one, limit, language, point)

    def _answer(self, named: Sequence[NamedPlace], exactly_one: bool, limit: int | None, language: str | bool,
                point: Point | None = None) -> Location | list[Location] | None:
        if not named:
            return None
        if exactly_one:
            return self._location(named[0], language, point)
        return [self._location(n, language, point) for n in named[:limit or DEFAULT_LIMIT]]

    def _location(self, named: NamedPlace, language: str | bool, point: Point | None) -> Location:
        place = named.place
        raw = {
            "place_id": place.id, "name": place.name, "kind": place.kind.value, "country_code": place.country,
            "region": place.region, "lat": place.lat, "lon": place.lon, "radius_km": place.radius_km,
            "population": place.population, "names": dict(place.names), "match": named.match,
            "importance": named.prior, "attribution": ATTRIBUTION,
        }
        if point is not None:
            raw["distance_km"] = round(distance_km(point.latitude, point.longitude, place.lat, place.lon), 3)
        return Location(self.address(place, _first_language(language)), (place.lat, place.lon), raw)

    def address(self, place: Place, language: str = "") -> str:
        """The place with what contains it: name, region, country."""
        parts = [place.name_in(language)]
        for container in self._containers(place):
            name = container.name_in(language)
            if name != parts[-1]:
                parts.append(name)
        return ", ".join(parts)

    def _containers(self, place: Place) -> Iterable[Place]:
        if place.region:
            region = place.region if ":" in place.region else f"iso:{place.region}"
            if region in self.gazetteer:
                yield self.gazetteer.place(region)
        if place.country and place.kind is not PlaceKind.COUNTRY and f"cc:{place.country}" in self.gazetteer:
            yield self.gazetteer.place(f"cc:{place.country}")


def _parts(query: str | Mapping[str, str]) -> list[str]:
    """Names in a query, the finest first."""
    if isinstance(query, Mapping):
        parts = [str(query[key]) for key in STRUCTURED if query.get(key)]
    else:
        parts = str(query).split(",")
    parts = [part.strip() for part in parts if part.strip()]
    if not parts:
        raise GeocoderQueryError(f"{query!r} names no place")
    return parts


def _codes(country_codes: str | Sequence[str] | None) -> frozenset[str]:
    if not country_codes:
        return frozenset()
    codes = country_codes.split(",") if isinstance(country_codes, str) else country_codes
    return frozenset(code.strip().upper() for code in codes)


def _first_language(language: str | bool) -> str:
    """``de`` for "de-CH, de;q=0.9, en": what :meth:`Place.name_in` understands."""
    return language.split(",")[0].split(";")[0].split("-")[0].strip().lower() if isinstance(language, str) else ""


class _Box:
    """A view box between two opposite corners, as geopy understands it: never across the antimeridian."""

    def __init__(self, corners: Sequence[Any]) -> None:
        if len(corners) != 2:
            raise GeocoderQueryError("a view box has two corners")
        try:
            one, other = Point(corners[0]), Point(corners[1])
        except (TypeError, ValueError) as error:
            raise GeocoderQueryError(f"{corners!r} are no corners: {error}") from error
        self._south, self._north = sorted((one.latitude, other.latitude))
        self._west, self._east = sorted((one.longitude, other.longitude))

    def holds(self, place: Place) -> bool:
        return bool(self._south <= place.lat <= self._north and self._west <= place.lon <= self._east)
