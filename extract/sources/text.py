"""Plain text and Markdown: the whole file is one article, but for a front matter that tells about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.article import Article
from extract.sources.decode import decode
from extract.sources.fields import article_from
from extract.sources.item import Item, ReadOptions, Report

FRONT_MATTER = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n((?:[^\r\n]{0,2000}\r?\n){1,60}?)\1[ \t]*(?:\r?\n|\Z)")
"""YAML between ``---`` or TOML between ``+++``, as site generators (Jekyll, Hugo, Pandoc) have it."""
ENTRY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*[:=][ \t]*(.*)")

MARKDOWN = (".md", ".markdown", ".mdown")
LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:[ \t]+\"[^\"\n]{0,500}\")?\)")
HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+", re.MULTILINE)
EMPHASIS = re.compile(r"(\*\*|__|(?<!\w)[*_])(?=\S)([^*_\n]{1,500})(?<=\S)\1(?!\w)")
QUOTED = re.compile(r"^ {0,3}> ?", re.MULTILINE)


def read(item: Item, options: ReadOptions, _: Report) -> Iterator[Article]:
    """One article; its text is the file's, letter for letter; of Markdown, what a reader of the page would see.

    Raises
    ------
    InputError
        If the file is binary, too large, or in no encoding that can be told.
    """
    text = decode(item.name, item.content(), item.charset or options.encoding)
    fields, text = _split_front_matter(text)
    if item.suffix in MARKDOWN:
        text = _plain(text)
    yield article_from(item.name, {**fields, "text": text, "url": fields.get("url") or item.url}, item.id)


def _split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """What the front matter says by key, and the text below; lines that are no ``key: value`` are passed over."""
    found = FRONT_MATTER.match(text)
    if found is None:
        return {}, text
    entries = (ENTRY.fullmatch(line.strip()) for line in found[2].splitlines())
    fields = {entry[1].lower(): entry[2].strip().strip("\"'") for entry in entries if entry}
    return (fields, text[found.end():]) if fields else ({}, text)


def _plain(markdown: str) -> str:
    """Markdown without its marks: links as their text, headings as lines."""
    text = LINK.sub(lambda found: "" if found[0].startswith("!") else found[1], markdown)
    return EMPHASIS.sub(r"\2", QUOTED.sub("", HEADING.sub("", text)))
