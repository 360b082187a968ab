"""What every format writes and reads: a layer file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from geodata.event import Event
from geodata.geometry import Shape
from geodata.place import Place

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
