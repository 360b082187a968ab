"""Layers as CSV (RFC 4180), both ways without loss: for spreadsheets, pandas, and GDAL through the column ``WKT``.

UTF-8 with a byte order mark, or spreadsheets show umlauts as two letters. Articles are strangers' text, and
a cell that opens with ``=`` runs as a formula there; such cells get an apostrophe in front, and lose it on reading.
An empty cell means that there is nothing to say.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from geodata.atomic import written_whole
from geodata.errors import InputError
from geodata.event import Event
from geodata.formats.columns import COLUMNS, JSONS, NAMES, TEXTS, Column, Kind, event_of_row, row
from geodata.formats.layerfile import OpenLayer, OutlineOf, put_outline, reading
from geodata.formats.plaintext import escape, unescape
from geodata.formats.wkt import shape_of, wkt
from geodata.geometry import Shape

GEOMETRY = "WKT"
"""GDAL takes a column of this name for the geometry, unasked."""

PLACES_KEPT = 1 << 16
"""Geometries remembered while writing: events share places."""
LONGEST_CELL = 1 << 30
"""Python's csv module stops at 128 KB unless told otherwise; an event with a hundred sources is longer."""

_NEW_CELL = r"(?:^|(?<=[;\t\r\n]))"
_RUNS = r"(?=[=+\-@\uff1d\uff0b\uff0d\uff20])"
_GUARDED = re.compile(rf"{_NEW_CELL}([ \u00a0]*'*){_RUNS}")
_OPENERS = frozenset(" \u00a0'=+-@\uff1d\uff0b\uff0d\uff20")
"""First letters of a cell that may need a guard."""
_GUARD = re.compile(rf"{_NEW_CELL}([ \u00a0]*'*)'{_RUNS}")


def guard(text: str) -> str:
    """The text with an apostrophe before whatever a spreadsheet would run as a formula.

    That is ``= + - @``, also full-width, where a cell starts (OWASP, "CSV Injection"); and also after a semicolon,
    a tab or a line break: where semicolons separate lists, as in Germany, a spreadsheet starts a new cell there.
    """
    if text[:1] not in _OPENERS and ";" not in text and text.isprintable():
        return text
    return _GUARDED.sub(r"\1'", text)


def unguard(text: str) -> str:
    """The text that :func:`guard` was given."""
    return _GUARD.sub(r"\1", text)


def write(path: Path, events: Iterable[Event], outline_of: OutlineOf, _: Mapping[str, Any]) -> int:
    """Write a header and a line an event, whole or not at all; returns how many events. A CSV has no room for notes.

    Raises
    ------
    OutputError
        If the file can't be written.
    """
    geometry = lru_cache(maxsize=PLACES_KEPT)(lambda place: wkt(place, outline_of))
    written = 0
    with written_whole(path) as file:
        lines = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
        writer = csv.writer(lines)
        writer.writerow([*NAMES, GEOMETRY])
        for event in events:
            cells = row(event)
            for name in TEXTS:
                if cells[name]:
                    cells[name] = guard(escape(cells[name]))
            for name in JSONS:
                if cells[name]:  # a semicolon's escape: the same JSON, and no new cell
                    cells[name] = cells[name].replace(";", "\\u003b")
            cells[GEOMETRY] = geometry(event.place) if event.place else ""
            writer.writerow(cells.values())
            written += 1
        lines.detach()
    return written


@contextmanager
def opened(path: Path) -> Iterator[OpenLayer]:
    """Open a layer that :func:`write` wrote; also after a spreadsheet saved it, if it left the columns' names.

    Raises
    ------
    InputError
        If a column is missing or a line holds no event; names the line.
    """
    csv.field_size_limit(LONGEST_CELL)
    outlines: dict[str, Shape] = {}
    with reading(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        with _no_csv(path):
            missing = {column.name for column in COLUMNS if not column.repeats} - set(reader.fieldnames or ())
        if missing:
            problem = f"is no layer of Dateline's (no column {', '.join(sorted(missing)[:3])})"
            raise InputError(path, problem, "Write it with dateline export")
        yield OpenLayer(_events(path, reader, outlines), {}, outlines)


def _events(path: Path, reader: csv.DictReader[str], outlines: dict[str, Shape]) -> Iterator[Event]:
    with _no_csv(path):
        for cells in reader:
            try:
                event = event_of_row({column.name: _value(column, cells[column.name]) for column in COLUMNS
                                      if not column.repeats})
                put_outline(outlines, event, partial(_shape_in, cells))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                problem = f"line {reader.line_num} is no event of Dateline's ({type(error).__name__}: {error})"
                raise InputError(path, problem, "Write it with dateline export") from error
            yield event


def _shape_in(cells: Mapping[str, str]) -> Shape:
    return shape_of(cells[GEOMETRY])


@contextmanager
def _no_csv(path: Path) -> Iterator[None]:
    try:
        yield
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError(path, f"is no CSV in UTF-8 ({error})", "Write it with dateline export") from error


def _value(column: Column, text: str) -> Any:
    if column.kind is Kind.TEXT:
        return unescape(unguard(text)) if text or not column.can_be_null else None
    if not text:
        return None
    if column.kind is Kind.REAL:
        return float(text)
    return int(text) if column.kind is Kind.INTEGER else text
