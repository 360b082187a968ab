"""Layers as GeoParquet 1.1, both ways without loss: for geopandas, DuckDB, Spark and large layers.

The columns of :mod:`geodata.formats.columns`, with sources, quantities, reasons and names as nested columns instead
of JSON. Events become columns a batch at a time, one attribute of all of them after the other; the places and time
spans that they share are turned once. While one batch is written the next is made: a million events take seconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from geodata.atomic import written_whole
from geodata.event import Event, Mark, Quantity, Source
from geodata.formats import geoparquet_reader
from geodata.formats.columns import geo_precision, time_precision
from geodata.formats.layerfile import OpenLayer, OutlineOf
from geodata.formats.plaintext import escape, json_text, unescape
from geodata.formats.wkb import Bounds, union, wkb
from geodata.place import Place
from geodata.taxonomy import taxonomy
from geodata.timespan import TimeSpan

BATCH = 1 << 17
"""Events in a row group: about 60 MB in memory; places are turned once a batch, so larger ones are faster."""
MOST_LETTERS = 1 << 28
"""Letters of quotes in a row group: at up to four bytes each, half of what an Arrow column can address."""
PLACES_KEPT = 1 << 16
GEOMETRY, NOTES = "geometry", b"dateline"

_TEXT, _WHOLE, _REAL = pa.string(), pa.int64(), pa.float64()
_MARKS = pa.list_(pa.struct({"start": _WHOLE, "end": _WHOLE, "role": _TEXT}))
_SOURCES = pa.list_(pa.struct({
    "article": _TEXT, "outlet": _TEXT, "title": _TEXT, "url": _TEXT, "published": _TEXT, "published_basis": _TEXT,
    "quote": _TEXT, "start": _WHOLE, "end": _WHOLE, "text_sha256": _TEXT, "factuality": _TEXT, "claimed_by": _TEXT,
    "parties": pa.list_(_TEXT), "lang": _TEXT, "copy_of": _TEXT, "marks": _MARKS}))
_QUANTITIES = pa.list_(pa.struct({"text": _TEXT, "role": _TEXT, "min": _REAL, "max": _REAL, "approximate": pa.bool_(),
                                  "start": _WHOLE, "end": _WHOLE}))
SCHEMA = pa.schema({
    "id": _TEXT, "type": _TEXT, "label": _TEXT, "factuality": _TEXT, "claimed_by": _TEXT,
    "start": pa.date32(), "end": pa.date32(), "edtf": _TEXT, "granularity": _TEXT, "date_basis": _TEXT,
    "time_precision": pa.int8(),
    "place_name": _TEXT, "place_region": _TEXT, "place_country": _TEXT, "precision": _TEXT, "geo_precision": pa.int8(),
    "place_lat": _REAL, "place_lon": _REAL, "radius_km": _REAL, "place_id": _TEXT, "place_population": _WHOLE,
    "place_names": pa.map_(_TEXT, _TEXT), "acled": _TEXT, "plover": _TEXT, "confidence": _REAL, "group": _TEXT,
    "quantities": _QUANTITIES, "why": pa.list_(_TEXT), "sources": _SOURCES, GEOMETRY: pa.binary()})
"""The columns. What :data:`~geodata.formats.columns.COLUMNS` repeats from the first source stays out: it is there."""

_ALL_DIFFERENT = ("id", "quote", "text_sha256", GEOMETRY)
"""Columns that a dictionary of values would only make longer."""


def write(path: Path, events: Iterable[Event], outline_of: OutlineOf, notes: Mapping[str, Any]) -> int:
    """Write events as GeoParquet, whole or not at all; returns how many.

    Raises
    ------
    OutputError
        If the file can't be written.
    """
    written, places = 0, _Places(outline_of)
    repeating = [name for name in _leaves(SCHEMA) if name.rpartition(".")[2] not in _ALL_DIFFERENT]
    with written_whole(path) as file, \
            pq.ParquetWriter(file.name, SCHEMA, compression="zstd", compression_level=1, version="2.6",
                             use_dictionary=repeating) as writer, \
            ThreadPoolExecutor(1) as background:
        pending = background.submit(lambda: None)
        for batch in _batches(events):
            table = _table(batch, places)
            pending.result()
            pending = background.submit(writer.write_table, table)
            written += len(batch)
        pending.result()
        writer.add_key_value_metadata({"geo": json.dumps(_geo(places.box)), NOTES: json_text(dict(notes))})
    return written


def _leaves(schema: pa.Schema) -> Iterator[str]:
    """The dotted paths of a schema's columns, as Parquet names them."""

    def below(path: str, kind: pa.DataType) -> Iterator[str]:
        if pa.types.is_map(kind):
            yield from (f"{path}.key_value.{end}" for end in ("key", "value"))
        elif pa.types.is_list(kind):
            yield from below(f"{path}.list.element", kind.value_type)
        elif pa.types.is_struct(kind):
            for field in kind:
                yield from below(f"{path}.{field.name}", field.type)
        else:
            yield path

    for field in schema:
        yield from below(field.name, field.type)


def _batches(events: Iterable[Event]) -> Iterator[list[Event]]:
    remaining = iter(events)
    while batch := list(islice(remaining, BATCH)):
        yield from _within_arrow(batch)


def _within_arrow(batch: list[Event]) -> Iterator[list[Event]]:
    """A batch in parts whose quotes each fit into one Arrow column."""
    sources = chain.from_iterable(map(attrgetter("sources"), batch))
    if len(batch) > 1 and sum(map(len, map(attrgetter("quote"), sources))) > MOST_LETTERS:
        middle = len(batch) // 2
        yield from _within_arrow(batch[:middle])
        yield from _within_arrow(batch[middle:])
    else:
        yield batch


def _geo(box: Bounds | None) -> dict[str, Any]:
    """The metadata that makes Parquet GeoParquet (version 1.1.0); no ``crs`` means WGS 84, longitude first."""
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point", "Polygon", "MultiPolygon"],
                              "orientation": "counterclockwise"}
    if box is not None:
        column["bbox"] = list(box)
    return {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}


class _Places:
    """The columns of the places met so far, a row each, and the box around those met.

    Events share places, those of one batch with those of the next: each is turned into columns once. They are told
    apart by identity, for comparing costs too much.
    """

    def __init__(self, outline_of: OutlineOf) -> None:
        self.box: Bounds | None = None
        self._outline_of = outline_of
        self._forget()

    def _forget(self) -> None:
        self._rows: dict[int, int] = {id(None): 0}
        self._kept: list[Place] = []  # as long as a place is kept, no other has its identity
        self._columns = self._of([None])

    def columns(self, places: list[Place | None]) -> dict[str, Any]:
        """The columns of places, one an event; empty cells where there is none."""
        if len(self._kept) > PLACES_KEPT:
            self._forget()
        identities = list(map(id, places))
        met = dict(zip(identities, places, strict=True))
        fresh = [place for key, place in met.items() if key not in self._rows and place is not None]
        if fresh:
            self._rows |= zip(map(id, fresh), range(len(self._rows), len(self._rows) + len(fresh)), strict=True)
            self._kept += fresh
            added = self._of(fresh)
            self._columns = {name: pa.concat_arrays([column, added[name]]) for name, column in self._columns.items()}
        rows = pa.array(list(map(self._rows.__getitem__, identities)), pa.int32())
        return {name: column.take(rows) for name, column in self._columns.items()}

    def _of(self, places: Sequence[Place | None]) -> dict[str, Any]:
        def each(name: str) -> list[Any]:
            return [getattr(place, name, None) for place in places]

        return {
            "place_name": _strings(each("name")), "place_region": _strings(each("region")),
            "place_country": _strings(each("country")), "precision": _strings(each("kind")),
            "geo_precision": pa.array(map(geo_precision, places), pa.int8()),
            "place_lat": pa.array(each("lat"), _REAL), "place_lon": pa.array(each("lon"), _REAL),
            "radius_km": pa.array(each("radius_km"), _REAL), "place_id": _strings(each("id")),
            "place_population": pa.array(each("population"), _WHOLE),
            "place_names": pa.array([place and [(language, escape(name)) for language, name in place.names]
                                     for place in places], pa.map_(_TEXT, _TEXT)),
            GEOMETRY: pa.array(map(self._geometry, places), pa.binary()),
        }

    def _geometry(self, place: Place | None) -> bytes | None:
        if place is None:
            return None
        shape, box = wkb(place, self._outline_of)
        self.box = union([box, self.box or box])
        return shape


def _table(events: list[Event], places: _Places) -> pa.Table:
    """A batch of events as columns."""
    kinds = taxonomy()
    types = _strings(_each("type", events)).dictionary_encode()
    labels = [kinds[key].label("en") if key in kinds else escape(key)
              for key in map(unescape, types.dictionary.to_pylist())]
    codes, codes_of = _shared(_each("codes", events))
    columns: dict[str, Any] = {
        "id": _strings(_each("id", events)), "type": types.cast(_TEXT),
        "label": pa.array(labels, _TEXT).take(types.indices),
        "factuality": _strings(_each("factuality", events)), "claimed_by": _strings(_each("claimed_by", events)),
        "acled": _strings([code.acled for code in codes]).take(codes_of),
        "plover": _strings([code.plover for code in codes]).take(codes_of),
        "confidence": pa.array(_each("confidence", events), _REAL), "group": _strings(_each("group", events)),
        "quantities": _quantities(_each("quantities", events)), "why": _lists(_each("why", events), _strings),
        "sources": _lists(_each("sources", events), _sources),
        **_span_columns(_each("span", events)), **places.columns(_each("place", events)),
    }
    return pa.Table.from_arrays([columns[name] for name in SCHEMA.names], schema=SCHEMA)


def _span_columns(spans: list[TimeSpan]) -> dict[str, Any]:
    distinct, number_of = _shared(spans)
    columns = {
        "start": pa.array([span.start for span in distinct], pa.date32()),
        "end": pa.array([span.end for span in distinct], pa.date32()),
        "edtf": _strings([span.edtf for span in distinct]),
        "granularity": _strings([span.granularity for span in distinct]),
        "date_basis": _strings([span.basis for span in distinct]),
        "time_precision": pa.array([time_precision(span) for span in distinct], pa.int8()),
    }
    return {name: column.take(number_of) for name, column in columns.items()}


def _sources(sources: list[Source]) -> pa.Array:
    columns: dict[str, Any] = {field.name: _strings(_each(field.name, sources))
                               for field in _SOURCES.value_type if field.type == _TEXT}
    columns |= {name: pa.array(_each(name, sources), _WHOLE) for name in ("start", "end")}
    columns["parties"] = _lists(_each("parties", sources), _strings)
    columns["marks"] = _lists(_each("marks", sources), _marks)
    return _structs(_SOURCES.value_type, [columns[field.name] for field in _SOURCES.value_type])


def _marks(marks: list[Mark]) -> pa.Array:
    return _structs(_MARKS.value_type, [pa.array(_each("start", marks), _WHOLE), pa.array(_each("end", marks), _WHOLE),
                                        _strings(_each("role", marks))])


def _quantities(groups: list[tuple[Quantity, ...]]) -> pa.Array:
    return _lists(groups, lambda found: _structs(_QUANTITIES.value_type, [
        _strings(_each("text", found)), _strings(_each("role", found)),
        pa.array(_each("minimum", found), _REAL), pa.array(_each("maximum", found), _REAL),
        pa.array(_each("approximate", found), pa.bool_()),
        pa.array(_each("start", found), _WHOLE), pa.array(_each("end", found), _WHOLE)]))


def _each(name: str, records: Iterable[Any]) -> list[Any]:
    """One attribute of all records."""
    return list(map(attrgetter(name), records))


def _shared(values: Sequence[Any]) -> tuple[list[Any], pa.Array]:
    """The different objects among ``values``, and each value's number; by identity, for comparing costs too much."""
    identities = list(map(id, values))
    distinct = dict(zip(identities, values, strict=True))
    numbers = dict(zip(distinct, range(len(distinct)), strict=True))
    return list(distinct.values()), pa.array(list(map(numbers.__getitem__, identities)), pa.int32())


def _strings(values: Sequence[str | None]) -> pa.Array:
    """Text as a column; escaped only where a cell needs it, which is seldom and found out in bulk."""
    try:
        column = pa.array(values, _TEXT)
        letters = column.buffers()[2]
        if letters is None or letters.to_pybytes().find(b"\\u") < 0:  # ten times as fast as looking cell by cell
            return column
    except UnicodeEncodeError:  # a lone surrogate
        pass
    return pa.array([None if value is None else escape(value) for value in values], _TEXT)


def _structs(kind: pa.StructType, columns: list[pa.Array]) -> pa.Array:
    return pa.StructArray.from_arrays(columns, fields=list(kind))


def _lists(groups: Sequence[Sequence[Any]], column_of: Any) -> pa.Array:
    """A column of lists: the members of all of them as one column, cut where each list ends."""
    ends = np.cumsum(np.fromiter(map(len, groups), np.int32, len(groups)), dtype=np.int32)
    offsets = pa.array(np.concatenate([np.zeros(1, np.int32), ends]), pa.int32())
    return pa.ListArray.from_arrays(offsets, column_of(list(chain.from_iterable(groups))))


def opened(path: Path) -> AbstractContextManager[OpenLayer]:
    """Open a layer that :func:`write` wrote.

    Raises
    ------
    InputError
        If it is no GeoParquet of Dateline's; names the row at fault.
    """
    return geoparquet_reader.opened(path, SCHEMA.names, GEOMETRY, NOTES)
