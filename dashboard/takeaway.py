"""Downloads of exactly what is filtered, in every format, with the filter written inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

import numpy as np
import streamlit as st

from dashboard.columns import event_type, type_keys
from dashboard.i18n import Words
from dashboard.wording import shown
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


MOST_LETTERS, MOST_NAMED = 600, 12
"""Of a filter in words, and names of one kind in it: it stands below a picture."""


def filter_in_words(layer: Layer, keep: EventFilter, words: Words) -> str:
    """The filter but for its range, which the picture of the map tells anyway; nothing if it keeps everything."""
    places = {place.id: place.name_in(words.language) for place in layer.places}
    types = {key: event_type(key).label(words.language) for key in type_keys(layer)}
    chosen: dict[str, Sequence[str]] = {
        "search": [keep.text] if keep.text else [],
        "types": [types.get(key, key) for key in sorted(keep.types or ())] if keep.types != frozenset(types) else [],
        "statuses": [words("status_" + status) for status in sorted(keep.factualities or ())],
        "outlets": [outlet or words("no_outlet") for outlet in sorted(keep.outlets or ())],
        "languages": sorted(keep.languages or ()),
        "places": [places.get(place, place) for place in sorted(keep.places or ())],
        "picture_box": [", ".join(f"{degrees:.2f}°" for degrees in keep.bbox)] if keep.bbox else [],
        "min_confidence": [f"{keep.min_confidence:.0%}"] if keep.min_confidence else [],
        "min_sources": [str(keep.min_sources)] if keep.min_sources > 1 else [],
        "counting": [words("certainly")] if keep.certainly else [],
        "publication": [words(f"publication_{keep.publication}")] if layer.dated_by_publication.any() else [],
    }
    told = [f"{words(name)}: {_listed(values)}" for name, values in chosen.items() if values]
    return " · ".join(told)[:MOST_LETTERS]


def _listed(values: Sequence[str]) -> str:
    return ", ".join(map(shown, values[:MOST_NAMED])) + (" …" if len(values) > MOST_NAMED else "")


def describe_filter(keep: EventFilter) -> Mapping[str, Any]:
    """The filter as JSON values; what keeps everything is left out."""

    def plain(value: Any) -> Any:
        if isinstance(value, frozenset):
            return sorted(str(item) for item in value)
        return value.isoformat() if hasattr(value, "isoformat") else value

    unused = EventFilter()
    return {name: plain(value) for name, value in asdict(keep).items() if value != getattr(unused, name)}
