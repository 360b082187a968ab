"""How QGIS draws the events of a GeoPackage when nobody tells it: colour and shape by event type.

QGIS looks into the table ``layer_styles``, one row a kind of geometry.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from xml.sax.saxutils import quoteattr

from geodata.taxonomy import EventType, taxonomy

TABLE = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT DEFAULT '', f_table_schema TEXT DEFAULT '',
  f_table_name TEXT, f_geometry_column TEXT, type TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT,
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))
"""
"""As QGIS makes it itself."""

MARKER_SIZE_MM = "3"
OUTLINE_MM = "0.6"
AREA_OPACITY = 46
"""Of 255: areas lie on one another, and the map must show through."""


def add_styles(connection: sqlite3.Connection, table: str) -> None:
    """Put the default styles for points and areas into a GeoPackage; part of the caller's transaction."""
    connection.execute(TABLE)
    connection.execute("INSERT INTO gpkg_contents (table_name, data_type, identifier) "
                       "VALUES ('layer_styles', 'attributes', 'layer_styles')")
    connection.executemany(
        "INSERT INTO layer_styles (f_table_name, f_geometry_column, type, styleName, styleQML, styleSLD, useAsDefault, "
        "description) VALUES (?, 'geom', ?, ?, ?, '', 1, 'Events by type')",
        [(table, "Point", "events (points)", qml("marker", _marker)),
         (table, "Polygon", "events (areas)", qml("fill", _area))])


def qml(kind: str, layer_of: Callable[[EventType], str]) -> str:
    """A QGIS style that draws every event type as ``layer_of`` says."""
    types = list(taxonomy().values())
    categories = "".join(f'<category render="true" value={quoteattr(each.key)} symbol="{number}" '
                         f'label={quoteattr(each.label("en"))}/>' for number, each in enumerate(types))
    symbols = "".join(f'<symbol type="{kind}" name="{number}" alpha="1" clip_to_extent="1">{layer_of(each)}</symbol>'
                      for number, each in enumerate(types))
    return ("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
            '<qgis version="3.22.0" styleCategories="Symbology|MapTips">'
            '<renderer-v2 type="categorizedSymbol" attr="type" symbollevels="0" forceraster="0">'
            f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>"
            "<mapTip>[% \"label\" %] · [% \"edtf\" %] · [% \"place_name\" %]&lt;br&gt;[% \"quote\" %]</mapTip></qgis>")


def _marker(kind: EventType) -> str:
    return _layer("SimpleMarker", {
        "name": kind.icon, "color": _colour(kind, 230), "outline_color": "255,255,255,255", "outline_width": "0.3",
        "size": MARKER_SIZE_MM, "size_unit": "MM"})


def _area(kind: EventType) -> str:
    return _layer("SimpleFill", {
        "color": _colour(kind, AREA_OPACITY), "style": "solid", "outline_color": _colour(kind, 255),
        "outline_style": "dash", "outline_width": OUTLINE_MM, "outline_width_unit": "MM"})


def _layer(name: str, options: dict[str, str]) -> str:
    listed = "".join(f'<Option type="QString" name="{key}" value={quoteattr(value)}/>'
                     for key, value in options.items())
    return f'<layer class="{name}" enabled="1" locked="0" pass="0"><Option type="Map">{listed}</Option></layer>'


def _colour(kind: EventType, opacity: int) -> str:
    red, green, blue = (int(kind.colour[position:position + 2], 16) for position in (1, 3, 5))
    return f"{red},{green},{blue},{opacity}"
