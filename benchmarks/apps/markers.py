"""Plain folium markers, the lightest of them: circles on a canvas."""

import folium
from streamlit_folium import st_folium

from benchmarks.apps.plain import local_map, points_in_range, say_how_many

points = points_in_range()
plain = local_map()
for lat, lon in points.tolist():
    folium.CircleMarker([lat, lon], radius=5).add_to(plain)
st_folium(plain, key="map", returned_objects=[], height=570, use_container_width=True)
say_how_many(points)
