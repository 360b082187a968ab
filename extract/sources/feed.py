"""RSS and Atom: every entry is an article, with the text that the feed itself carries (often a summary only)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from extract.article import Article, Publication
from extract.sources.fields import day_published, published
from extract.sources.item import Item, ReadOptions, Report
from extract.sources.markup import CAPTION, LONGEST_KEPT, MOST_KEPT, UNSEEN, lines_of
from geodata.errors import InputError


def read(item: Item, _: ReadOptions, report: Report) -> Iterator[Article]:
    """The entries of a feed that have a text; others are reported.

    Raises
    ------
    InputError
        If it is no feed.
    """
    import feedparser

    # a stream: a string would be taken for a URL or a path. Entities of its own are dropped by feedparser.
    parsed = feedparser.parse(io.BytesIO(item.content()), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.version and not parsed.entries:
        raise InputError(item.name, "is no RSS or Atom feed", "Give the feed's own file")
    if not parsed.entries:
        report(InputError(item.name, "is a feed without entries", "Fetch it anew"))
    outlet, lang = str(parsed.feed.get("title", "")), str(parsed.feed.get("language", ""))
    for number, entry in enumerate(parsed.entries, 1):
        text, captions = _text(entry)
        if not text:
            problem = f"has no text in entry {number}"
            report(InputError(item.name, problem, "Fetch the article itself, the feed names its URL"))
            continue
        yield Article(
            id=str(entry.get("id") or entry.get("link") or f"{item.id}-{number}"), text=text,
            title=_plain(str(entry.get("title", "")))[0], outlet=outlet, url=str(entry.get("link", "")),
            lang=lang[:2].lower(), published=_published(f"{item.name} entry {number}", entry), captions=captions)


def _text(entry: Any) -> tuple[str, tuple[str, ...]]:
    """The longest of what an entry carries, its contents or its summary; and the captions of the pictures in it."""
    texts = [str(part.get("value", "")) for part in entry.get("content", ())] + [str(entry.get("summary", ""))]
    return _plain(max(texts, key=len))


def _plain(markup: str) -> tuple[str, tuple[str, ...]]:
    """The text of a piece of HTML, a block a line, and the captions in it."""
    if "<" not in markup and "&" not in markup:
        return markup.strip(), ()
    from lxml import html
    from lxml.etree import ParserError

    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (ParserError, ValueError):  # nothing but comments; control characters
        return "", ()
    captions = (" ".join(lines_of(caption, longest=LONGEST_KEPT).split())
                for caption in tree.iter(CAPTION))
    return lines_of(tree, UNSEEN | {CAPTION}), tuple(dict.fromkeys(filter(None, islice(captions, MOST_KEPT))))


def _published(where: str, entry: Any) -> Publication | None:
    """When an entry was published: the calendar day as its outlet wrote it, else feedparser's reading, in UTC."""
    told = [key for key in ("published", "updated", "created") if key in set(entry.keys())]  # its "in" takes synonyms
    written = str(entry[told[0]]) if told else ""
    moment = next((entry[f"{key}_parsed"] for key in told if entry.get(f"{key}_parsed")), None)
    if written and (found := published(where, written, "feed", quiet=bool(moment))):
        return found
    try:
        return day_published(date(*moment[:3]), "feed") if moment else None
    except ValueError:
        return None
