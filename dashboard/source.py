"""Where the layer comes from: the file that ``dateline serve`` names in the environment."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from dashboard.server import LAYER_VARIABLE
from geodata.errors import GazetteerError
from geodata.formats import read_layer
from geodata.formats.partitions import NOTES
from geodata.gazetteer import default_path, open_gazetteer
from geodata.layer import Layer


def layer_path() -> Path | None:
    """The layer's path, or ``None`` if none is named."""
    named = os.environ.get(LAYER_VARIABLE, "")
    return Path(named) if named else None


def open_layer(path: Path) -> Layer:
    """The layer at ``path``, read again only when the file has changed.

    Raises
    ------
    InputError
        If it can't be read.
    """
    # SQLite writes what is new in a workspace into a file beside it; what a cluster writes has a file that comes last.
    stamp = tuple(_changed(file) for file in (path, path.with_name(path.name + "-wal"), path / NOTES))
    return _read(path, stamp)


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0  # read_layer says what is wrong


@st.cache_resource(show_spinner=False, max_entries=2)
def _read(path: Path, stamp: tuple[int, ...]) -> Layer:  # noqa: ARG001 - the stamp is part of the cache's key
    file = read_layer(path)
    return Layer.from_events(file.events, file.outlines, file.notes)


def serial_of(layer: Layer) -> int:
    """What Streamlit's caches tell layers apart by."""
    return layer.serial


def place_namer() -> Callable[[str, str], str | None]:
    """Names places by id and language as the gazetteer does; names none if it is not compiled on this machine.

    The map alone is no reason to compile it: its towns then have the names that GeoNames gives them.
    """
    if not default_path().exists():
        return lambda _place, _language: None
    gazetteer = open_gazetteer()

    def name(place_id: str, language: str) -> str | None:
        try:
            return gazetteer.place(place_id).name_in(language)
        except GazetteerError:
            return None

    return name
