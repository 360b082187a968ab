"""Layers as files: one module a format, found by the file's suffix. Field by field in docs/formats.md.

Every module has a function ``write`` and a function ``opened``; they are imported when first asked for, so
that a format's library costs nothing where the format isn't used.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from geodata.errors import InputError, OutputError
from geodata.event import Event
from geodata.formats.layerfile import LayerFile, OpenLayer, OutlineOf, whole

__all__ = ["FORMATS", "Format", "LayerFile", "OpenLayer", "OutlineOf", "check_suffix", "format_of", "layer_bytes",
           "open_layer", "read_layer", "write_layer"]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of layer file: its name, its suffixes (the usual one first), its media type and its module."""

    name: str
    suffixes: tuple[str, ...]
    media_type: str
    module: str


class _Module(Protocol):
    """What a format's module offers."""

    def write(self, path: Path, events: Iterable[Event], outline_of: OutlineOf, notes: Mapping[str, Any]) -> int: ...
    def opened(self, path: Path) -> AbstractContextManager[OpenLayer]: ...


FORMATS = (
    Format("GeoJSON", (".geojson", ".json"), "application/geo+json", "geojson"),
    Format("CSV", (".csv",), "text/csv", "csv"),
    Format("GeoPackage", (".gpkg",), "application/geopackage+sqlite3", "geopackage"),
    Format("GeoParquet", (".parquet", ".geoparquet"), "application/vnd.apache.parquet", "geoparquet"),
    Format("KML", (".kml",), "application/vnd.google-earth.kml+xml", "kml"),
    Format("HTML dossier", (".html", ".htm"), "text/html", "html"),
    Format("GeoJSON, a feature a line", (".geojsonl", ".geojsons", ".ndjson"), "application/x-ndjson", "geojsonseq"),
)
"""Every format, the one to recommend first."""


def format_of(path: Path | str) -> Format | None:
    """The format of a file by its suffix (or of a bare suffix like ``.csv``); ``None`` for a kind that is none."""
    name = str(path).lower()
    return next((kind for kind in FORMATS if name.endswith(kind.suffixes)), None)


def write_layer(path: Path, events: Iterable[Event], outline_of: OutlineOf, notes: Mapping[str, Any]) -> int:
    """Write events in the format that the suffix of ``path`` names, whole or not at all; returns how many.

    Parameters
    ----------
    outline_of:
        Gives the outline of an event's place; without one an area is drawn as the circle of its radius.
    notes:
        What was read, left out, filtered: carried by every format but CSV.

    Raises
    ------
    OutputError
        If no format has this suffix, its library is missing, or the file can't be written.
    """
    return _module(check_suffix(path)).write(path, events, outline_of, notes)


def check_suffix(path: Path) -> Format:
    """The format to write a file in; to ask before long work, as :func:`write_layer` would only after it.

    Raises
    ------
    OutputError
        If no format has this suffix.
    """
    kind = format_of(path)
    if kind is None:
        raise OutputError(path, f"unknown kind of layer ({path.suffix or 'no suffix'})", f"Name it {_suffixes()}")
    return kind


def read_layer(path: Path) -> LayerFile:
    """Read a layer that :func:`write_layer` wrote, or the folder of one that a cluster wrote.

    Raises
    ------
    InputError
        If the file is missing, no layer of Dateline's, or damaged; names the event at fault.
    """
    return whole(open_layer(path))


def open_layer(path: Path) -> AbstractContextManager[OpenLayer]:
    """Open a layer to read its events one at a time, in the memory of some thousands.

    Dossiers, and GeoJSON that another program wrote, are read whole.

    Raises
    ------
    InputError
        As :func:`read_layer`; about an event, when it comes.
    """
    if path.is_dir():
        from geodata.formats import partitions

        return partitions.opened(path)
    kind = format_of(path)
    if kind is None:
        raise InputError(path, f"unknown kind of layer ({path.suffix or 'no suffix'})", f"Give {_suffixes()}")
    if not path.is_file():
        raise InputError(path, "no such file", "Check the path")
    return _module(kind).opened(path)


def layer_bytes(suffix: str, events: Iterable[Event], outline_of: OutlineOf, notes: Mapping[str, Any]) -> bytes:
    """What :func:`write_layer` would write into a file with this suffix (``.csv``), for a download.

    Raises
    ------
    OutputError
        If no format has this suffix, or its library is missing.
    """
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        path = Path(folder, f"layer{suffix}")
        write_layer(path, events, outline_of, notes)
        return path.read_bytes()


def _module(kind: Format) -> _Module:
    return cast(_Module, import_module(f"geodata.formats.{kind.module}"))


def _suffixes() -> str:
    return " ".join(suffix for kind in FORMATS for suffix in kind.suffixes)
