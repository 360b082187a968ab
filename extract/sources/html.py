"""Saved web pages: the article's text by trafilatura, what is known about it by the page's own metadata.

Captions, teasers of other stories, menus and comments are no article: they are taken out of the page before its
text is read. The publication date is what the page declares (JSON-LD, ``<meta>``, ``<time>``), else what htmldate
finds; it keeps the calendar day that the outlet wrote, whatever the time zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from extract.article import Article
from extract.sources.decode import declared_in_page, decode
from extract.sources.fields import day_published
from extract.sources.item import Item, ReadOptions, Report
from extract.sources.page_metadata import PageMetadata, page_metadata
from geodata.errors import InputError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NOT_THE_ARTICLE = ("//figcaption", "//figure//*[contains(@class, 'caption')]", "//aside", "//nav",
                   "//form[count(.//p) < 3]",  # some systems wrap the whole page in one
                   "//dialog", "//template", "//*[@role='complementary' or @role='navigation' or @role='dialog']")
"""XPaths of what stands in a page beside the article, by the names HTML and WAI-ARIA have for it."""

MOST_NODES = 500_000
"""Elements of a page; the longest live blogs have some 50,000."""


def read(item: Item, options: ReadOptions, _: Report) -> Iterator[Article]:
    """One article: the page's main text, a paragraph a line.

    Raises
    ------
    InputError
        If the page is too large, or no main text can be found in it.
    """
    content = item.content()
    declared = item.charset or declared_in_page(content) or options.encoding
    yield page_article(item.name, item.id, decode(item.name, content, declared), item.url)


def page_article(name: str, identifier: str, page: str, url: str = "") -> Article:
    """The article in a page's source.

    Raises
    ------
    InputError
        If no main text can be found.
    """
    import trafilatura

    remedy = "Give the page as the browser saves it, or its text as .txt"
    tree = trafilatura.load_html(page)
    if tree is None:
        raise InputError(name, "is no HTML page", remedy)
    if sum(1 for _ in zip(tree.iter(), range(MOST_NODES + 1), strict=False)) > MOST_NODES:
        raise InputError(name, f"has more than {MOST_NODES:,} elements", remedy)
    known = page_metadata(tree)
    found = trafilatura.bare_extraction(tree, url=url or None, include_comments=False, include_tables=False,
                                        with_metadata=True, prune_xpath=list(NOT_THE_ARTICLE))
    text = found.text if isinstance(found, trafilatura.settings.Document) else None
    text = text or known.body
    if not text.strip():
        raise InputError(name, "has no article text", remedy)
    told = found if isinstance(found, trafilatura.settings.Document) else trafilatura.settings.Document()
    return Article(
        id=identifier, text=text, title=known.title or told.title or "", outlet=known.outlet or told.sitename or "",
        url=url or known.url or told.url or "", lang=known.lang,
        published=day_published(known.published or _searched_date(tree, known), "given"))


def _searched_date(tree: HtmlElement, known: PageMetadata) -> date | None:
    """The date htmldate finds in the page; its extensive search would make one of any number."""
    from htmldate import find_date

    found = find_date(tree, url=known.url or None, extensive_search=False, original_date=True)
    return date.fromisoformat(found) if found else None
