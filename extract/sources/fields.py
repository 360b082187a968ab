"""From named values (a row, a front matter, a feed entry) to an article: which name means what.

Tables name their columns in many ways; the usual names are known, the user's mapping goes first.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from datetime import date
from email.utils import parsedate_to_datetime
from typing import Any

from extract.article import Article, Publication
from extract.sources.sidecar import publication
from geodata.errors import InputError

LOGGER = logging.getLogger(__name__)

DAY_FIRST = re.compile(r"\s*(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "article_id", "uid", "guid"),
    "text": ("text", "maintext", "article_text", "fulltext", "full_text", "articlebody", "body", "content"),
    "title": ("title", "headline"),
    "outlet": ("outlet", "source", "source_name", "publisher", "source_domain", "sitename", "site", "domain"),
    "url": ("url", "link", "canonical_url"),
    "lang": ("lang", "language"),
    "published": ("published", "date_publish", "published_at", "publishedat", "publish_date", "datepublished",
                  "date_published", "pubdate", "pub_date", "publication_date", "date"),
}
"""Names of each field of an article, lower case, the first that is there counts. ``maintext``, ``date_publish`` and
``source_domain`` are news-please's; ``publishedAt`` news APIs'; ``date`` front matter's."""


def article_from(where: str, row: object, default_id: str, columns: Mapping[str, str] | None = None) -> Article:
    """The article in a row.

    Parameters
    ----------
    columns:
        The user's names, by field.

    Raises
    ------
    InputError
        If the row is no mapping, or has no text.
    """
    if not isinstance(row, Mapping):
        raise InputError(where, "is no object", 'Give {"id": …, "text": …}')
    values = {str(name).lower(): value for name, value in row.items()}

    def field(name: str) -> Any:
        names = (columns[name].lower(),) if columns and name in columns else NAMES[name]
        return next((values[key] for key in names if values.get(key) not in (None, "")), "")

    text = field("text")
    if not isinstance(text, str) or not text.strip():
        wanted = columns["text"] if columns and "text" in columns else "text"
        raise InputError(where, f'has no string "{wanted}"', "Give the article's text there, or name its column")
    return Article(
        id=_string(field("id")) or default_id, text=text, title=_string(field("title")),
        outlet=_string(field("outlet")), url=_string(field("url")), lang=_string(field("lang"))[:2].lower(),
        published=published(where, field("published")))


def _string(value: object) -> str:
    """A value as text; of a nested one (``{"id": …, "name": …}`` in news APIs) its name."""
    if isinstance(value, Mapping):
        value = value.get("name", "")
    return "" if value is None or isinstance(value, list | dict) else str(value)


def published(where: str, value: object, basis: str = "given", *, quiet: bool = False) -> Publication | None:
    """The publication date of a row; one that can't be read is logged and left out, for the text may give it.

    Big tables come with "7:58 AM ET" in some of their rows: that is no reason to lose the others. ``quiet`` where the
    caller has another way to read it.
    """
    if not value:
        return None
    try:
        found = publication(where, value)
    except InputError as error:
        try:
            day = _day_written_otherwise(str(value))
        except ValueError:
            if not quiet:
                LOGGER.warning("%s The article is read without it.", error)
            return None
        return Publication(day, day, basis)
    return Publication(found.start, found.end, basis)


def _day_written_otherwise(text: str) -> date:
    """A day as spreadsheets (``13.03.2021``: with points, the day comes first everywhere) or feeds (RFC 5322) write it.

    Raises
    ------
    ValueError
        If it is neither. ``03/04/2021`` is none: there the half of the world that wrote it decides.
    """
    if found := DAY_FIRST.match(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    return parsedate_to_datetime(text).date()


def day_published(day: date | None, basis: str) -> Publication | None:
    """The publication on a day, if one is known."""
    return Publication(day, day, basis) if day else None
