"""Layers as a dossier: one HTML file with map, time slider, quotes and a table to print, that works without a network.

The events stand in the page as the GeoJSON of :mod:`geodata.formats.geojson`, so the page reads back without loss.
Articles are strangers' text: it stands in the page as JSON that can't end its own element, is shown as text and never
as HTML, and the page's own policy lets no script run but ours, by its hash, and nothing be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import logging
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from geodata.atomic import written_whole
from geodata.errors import InputError, OutputError
from geodata.event import Event
from geodata.formats.borders import borders
from geodata.formats.geojson import FORMAT_VERSION, encode, feature, parse_geojson
from geodata.formats.layerfile import OpenLayer, OutlineOf
from geodata.formats.wkb import union, wkb
from geodata.taxonomy import taxonomy

LOGGER = logging.getLogger(__name__)
MOST_EVENTS = 50_000
"""Events that a page filters between two frames of its slider, on an ordinary laptop."""
LAYER, END = b'<script type="application/json" id="dateline-layer">', b"</script>"
DEFAULT_TITLE = "Events"


def write(path: Path, events: Iterable[Event], outline_of: OutlineOf, notes: Mapping[str, Any]) -> int:
    """Write a page, whole or not at all; returns how many events. ``notes["title"]`` is its headline.

    Raises
    ------
    OutputError
        If there are more events than a page bears, or the file can't be written.
    """
    listed = list(islice(events, MOST_EVENTS + 1))
    if len(listed) > MOST_EVENTS:
        raise OutputError(path, f"has more events than one page bears ({MOST_EVENTS:,})",
                          "Export a part of them, or a .gpkg")
    with written_whole(path) as file:
        file.write(_page(listed, outline_of, notes))
    return len(listed)


def _page(events: list[Event], outline_of: OutlineOf, notes: Mapping[str, Any]) -> bytes:
    places = {event.place.id: event.place for event in events if event.place}.values()
    countries = borders(union(wkb(place, outline_of)[1] for place in places))
    if countries is None:
        LOGGER.warning("The map of the dossier has no borders: Dateline was not installed with its map data.")
    own = {"borders": countries, "wording": tomllib.loads(_asset("wording.toml")),
           "types": {key: {"colour": kind.colour, **kind.labels} for key, kind in taxonomy().items()}}
    layer = {"type": "FeatureCollection", "features": [feature(event, outline_of) for event in events],
             "dateline": {"format": FORMAT_VERSION, **notes}}
    script = f"\n{_asset('map.js')}\n{_asset('page.js')}"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    parts = {
        "SCRIPT_HASH": f"sha256-{digest}".encode(),
        "TITLE": html.escape(str(notes.get("title", DEFAULT_TITLE))).encode("utf-8", "replace"),
        "UNTITLED": b"" if "title" in notes else b'data-text="events"',  # then in the reader's language
        "STYLE": _asset("page.css").encode(), "SCRIPT": script.encode(),
        "LAYER": _harmless(encode(layer)), "PAGE": _harmless(encode(own))}
    return re.sub(rb"@([A-Z_]+)@", lambda found: parts[found[1].decode()], _asset("page.html").encode())


def _asset(name: str) -> str:
    return (files("geodata.formats") / "dossier" / name).read_text(encoding="utf-8")


def _harmless(content: bytes) -> bytes:
    """JSON in which nothing looks like markup: the same values, but no element can be ended or begun."""
    return content.replace(b"<", b"\\u003c").replace(b">", b"\\u003e").replace(b"&", b"\\u0026")


@contextmanager
def opened(path: Path) -> Iterator[OpenLayer]:
    """Open the layer in a page that :func:`write` wrote.

    Raises
    ------
    InputError
        If there is none in it.
    """
    try:
        _, found, rest = path.read_bytes().partition(LAYER)
    except OSError as error:
        raise InputError(path, f"can't be read ({error.strerror})", "Check the path") from error
    if not found:
        raise InputError(path, "is no dossier of Dateline's", "Write it with dateline export")
    try:
        layer = parse_geojson(json.loads(rest.partition(END)[0]), path)
    except (ValueError, RecursionError) as error:
        raise InputError(path, f"holds a damaged layer ({error})", "Write it with dateline export") from error
    yield OpenLayer(iter(layer.events), layer.notes, dict(layer.outlines))
