"""Layers as newline-delimited GeoJSON, a feature a line (GDAL's GeoJSONSeq): read and written in a stream.

The notes of the layer stand in the first line, as the feature's foreign member ``dateline``; where there is no event,
in an empty FeatureCollection. (A collection behind the features would be one feature more to GDAL.)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import Any

from geodata.atomic import written_whole
from geodata.errors import InputError
from geodata.event import Event
from geodata.formats.geojson import FORMAT_VERSION, encode, feature, read_feature
from geodata.formats.layerfile import OpenLayer, OutlineOf, reading
from geodata.geometry import Shape


def write(path: Path, events: Iterable[Event], outline_of: OutlineOf, notes: Mapping[str, Any]) -> int:
    """Write a feature a line, whole or not at all; returns how many.

    Raises
    ------
    OutputError
        If the file can't be written.
    """
    written, told = 0, {"dateline": {"format": FORMAT_VERSION, **notes}}
    with written_whole(path) as file:
        for event in events:
            file.write(encode({**feature(event, outline_of), **(told if not written else {})}) + b"\n")
            written += 1
        if not written:
            file.write(encode({"type": "FeatureCollection", "features": [], **told}) + b"\n")
    return written


@contextmanager
def opened(path: Path) -> Iterator[OpenLayer]:
    """Open a layer that :func:`write` wrote; lines of other programs' without the notes are as good.

    Raises
    ------
    InputError
        If a line is no feature of Dateline's; names the line.
    """
    outlines: dict[str, Shape] = {}
    with reading(path, mode="rb") as file:
        lines = enumerate(file, 1)
        first = [(number, _parse(path, number, line)) for number, line in islice(lines, 1)]
        if not first:
            raise InputError(path, "holds no feature", "Write it with dateline export")
        rest = ((number, _parse(path, number, line)) for number, line in lines)
        notes = first[0][1].get("dateline", {})
        yield OpenLayer((read_feature(path, f"line {number}", item, outlines, "Write it with dateline export")
                         for number, item in chain(first, rest) if item.get("type") != "FeatureCollection"),
                        notes, outlines)


def _parse(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        item = json.loads(line.lstrip(b"\x1e"))  # RFC 8142 opens every record so
    except (ValueError, RecursionError) as error:
        raise InputError(path, f"line {number} is no JSON ({error})", "Write it with dateline export") from error
    if not isinstance(item, dict):
        raise InputError(path, f"line {number} is no feature", "Write it with dateline export")
    return item
