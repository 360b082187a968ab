"""The text of a piece of HTML, as a reader of the page would see it; walked, not recursed: depth may be hostile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "br", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "tr", "pre"})
"""Elements that begin a new line."""
UNSEEN = frozenset({"script", "style", "iframe", "template", "noscript"})
CAPTION = "figcaption"
MOST_KEPT = 100
"""Captions and teasers of an article, each; a picture series shows as many."""
LONGEST_KEPT = 2000
"""Code points of one; longer ones are cut."""


def lines_of(tree: HtmlElement, unseen: frozenset[str] = UNSEEN, longest: int | None = None) -> str:
    """The text of an element, a block a line, without what is in the elements ``unseen``; cut at ``longest``."""
    pieces: list[str] = []
    size = 0
    for is_text, piece in _walk(tree, unseen):
        if is_text:
            pieces.append(piece)
            size += len(piece)
            if longest is not None and size > 2 * longest:  # white space may go
                break
        elif piece in BLOCKS:
            pieces.append("\n")
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)[:longest]


def _walk(tree: HtmlElement, unseen: frozenset[str]) -> Iterator[tuple[bool, str]]:
    """``(True, text)`` and ``(False, tag)`` in the order of the page."""
    from lxml.etree import iterwalk

    hidden = 0
    for event, element in iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            hidden += tag in unseen
            yield False, tag
            if element.text and not hidden:
                yield True, element.text.replace("\n", " ")
        else:
            hidden -= event == "end" and tag in unseen
            yield False, tag
            if element.tail and not hidden and element is not tree:
                yield True, element.tail.replace("\n", " ")
