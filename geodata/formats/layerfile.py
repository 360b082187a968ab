"""What every format writes and reads: a layer file."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geodata.collector import uncollected
from geodata.errors import InputError
from geodata.event import Event
from geodata.geometry import Shape
from geodata.place import Place

LARGE = 100_000
"""Events that the garbage collector takes a quarter of a second to walk through, to find nothing."""
OutlineOf = Callable[[Place], Shape]
"""Gives a place's outline as polygons, empty where none is known (``Gazetteer.outline``)."""


@dataclass(frozen=True, slots=True)
class LayerFile:
    """What a layer file holds: its events, the outlines of their places by place id, and its own notes.

    Notes say what was read, left out and filtered; a CSV can't carry them.
    """

    events: tuple[Event, ...]
    outlines: Mapping[str, Shape]
    notes: Mapping[str, Any]

    def outline(self, place: Place) -> Shape:
        """The outline the file gives a place, so that a layer read can be written again; empty where it has none."""
        return self.outlines.get(place.id, ())


@dataclass(frozen=True, slots=True)
class OpenLayer:
    """A layer file that is being read: the events come one at a time, and none is kept.

    Attributes
    ----------
    events:
        Raises :class:`~geodata.errors.InputError` where one is none.
    outlines:
        Of the places of the events that have come.
    """

    events: Iterator[Event]
    notes: Mapping[str, Any] = field(default_factory=dict)
    outlines: dict[str, Shape] = field(default_factory=dict)

    def outline(self, place: Place) -> Shape:
        """As :meth:`LayerFile.outline`."""
        return self.outlines.get(place.id, ())


def reading(path: Path, **how: Any) -> Any:
    """A file opened for reading.

    Raises
    ------
    InputError
        If it can't be.
    """
    try:
        return path.open(**how)
    except OSError as error:
        raise InputError(path, f"can't be read ({error.strerror})", "Check the path") from error


def whole(opened: AbstractContextManager[OpenLayer]) -> LayerFile:
    """All of a layer file."""
    with opened as layer, uncollected():
        events = tuple(layer.events)
        if len(events) >= LARGE:
            gc.freeze()  # or the collector would walk through them at the first occasion, and again and again
        return LayerFile(events, layer.outlines, layer.notes)


def put_outline(outlines: dict[str, Shape], event: Event, shape_of: Callable[[], Shape]) -> None:
    """Put down the outline that an event's feature has, if its place is an area whose outline isn't known yet."""
    place = event.place
    if place is not None and not place.kind.is_point and place.id not in outlines:
        outlines[place.id] = shape_of()
