"""Events that may be one with another: near it in place and time, and of its kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geodata.layer import NO_PLACE, OPEN_END, OPEN_START, Layer
from geodata.place import EARTH_RADIUS_KM
from geodata.taxonomy import taxonomy

MOST_DAYS = 14
"""Days apart that two reports may date one event: a fortnight covers late news and a wrong week."""
MOST_KM = 250.0
"""How far apart two reports may put one event: a village and its region's capital."""
KM_A_DAY = 25.0
"""What weighs as much as a day: a town's neighbour as much as the next day."""
OTHER_TYPE_DAYS, OTHER_FAMILY_DAYS = 3.0, 10.0
"""What another type of the same family, and of another, weighs: reports name one event by cause or by effect."""

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Near:
    """An event that may be one with another, and what they share.

    Attributes
    ----------
    row:
        Its row in the layer.
    km:
        Between the places, beyond what their circles cover; ``None`` where one has no place.
    days:
        Between the spans; 0 where they overlap, ``None`` where one has no date.
    same_type, same_place:
        Whether type and place are the same.
    """

    row: int
    km: float | None
    days: int | None
    same_type: bool
    same_place: bool


def nearest_events(layer: Layer, row: int, most: int) -> tuple[Near, ...]:
    """The events that may be one with that of ``row``, the likeliest first; other pins of it are none."""
    days, km, types = _days_from(layer, row), _km_from(layer, row), _types_from(layer, row)
    # What is unknown may be near: it weighs as much as the farthest that is offered.
    cost = np.where(np.isnan(days), MOST_DAYS, days) + np.where(np.isnan(km), MOST_KM, km) / KM_A_DAY + types
    offered = ~((days > MOST_DAYS) | (km > MOST_KM) | (np.isnan(days) & np.isnan(km)))
    offered[row] = False
    offered[list(layer.rows_of_group(layer.events[row].group))] = False
    rows = np.flatnonzero(offered)
    rows = rows[np.argsort(cost[rows], kind="stable")][:most]
    places = layer.frame["place"].to_numpy()
    return tuple(
        Near(
            int(each),
            None if np.isnan(km[each]) else float(km[each]),
            None if np.isnan(days[each]) else int(days[each]),
            bool(types[each] == 0),
            bool(places[each] == places[row] != NO_PLACE),
        )
        for each in rows
    )


def _days_from(layer: Layer, row: int) -> Numbers:
    """Days between each event's span and that of ``row``, an open end counting as the known one; NaN for no date."""
    starts, ends = (layer.frame[name].to_numpy().astype(np.float64) for name in ("start", "end"))
    starts = np.where(starts == OPEN_START, np.where(ends == OPEN_END, np.nan, ends), starts)
    ends = np.where(ends == OPEN_END, starts, ends)
    apart: Numbers = np.maximum(0, np.maximum(starts - ends[row], starts[row] - ends))
    return apart


def _km_from(layer: Layer, row: int) -> Numbers:
    """Kilometres between each event's circle and that of ``row``; NaN for no place."""
    codes = layer.frame["place"].to_numpy()
    if codes[row] == NO_PLACE:
        return np.full(len(layer), np.nan)
    lats, lons = (np.radians([getattr(place, name) for place in layer.places]) for name in ("lat", "lon"))
    radii = np.array([place.radius_km for place in layer.places])
    here = codes[row]
    north, east = (np.sin((values - values[here]) / 2) ** 2 for values in (lats, lons))
    half = north + np.cos(lats) * np.cos(lats[here]) * east
    apart = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1, np.sqrt(half))) - radii - radii[here]
    from_here: Numbers = np.append(np.maximum(0, apart), np.nan)[codes]  # the appended entry is what index -1 finds
    return from_here


def _types_from(layer: Layer, row: int) -> Numbers:
    """What each event's type weighs beside that of ``row``."""
    own = layer.events[row].type
    known = taxonomy()
    family = known[own].family if own in known else ""
    column = layer.frame["type"].cat
    weights = [
        0.0 if key == own else OTHER_TYPE_DAYS if key in known and known[key].family == family else OTHER_FAMILY_DAYS
        for key in map(str, column.categories)
    ]
    return np.array(weights)[column.codes.to_numpy()]
