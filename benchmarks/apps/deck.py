"""``st.pydeck_chart`` with a scatterplot, and no base map: its own comes from a network."""

import pandas as pd
import pydeck
import streamlit as st

from benchmarks.apps.plain import points_in_range, say_how_many

points = points_in_range()
layer = pydeck.Layer(
    "ScatterplotLayer",
    pd.DataFrame(points, columns=["lat", "lon"]),
    get_position="[lon, lat]",
    get_radius=5,
    radius_units="'pixels'",
)
view = pydeck.ViewState(latitude=30, longitude=10, zoom=1)
deck = pydeck.Deck([layer], initial_view_state=view, map_provider=None)
deck.map_style = 'data:application/json,{"version":8,"sources":{},"layers":[]}'  # with none, Streamlit fetches one
st.pydeck_chart(deck, height=570)
say_how_many(points)
