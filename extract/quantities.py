"""Numbers of people and things."""

from __future__ import annotations

from extract.document import Document
from geodata.event import Quantity


def find_quantities(document: Document) -> tuple[Quantity, ...]:
    """The quantities of a document, in order."""
    return ()
