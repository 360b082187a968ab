"""Downloads of exactly what is filtered, in every format, with the filter written inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from dashboard.i18n import Words
from geodata.event import Event
from geodata.formats import FORMATS, layer_bytes
from geodata.geometry import Shape
from geodata.layer import EventFilter, Layer, Mask
from geodata.place import Place

IN_SIGHT = (".geojson", ".csv")
"""Formats with a button of their own; the others are in the menu beside them."""


def downloads(layer: Layer, mask: Mask, keep: EventFilter, words: Words) -> None:
    """Buttons that make their file when they are clicked."""
    number = int(np.count_nonzero(mask))
    help_text = words("download_help", n=words.number(number))
    for kind in FORMATS:
        suffix = kind.suffixes[0]
        if suffix in IN_SIGHT:
            _button(layer, mask, keep, kind.name, suffix, kind.media_type, help_text, number)
    with st.popover(words("download_more")):
        for kind in FORMATS:
            suffix = kind.suffixes[0]
            if suffix not in IN_SIGHT:
                _button(layer, mask, keep, kind.name, suffix, kind.media_type, None, number)


def _button(
    layer: Layer,
    mask: Mask,
    keep: EventFilter,
    name: str,
    suffix: str,
    media_type: str,
    help_text: str | None,
    number: int,
) -> None:
    st.download_button(
        name,
        data=partial(download, layer, mask, keep, suffix),
        icon=":material/download:",
        file_name=f"dateline{suffix}",
        mime=media_type,
        on_click="ignore",
        help=help_text,
        disabled=not number,
        key=f"download-{suffix.removeprefix('.')}",
    )


def download(layer: Layer, mask: Mask, keep: EventFilter, suffix: str) -> bytes:
    """The kept events in the format with this suffix."""

    def outline_of(place: Place) -> Shape:
        return tuple(tuple(tuple(ring) for ring in polygon) for polygon in layer.outlines.get(place.id, ()))

    return layer_bytes(suffix, _events(layer, mask), outline_of, {"filter": describe_filter(keep)})


def _events(layer: Layer, mask: Mask) -> Iterator[Event]:
    return (layer.events[int(row)] for row in np.flatnonzero(mask))


def describe_filter(keep: EventFilter) -> Mapping[str, Any]:
    """The filter as JSON values; what keeps everything is left out."""

    def plain(value: Any) -> Any:
        if isinstance(value, frozenset):
            return sorted(str(item) for item in value)
        return value.isoformat() if hasattr(value, "isoformat") else value

    unused = EventFilter()
    return {name: plain(value) for name, value in asdict(keep).items() if value != getattr(unused, name)}
