"""What the plain maps share, so that they differ by the map alone: the events, a date slider, a map without network."""

from __future__ import annotations

import os

import folium
import numpy as np
import numpy.typing as npt
import streamlit as st

from benchmarks.synthetic import big_layer
from dashboard.served import asset_address
from geodata.layer import EventFilter, Layer

Points = npt.NDArray[np.float64]
"""Latitude and longitude, one row an event."""


@st.cache_resource(show_spinner=False)
def _events(number: int) -> tuple[Layer, Points]:
    layer = big_layer(number)
    places = np.array([(place.lat, place.lon) for place in layer.places])
    return layer, places[layer.frame["place"].to_numpy()]


def points_in_range() -> Points:
    """Draw the slider; returns where the events in its range are."""
    layer, points = _events(int(os.environ["BENCHMARK_EVENTS"]))
    first, last = layer.extent or (None, None)
    if first is None or last is None:
        raise RuntimeError("no event has a date")
    start, end = st.slider("Date range", first, last, (first, last), key="range")
    kept: Points = points[layer.mask(EventFilter(start=start, end=end))]
    return kept


def say_how_many(points: Points) -> None:
    """Written after the map, so that the page has the map's data when it has the number."""
    st.html(f'<p data-shown="{len(points)}">{len(points):,} events</p>')


def local_map() -> folium.Map:
    """A folium Map that loads Leaflet from this machine, and no tiles."""
    made = folium.Map(location=[30, 10], zoom_start=2, tiles=None, prefer_canvas=True, maxZoom=18)
    made.default_js = [("leaflet", asset_address("vendor/leaflet.js"))]
    made.default_css = [("leaflet_css", asset_address("vendor/leaflet.css"))]
    return made
