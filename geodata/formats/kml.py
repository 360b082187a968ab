"""Layers as KML 2.2 (OGC 07-147r2), both ways without loss: for Google Earth and its time slider.

Every event is a Placemark with a time span, a description for people and the columns of
:mod:`geodata.formats.columns` as SchemaData; the notes of the layer are the document's own data.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import chain, islice
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import quoteattr

from geodata.atomic import written_whole
from geodata.errors import InputError
from geodata.event import Event
from geodata.formats.columns import COLUMNS, Column, Kind, event_of_row, row
from geodata.formats.kml_reader import Placemark, placemarks
from geodata.formats.layerfile import OpenLayer, OutlineOf, put_outline
from geodata.formats.plaintext import escape, json_text, unescape
from geodata.geometry import DECIMALS, Polygon, Ring, Shape, footprint
from geodata.place import Place
from geodata.taxonomy import taxonomy

KML_TYPES = {Kind.TEXT: "string", Kind.JSON: "string", Kind.DATE: "string", Kind.INTEGER: "int", Kind.REAL: "double"}
NOTES = "dateline"
PLACES_KEPT = 1 << 16
LINE, FILL = "ff", "40"
"""Opacity of an area's edge and inside: what lies below stays readable."""


def write(path: Path, events: Iterable[Event], outline_of: OutlineOf, notes: Mapping[str, Any]) -> int:
    """Write a Placemark an event, whole or not at all; returns how many.

    Raises
    ------
    OutputError
        If the file can't be written.
    """
    geometry = lru_cache(maxsize=PLACES_KEPT)(lambda place: _geometry(place, outline_of))
    written = 0
    with written_whole(path) as file:
        file.write("".join(_opening(notes)).encode())
        for event in events:
            file.write("".join(_placemark(event, geometry(event.place) if event.place else "")).encode())
            written += 1
        file.write(b"</Document></kml>\n")
    return written


def _opening(notes: Mapping[str, Any]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    yield f'<ExtendedData><Data name="{NOTES}"><value>{_text(json_text(dict(notes)))}</value></Data></ExtendedData>\n'
    for key, kind in taxonomy().items():
        colour = kind.colour[5:7] + kind.colour[3:5] + kind.colour[1:3]  # KML's order: blue, green, red
        yield (f'<Style id={quoteattr(key)}><IconStyle><color>ff{colour}</color></IconStyle>'
               f'<LineStyle><color>{LINE}{colour}</color><width>1.5</width></LineStyle>'
               f'<PolyStyle><color>{FILL}{colour}</color></PolyStyle></Style>\n')
    yield '<Schema id="event" name="event">'
    yield "".join(f'<SimpleField type="{KML_TYPES[column.kind]}" name="{column.name}"/>' for column in COLUMNS)
    yield "</Schema>\n"


def _placemark(event: Event, geometry: str) -> Iterator[str]:
    cells = row(event)
    place = f", {cells['place_name']}" if cells["place_name"] else ""
    yield f"<Placemark><name>{_text(escape(cells['label'] + place))}</name>"
    yield f"<description>{_text(_description(cells))}</description>"
    ends = [f"<{tag}>{day.isoformat()}</{tag}>"
            for tag, day in (("begin", event.span.start), ("end", event.span.end)) if day]
    if ends:
        yield f"<TimeSpan>{''.join(ends)}</TimeSpan>"
    yield f"<styleUrl>#{_text(escape(event.type))}</styleUrl>"
    yield '<ExtendedData><SchemaData schemaUrl="#event">'
    yield "".join(f'<SimpleData name="{name}">{_text(value)}</SimpleData>' for name, value in _filled(cells))
    yield f"</SchemaData></ExtendedData>{geometry}</Placemark>\n"


def _description(cells: Mapping[str, Any]) -> str:
    """What a balloon shows: the quote, then outlet and status. It is read as HTML there, so text is escaped as such."""
    parts = [cells["quote"], " · ".join(filter(None, (cells["outlets"], cells["edtf"], cells["factuality"])))]
    return "<br/>".join(html.escape(escape(part)) for part in parts if part)


def _filled(cells: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for column in COLUMNS:
        value = cells[column.name]
        if value is not None:
            yield column.name, escape(value) if column.kind is Kind.TEXT else str(value)


def _text(text: str) -> str:
    return xml_escape(text, {"\r": "&#13;"})  # a bare one would be read as a line break


def _geometry(place: Place, outline_of: OutlineOf) -> str:
    if place.kind.is_point:
        return f"<Point><coordinates>{round(place.lon, DECIMALS)},{round(place.lat, DECIMALS)}</coordinates></Point>"
    polygons = [_polygon(polygon) for polygon in footprint(place, outline_of(place))]
    return polygons[0] if len(polygons) == 1 else f"<MultiGeometry>{''.join(polygons)}</MultiGeometry>"


def _polygon(polygon: Polygon) -> str:
    outer, *holes = (f"<LinearRing><coordinates>{_coordinates(ring)}</coordinates></LinearRing>" for ring in polygon)
    inner = "".join(f"<innerBoundaryIs>{hole}</innerBoundaryIs>" for hole in holes)
    return f"<Polygon><outerBoundaryIs>{outer}</outerBoundaryIs>{inner}</Polygon>"


def _coordinates(ring: Ring) -> str:
    return " ".join(f"{lon!r},{lat!r}" for lon, lat in ring)


@contextmanager
def opened(path: Path) -> Iterator[OpenLayer]:
    """Open a layer that :func:`write` wrote.

    Raises
    ------
    InputError
        If it is no KML of Dateline's, or declares a document type (where entity bombs hide).
    """
    outlines: dict[str, Shape] = {}
    notes: dict[str, Any] = {}
    events = _events(path, outlines, notes)
    first = list(islice(events, 1))  # the notes stand before it
    yield OpenLayer(chain(first, events), notes, outlines)


def _events(path: Path, outlines: dict[str, Shape], notes: dict[str, Any]) -> Iterator[Event]:
    number = 0
    for item in placemarks(path):
        if NOTES in item.data:
            notes |= _notes(path, item.data[NOTES])
            continue
        number += 1
        try:
            event = _event(item)
            put_outline(outlines, event, partial(tuple, item.polygons))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            problem = f"placemark {number} is no event of Dateline's ({type(error).__name__}: {error})"
            raise InputError(path, problem, "Write it with dateline export") from error
        yield event


def _notes(path: Path, text: str) -> Mapping[str, Any]:
    try:
        notes = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(path, f"has damaged notes ({error})", "Write it with dateline export") from error
    return notes if isinstance(notes, dict) else {}


def _event(item: Placemark) -> Event:
    return event_of_row({column.name: _value(column, item.data.get(column.name))
                         for column in COLUMNS if not column.repeats})


def _value(column: Column, text: str | None) -> Any:
    if text is None:
        if not column.can_be_null and column.name != "place_name":
            raise ValueError(f"no {column.name}")
        return None
    if column.kind is Kind.TEXT:
        return unescape(text)
    if column.kind is Kind.REAL:
        return float(text)
    return int(text) if column.kind is Kind.INTEGER else text
