"""Layers as OGC GeoPackage, both ways without loss: for QGIS, ArcGIS and GDAL.

One table of features, ``events``, with the columns of :mod:`geodata.formats.columns`; the notes of the layer are
the file's metadata.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

from geodata.atomic import written_whole
from geodata.errors import InputError, OutputError
from geodata.event import Event
from geodata.formats import gpkg
from geodata.formats.columns import COLUMNS, TEXTS, Kind, event_of_row, row
from geodata.formats.layerfile import OpenLayer, OutlineOf, put_outline
from geodata.formats.plaintext import escape, json_text, unescape
from geodata.formats.qgis import add_styles
from geodata.formats.wkb import Bounds, shape_of, union, wkb
from geodata.geometry import Shape
from geodata.place import Place

TABLE = "events"
WORKSPACE_STATE = "workspace_state"
"""Table of keys and values by which a workspace is known: the make of its tables, the revision of its articles."""
NOTES_URI = "urn:dateline:notes"
NOTES = "dateline_notes"
"""Table of keys and values that a workspace has its notes in, which changes them one by one."""
SQL_TYPES = {Kind.TEXT: "TEXT", Kind.JSON: "TEXT", Kind.DATE: "DATE", Kind.INTEGER: "INTEGER", Kind.REAL: "DOUBLE"}
ROWS_AT_ONCE = 1 << 12
PLACES_KEPT = 1 << 16
"""Geometries remembered while writing: events share places, and a circle of 48 corners takes 0.1 ms."""


def write(path: Path, events: Iterable[Event], outline_of: OutlineOf, notes: Mapping[str, Any]) -> int:
    """Write events as a GeoPackage, whole or not at all; returns how many.

    Raises
    ------
    OutputError
        If the file can't be written, or is a workspace: a layer doesn't take the place of articles and corrections.
    """
    if _is_workspace(path):
        raise OutputError(path, "is a workspace, and would lose its articles and corrections", "Name another file")
    with (written_whole(path) as file, _not_written(path),
          closing(sqlite3.connect(file.name, isolation_level=None)) as connection):
        connection.execute("PRAGMA journal_mode = OFF")  # a file that fails is thrown away whole
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        gpkg.create_core(connection)
        gpkg.add_features(connection, TABLE, [(column.name, SQL_TYPES[column.kind]) for column in COLUMNS],
                          "Dated events from news articles")
        gpkg.add_spatial_index(connection, TABLE)
        extent: Bounds | None = None
        blanks = ", ".join("?" * (len(COLUMNS) + 2))
        rows = _rows(events, outline_of)
        while some := list(islice(rows, ROWS_AT_ONCE)):
            connection.executemany(f"INSERT INTO {TABLE} VALUES ({blanks})", (cells for cells, _ in some))
            boxes = [(cells[0], box) for cells, box in some if box is not None]
            gpkg.put_boxes(connection, TABLE, boxes)
            extent = union((*(box for _, box in boxes), *([extent] if extent else [])))
        gpkg.add_metadata(connection, NOTES_URI, json_text(dict(notes)))
        gpkg.set_extent(connection, TABLE, extent)
        gpkg.add_triggers(connection, TABLE)
        (written,) = connection.execute(f"SELECT count(*) FROM {TABLE}").fetchone()
        connection.execute("COMMIT")
    return int(written)


def _is_workspace(path: Path) -> bool:
    """Whether a file is there that keeps more than a layer."""
    if not path.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return gpkg.has_table(connection, WORKSPACE_STATE)
    except sqlite3.Error:
        return False  # no database: it may be overwritten as any file


def add_style(path: Path) -> None:
    """Put a style for QGIS into a layer that :func:`write` wrote.

    QGIS finds it only if GDAL lists its table as a layer, too; ogr2ogr, unless told which, then takes both.

    Raises
    ------
    OutputError
        If it can't be written.
    """
    with _not_written(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        add_styles(connection, TABLE)
        connection.execute("COMMIT")


@contextmanager
def _not_written(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise OutputError(path, f"can't be written ({error})", "Make room there, and write it anew") from error


def _rows(events: Iterable[Event], outline_of: OutlineOf) -> Iterator[tuple[list[Any], Bounds | None]]:
    """The cells of every event, and the box around its place."""

    @lru_cache(maxsize=PLACES_KEPT)
    def geometry(place: Place) -> tuple[bytes, Bounds]:
        shape, box = wkb(place, outline_of)
        return gpkg.blob(shape, box), box

    for fid, event in enumerate(events, 1):
        shape, box = geometry(event.place) if event.place is not None else (None, None)
        cells = row(event)
        for name in TEXTS:
            if cells[name]:
                cells[name] = escape(cells[name])
        yield [fid, shape, *cells.values()], box


@contextmanager
def opened(path: Path) -> Iterator[OpenLayer]:
    """Open a layer that :func:`write` wrote, also after a GIS program edited it.

    Raises
    ------
    InputError
        If it is no GeoPackage of Dateline's; names the feature at fault.
    """
    outlines: dict[str, Shape] = {}
    with _no_layer(path):
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    with closing(connection):
        with _no_layer(path):
            connection.execute("PRAGMA trusted_schema = OFF")  # a stranger's file runs nothing
            connection.execute("BEGIN")  # notes and events as of one moment, whoever writes
            notes = _notes(connection)
        yield OpenLayer(_events(path, connection, outlines), notes, outlines)


def _events(path: Path, connection: sqlite3.Connection, outlines: dict[str, Shape]) -> Iterator[Event]:
    names = ", ".join(gpkg.quoted(column.name) for column in COLUMNS if not column.repeats)
    with _no_layer(path):
        rows = connection.cursor()
        rows.row_factory = sqlite3.Row
        for cells in rows.execute(f"SELECT fid, geom, {names} FROM {TABLE} ORDER BY fid"):
            event = _read_event(path, cells)
            put_outline(outlines, event, partial(_read_shape, path, cells))
            yield event


@contextmanager
def _no_layer(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, ValueError, TypeError) as error:
        raise InputError(path, f"is no layer of Dateline's ({error})", "Write it with dateline export") from error


def _notes(connection: sqlite3.Connection) -> dict[str, Any]:
    text = gpkg.metadata_of(connection, NOTES_URI)
    if text is not None:
        return dict(json.loads(text))
    if not gpkg.has_table(connection, NOTES):
        return {}
    return {unescape(key): json.loads(value)
            for key, value in connection.execute(f"SELECT key, value FROM {NOTES} ORDER BY fid")}


def _read_event(path: Path, cells: sqlite3.Row) -> Event:
    try:
        return event_of_row({column.name: unescape(cells[column.name]) if column.kind is Kind.TEXT
                             and isinstance(cells[column.name], str) else cells[column.name]
                             for column in COLUMNS if not column.repeats})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _fault(path, cells, error) from error


def _read_shape(path: Path, cells: sqlite3.Row) -> Shape:
    try:
        return shape_of(gpkg.geometry_of(cells["geom"]))
    except (TypeError, ValueError) as error:
        raise _fault(path, cells, error) from error


def _fault(path: Path, cells: sqlite3.Row, error: Exception) -> InputError:
    problem = f"feature {cells['fid']} is no event of Dateline's ({type(error).__name__}: {error})"
    return InputError(path, problem, "Write it with dateline export")
