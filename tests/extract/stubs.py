"""Places and times marked by hand, so that the event stage is tested apart from the stages before it."""

from __future__ import annotations

from datetime import date

from extract.annotation import Form, PlaceMention, PlaceRole, Report, TimeExpression, TimexType
from extract.article import Article, Publication
from extract.document import read_document
from extract.events import find_reports
from extract.quantities import find_quantities
from geodata.place import Place, PlaceKind
from geodata.timespan import Basis, Granularity, TimeSpan

CITIES = {"Goma": ("CD", -1.68, 29.22), "Sake": ("CD", -1.57, 29.05), "Kinshasa": ("CD", -4.32, 15.31),
          "Quito": ("EC", -0.22, -78.51), "Guayaquil": ("EC", -2.19, -79.89), "Ambato": ("EC", -1.24, -78.63)}
REGIONS = {"Nord-Kivu": ("CD", -0.8, 29.0, 150.0)}
COUNTRIES = {"Kongo": ("CD", -3.0, 23.0, 900.0),
             "Ecuador": ("EC", -1.4, -78.4, 350.0), "Ruanda": ("RW", -2.0, 30.0, 110.0)}
PUBLISHED = date(2024, 5, 17)


def place(name: str) -> Place:
    """A place of the stub gazetteer."""
    if name in CITIES:
        country, lat, lon = CITIES[name]
        return Place(f"t:{name}", name, PlaceKind.CITY, country, lat, lon, 10)
    table, kind = (REGIONS, PlaceKind.REGION) if name in REGIONS else (COUNTRIES, PlaceKind.COUNTRY)
    country, lat, lon, radius = table[name]
    return Place(f"t:{name}", name, kind, country, lat, lon, radius)


def mention(text: str, name: str, role: PlaceRole = PlaceRole.SITE, nth: int = 0) -> PlaceMention:
    """The ``nth`` mention of a place in a text."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(name, start + 1)
    return PlaceMention(start, start + len(name), name, Form.NAME, role, place(name))


def on(text: str, words: str, day: date, relation: str = "during") -> TimeExpression:
    """A day named in a text."""
    start = text.index(words)
    span = TimeSpan(None if relation == "until" else day, None if relation == "since" else day, Granularity.DAY,
                    Basis.RELATIVE, day.isoformat())
    return TimeExpression(start, start + len(words), words, TimexType.DATE, day.isoformat(), span, relation)


def reports(text: str, places: list[PlaceMention] | None = None, times: list[TimeExpression] | None = None,
            lang: str = "de", published: date | None = PUBLISHED) -> tuple[Report, ...]:
    """What a text reports, with its places and times given."""
    document = read_document(Article("t", text), lang)
    publication = Publication(published, published, "given") if published else None
    sorted_places = sorted(places or [], key=lambda place: place.start)
    sorted_times = sorted(times or [], key=lambda time: time.start)
    return find_reports(document, sorted_places, sorted_times, find_quantities(document), publication)
