"""Reads GeoParquet as :mod:`geodata.formats.geoparquet` writes it, a column after the other.

Events share places, time spans, codes and marks: each is made once. A row that no event can be of is looked for only
when a batch of them fails.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import date
from itertools import accumulate, chain, pairwise, repeat
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geodata.collector import uncollected
from geodata.errors import InputError
from geodata.event import Codes, Event, Factuality, Mark, Quantity, Source
from geodata.formats.geojson import event_of
from geodata.formats.layerfile import OpenLayer
from geodata.formats.plaintext import unescape
from geodata.formats.wkb import shape_of
from geodata.geometry import Shape
from geodata.place import Place, PlaceKind
from geodata.timespan import Basis, Granularity, TimeSpan

ROWS_AT_ONCE = 1 << 15
"""Events made at a time: some 100 MB, and their columns beside them."""
_PLACE_TEXTS = ("place_id", "place_name", "precision", "place_country", "place_region")
_PLACE_NUMBERS, _PLACE_NAMES = ("place_lat", "place_lon", "radius_km", "place_population"), "place_names"
NO_DAY = -(1 << 31)
Record = TypeVar("Record")
EPOCH = date(1970, 1, 1).toordinal()
FAULTS = (KeyError, TypeError, ValueError, AttributeError)
"""What rows raise of which no event can be made."""
REMEDY = "Write it with dateline export"


@contextmanager
def opened(path: Path, columns: Sequence[str], geometry: str, notes_key: bytes) -> Iterator[OpenLayer]:
    """Open a layer whose file has all of ``columns``.

    Raises
    ------
    InputError
        If it is no GeoParquet of Dateline's; names the row at fault.
    """
    made = _Made(geometry)
    with _no_layer(path):
        file = pq.ParquetFile(path)
    with file:
        with _no_layer(path):
            if missing := set(columns) - set(file.schema_arrow.names):
                problem = f"is no layer of Dateline's (no column {', '.join(sorted(missing)[:3])})"
                raise InputError(path, problem, REMEDY)
            notes = json.loads((file.metadata.metadata or {}).get(notes_key, b"{}"))
        yield OpenLayer(chain.from_iterable(_batches(path, file, made)), notes, made.outlines)


def _batches(path: Path, file: pq.ParquetFile, made: _Made) -> Iterator[list[Event]]:
    """The events of the file, so many at a time."""
    before = 0
    with _no_layer(path):
        for batch in file.iter_batches(ROWS_AT_ONCE):
            try:
                with uncollected():
                    events = made.events(batch)
            except FAULTS as error:
                raise _fault(path, before, batch, error) from error
            before += len(events)
            yield events


@contextmanager
def _no_layer(path: Path) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError, ValueError, TypeError) as error:
        raise InputError(path, f"is no layer of Dateline's ({error})", REMEDY) from error


class _Cache(dict[Any, Any]):
    """Things by what they are made of, each made once."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Any) -> Any:
        self[key] = self._make(key)
        return self[key]

    def of(self, *columns: Sequence[Any]) -> list[Any]:
        """The things that rows of these columns make."""
        return list(map(self.__getitem__, zip(*columns, strict=True)))


class _Made:
    """What events share, and the outlines of their places."""

    def __init__(self, geometry: str) -> None:
        self.outlines: dict[str, Shape] = {}
        self._geometry = geometry
        self._places: dict[Any, Place] = {}
        self._days = _Cache(lambda day: None if day == NO_DAY else date.fromordinal(EPOCH + day))
        self._spans = _Cache(lambda key: TimeSpan(self._days[key[0]], self._days[key[1]], Granularity(key[2]),
                                                  Basis(key[3]), key[4]))
        self._codes = _Cache(lambda key: Codes(*key))
        self._marks = _Cache(lambda key: Mark(*key))
        self._factualities = _Cache(lambda key: Factuality(*key))

    def events(self, batch: pa.RecordBatch) -> list[Event]:
        """The events of a batch of rows.

        Raises
        ------
        KeyError, TypeError, ValueError, AttributeError
            If there is one of which no event can be made.
        """
        column = batch.column
        day = [_numbers(column(name).cast(pa.int32()), NO_DAY) for name in ("start", "end")]
        return _filled(
            Event, len(batch), id=_texts(column("id")), type=_words(column("type")),
            factuality=self._factualities.of(_words(column("factuality"))), sources=self._sources(column("sources")),
            place=self._read_places(batch), span=self._spans.of(
                *day, _words(column("granularity")), _words(column("date_basis")), _words(column("edtf"))),
            codes=self._codes.of(_words(column("acled")), _words(column("plover"))),
            claimed_by=_words(column("claimed_by")), group=_words(column("group")),
            quantities=self._quantities(column("quantities")), confidence=_values(column("confidence")),
            why=_grouped(column("why"), _words))

    def _read_places(self, batch: pa.RecordBatch) -> list[Place | None]:
        rows, row_of = _distinct(batch.select([*_PLACE_TEXTS, *_PLACE_NUMBERS, _PLACE_NAMES]), _PLACE_TEXTS[0])
        some = batch.select([*_PLACE_TEXTS, *_PLACE_NUMBERS, _PLACE_NAMES, self._geometry]).take(rows)
        if any(some.column(name).null_count != some.column(_PLACE_TEXTS[0]).null_count for name in _PLACE_NUMBERS):
            raise ValueError("a place lacks its coordinates, radius or population")
        keys = list(zip(*(_words(some.column(name), nullable=True) for name in _PLACE_TEXTS),
                        *(_numbers(some.column(name), 0) for name in _PLACE_NUMBERS),
                        _names(some.column(_PLACE_NAMES)), strict=True))
        places = list(map(self._places.get, keys))
        for row, key in enumerate(keys):
            if places[row] is None and key[0] is not None:
                if key not in self._places:
                    self._places[key] = self._place(key, some.column(self._geometry)[row])
                places[row] = self._places[key]
        return list(map(places.__getitem__, row_of))

    def _place(self, key: tuple[Any, ...], geometry: pa.Scalar) -> Place:
        name, title, kind, country, region, lat, lon, radius, population, names = key
        if title is None:
            raise ValueError("a place has no name")
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise ValueError(f"coordinates out of range: {lat}, {lon}")
        place = Place(name, title, PlaceKind(kind), country, lat, lon, float(radius), region, int(population), names)
        if not place.kind.is_point and place.id not in self.outlines:
            self.outlines[place.id] = shape_of(geometry.as_py())
        return place

    def _sources(self, column: pa.ListArray) -> list[tuple[Source, ...]]:
        def sources(flat: pa.StructArray) -> list[Source]:
            field = _fields(flat)
            size = len(flat)
            # layers of before hadn't these
            parties = _grouped(field["parties"], _words) if "parties" in field else [()] * size
            langs = _words(field["lang"]) if "lang" in field else [""] * size
            copies = _texts(field["copy_of"]) if "copy_of" in field else [""] * size
            return _filled(
                Source, size, article=_texts(field["article"]), quote=_texts(field["quote"]),
                start=_values(field["start"]), end=_values(field["end"]), text_sha256=_texts(field["text_sha256"]),
                outlet=_words(field["outlet"]), url=_texts(field["url"]), title=_texts(field["title"]),
                published=_words(field["published"]), published_basis=_words(field["published_basis"]),
                marks=_grouped(field["marks"], self._read_marks),
                factuality=self._factualities.of(_words(field["factuality"])), claimed_by=_words(field["claimed_by"]),
                parties=parties, lang=langs, copy_of=copies)

        return _grouped(column, sources)

    def _read_marks(self, flat: pa.StructArray) -> list[Mark]:
        field = _fields(flat)
        return self._marks.of(_values(field["start"]), _values(field["end"]), _words(field["role"]))

    def _quantities(self, column: pa.ListArray) -> list[tuple[Quantity, ...]]:
        def quantities(flat: pa.StructArray) -> list[Quantity]:
            field = _fields(flat)
            return list(map(
                Quantity, _values(field["start"]), _values(field["end"]), _words(field["text"]), _words(field["role"]),
                field["min"].to_pylist(), field["max"].to_pylist(), _values(field["approximate"])))

        return _grouped(column, quantities)


def _filled(kind: type[Record], size: int, **columns: Sequence[Any]) -> list[Record]:
    """So many records of which every attribute is a column.

    Column by column, past the class's own ``__init__``: that of a frozen class takes three times as long.
    """
    records: list[Record] = list(map(object.__new__, repeat(kind, size)))
    for field in fields(kind):  # type: ignore[arg-type]
        if len(columns[field.name]) != size:
            raise ValueError(f"{len(columns[field.name])} cells of {field.name} in {size} rows")
        deque(map(getattr(kind, field.name).__set__, records, columns[field.name]), maxlen=0)
    return records


def _distinct(batch: pa.RecordBatch, key: str) -> tuple[pa.Array, list[int]]:
    """Rows that all others are like, and for each row the number of its like among them.

    Rows of one key are alike, unless somebody edited a few; then each stands for itself.
    """
    codes = batch.column(key).dictionary_encode().indices
    numbers = codes.fill_null(len(batch)).to_numpy(zero_copy_only=False)
    _, first, row_of = np.unique(numbers, return_index=True, return_inverse=True)
    like = pa.array(first[row_of])
    if all(column.equals(column.take(like)) for column in batch.columns):
        return pa.array(first), row_of.tolist()
    every = np.arange(len(batch))
    return pa.array(every), every.tolist()


def _fields(flat: pa.StructArray) -> dict[str, pa.Array]:
    _present(flat)
    return {field.name: column for field, column in zip(flat.type, flat.flatten(), strict=True)}


def _present(column: pa.Array) -> pa.Array:
    """The column, in which nothing may be missing."""
    if column.null_count:
        raise ValueError("a value is missing")
    return column


def _values(column: pa.Array) -> list[Any]:
    """Numbers and truth values."""
    return list(_present(column).to_numpy(zero_copy_only=False).tolist())


def _numbers(column: pa.Array, instead: int) -> list[Any]:
    """Numbers, with another in place of what is missing."""
    return list(column.fill_null(instead).to_numpy(zero_copy_only=False).tolist())


def _texts(column: pa.Array) -> list[str]:
    """Texts of which no two may be alike."""
    texts = list(_present(column).to_numpy(zero_copy_only=False).tolist())
    return list(map(unescape, texts)) if pc.any(pc.match_substring(column, "\\u")).as_py() else texts


def _words(column: pa.Array, *, nullable: bool = False) -> list[Any]:
    """Texts that repeat: each different one is made once."""
    coded = (column if nullable else _present(column)).dictionary_encode()
    words = [*map(unescape, coded.dictionary.to_pylist()), None]
    numbers = coded.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False).tolist()
    return list(map(words.__getitem__, numbers))


def _names(column: pa.MapArray) -> list[tuple[tuple[str, str], ...]]:
    """Display names by language; none where there is no place."""
    languages = column.keys.to_pylist()
    names = list(zip(languages, _words(column.items), strict=True))
    return [tuple(names[start:end]) for start, end in pairwise(column.offsets.to_pylist())]


def _grouped(column: pa.ListArray, members: Callable[[pa.Array], list[Any]]) -> list[tuple[Any, ...]]:
    """The members of each row's list, made of all of them at once."""
    lengths = _present(column).value_lengths().to_numpy(zero_copy_only=False).tolist()
    flat = members(column.flatten())
    return [tuple(flat[start:end]) for start, end in pairwise(chain((0,), accumulate(lengths)))]


def _fault(path: Path, before: int, batch: pa.RecordBatch, error: Exception) -> InputError:
    """The error that names the row of a batch of which no event can be made."""
    for number, entry in enumerate(batch.to_pylist(), before + 1):
        try:
            _event(entry)
        except FAULTS as found:
            problem = f"row {number} is no event of Dateline's ({type(found).__name__}: {found})"
            return InputError(path, problem, REMEDY)
    problem = f"has a row after {before} that is no event of Dateline's ({type(error).__name__}: {error})"
    return InputError(path, problem, REMEDY)


def _event(entry: dict[str, Any]) -> Event:
    for end in ("start", "end"):
        entry[end] = entry[end].isoformat() if entry[end] is not None else None
    entry["codes"] = {"acled": entry["acled"], "plover": entry["plover"]}
    entry["place_names"] = dict(entry["place_names"] or ())
    for source in entry["sources"]:
        source["marks"] = [(mark["start"], mark["end"], mark["role"]) for mark in source["marks"]]
    return event_of(entry["id"], entry)
