"""A place: a gazetteer entry with its kind, its country and how far it extends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG 1980, R1)."""
KM_A_DEGREE = 111.2
"""Of latitude, with that radius; of longitude at the equator."""
LAST_LATITUDE, NARROWEST = 89.0, 0.1
"""How far from the equator a point may be moved, and the least cosine that its meridians are taken to stand apart by:
nearer to a pole a bearing means little."""


class PlaceKind(StrEnum):
    """What a place is; decides how it is drawn (a region is never a pin)."""

    COUNTRY = "country"
    REGION = "region"
    CITY = "city"
    SITE = "site"
    WATER = "water"
    MACROREGION = "macroregion"
    BORDER = "border"

    @property
    def is_point(self) -> bool:
        """Whether a point on the map tells no more than the text does."""
        return self in (PlaceKind.CITY, PlaceKind.SITE)


@dataclass(frozen=True, slots=True)
class Place:
    """One gazetteer entry.

    Attributes
    ----------
    id:
        Stable identifier, prefixed by its source: ``gn:2928810`` (GeoNames), ``iso:RU-KRS``
        (ISO 3166-2), ``cc:RU`` (ISO 3166-1), ``dl:donbas`` (Dateline's own overlay),
        ``border:CN-RU``.
    name:
        Display name, in English or Latin script.
    kind:
        What it is.
    country:
        ISO 3166-1 alpha-2 code, or ``None`` where no single country holds it (seas, borders).
    lat, lon:
        Representative point in WGS 84 degrees.
    radius_km:
        Radius of the circle around that point that the place fills, about; an event said to be
        there lies somewhere within.
    region:
        ISO 3166-2 code or GeoNames admin1 code (``RU.41``) of the region that contains it.
    population:
        Inhabitants, 0 where unknown.
    names:
        Display names by language code, e.g. ``{"de": "Gebiet Kursk", "en": "Kursk Oblast"}``.
    """

    id: str
    name: str
    kind: PlaceKind
    country: str | None
    lat: float
    lon: float
    radius_km: float
    region: str | None = None
    population: int = 0
    names: tuple[tuple[str, str], ...] = ()

    def name_in(self, language: str) -> str:
        """The display name in ``language``, or :attr:`name` where there is none."""
        return dict(self.names).get(language, self.name)


def moved(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """The point so many km from another in a direction (degrees from north, clockwise), on a plane: for short ways."""
    lat = max(-LAST_LATITUDE, min(LAST_LATITUDE, lat + km * cos(radians(bearing)) / KM_A_DEGREE))
    lon += km * sin(radians(bearing)) / (KM_A_DEGREE * max(NARROWEST, cos(radians(lat))))
    return lat, (lon + 180) % 360 - 180


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Great-circle distance in km between two points in degrees (haversine)."""
    phi1, phi2 = radians(lat1), radians(lat2)
    half_dphi = (phi2 - phi1) / 2
    half_dlambda = radians(lon2 - lon1) / 2
    h = sin(half_dphi) ** 2 + cos(phi1) * cos(phi2) * sin(half_dlambda) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(h)))
