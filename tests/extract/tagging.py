"""Time expressions of a text that is an article by itself, published on a known day."""

from __future__ import annotations

from datetime import date

from extract.annotation import TimeExpression
from extract.article import Article, Publication
from extract.document import read_document
from extract.times import find_times

PUBLISHED = date(2023, 5, 17)
"""A Wednesday."""


Published = date | Publication | None


def times(text: str, published: Published = PUBLISHED, lang: str = "de") -> tuple[TimeExpression, ...]:
    """All that are found."""
    publication = Publication(published, published, "given") if isinstance(published, date) else published
    return find_times(read_document(Article("t", text), lang), publication)


def one(text: str, published: Published = PUBLISHED, lang: str = "de") -> TimeExpression:
    """The only one."""
    found = times(text, published, lang)
    assert len(found) == 1, [(time.text, time.value) for time in found]
    return found[0]
