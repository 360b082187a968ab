"""A file of many articles in stretches, so that several machines read it, each its own."""

from __future__ import annotations

from itertools import pairwise

from extract.sources.archive import count_members, gunzipped
from extract.sources.item import Item, ReadOptions, Stretch
from extract.sources.kinds import GZIP, KINDS, ZIP, kind_by_content, kind_of
from extract.sources.table import count_rows, holds_lines, line_starts, table_encoding
from extract.sources.warc import count_records

ROWS = 2000
"""Rows of a stretch: ten seconds of reading for a machine, a hundred times what it takes to hand them out."""
MOST = 32
"""Stretches of a file that can't be entered in the middle: what lies before each is passed over again."""
TABLES = frozenset(kind for kind, (module, _) in KINDS.items() if module == "table")
TEXTS = TABLES - {"Parquet"}


def stretches(item: Item, options: ReadOptions, rows: int = ROWS) -> list[Stretch | None]:
    """The stretches of a file, to be read as :attr:`Item.stretch`; ``[None]`` for one that is read whole.

    Raises
    ------
    InputError
        If it can't be read.
    """
    kind, enters = kind_of(item), True
    if kind == GZIP:
        item, _ = gunzipped(item)
        kind, enters = kind_by_content(item), False
    is_wide = b"\0" in item.head  # in UTF-16 a line feed has two bytes
    if enters and kind == "JSON" and holds_lines(item) and not is_wide:
        starts = line_starts(item, rows)
    else:
        count = _count(item, kind, options)
        starts = [(row, 0) for row in [*range(0, count, max(rows, -(-count // MOST))), count]]
    if len(starts) <= 2:
        return [None]
    encoding = table_encoding(item, options) if kind in TEXTS else ""
    return [Stretch(start, end, offset, encoding) for (start, offset), (end, _) in pairwise(starts)]


def _count(item: Item, kind: str, options: ReadOptions) -> int:
    """How many rows, records or members a file has; 0 for one that is a single article, or a feed."""
    if kind == ZIP:
        return count_members(item)
    if kind == "web archive":
        return count_records(item)
    return count_rows(item, kind, options) if kind in TABLES else 0

