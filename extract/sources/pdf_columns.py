"""Columns of a page whose PDF was written across them, line by line: told apart by the gaps between them.

Most programs write one column after the other, and the text layer reads as people do. Where it doesn't, the page is
laid out in letters of one width, and what stands in one column is read before the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

GAP = re.compile(r" {4,}")
"""Between columns; even in justified text words are seldom so far apart."""
FEWEST_ROWS = 4
"""Rows across columns on a page; fewer are a coincidence, a caption beside a caption."""
SHORTEST = 12
"""Letters of a column's usual line. Shorter ones are a table's, to be read row by row."""
OFF = 10
"""Letters by which a part may be off its column: letters of one width are an approximation."""


@dataclass(frozen=True, slots=True)
class _Part:
    start: int
    text: str


def unmixed(text: str, layout: str) -> str:
    """The text of a page, column by column if it was written across columns, else as it is.

    Parameters
    ----------
    text:
        In the order of the file.
    layout:
        The same page laid out with blanks.
    """
    rows = [_parts(line) for line in layout.splitlines()]
    written = {" ".join(line.split()) for line in text.splitlines()}
    across = [row for row in rows if len(row) > 1 and " ".join(part.text for part in row) in written]
    if len(across) < FEWEST_ROWS:
        return text
    (number, times), *_ = Counter(map(len, across)).most_common(1)
    of_columns = [row for row in across if len(row) == number]
    if times < FEWEST_ROWS or median(len(part.text) for row in of_columns for part in row) < SHORTEST:
        return text
    starts = [median(row[column].start for row in of_columns) for column in range(number)]
    return "\n".join(_read(rows, starts))


def _parts(line: str) -> list[_Part]:
    """What gaps divide a line into, each with the letter it starts at."""
    ends = [0, *(found.end() for found in GAP.finditer(line)), len(line)]
    pieces = [(start, line[start:end]) for start, end in pairwise(ends)]
    return [_Part(start + len(piece) - len(piece.lstrip()), " ".join(piece.split())) for start, piece in pieces
            if piece.strip()]


def _read(rows: Sequence[Sequence[_Part]], starts: Sequence[float]) -> Iterator[str]:
    """The lines of each column from top to bottom; a line across all of them ends what stands above it."""
    columns: list[list[str]] = [[] for _ in starts]
    for row in rows:
        if len(row) == 1 and row[0].start < starts[1] - OFF and row[0].start + len(row[0].text) > starts[1]:
            yield from _emptied(columns)
            yield row[0].text
            continue
        for part in row:
            nearest = min(range(len(starts)), key=lambda column: abs(starts[column] - part.start))
            columns[nearest].append(part.text)
        if not row:
            for column in columns:
                column.append("")
    yield from _emptied(columns)


def _emptied(columns: list[list[str]]) -> Iterator[str]:
    for column in columns:
        yield from column
        column.clear()
