"""PDF by pypdf: the text layer, its lines joined to paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING

from extract.article import Article
from extract.sources.item import Item, ReadOptions, Report
from extract.sources.pdf_columns import unmixed
from geodata.errors import InputError

if TYPE_CHECKING:
    from pypdf import PageObject

MOST_PAGES = 2000
"""Pages of one article; a longer file is a book, and is refused rather than read in part."""
SHORTEST_ACROSS = 40
"""Letters of a line that may lie across columns; a page of shorter ones is one narrow column after the other."""
FULL_LINE = 0.75
"""Share of the usual length from which a line is broken by the margin, not by its author."""
FLAWS = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, AssertionError, ZeroDivisionError,
         NotImplementedError, ImportError)
"""What pypdf raises, besides its own, on files that no PDF program wrote."""
SENTENCE_END = re.compile(r"[.!?…:][\"'”“»«’)\]]*$")
HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]$")


def read(item: Item, _: ReadOptions, __: Report) -> Iterator[Article]:
    """One article: the text of all pages.

    Raises
    ------
    InputError
        If the file is damaged, locked, or a picture without a text layer.
    """
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every flaw that it mends
    remedy = "Save it anew as PDF, or give its text as .txt"
    try:
        with item.seekable() as stream:
            reader = PdfReader(stream)
            if reader.is_encrypted and not reader.decrypt(""):
                raise InputError(item.name, "is locked with a password", "Save it without")
            if len(reader.pages) > MOST_PAGES:
                raise InputError(item.name, f"has more than {MOST_PAGES} pages", "Give the article's pages alone")
            pages = [_text(page) for page in reader.pages]
            title = str((reader.metadata and reader.metadata.title) or "")
    except InputError:
        raise
    except (PyPdfError, *FLAWS) as error:
        raise InputError(item.name, f"is no PDF that can be read ({error})", remedy) from error
    text = "\n\n".join(filter(None, map(_paragraphs, pages)))
    if not text.strip():
        raise InputError(item.name, "has no text layer: it is a picture", "Recognise its text first (OCR)")
    yield Article(id=item.id, text=text, title=title, url=item.url)


def _text(page: PageObject) -> str:
    """A page's text layer, column by column."""
    from pypdf.errors import PyPdfError

    text: str = page.extract_text()
    if max(map(len, text.splitlines()), default=0) < SHORTEST_ACROSS:
        return text
    try:
        layout: str = page.extract_text(extraction_mode="layout")
    except (PyPdfError, *FLAWS):  # turned or flawed, but its text is there: it is read in the order of the file
        return text
    return unmixed(text, layout)


def _paragraphs(page: str) -> str:
    """A page's text, a paragraph a line: the breaks at the margin are undone, and hyphens of words they cut."""
    lines = [line.strip() for line in page.splitlines()] or [""]
    usual = median([len(line) for line in lines if line] or [0])
    text: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        cut = HYPHENATED.search(line)
        if cut and following[:1].islower():
            text.append(line[:cut.start()])
        elif line and following and len(line) >= FULL_LINE * usual and not _ends_paragraph(line, following, usual):
            text.append(line + " ")
        else:
            text.append(line + "\n")
    return "".join(text).strip()


def _ends_paragraph(line: str, following: str, usual: float) -> bool:
    """Whether a line that fills its column ends a paragraph all the same: its sentence ends, and the next is short."""
    return bool(SENTENCE_END.search(line)) and (len(line) < usual * 0.9 or not following[:1].isalnum())
