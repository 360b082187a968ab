"""Plain text and Markdown: the whole file is one article."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extract.article import Article
from extract.sources.decode import decode


def read(path: Path, content: bytes) -> Iterator[Article]:
    """One article; its id is the file's name without the suffix, its text the file's, letter for letter."""
    yield Article(id=path.stem, text=decode(path, content))
