"""Saved web pages: text, title, outlet and dates by trafilatura and htmldate."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from extract.article import Article, Publication
from extract.sources.decode import decode
from geodata.errors import InputError


def read(path: Path, content: bytes) -> Iterator[Article]:
    """One article: the page's main text, a paragraph a line, without comments and menus.

    Raises
    ------
    InputError
        If no main text can be found.
    """
    import trafilatura
    from htmldate import find_date

    page = decode(path, content)
    found = trafilatura.bare_extraction(page, include_comments=False, include_tables=False, with_metadata=True)
    if not isinstance(found, trafilatura.settings.Document) or not (found.text or "").strip():
        raise InputError(path, "has no article text", "Give the page as the browser saves it, or its text as .txt")
    # htmldate's extensive search makes a date of any number on the page
    day = find_date(page, extensive_search=False, original_date=True)
    known = date.fromisoformat(day) if day else None
    yield Article(
        id=path.stem, text=found.text or "", title=found.title or "", outlet=found.sitename or "", url=found.url or "",
        published=Publication(known, known, "given") if known else None)
