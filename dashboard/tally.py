"""What the filters leave of a layer, and what they would leave with one of them taken back: every count on the page.

The slider moves through a million events; the other filters stand still meanwhile. So what they keep is remembered,
and a step of the slider compares days, joins and counts, each once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

import numpy as np
import streamlit as st

from dashboard.source import serial_of
from geodata.layer import EventFilter, Layer, Mask, PublicationDate

POSSIBLY, CERTAINLY = COUNTINGS = ("possibly", "certainly")
"""Which events with a span of days count as in range: those that touch it, or only those wholly within."""

MOST_STANDING = 24
"""Masks remembered, of one byte an event: four for each set of filters that somebody looks through."""


@dataclass(frozen=True)
class Tally:
    """What a filter keeps of a layer.

    Attributes
    ----------
    kept:
        The kept rows.
    by_type, by_status, by_outlet:
        Events of each, were there no filter by it.
    by_language:
        Events of each language, were there no filter by it; none where all are of one.
    by_counting:
        Events that are kept by either way of counting spans.
    by_publication:
        Events dated by publication alone that are kept by each way of counting those; none where there are none.
    """

    kept: Mask
    by_type: Mapping[str, int]
    by_status: Mapping[str, int]
    by_outlet: Mapping[str, int]
    by_language: Mapping[str, int]
    by_counting: Mapping[str, int]
    by_publication: Mapping[str, int]

    @property
    def number(self) -> int:
        """How many events are kept."""
        return int(np.count_nonzero(self.kept))


def tally(layer: Layer, keep: EventFilter) -> Tally:
    """Count what ``keep`` keeps, once for all that the page says of it."""
    ranged = {way: _in_range(layer, keep, way) for way in COUNTINGS}
    chosen = ranged[CERTAINLY if keep.certainly else POSSIBLY]
    standing = _standing(layer, _timeless(keep))
    return Tally(
        kept=standing & chosen,
        by_type=layer.group("type", _standing(layer, _timeless(replace(keep, types=None))) & chosen),
        by_status=layer.group("factuality", _standing(layer, _timeless(replace(keep, factualities=None))) & chosen),
        by_outlet=layer.group("outlet", _standing(layer, _timeless(replace(keep, outlets=None))) & chosen),
        by_language=_by_language(layer, keep, chosen),
        by_publication=_by_publication(layer, keep),
        by_counting={way: int(np.count_nonzero(standing & rows)) for way, rows in ranged.items()},
    )


def _by_language(layer: Layer, keep: EventFilter, chosen: Mask) -> Mapping[str, int]:
    if len(layer.languages) < 2:
        return {}
    return layer.group("language", _standing(layer, _timeless(replace(keep, languages=None))) & chosen)


def _by_publication(layer: Layer, keep: EventFilter) -> Mapping[str, int]:
    if not layer.dated_by_publication.any():
        return {}
    counting = CERTAINLY if keep.certainly else POSSIBLY
    ways = {way.value: replace(keep, publication=way) for way in PublicationDate}
    return {
        way: int(
            np.count_nonzero(
                _standing(layer, _timeless(then)) & _in_range(layer, then, counting) & layer.dated_by_publication
            )
        )
        for way, then in ways.items()
    }


def _in_range(layer: Layer, keep: EventFilter, way: str) -> Mask:
    if keep.start is None and keep.end is None:
        return np.ones(len(layer), dtype=bool)
    return layer.in_range(keep.start, keep.end, certainly=way == CERTAINLY, publication=keep.publication)


def _timeless(keep: EventFilter) -> EventFilter:
    return replace(keep, start=None, end=None, certainly=False)


def _written(keep: EventFilter) -> str:
    """A filter as text, the same for equal filters."""
    values = (getattr(keep, field.name) for field in fields(keep))
    return repr([sorted(value) if isinstance(value, frozenset) else value for value in values])


@st.cache_resource(show_spinner=False, hash_funcs={Layer: serial_of, EventFilter: _written}, max_entries=MOST_STANDING)
def _standing(layer: Layer, keep: EventFilter) -> Mask:
    mask = layer.mask(keep)
    mask.flags.writeable = False  # everybody who looks through these filters shares it
    return mask
