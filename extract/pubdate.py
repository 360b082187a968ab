"""The publication date, where the text itself gives it. Never the clock, never a file's mtime."""

from __future__ import annotations

from extract.article import Publication
from extract.document import Document


def find_publication(document: Document) -> Publication | None:
    """When the article says it was published; ``None`` where it doesn't."""
    return None
