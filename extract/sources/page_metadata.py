"""What a web page declares about its article: JSON-LD (schema.org), Open Graph and ``<meta>``, ``<time>``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ARTICLE_TYPE = re.compile(r"(?:Article|Posting|Report)$")
"""Ends of schema.org's types of articles: NewsArticle, ReportageNewsArticle, BlogPosting, LiveBlogPosting …"""
DAY = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
DEEPEST = 20
"""Levels of JSON-LD looked into; real pages have four or five."""

PUBLISHED_META = ("article:published_time", "og:article:published_time", "datepublished", "dc.date.issued",
                  "dcterms.issued", "dc.date", "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "date")
"""Names and properties of ``<meta>`` that give the publication date, lower case, the most certain first."""
PUBLISHED_TIME = ("//time[@itemprop='datePublished' or @pubdate]/@datetime",
                  "//*[@itemprop='datePublished']/@content", "//article//header//time/@datetime",
                  "//header//time/@datetime", "//article//time[1]/@datetime")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says of its article; empty where it says nothing."""

    title: str = ""
    outlet: str = ""
    url: str = ""
    lang: str = ""
    published: date | None = None
    body: str = ""
    """The article's text in JSON-LD, for pages that draw it by script."""


def page_metadata(tree: HtmlElement) -> PageMetadata:
    """The metadata of a parsed page: JSON-LD first, then ``<meta>``, then ``<time>``."""
    article = next(_articles(tree), {})
    meta = _meta(tree)
    publisher = article.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    outlet = publisher.get("name") if isinstance(publisher, Mapping) else publisher
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    return PageMetadata(
        title=_first_text(article.get("headline"), meta.get("og:title")),
        outlet=_first_text(outlet, meta.get("og:site_name")),
        url=_first_text(*canonical[:1], meta.get("og:url"), article.get("url")),
        lang=_language(article.get("inLanguage"), tree.get("lang"), meta.get("og:locale")),
        published=_first_day([article.get("datePublished"), *(meta.get(name) for name in PUBLISHED_META),
                              *(value for path in PUBLISHED_TIME for value in tree.xpath(path)[:1])]),
        body=_first_text(article.get("articleBody")))


def _articles(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """The articles in the page's JSON-LD blocks; broken blocks are passed over, as browsers and search engines do."""
    for block in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            yield from _articles_in(json.loads(str(block), strict=False), DEEPEST)
        except (ValueError, RecursionError):
            continue


def _articles_in(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _articles_in(item, depth - 1)
    elif isinstance(value, Mapping):
        types = value.get("@type")
        if any(isinstance(kind, str) and ARTICLE_TYPE.search(kind)
               for kind in (types if isinstance(types, list) else [types])):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart"):
            yield from _articles_in(value.get(key), depth - 1)


def _meta(tree: HtmlElement) -> dict[str, str]:
    """The first content of every ``<meta>`` by its name or property, lower case."""
    found: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name:
            found.setdefault(name.strip().lower(), element.get("content").strip())
    return found


def _first_text(*values: Any) -> str:
    return next((value.strip() for value in values if isinstance(value, str) and value.strip()), "")


def _language(*values: Any) -> str:
    """The ISO 639-1 code of the first language tag (``de-AT``, ``de_DE``)."""
    tag = _first_text(*values)
    return tag[:2].lower() if re.match(r"[A-Za-z]{2}(?:[-_]|$)", tag) else ""


def _first_day(values: Iterable[Any]) -> date | None:
    """The calendar day of the first value that opens with one."""
    for value in values:
        found = DAY.match(value) if isinstance(value, str) else None
        if found:
            try:
                return date(int(found[1]), int(found[2]), int(found[3]))
            except ValueError:
                continue
    return None
