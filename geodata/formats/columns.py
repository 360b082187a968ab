"""An event as one row of a table: the columns that CSV, GeoPackage, GeoParquet and KML share.

What is nested in an event (its sources, quantities, reasons) is one JSON column each. Some columns repeat for
people what others say already; they are written and not read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import Any

from geodata.event import Event
from geodata.formats.geojson import event_of, properties
from geodata.formats.plaintext import json_text
from geodata.place import Place, PlaceKind
from geodata.timespan import TimeSpan


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    REAL = "real"
    JSON = "JSON"


@dataclass(frozen=True, slots=True)
class Column:
    """A column's name and kind; ``repeats`` if it says again, for people, what other columns hold."""

    name: str
    kind: Kind = Kind.TEXT
    repeats: bool = False

    @property
    def can_be_null(self) -> bool:
        """Whether an event may have nothing there: no date, no place, or a place in no one's country."""
        return self.kind is not Kind.TEXT or self.name in _NULLABLE


_NULLABLE = frozenset({"precision", "place_id", "place_country", "place_region"})

COLUMNS = (
    Column("id"), Column("type"), Column("label", repeats=True), Column("factuality"), Column("claimed_by"),
    Column("start", Kind.DATE), Column("end", Kind.DATE), Column("edtf"), Column("granularity"), Column("date_basis"),
    Column("time_precision", Kind.INTEGER, repeats=True),
    Column("place_name"), Column("place_region"), Column("place_country"), Column("precision"),
    Column("geo_precision", Kind.INTEGER, repeats=True),
    Column("place_lat", Kind.REAL), Column("place_lon", Kind.REAL), Column("radius_km", Kind.REAL),
    Column("place_id"), Column("place_population", Kind.INTEGER), Column("place_names", Kind.JSON),
    Column("acled"), Column("plover"), Column("confidence", Kind.REAL),
    Column("outlets", repeats=True), Column("quote", repeats=True), Column("url", repeats=True),
    Column("group"), Column("quantities", Kind.JSON), Column("why", Kind.JSON), Column("sources", Kind.JSON),
)
"""Every column, in the order of the table."""

NAMES = tuple(column.name for column in COLUMNS)
TEXTS = tuple(column.name for column in COLUMNS if column.kind is Kind.TEXT)
JSONS = tuple(column.name for column in COLUMNS if column.kind is Kind.JSON)
_in_order = itemgetter(*NAMES)

SMALL_AREA_KM = 50.0
"""An area up to this radius is "near a town, a small part of a region" (ACLED's geo precision 2)."""


def geo_precision(place: Place | None) -> int | None:
    """How finely the place is known, as ACLED codes it: 1 a town or site, 2 a small area, 3 a region.

    4 is ours: a country or more, which ACLED would put at its capital. ``None`` without a place.
    """
    if place is None:
        return None
    if place.kind.is_point:
        return 1
    if place.kind in (PlaceKind.COUNTRY, PlaceKind.MACROREGION, PlaceKind.BORDER):
        return 4
    return 2 if place.radius_km <= SMALL_AREA_KM else 3


def time_precision(span: TimeSpan) -> int | None:
    """How finely the time is known, as ACLED codes it: 1 a day, 2 up to a week, 3 up to a month.

    4 is ours: longer, or open at one end. ``None`` without a date.
    """
    if not span.is_dated:
        return None
    days = span.days
    if days is None or days > 31:
        return 4
    return 1 if days == 1 else 2 if days <= 7 else 3


def row(event: Event) -> dict[str, Any]:
    """The event's cells by column name, in the order of :data:`COLUMNS`."""
    values = properties(event)
    first = event.sources[0] if event.sources else None
    values |= {
        "id": event.id, "acled": event.codes.acled, "plover": event.codes.plover,
        "time_precision": time_precision(event.span), "geo_precision": geo_precision(event.place),
        "outlets": " · ".join(dict.fromkeys(source.outlet for source in event.sources if source.outlet)),
        "quote": first.quote if first else "", "url": first.url if first else "",
    }
    for name in JSONS:
        if values[name] is not None:
            values[name] = json_text(values[name])
    return dict(zip(NAMES, _in_order(values), strict=True))


def event_of_row(cells: Mapping[str, Any]) -> Event:
    """The event of a row, its cells typed as :func:`row` gives them; columns that repeat are not needed.

    Raises
    ------
    KeyError, TypeError, ValueError
        If a column is missing or a cell holds what no event has.
    """
    entry = {column.name: cells[column.name] for column in COLUMNS if not column.repeats}
    for column in COLUMNS:
        if column.kind is Kind.JSON and entry[column.name] is not None:
            entry[column.name] = json.loads(entry[column.name])
    entry["codes"] = {"acled": entry["acled"], "plover": entry["plover"]}
    return event_of(entry["id"], entry)
