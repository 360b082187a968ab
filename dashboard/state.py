"""What the user has chosen: kept in the session under the widgets' keys, and in the page's address.

The address is a permalink: opened elsewhere, it restores range, filters, map view and selection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite, log2
from typing import Any

import streamlit as st

from dashboard.columns import type_keys
from dashboard.i18n import LANGUAGES, language_of
from dashboard.tally import CERTAINLY, POSSIBLY
from geodata.event import Factuality
from geodata.layer import EventFilter, Layer, PublicationDate, regions_of
from geodata.taxonomy import taxonomy

SURE = "sure"
"""The page *How sure is this?*, as the address names it."""
EQUATOR_KM = 40_075
MOST_SELECTED = 200
"""Events that a click may open as a list; the map sends no more."""


@dataclass(frozen=True)
class Defaults:
    """What a layer is filtered by before the user chooses anything."""

    range: tuple[date, date] | None
    types: tuple[str, ...]
    statuses: tuple[str, ...]

    @classmethod
    def of(cls, layer: Layer) -> Defaults:
        """Types that are on the map at first sight, and what somebody says has happened; all if that leaves nothing."""
        types = type_keys(layer)
        known = taxonomy()
        shown = tuple(key for key in types if key not in known or known[key].on_map) or types
        present = layer.group("factuality")
        statuses = tuple(status.value for status in Factuality if status.value in present)
        happened = tuple(status for status in statuses if Factuality(status).happened) or statuses
        return cls(layer.extent, shown, happened)


def begin(layer: Layer, defaults: Defaults) -> None:
    """Fill the session from the page's address, once; what the address does not say takes its default."""
    if st.session_state.get("begun") == layer.serial:
        return
    asked = st.query_params
    st.session_state.begun = layer.serial
    st.session_state.language = asked.get("lang") if asked.get("lang") in LANGUAGES else language_of(st.context.locale)
    choices = {
        "range": _range(asked, defaults),
        "counting": CERTAINLY if asked.get("counting") == CERTAINLY else POSSIBLY,
        "publication": _publication(asked.get("publication")),
        "types": _among(asked, "types", type_keys(layer), defaults.types),
        "statuses": _among(asked, "statuses", [status.value for status in Factuality], defaults.statuses),
        "outlets": [outlet for outlet in asked.get_all("outlet") if outlet in layer.outlets],
        "languages": [language for language in asked.get_all("article") if language in layer.languages],
        "places": _places(asked.get_all("place"), layer),
        "box": _box(asked.get("box")),
        "text": asked.get("q", ""),
        "confidence": _number(asked.get("confidence"), 0, 100),
        "sources": _number(asked.get("sources"), 1, 99),
        "only_view": asked.get("only") == "view",
        "online": asked.get("map") == "online",
    }
    for name, value in choices.items():
        st.session_state[name] = value
    if "first" not in st.session_state:
        st.session_state.first = set(asked) <= {"lang"}  # a link leads to something else than the tour
    if "page" not in st.session_state:
        st.session_state.page = SURE if asked.get("page") == SURE else None
    if "view" not in st.session_state:
        st.session_state.view = _view(asked.get("view"))
    # A workspace that somebody corrects is another layer; the event that is being read stays selected.
    chosen = st.session_state.get("event_id") or asked.get("event")
    row = layer.row_of(chosen) if chosen else None
    st.session_state.selection = [] if row is None else [row]
    st.session_state.lost = chosen if row is None else None
    st.session_state.listed = []
    st.session_state.popup_at = None
    st.session_state.go = None
    st.session_state.published = (None, "")


def reset(defaults: Defaults) -> None:
    """Back to what a layer shows at first; view and selection stay."""
    st.session_state.update(
        range=defaults.range,
        counting=POSSIBLY,
        publication=PublicationDate.POSSIBLY.value,
        types=list(defaults.types),
        statuses=list(defaults.statuses),
        outlets=[],
        languages=[],
        places=[],
        box=None,
        text="",
        confidence=0,
        sources=1,
        only_view=False,
    )


def never_none(key: str, value: str) -> None:
    """For controls of which one choice must stay: a second click on it would take it away."""
    if st.session_state[key] is None:
        st.session_state[key] = value


def event_filter(defaults: Defaults) -> EventFilter:
    """The filter that the session holds. A range that covers everything is none, so that undated events stay in."""
    state = st.session_state
    start, end = state.range if state.range and state.range != defaults.range else (None, None)
    view = state.view
    return EventFilter(
        start=start,
        end=end,
        certainly=state.counting == CERTAINLY,
        publication=PublicationDate(state.publication),
        types=frozenset(state.types),
        factualities=frozenset(Factuality(status) for status in state.statuses),
        outlets=frozenset(state.outlets) or None,
        languages=frozenset(state.languages) or None,
        places=frozenset(state.places) or None,
        text=state.text,
        bbox=state.box or (view["bounds"] if state.only_view and view else None),
        min_confidence=state.confidence / 100,
        min_sources=state.sources,
    )


def write_address(layer: Layer, defaults: Defaults) -> None:
    """Put what differs from the defaults into the page's address."""
    state = st.session_state
    params: dict[str, str | list[str]] = {}
    if state.range and state.range != defaults.range:
        params["from"], params["to"] = (day.isoformat() for day in state.range)
    if state.counting == CERTAINLY:
        params["counting"] = CERTAINLY
    if state.publication != PublicationDate.POSSIBLY:
        params["publication"] = state.publication
    if set(state.types) != set(defaults.types):
        params["types"] = ",".join(state.types)
    if set(state.statuses) != set(defaults.statuses):
        params["statuses"] = ",".join(state.statuses)
    for name, key in (("outlet", "outlets"), ("article", "languages"), ("place", "places")):
        if state[key]:
            params[name] = list(state[key])
    for name, key, default in (("q", "text", ""), ("confidence", "confidence", 0), ("sources", "sources", 1)):
        if state[key] != default:
            params[name] = str(state[key])
    if state.box:
        params["box"] = ",".join(f"{degrees:.3f}" for degrees in state.box)
    if state.only_view:
        params["only"] = "view"
    if state.online:
        params["map"] = "online"
    if state.view:
        lat, lon = state.view["centre"]
        params["view"] = f"{lat:.4f},{lon:.4f},{state.view['zoom']}"
    state.event_id = layer.events[state.selection[0]].id if len(state.selection) == 1 else None
    if state.event_id:
        params["event"] = state.event_id
    if state.page:
        params["page"] = state.page
    if state.language != language_of(st.context.locale):
        params["lang"] = state.language
    if {key: st.query_params.get_all(key) for key in st.query_params} != {
        key: value if isinstance(value, list) else [value] for key, value in params.items()
    }:
        st.query_params.from_dict(params)


# What the map tells --------------------------------------------------------------------------------------------------


def take_messages(messages: Iterable[Mapping[str, Any]], layer: Layer, defaults: Defaults) -> None:
    """Apply what the user did on the map since the last run, each thing once."""
    for message in messages:
        if message["sent"] > st.session_state.get("seen", 0):
            st.session_state.seen = message["sent"]
            _take_message(message, layer, defaults)


def _take_message(message: Mapping[str, Any], layer: Layer, defaults: Defaults) -> None:
    match message.get("action"):
        case "range":
            _take_range(message.get("range"), defaults)
        case "view":
            st.session_state.view = {
                "centre": tuple(message["centre"]),
                "zoom": int(message["zoom"]),
                "bounds": tuple(message["bounds"]),
            }
        case "box":
            st.session_state.box = _degrees(message["bounds"]) if message.get("bounds") else None
        case "open":
            select(_rows(message.get("rows", ()), layer), at=tuple(message["at"]))
            st.session_state.listed = list(st.session_state.selection)
        case "choose":
            select(_rows([message.get("row")], layer), at=st.session_state.popup_at)
        case "back":
            select(st.session_state.listed, at=st.session_state.popup_at)


def select(rows: Iterable[int], at: tuple[float, float] | None = None) -> None:
    """Select events by row; ``at`` is where the popup stands (latitude, longitude), else at the event's place."""
    st.session_state.selection = list(rows)[:MOST_SELECTED]
    st.session_state.lost = None
    st.session_state.popup_at = at
    st.session_state.popup_number = st.session_state.get("popup_number", 0) + 1


def select_and_show(row: int, layer: Layer) -> None:
    """Select an event from a list or table, and bring its place into view."""
    place = layer.events[row].place
    select([row], at=(place.lat, place.lon) if place else None)
    if place is not None:
        number = st.session_state.popup_number
        st.session_state.go = {"number": number, "centre": (place.lat, place.lon), "zoom": _zoom_for(place.radius_km)}


def _zoom_for(radius_km: float) -> int:
    """The zoom at which a circle of this radius fills about a third of the map."""
    return min(8, max(3, round(log2(EQUATOR_KM / max(radius_km, 1)) - 1)))


def _rows(rows: Iterable[Any], layer: Layer) -> list[int]:
    return [row for row in rows if isinstance(row, int) and 0 <= row < len(layer)]


def _take_range(days: list[int] | None, defaults: Defaults) -> None:
    from geodata.layer import day_of

    if defaults.range is None:
        return
    if days is None:
        st.session_state.range = defaults.range
    else:
        first, last = defaults.range
        start, end = (min(max(day_of(day), first), last) for day in days)
        st.session_state.range = (start, end)


# What the address says -----------------------------------------------------------------------------------------------


def _range(asked: Mapping[str, str], defaults: Defaults) -> tuple[date, date] | None:
    if defaults.range is None:
        return None
    first, last = defaults.range
    try:
        start = date.fromisoformat(asked.get("from", first.isoformat()))
        end = date.fromisoformat(asked.get("to", last.isoformat()))
    except ValueError:
        return defaults.range
    start, end = min(max(start, first), last), min(max(end, first), last)
    return (start, end) if start <= end else defaults.range


def _among(asked: Mapping[str, str], name: str, possible: Iterable[str], default: Iterable[str]) -> list[str]:
    if name not in asked:
        return list(default)
    wanted = set(asked[name].split(","))
    return [key for key in possible if key in wanted]


def _publication(text: str | None) -> str:
    known = {way.value for way in PublicationDate}
    return text if text in known else PublicationDate.POSSIBLY.value


def _places(asked: Iterable[str], layer: Layer) -> list[str]:
    known = {region for place in layer.places for region in regions_of(place)}
    return [place for place in asked if place in known]


def _box(text: str | None) -> tuple[float, ...] | None:
    """``west,south,east,north`` as the address gives it, or ``None`` if that is no box."""
    try:
        return _degrees([float(number) for number in (text or "").split(",")])
    except ValueError:
        return None


def _degrees(bounds: Sequence[float]) -> tuple[float, ...] | None:
    """A box whose longitudes lie on one earth, or ``None`` if it is none: the map may have been turned round."""
    if len(bounds) != 4 or not all(isfinite(number) for number in bounds):
        return None
    west, south, east, north = bounds
    if not (-90 <= south < north <= 90 and west < east):
        return None
    if east - west >= 360:
        return -180.0, south, 180.0, north
    return round(_on_earth(west), 3), round(south, 3), round(_on_earth(east), 3), round(north, 3)


def _on_earth(lon: float) -> float:
    return (lon + 180) % 360 - 180


def _number(text: str | None, low: int, high: int) -> int:
    return min(high, max(low, int(text))) if text and text.isdecimal() else low


def _view(text: str | None) -> dict[str, Any] | None:
    """``lat,lon,zoom`` as the address gives it, or ``None`` if that is no view."""
    try:
        lat, lon, zoom = (float(number) for number in (text or "").split(","))
    except ValueError:
        return None
    if not (-90 <= lat <= 90 and -360 <= lon <= 360 and 0 <= zoom <= 19):
        return None
    return {"centre": (lat, lon), "zoom": int(zoom), "bounds": None}
