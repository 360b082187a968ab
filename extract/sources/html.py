"""Saved web pages: the article's text by trafilatura, what is known about it by the page's own metadata.

Captions, teasers of other stories, menus and comments are no article: they are taken out of the page before its
text is read; captions and teasers are kept beside it. The publication date is what the page declares (JSON-LD,
``<meta>``, ``<time>``), else what htmldate finds; it keeps the calendar day that the outlet wrote, whatever the time
zone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from extract.article import Article
from extract.sources.decode import declared_in_page, decode
from extract.sources.fields import day_published
from extract.sources.item import Item, ReadOptions, Report
from extract.sources.markup import CAPTION, LONGEST_KEPT, MOST_KEPT, UNSEEN, lines_of
from extract.sources.page_metadata import PageMetadata, page_metadata
from geodata.errors import InputError

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CAPTIONS = ("//figcaption", "//figure//*[contains(@class, 'caption')]")
TEASERS = ("//aside", "//*[@role='complementary']")
NOT_THE_ARTICLE = (*CAPTIONS, *TEASERS, "//nav",
                   "//form[count(.//p) < 3]",  # some systems wrap the whole page in one
                   "//dialog", "//template", "//*[@role='navigation' or @role='dialog']")
"""XPaths of what stands in a page beside the article, by the names HTML and WAI-ARIA have for it."""
NO_STORY = UNSEEN | {"nav", "form", CAPTION}
"""Elements in a teaser that tell of no other story."""
LOOKED_AT = 1000
"""Elements beside an article that may be captions and teasers; hostile pages have half a million, nested."""
DEEPEST = 250
"""Levels above such an element that are looked at: libxml2 reads as many of a page, unless told otherwise."""
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
    captions, teasers = _beside(tree, CAPTIONS, UNSEEN), _beside(tree, TEASERS, NO_STORY)
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
        published=day_published(known.published or _searched_date(tree, known), "given"),
        captions=captions, teasers=teasers)


def _beside(tree: HtmlElement, paths: Sequence[str], unseen: frozenset[str]) -> tuple[str, ...]:
    """The texts of elements that stand beside the article, the outermost only, none twice."""
    found = tree.xpath(" | ".join(paths))[:LOOKED_AT]  # in the order of the page, each once
    known = set(found)
    outermost = (element for element in found if known.isdisjoint(islice(element.iterancestors(), DEEPEST)))
    texts = (" ".join(lines_of(element, unseen, LONGEST_KEPT).split()) for element in outermost)
    return tuple(dict.fromkeys(islice(filter(None, texts), MOST_KEPT)))


def _searched_date(tree: HtmlElement, known: PageMetadata) -> date | None:
    """The date htmldate finds in the page; its extensive search would make one of any number."""
    from htmldate import find_date

    found = find_date(tree, url=known.url or None, extensive_search=False, original_date=True)
    return date.fromisoformat(found) if found else None
