"""Web archives (ISO 28500) by warcio: every page that a crawler brought home is an article."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from itertools import count
from typing import Any

from extract.article import Article
from extract.sources.decode import declared_in_page, decode
from extract.sources.html import page_article
from extract.sources.item import LARGEST_DOCUMENT, Item, ReadOptions, Report
from geodata.errors import InputError

PAGES = frozenset({"text/html", "application/xhtml+xml"})


def read(item: Item, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles among the pages of an archive, in a stream; pictures, scripts and redirects are passed over.

    Raises
    ------
    InputError
        If the archive is damaged.
    """
    pages = 0
    for number, record in _records(item):
        if item.stretch and not item.stretch.holds(number):
            if number > item.stretch.end:
                break
            continue
        with _damage_named(item.name):
            is_page = _is_page(record)
        if is_page:
            pages += 1
            yield from _page(item, number, record, options, report)
    if not pages and item.stretch is None:
        report(InputError(item.name, "is a web archive without a page", "Give one of HTML pages"))


def count_records(item: Item) -> int:
    """How many records an archive has, pages and others.

    Raises
    ------
    InputError
        If the archive is damaged.
    """
    return sum(1 for _ in _records(item))


def _records(item: Item) -> Iterator[tuple[int, Any]]:
    """The records of an archive, counted from 1."""
    from warcio.archiveiterator import ArchiveIterator

    with item.stream() as stream:
        records = ArchiveIterator(stream)
        for number in count(1):
            with _damage_named(item.name):
                record = next(records, None)
            if record is None:
                return
            yield number, record


@contextmanager
def _damage_named(name: str) -> Iterator[None]:
    """Turns what warcio raises on records that no crawler wrote into an error that names the archive."""
    from warcio.exceptions import ArchiveLoadFailed

    try:
        yield
    except (ArchiveLoadFailed, AttributeError, TypeError, ValueError, LookupError, EOFError, zlib.error) as error:
        raise InputError(name, f"is a damaged web archive ({error})", "Fetch it anew") from error


def _is_page(record: Any) -> bool:
    if record.rec_type == "resource":
        return (record.content_type or "").partition(";")[0].strip().lower() in PAGES
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = record.http_headers.get_header("Content-Type", "").partition(";")[0].strip().lower()
    return record.http_headers.get_statuscode() == "200" and kind in PAGES


def _page(item: Item, number: int, record: Any, options: ReadOptions, report: Report) -> Iterator[Article]:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    name = f"{item.name}#{url or number}"
    try:
        with _damage_named(name):
            content = record.content_stream().read(LARGEST_DOCUMENT + 1)
        if len(content) > LARGEST_DOCUMENT:
            raise InputError(name, f"is larger than {LARGEST_DOCUMENT >> 20} MB", "Leave it out")
        declared = _charset(record) or declared_in_page(content) or options.encoding
        article = page_article(name, f"{item.id}-{number}", decode(name, content, declared), url)
    except InputError as error:
        report(error)
    else:
        yield article


def _charset(record: Any) -> str:
    """The encoding that the server named."""
    header = Message()
    header["Content-Type"] = (record.http_headers and record.http_headers.get_header("Content-Type")) or ""
    return header.get_content_charset() or ""
