"""Events as rows of the table ``events``, and back without loss."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b, sha256
from typing import Any

from geodata.event import Event
from geodata.formats import gpkg
from geodata.formats.columns import COLUMNS, Kind, event_of_row, row
from geodata.formats.geopackage import TABLE
from geodata.formats.layerfile import OutlineOf
from geodata.formats.plaintext import escape, unescape
from geodata.formats.wkb import wkb
from geodata.place import Place
from geodata.records import json_bytes, to_plain
from geodata.replay import hashes_in

GeometryOf = Callable[[Place | None], bytes | None]
"""Gives a place's geometry as a GeoPackage blob; ``None`` for no place."""
PLACES_KEPT = 1 << 14
"""Geometries remembered: events share places, and a circle of 48 corners takes 0.1 ms."""

OWN = tuple(column.name for column in COLUMNS if not column.repeats)
SELECT = ", ".join(map(gpkg.quoted, OWN))
"""The columns that :func:`event_of_cells` needs, as SQL."""
NAMES = ("geom", *(column.name for column in COLUMNS), "reviewed")
_INSERT = f"INSERT INTO {TABLE} ({', '.join(map(gpkg.quoted, NAMES))}) VALUES ({', '.join('?' * len(NAMES))})"
_UPDATE = f"UPDATE {TABLE} SET {', '.join(f'{gpkg.quoted(name)} = ?' for name in NAMES)} WHERE id = ?"


def write_event(connection: sqlite3.Connection, event: Event, geometry_of: GeometryOf,
                reviewed: Iterable[str] = ()) -> None:
    """Write an event's row; one that is there keeps its ``fid``, so what a GIS has selected stays selected.

    No upsert: that would take the triggers of the spatial index their way of handling conflicts.
    """
    values = cells(event, geometry_of, reviewed)
    name = escape(event.id)
    old = connection.execute(f"SELECT {', '.join(map(gpkg.quoted, NAMES))} FROM {TABLE} WHERE id = ?", (name,))
    found = old.fetchone()
    if found is None:
        connection.execute(_INSERT, values)
    elif list(found) != values:
        connection.execute(_UPDATE, [*values, name])


def geometries(outline_of: OutlineOf) -> GeometryOf:
    """The geometries of places, remembered."""

    @lru_cache(maxsize=PLACES_KEPT)
    def geometry_of(place: Place | None) -> bytes | None:
        return gpkg.blob(*wkb(place, outline_of)) if place else None

    return geometry_of


def cells(event: Event, geometry_of: GeometryOf, reviewed: Iterable[str] = ()) -> list[Any]:
    """The values of :data:`NAMES`."""
    values = row(event)
    return [geometry_of(event.place), *(
        escape(values[column.name]) if column.kind is Kind.TEXT and values[column.name] is not None
        else values[column.name] for column in COLUMNS), " ".join(reviewed)]


def event_of_cells(values: Iterable[Any]) -> Event:
    """The event in the columns of :data:`SELECT`."""
    named: Mapping[str, Any] = dict(zip(OWN, values, strict=True))
    return event_of_row({column.name: unescape(named[column.name]) if column.kind is Kind.TEXT
                         and named[column.name] is not None else named[column.name]
                         for column in COLUMNS if not column.repeats})


def digest(event: Event, geometry: bytes | None) -> bytes:
    """A hash that tells whether an event's row has to be written anew."""
    return blake2b(json_bytes(to_plain(event)) + (geometry or b""), digest_size=8).digest()


def words_in(event: Event) -> set[int]:
    """What the event is found by when a correction may mean it: hashes of its texts and quotes."""
    return set(map(word_key, hashes_in(event)))


def word_key(word: str) -> int:
    """A hash of a hash that SQLite keeps in eight bytes: finding an event too many costs time and nothing else."""
    return int.from_bytes(sha256(word.encode("utf-8", "backslashreplace")).digest()[:8], "big", signed=True)
