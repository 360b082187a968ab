"""Toponym recognition and resolution: which words name a place, what it is to its sentence, and which place it is.

Two engines in a row, each replaceable (:mod:`extract.places.engines`): a recogniser finds
:class:`~extract.places.toponym.Toponym` spans with their roles, a resolver picks the gazetteer's place.
"""

from __future__ import annotations

from extract.annotation import PlaceMention
from extract.document import Document
from extract.places.borders import with_borders
from extract.places.capitals import capitals_told
from extract.places.engines import recogniser, resolver
from geodata.gazetteer import Gazetteer

__all__ = ["find_places"]


def find_places(
    document: Document, gazetteer: Gazetteer, recognise_by: str = "dateline", resolve_by: str = "dateline"
) -> tuple[PlaceMention, ...]:
    """The place mentions of a document, in order, each with its role and its place.

    Parameters
    ----------
    recognise_by, resolve_by:
        Names of the engines; Dateline's own by default.
    """
    toponyms = recogniser(recognise_by).recognise(document, gazetteer)
    mentions = with_borders(document, resolver(resolve_by).resolve(document, toponyms, gazetteer), gazetteer)
    told = capitals_told(document, mentions, gazetteer)
    return tuple(sorted([*mentions, *told], key=lambda mention: mention.start))
