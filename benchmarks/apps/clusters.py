"""folium's FastMarkerCluster, with circles for markers: its own come from a network. BENCHMARK_CLUSTER is the folder
of leaflet.markercluster."""

import os

import streamlit.components.v1 as components
from folium.plugins import FastMarkerCluster
from streamlit_folium import st_folium

from benchmarks.apps.plain import local_map, points_in_range, say_how_many

mount = components.declare_component("clusters", path=os.environ["BENCHMARK_CLUSTER"])
points = points_in_range()
plain = local_map()
cluster = FastMarkerCluster(points.tolist(), callback="(row) => L.circleMarker([row[0], row[1]], {radius: 5})")
cluster.default_js = [("markercluster", f"../{mount.name}/leaflet.markercluster.js")]
cluster.default_css = [("markercluster", f"../{mount.name}/MarkerCluster.Default.css")]
cluster.add_to(plain)
st_folium(plain, key="map", returned_objects=[], height=570, use_container_width=True)
say_how_many(points)
