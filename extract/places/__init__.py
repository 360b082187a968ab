"""Toponym recognition and resolution."""

from __future__ import annotations

from extract.annotation import PlaceMention
from extract.document import Document
from geodata.gazetteer import Gazetteer


def find_places(document: Document, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """The place mentions of a document, in order, each with its role and its place."""
    return ()
