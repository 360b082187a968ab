"""Pages that a browser saved in one file: MHTML (RFC 2557)."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

from extract.article import Article
from extract.sources.decode import declared_in_page, decode
from extract.sources.html import page_article
from extract.sources.item import Item, ReadOptions, Report
from geodata.errors import InputError


def read(item: Item, _: ReadOptions, __: Report) -> Iterator[Article]:
    """One article: the page in the file, without its pictures and frames.

    Raises
    ------
    InputError
        If there is no page in it, or no article in the page.
    """
    message = message_from_bytes(item.content(), policy=policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                charset = part.get_content_charset() or declared_in_page(content)
                page = decode(item.name, content, charset)
                yield page_article(item.name, item.id, page, item.url or _location(message, part))
                return
    raise InputError(item.name, "holds no page", "Save the page anew, as a single file or as HTML")


def _location(message: EmailMessage, part: EmailMessage) -> str:
    """Where the page was saved from."""
    for holder, header in ((message, "Snapshot-Content-Location"), (part, "Content-Location")):
        location = str(holder.get(header, ""))
        if location.startswith(("http://", "https://")):
            return location
    return ""
