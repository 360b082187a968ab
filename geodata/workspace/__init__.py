"""The workspace: a GeoPackage file that keeps articles, what they report, events and corrections from run to run.

>>> from geodata.workspace import Workspace            # doctest: +SKIP
>>> with Workspace(Path("newsroom.gpkg")) as workspace:  # doctest: +SKIP
...     events = list(workspace.events())

Its ``events`` are a layer that QGIS, GDAL and :func:`geodata.formats.read_layer` open while it is in use.
"""

from __future__ import annotations

from geodata.workspace.changes import EventChange, What, compare
from geodata.workspace.store import SUFFIX, Failure, Settled, StoredArticle, Workspace

__all__ = ["SUFFIX", "EventChange", "Failure", "Settled", "StoredArticle", "What", "Workspace", "compare"]
