"""Lines of a text, joined to paragraphs where somebody has wrapped them by hand or by mail program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

LINE = re.compile(r"[^\n\r\u2028\u2029]+")


class Line(NamedTuple):
    """Code points from the first to behind the last that isn't white space."""

    start: int
    end: int


def paragraphs(text: str) -> list[Line]:
    """Lines that aren't blank; a line broken in the middle of a sentence is joined to the next."""
    lines = [Line(match.start() + len(match[0]) - len(match[0].lstrip()), match.start() + len(match[0].rstrip()))
             for match in LINE.finditer(text) if not match[0].isspace()]
    wrapped_at = _width_of_wrapping(text, lines)
    joined: list[Line] = []
    before: Line | None = None
    for line in lines:
        if before is not None and _continues(text, before, line, wrapped_at):
            joined[-1] = Line(joined[-1].start, line.end)
        else:
            joined.append(line)
        before = line
    return joined


NARROWEST_WRAPPED = 40
"""Code points from which on a line may have been wrapped by hand or by mail program (most at 72–80)."""
WIDEST_WRAPPED = 140
"""Code points of the widest line that is taken for a wrapped one where the whole text is wrapped."""
WRAPPED_LINES = 3
"""How many lines break off before a small letter in a text that is wrapped."""
WRAPPED_THROUGHOUT = 2
"""How many do where no line is wider than wrapped ones are: in German, many a line begins with a noun's capital."""
CLOSING = "\"'”“’»«"
"""Quotation marks: they stand behind the mark that ends a sentence, or behind a word in its midst."""


def _width_of_wrapping(text: str, lines: Sequence[Line]) -> int:
    """The width at which a text was wrapped, in code points; 0 where it wasn't."""
    broken = [width for line, following in pairwise(lines)
              if NARROWEST_WRAPPED <= (width := line.end - line.start) <= WIDEST_WRAPPED
              and text[following.start].islower() and _breaks_off(text, line, following)]
    if len(broken) < WRAPPED_THROUGHOUT:
        return 0
    throughout = all(line.end - line.start <= WIDEST_WRAPPED for line in lines)
    return max(broken) if throughout or len(broken) >= WRAPPED_LINES else 0


def _breaks_off(text: str, line: Line, following: Line) -> bool:
    """Whether the next line follows without a blank one, and no mark ends this one, be it within quotation marks."""
    last = line.end - 1
    while last > line.start and text[last] in CLOSING:
        last -= 1
    return text[last] not in ".!?:…)]" and text.count("\n", line.end, following.start) <= 1


def _continues(text: str, line: Line, following: Line, wrapped_at: int) -> bool:
    """Whether a line goes on with the sentence of the one before, which was wrapped.

    A small letter says so, or that its first word would have made the line before wider than the text is.
    """
    if not _breaks_off(text, line, following):
        return False
    width = line.end - line.start
    if text[following.start].islower():
        return width >= NARROWEST_WRAPPED or text[line.end - 1] in ",-\u00ad\u2010" or 0 < width <= wrapped_at
    if not wrapped_at or width > wrapped_at:
        return False
    word = text[following.start : following.end].split(None, 1)[0]
    return width + 1 + len(word) > wrapped_at
