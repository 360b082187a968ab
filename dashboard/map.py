"""The map: one constant folium Map with our canvas layer, steered by a small command on each run.

streamlit-folium keys its frame by the map's script. So the script never changes, the frame lives on,
pan and zoom stay; what to show travels in a command of a few KB, and the layer itself as a file.
Texts from articles are put in as JSON whose dangerous characters are escaped, and shown as text nodes.
"""

from __future__ import annotations

import json
import re
from typing import Any

import folium
import streamlit as st
from folium import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template
from streamlit_folium import st_folium

from dashboard.served import asset_address, font_address

KEY = "map"
HEIGHT = 570
"""Pixels; map and time line together fill a laptop's screen beneath the heading."""
RANGE_HEIGHT = 104
"""Pixels of the slider and buttons under the map: the reader beside ends level with them."""

MOST_PINS, NAME_LENGTH = 60, 60
"""Other places of the selected event that are ringed and named, and characters of a name."""

SCRIPTS = ("canvas", "basemap", "columns", "events", "timeline", "popup", "picture", "box", "slider", "tour", "map")

TILES = {
    "url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png",
    "attribution": '© <a href="https://www.openstreetmap.org/copyright">OpenStreetMap</a>',
}
"""Fetched by the browser, and only while the user has switched the online map on."""


def show_map(command: dict[str, Any]) -> None:
    """Draw the map and tell it what to show; what the user does there is in :func:`messages` on the next run."""
    base, layer = _constant_map(), folium.FeatureGroup("command")
    _Command(command).add_to(layer)
    st_folium(
        base,
        key=KEY,
        feature_group_to_add=layer,
        returned_objects=["last_active_drawing"],
        height=HEIGHT,
        use_container_width=True,
    )


def messages() -> list[dict[str, Any]]:
    """What the map has told lately, the oldest first; some of it may have been told before."""
    drawing = (st.session_state.get(KEY) or {}).get("last_active_drawing") or {}
    told: list[dict[str, Any]] = (drawing.get("properties") or {}).get("messages") or []
    return told


class _OfflineMap(folium.Map):
    """A folium Map that loads Leaflet from the package and nothing else: folium's own default is ten CDN files."""

    def __init__(self) -> None:
        super().__init__(
            location=[47, 15],
            zoom_start=4,
            tiles=None,
            min_zoom=2,
            prefer_canvas=True,
        )
        self.default_js = [
            ("leaflet", asset_address("vendor/leaflet.js")),
            ("topojson", asset_address("vendor/topojson-client.min.js")),
        ]
        self.default_css = [("leaflet_css", asset_address("vendor/leaflet.css"))]

    def render(self, **given: Any) -> Any:
        """Render without folium's head, which would travel at every step of the slider: map.css has its rules."""
        super().render(**given)  # type: ignore[no-untyped-call]
        figure: Any = self.get_root()
        figure.header._children.clear()


def _constant_map() -> folium.Map:
    made = _OfflineMap()
    _EventLayer().add_to(made)
    return made


class _EventLayer(JSCSSMixin, MacroElement):
    """Our plugin: loads the scripts and makes the map ready for commands."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        var dateline_layer = L.layerGroup().addTo({{ this._parent.get_name() }});
        window.dateline = new L.Dateline.Map(
          {{ this._parent.get_name() }}, dateline_layer, "{{ this.world }}", "{{ this.font }}");
        {% endmacro %}""")

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "EventLayer"
        self.world = asset_address("vendor/countries-50m.json")
        self.font = font_address()
        self.default_js = [(name, asset_address(f"{name}.js")) for name in SCRIPTS]
        self.default_css = [("dateline_css", asset_address("map.css"))]


class _Command(MacroElement):
    """What to show now."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        window.dateline.update({{ this.command }});
        {% endmacro %}""")

    def __init__(self, command: dict[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Command"
        self.command = as_script(command)


def as_script(value: Any) -> str:
    """JSON that can stand in a folium script, whatever its texts hold.

    folium renders a script, then reads the result as a Jinja template once more: an article's ``{{ … }}``
    would run *in Python*. streamlit-folium rewrites names and braces, the browser evaluates what is left.
    So all that a template, HTML or JavaScript could take for code is written as ``\\uXXXX`` within strings.
    """
    plain = json.dumps(value, separators=(",", ":"))
    return _STRING.sub(lambda literal: _CODE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", literal[0]), plain)


_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_CODE = re.compile(r"[{}<>&'`$#%_/]")
