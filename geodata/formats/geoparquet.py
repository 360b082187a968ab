"""Layers as GeoParquet 1.1, both ways without loss: for geopandas, DuckDB, Spark and large layers.

The columns of :mod:`geodata.formats.columns`, with sources, quantities, reasons and names as nested columns instead
of JSON. Events become columns a batch at a time, one attribute of all of them after the other; the places and time
spans that they share are turned once. While one batch is written the next is made: a million events take seconds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geodata.atomic import written_whole
from geodata.errors import InputError
from geodata.event import Event, Quantity, Source
from geodata.formats.columns import geo_precision, time_precision
from geodata.formats.geojson import event_of
from geodata.formats.layerfile import LayerFile, OutlineOf
from geodata.formats.plaintext import escape, json_text, unescape
from geodata.formats.wkb import Bounds, shape_of, union, wkb
from geodata.geometry import Shape
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
    "parties": pa.list_(_TEXT), "lang": _TEXT, "marks": _MARKS}))
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
    written, extent = 0, _Extent(outline_of)
    repeating = [name for name in _leaves(SCHEMA) if name.rpartition(".")[2] not in _ALL_DIFFERENT]
    with written_whole(path) as file, \
            pq.ParquetWriter(file.name, SCHEMA, compression="zstd", compression_level=1, version="2.6",
                             use_dictionary=repeating) as writer, \
            ThreadPoolExecutor(1) as background:
        pending = background.submit(lambda: None)
        for batch in _batches(events):
            table = _table(batch, extent)
            pending.result()
            pending = background.submit(writer.write_table, table)
            written += len(batch)
        pending.result()
        writer.add_key_value_metadata({"geo": json.dumps(_geo(extent.box)), NOTES: json_text(dict(notes))})
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
    if len(batch) > 1 and sum(len(source.quote) for event in batch for source in event.sources) > MOST_LETTERS:
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


class _Extent:
    """The geometries of places, and the box around all that were asked for."""

    def __init__(self, outline_of: OutlineOf) -> None:
        self.box: Bounds | None = None
        self._outline_of = outline_of
        self.geometry = lru_cache(maxsize=PLACES_KEPT)(self._geometry)

    def _geometry(self, place: Place) -> bytes:
        shape, box = wkb(place, self._outline_of)
        self.box = union([box, self.box or box])
        return shape


def _table(events: list[Event], extent: _Extent) -> pa.Table:
    """A batch of events as columns."""
    kinds = taxonomy()
    types, type_of = _shared([event.type for event in events])
    labels = [kinds[key].label("en") if key in kinds else key for key in types]
    codes, codes_of = _shared([event.codes for event in events])
    columns: dict[str, Any] = {
        "id": _strings([event.id for event in events]),
        "type": _strings(types).take(type_of), "label": _strings(labels).take(type_of),
        "factuality": _strings([event.factuality for event in events]),
        "claimed_by": _strings([event.claimed_by for event in events]),
        "acled": _strings([code.acled for code in codes]).take(codes_of),
        "plover": _strings([code.plover for code in codes]).take(codes_of),
        "confidence": pa.array([event.confidence for event in events], _REAL),
        "group": _strings([event.group for event in events]),
        "quantities": _quantities([event.quantities for event in events]),
        "why": _lists([event.why for event in events], _strings),
        "sources": _lists([event.sources for event in events], _sources),
        **_span_columns([event.span for event in events]),
        **_place_columns([event.place for event in events], extent),
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


def _place_columns(places: list[Place | None], extent: _Extent) -> dict[str, Any]:
    shared, number_of = _shared(places)
    distinct = [place for place in shared if place is not None]
    if None in shared:  # its number becomes null, and those after it move up
        nowhere = shared.index(None)
        numbers = np.asarray(number_of)
        number_of = pa.array(numbers - (numbers > nowhere), mask=numbers == nowhere)
    columns = {
        "place_name": _strings([place.name for place in distinct]),
        "place_region": _strings([place.region for place in distinct]),
        "place_country": _strings([place.country for place in distinct]),
        "precision": _strings([place.kind for place in distinct]),
        "geo_precision": pa.array([geo_precision(place) for place in distinct], pa.int8()),
        "place_lat": pa.array([place.lat for place in distinct], _REAL),
        "place_lon": pa.array([place.lon for place in distinct], _REAL),
        "radius_km": pa.array([place.radius_km for place in distinct], _REAL),
        "place_id": _strings([place.id for place in distinct]),
        "place_population": pa.array([place.population for place in distinct], _WHOLE),
        "place_names": pa.array([[(language, escape(name)) for language, name in place.names] for place in distinct],
                                pa.map_(_TEXT, _TEXT)),
        GEOMETRY: pa.array([extent.geometry(place) for place in distinct], pa.binary()),
    }
    return {name: column.take(number_of) for name, column in columns.items()}


def _sources(sources: list[Source]) -> pa.Array:
    return _structs(_SOURCES.value_type, [
        *(_strings(list(map(attrgetter(name), sources)))
          for name in ("article", "outlet", "title", "url", "published", "published_basis", "quote")),
        pa.array([source.start for source in sources], _WHOLE), pa.array([source.end for source in sources], _WHOLE),
        *(_strings(list(map(attrgetter(name), sources)))
          for name in ("text_sha256", "factuality", "claimed_by")),
        _lists([source.parties for source in sources], _strings),
        _strings([source.lang for source in sources]),
        _lists([source.marks for source in sources], lambda marks: _structs(_MARKS.value_type, [
            pa.array([mark.start for mark in marks], _WHOLE), pa.array([mark.end for mark in marks], _WHOLE),
            _strings([mark.role for mark in marks])])),
    ])


def _quantities(groups: list[tuple[Quantity, ...]]) -> pa.Array:
    return _lists(groups, lambda found: _structs(_QUANTITIES.value_type, [
        _strings([quantity.text for quantity in found]), _strings([quantity.role for quantity in found]),
        pa.array([quantity.minimum for quantity in found], _REAL),
        pa.array([quantity.maximum for quantity in found], _REAL),
        pa.array([quantity.approximate for quantity in found], pa.bool_()),
        pa.array([quantity.start for quantity in found], _WHOLE),
        pa.array([quantity.end for quantity in found], _WHOLE)]))


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
        if not pc.any(pc.match_substring(column, "\\u")).as_py():
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


def read(path: Path) -> LayerFile:
    """Read a layer that :func:`write` wrote.

    Raises
    ------
    InputError
        If it is no GeoParquet of Dateline's; names the row at fault.
    """
    events: list[Event] = []
    outlines: dict[str, Shape] = {}
    try:
        with pq.ParquetFile(path) as file:
            missing = set(SCHEMA.names) - set(file.schema_arrow.names)
            if missing:
                problem = f"is no layer of Dateline's (no column {', '.join(sorted(missing)[:3])})"
                raise InputError(path, problem, "Write it with dateline export")
            notes = json.loads((file.metadata.metadata or {}).get(NOTES, b"{}"))
            for batch in file.iter_batches():
                for entry in batch.to_pylist():
                    event = _event(path, len(events) + 1, entry)
                    if event.place is not None and not event.place.kind.is_point and event.place.id not in outlines:
                        outlines[event.place.id] = shape_of(entry[GEOMETRY])
                    events.append(event)
    except (pa.ArrowException, OSError, ValueError, TypeError) as error:
        raise InputError(path, f"is no layer of Dateline's ({error})", "Write it with dateline export") from error
    return LayerFile(tuple(events), outlines, notes)


def _event(path: Path, number: int, entry: dict[str, Any]) -> Event:
    try:
        for end in ("start", "end"):
            entry[end] = entry[end].isoformat() if entry[end] is not None else None
        entry["codes"] = {"acled": entry["acled"], "plover": entry["plover"]}
        entry["place_names"] = dict(entry["place_names"] or ())
        for source in entry["sources"]:
            source["marks"] = [(mark["start"], mark["end"], mark["role"]) for mark in source["marks"]]
        return event_of(_unescaped(entry["id"]), _unescaped(entry))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem = f"row {number} is no event of Dateline's ({type(error).__name__}: {error})"
        raise InputError(path, problem, "Write it with dateline export") from error


def _unescaped(value: Any) -> Any:
    """The value with the texts in it as they were before writing."""
    if isinstance(value, str):
        return unescape(value)
    if isinstance(value, dict):
        return {key: _unescaped(item) for key, item in value.items()}
    return [_unescaped(item) for item in value] if isinstance(value, list | tuple) else value
