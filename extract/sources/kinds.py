"""Which reader reads an item: told by its first bytes where they are unmistakable, else by its suffix."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib import import_module

from extract.article import Article
from extract.sources.item import Item, ReadOptions, Report

Reader = Callable[[Item, ReadOptions, Report], Iterator[Article]]

ZIP, GZIP = "zip", "gzip"
"""Kinds that hold other items."""

KINDS = {
    "text": ("text", "read"), "page": ("html", "read"), "saved page": ("mhtml", "read"),
    "JSON": ("table", "read_json"), "CSV": ("table", "read_csv"), "Parquet": ("table", "read_parquet"),
    "feed": ("feed", "read"), "PDF": ("pdf", "read"), "web archive": ("warc", "read"),
}
"""Module and function of each kind's reader; imported when first asked for."""

SUFFIXES = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text",
    ".html": "page", ".htm": "page", ".xhtml": "page", ".mhtml": "saved page", ".mht": "saved page",
    ".jsonl": "JSON", ".ndjson": "JSON", ".json": "JSON", ".csv": "CSV", ".tsv": "CSV", ".parquet": "Parquet",
    ".rss": "feed", ".atom": "feed", ".xml": "feed", ".pdf": "PDF", ".warc": "web archive", ".zip": ZIP, ".gz": GZIP,
}
"""Kind by suffix, lower case."""

_SIGNATURES = (
    (b"%PDF-", "PDF"), (b"PAR1", "Parquet"), (b"WARC/", "web archive"), (b"PK\x03\x04", ZIP), (b"PK\x05\x06", ZIP),
    (b"\x1f\x8b", GZIP),
)
_FOREIGN = frozenset(".docx .xlsx .pptx .odt .ods .odp .epub .jar .apk .kmz .gpkg".split())
"""ZIPs that hold no files of articles."""
_HTML = re.compile(rb"\s*(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head)\b", re.IGNORECASE | re.DOTALL)
_FEED = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<[!?][^>]{0,500}>\s*){0,20}<(?:rss|feed|rdf:RDF)\b")
_MHTML = re.compile(rb"(?:[\w-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){1,20}?Content-Type:\s*multipart/related",
                    re.IGNORECASE)


def kind_of(item: Item) -> str:
    """The kind of an item; empty where neither its bytes nor its suffix tell one."""
    head = item.head.removeprefix(b"\xef\xbb\xbf")
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return "" if item.suffix in _FOREIGN else kind
    if _MHTML.match(head):
        return "saved page"
    if item.suffix in SUFFIXES and item.suffix != ".xml":
        return SUFFIXES[item.suffix]
    if _FEED.match(head):  # most XML files are none
        return "feed"
    return "page" if _HTML.match(head) else ""


def kind_by_content(item: Item) -> str:
    """The kind of an item that was named outright and may have no suffix: text if it is nothing else."""
    kind = kind_of(item)
    if kind or item.suffix in _FOREIGN:
        return kind
    return "JSON" if item.opening in (b"{", b"[") else "text"


def reader_of(kind: str) -> Reader:
    """The reader of a kind."""
    module, function = KINDS[kind]
    reader: Reader = getattr(import_module(f"extract.sources.{module}"), function)
    return reader


def known_suffixes() -> str:
    """All suffixes, for messages."""
    return " ".join(sorted(SUFFIXES))
