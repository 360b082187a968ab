"""Layers as GeoJSON (RFC 7946), both ways without loss. Property by property in docs/formats.md.

A town or site is a Point; a region, country or other area a Polygon or MultiPolygon; an event with no
place has a null geometry. Nothing here needs pandas or geopandas: a layer is written event by event.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from os import SEEK_END
from pathlib import Path
from typing import Any, BinaryIO

from geodata.atomic import written_whole
from geodata.errors import InputError
from geodata.event import Codes, Event, Factuality, Mark, Quantity, Source
from geodata.formats.layerfile import LayerFile, OpenLayer, OutlineOf, put_outline, reading
from geodata.geometry import DECIMALS, Shape, footprint
from geodata.place import Place, PlaceKind
from geodata.taxonomy import taxonomy
from geodata.timespan import Basis, Granularity, TimeSpan

FORMAT_VERSION = 1
OPENING, CLOSING = b'{"type": "FeatureCollection", "features": [', b'], "dateline": '
"""The first line of a file, and how the last begins; between them stands a feature a line."""
LONGEST_NOTES = 64 << 20
"""Bytes of a file's last line; of a longer one the file is read whole."""
PLACES_KEPT = 1 << 16
"""Places and time spans remembered while reading: events share them."""


def write_geojson(path: Path, events: Iterable[Event], outline_of: OutlineOf, notes: Mapping[str, Any]) -> int:
    """Write events as one FeatureCollection, whole or not at all; returns how many.

    Parameters
    ----------
    notes:
        Written as the foreign member ``dateline``: what was read, left out, filtered.

    Raises
    ------
    OutputError
        If the file can't be written.
    """
    written = 0
    with written_whole(path) as file:
        file.write(OPENING)
        for event in events:
            file.write(b",\n" if written else b"\n")
            file.write(encode(feature(event, outline_of)))
            written += 1
        file.write(b"\n" + CLOSING + encode({"format": FORMAT_VERSION, **notes}) + b"}\n")
    return written


_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode  # json.dumps makes an encoder a call


def encode(value: Any) -> bytes:
    """JSON in UTF-8; a lone surrogate becomes its ``\\udxxx`` escape, which reads back as itself."""
    return _encode(value).encode("utf-8", "backslashreplace")


def feature(event: Event, outline_of: OutlineOf) -> dict[str, Any]:
    """One event as a GeoJSON Feature."""
    return {"type": "Feature", "id": event.id, "geometry": geometry(event.place, outline_of),
            "properties": properties(event)}


def geometry(place: Place | None, outline_of: OutlineOf) -> dict[str, Any] | None:
    """A place's geometry: never a point for what the text knows only as an area."""
    if place is None:
        return None
    if place.kind.is_point:
        return {"type": "Point", "coordinates": [round(place.lon, DECIMALS), round(place.lat, DECIMALS)]}
    shape = footprint(place, outline_of(place))
    if len(shape) == 1:
        return {"type": "Polygon", "coordinates": shape[0]}
    return {"type": "MultiPolygon", "coordinates": shape}


def properties(event: Event) -> dict[str, Any]:
    """Every property of an event's feature."""
    place, span = event.place, event.span
    kind = taxonomy().get(event.type)
    return {
        "type": event.type, "label": kind.label("en") if kind else event.type,
        "codes": {"acled": event.codes.acled, "plover": event.codes.plover},
        "factuality": event.factuality.value, "claimed_by": event.claimed_by,
        "start": span.start.isoformat() if span.start else None, "end": span.end.isoformat() if span.end else None,
        "edtf": span.edtf, "granularity": span.granularity.value, "date_basis": span.basis.value,
        "precision": place.kind.value if place else None, "radius_km": place.radius_km if place else None,
        "place_id": place.id if place else None, "place_name": place.name if place else None,
        "place_country": place.country if place else None, "place_region": place.region if place else None,
        "place_population": place.population if place else None,
        "place_lat": place.lat if place else None, "place_lon": place.lon if place else None,
        "place_names": dict(place.names) if place else None,
        "group": event.group, "confidence": event.confidence, "why": list(event.why),
        "quantities": [_quantity(quantity) for quantity in event.quantities],
        "sources": [_source(source) for source in event.sources],
    }


def _quantity(quantity: Quantity) -> dict[str, Any]:
    return {"text": quantity.text, "role": quantity.role, "min": quantity.minimum, "max": quantity.maximum,
            "approximate": quantity.approximate, "start": quantity.start, "end": quantity.end}


def _source(source: Source) -> dict[str, Any]:
    return {"article": source.article, "outlet": source.outlet, "title": source.title, "url": source.url,
            "published": source.published, "published_basis": source.published_basis, "quote": source.quote,
            "start": source.start, "end": source.end, "text_sha256": source.text_sha256,
            "factuality": source.factuality.value, "claimed_by": source.claimed_by, "parties": list(source.parties),
            "lang": source.lang, "copy_of": source.copy_of,
            "marks": [[mark.start, mark.end, mark.role] for mark in source.marks]}


@contextmanager
def opened(path: Path) -> Iterator[OpenLayer]:
    """Open a layer that :func:`write_geojson` wrote; what another program wrote is read whole.

    Raises
    ------
    InputError
        If the file is missing, no GeoJSON, or no layer of Dateline's; names the first feature at fault.
    """
    with reading(path, mode="rb") as file:
        notes = _notes_of_ours(file)
        if notes is None:
            file.seek(0)
            layer = parse_geojson(_parsed(path, file.read()), path)
            yield OpenLayer(iter(layer.events), layer.notes, dict(layer.outlines))
        else:
            outlines: dict[str, Shape] = {}
            yield OpenLayer(_events_of_ours(file, path, outlines), notes, outlines)


def _parsed(path: Path, content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise InputError(path, f"is no GeoJSON ({error})", "Write it anew with dateline extract") from error


def _notes_of_ours(file: BinaryIO) -> dict[str, Any] | None:
    """The notes of a file with a feature a line, from its last line; ``None`` if it is of another make.

    The file is left behind its first line.
    """
    if file.readline(len(OPENING) + 1) != OPENING + b"\n":
        return None
    size, tail = file.seek(0, SEEK_END), b""
    while CLOSING not in tail or b"\n" not in tail[:tail.index(CLOSING) + 1]:
        if len(tail) >= min(size, LONGEST_NOTES):
            return None
        reach = min(size, max(2 * len(tail), 1 << 16))
        file.seek(size - reach)
        tail = file.read(reach)
    try:
        notes = json.loads(tail[tail.rindex(b"\n" + CLOSING) + 1 + len(CLOSING):].rstrip()[:-1])
    except ValueError:
        return None
    file.seek(len(OPENING) + 1)
    return notes if isinstance(notes, dict) else {}


def _events_of_ours(file: BinaryIO, path: Path, outlines: dict[str, Shape]) -> Iterator[Event]:
    for number, line in enumerate(file, 1):
        if line.startswith(CLOSING):
            return
        if line != b"\n":  # there is no feature
            item = _parsed(path, line.rstrip().removesuffix(b","))
            yield read_feature(path, f"feature {number}", item, outlines, "Write it with dateline extract")


def read_feature(origin: Path | str, called: str, item: Any, outlines: dict[str, Shape], remedy: str) -> Event:
    """The event of a feature; the outline of its place is put down by the way.

    ``called`` is what an error names it by ("feature 3", "line 3"), ``remedy`` what it says to do.

    Raises
    ------
    InputError
        If it is no feature of Dateline's.
    """
    try:
        event = event_of(item["id"], item["properties"])
        put_outline(outlines, event, lambda: shape_of(item["geometry"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        problem = f"{called} is no event of Dateline's ({type(error).__name__}: {error})"
        raise InputError(origin, problem, remedy) from error
    return event


def parse_geojson(document: Any, origin: Path | str) -> LayerFile:
    """The layer in a parsed GeoJSON document; ``origin`` names it in errors.

    Raises
    ------
    InputError
        If it is no FeatureCollection of Dateline's.
    """
    if not isinstance(document, dict) or not isinstance(document.get("features"), list):
        raise InputError(origin, "is no GeoJSON FeatureCollection", "Write it with dateline extract")
    outlines: dict[str, Shape] = {}
    events = tuple(read_feature(origin, f"feature {number}", item, outlines, "Write it with dateline extract")
                   for number, item in enumerate(document["features"], 1))
    notes = document.get("dateline")
    return LayerFile(events, outlines, notes if isinstance(notes, dict) else {})


def event_of(identifier: Any, entry: Mapping[str, Any]) -> Event:
    """The event that :func:`properties` describes.

    Raises
    ------
    KeyError, TypeError, ValueError, AttributeError
        If a property is missing or no event can have it.
    """
    codes = entry["codes"]
    return Event(
        id=str(identifier), type=str(entry["type"]), factuality=Factuality(entry["factuality"]),
        sources=tuple(_read_source(source) for source in entry["sources"]), place=_read_place(entry),
        span=_span(entry["start"], entry["end"], entry["granularity"], entry["date_basis"], str(entry["edtf"])),
        codes=Codes(str(codes["acled"]), str(codes["plover"])), claimed_by=str(entry["claimed_by"]),
        group=str(entry["group"]), confidence=float(entry["confidence"]), why=tuple(map(str, entry["why"])),
        quantities=tuple(_read_quantity(quantity) for quantity in entry["quantities"]))


def _read_place(entry: Mapping[str, Any]) -> Place | None:
    if entry["place_id"] is None:
        return None
    return _place(
        str(entry["place_id"]), str(entry["place_name"]), PlaceKind(entry["precision"]), entry["place_country"],
        _coordinate(entry["place_lat"], 90.0), _coordinate(entry["place_lon"], 180.0), float(entry["radius_km"]),
        entry["place_region"], int(entry["place_population"]),
        tuple((str(language), str(name)) for language, name in entry["place_names"].items()))


_place = lru_cache(PLACES_KEPT)(Place)


@lru_cache(PLACES_KEPT)
def _span(start: str | None, end: str | None, granularity: str, basis: str, edtf: str) -> TimeSpan:
    return TimeSpan(_day(start), _day(end), Granularity(granularity), Basis(basis), edtf)


def _coordinate(value: Any, limit: float) -> float:
    degrees = float(value)
    if not -limit <= degrees <= limit:
        raise ValueError(f"coordinate out of range: {value!r}")
    return degrees


def _read_quantity(entry: Mapping[str, Any]) -> Quantity:
    return Quantity(int(entry["start"]), int(entry["end"]), str(entry["text"]), str(entry["role"]),
                    entry["min"], entry["max"], bool(entry["approximate"]))


def _read_source(entry: Mapping[str, Any]) -> Source:
    return Source(
        article=str(entry["article"]), quote=str(entry["quote"]), start=int(entry["start"]), end=int(entry["end"]),
        text_sha256=str(entry["text_sha256"]), outlet=str(entry["outlet"]), url=str(entry["url"]),
        title=str(entry["title"]), published=str(entry["published"]), published_basis=str(entry["published_basis"]),
        marks=tuple(Mark(int(start), int(end), str(role)) for start, end, role in entry["marks"]),
        factuality=Factuality(entry["factuality"]), claimed_by=str(entry["claimed_by"]),
        # layers of before hadn't these
        parties=tuple(map(str, entry.get("parties") or ())), lang=str(entry.get("lang") or ""),
        copy_of=str(entry.get("copy_of") or ""))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None


def shape_of(value: Mapping[str, Any]) -> Shape:
    """The polygons of a GeoJSON geometry that is an area."""
    polygons = [value["coordinates"]] if value["type"] == "Polygon" else value["coordinates"]
    return tuple(tuple(tuple((float(lon), float(lat)) for lon, lat, *_ in ring) for ring in polygon)
                 for polygon in polygons)


write = write_geojson
