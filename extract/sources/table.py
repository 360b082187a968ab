"""Tables of articles, a row an article, read in a stream: JSON Lines, JSON, CSV, TSV and Parquet.

A file of any size takes the memory of one row (of Parquet, of one batch of rows). Which column is which field says
:data:`extract.sources.fields.NAMES`, or the user; other columns are passed over. A row that is no article is
reported, and the next is read.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, BinaryIO

from extract.article import Article
from extract.sources.decode import encoding_of
from extract.sources.fields import NAMES, article_from
from extract.sources.item import CHUNK, LARGEST_DOCUMENT, Item, ReadOptions, Report, Stretch
from extract.sources.json_stream import Row, elements, lines
from geodata.errors import InputError

if TYPE_CHECKING:
    import pyarrow.parquet as pq

DELIMITERS = ",;\t|"
LOOKED_THROUGH = 64 << 20
"""Bytes that are looked through for one that tells the encoding; that takes some hundredths of a second."""
ROWS_AT_ONCE = 1024
"""Rows of Parquet in memory: a few megabytes of news."""


def read_json(item: Item, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of JSON Lines, of a JSON array, or of one object (or ``{"articles": […]}``)."""
    with item.stream() as stream:
        yield from _articles(item, lambda no_row: _json_rows(item, stream, options, no_row), options, report)


def _json_rows(item: Item, stream: BinaryIO, options: ReadOptions, report: Report) -> Iterator[Row]:
    encoding = _encoding(item, stream, options)
    if holds_lines(item):
        return lines(item.name, stream, encoding, report, item.stretch)
    return elements(item.name, stream, encoding, report)


def holds_lines(item: Item) -> bool:
    """Whether JSON is of the kind with a value a line."""
    return item.suffix != ".json" and item.opening != b"["


def line_starts(item: Item, rows: int) -> list[tuple[int, int]]:
    """Number and first byte of every so many lines, from 0, and of the end.

    Raises
    ------
    InputError
        If it can't be read.
    """
    starts, number, offset = [(0, 0)], 0, 0
    with item.stream() as stream:
        while line := stream.readline(LARGEST_DOCUMENT + 1):
            number, offset = number + line.endswith(b"\n"), offset + len(line)
            if number >= starts[-1][0] + rows:
                starts.append((number, offset))
    if len(starts) > 1 and starts[-1][1] == offset:
        starts.pop()
    return [*starts, (number + 1, offset)]  # the last line may do without its line feed


def count_rows(item: Item, kind: str, options: ReadOptions) -> int:
    """How many rows a table has; of JSON Lines, lines.

    Raises
    ------
    InputError
        If it can't be read.
    """
    if kind == "JSON" and holds_lines(item):
        return line_starts(item, sys.maxsize)[-1][0]
    with item.seekable() as stream:
        if kind == "JSON":
            return sum(1 for _ in _json_rows(item, stream, options, lambda _: None))
        if kind == "CSV":
            with _text_of(item, stream, options) as text:
                return sum(1 for _ in _csv_rows(item, text, options))
        return sum(1 for _ in _parquet_rows(item, stream, options))


def read_csv(item: Item, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of a CSV with a header; the delimiter is the one most frequent in the header."""
    with item.stream() as stream, _text_of(item, stream, options) as text:
        yield from _articles(item, lambda _: _csv_rows(item, text, options), options, report)


def _text_of(item: Item, stream: BinaryIO, options: ReadOptions) -> io.TextIOWrapper:
    return io.TextIOWrapper(stream, _encoding(item, stream, options), newline="")


def table_encoding(item: Item, options: ReadOptions) -> str:
    """The encoding of a table that is text.

    Raises
    ------
    InputError
        If it can't be read, or is in no encoding that can be told.
    """
    with item.stream() as stream:
        return _encoding(item, stream, options)


def _encoding(item: Item, stream: BinaryIO, options: ReadOptions) -> str:
    """The encoding of a table: by its beginning, and by the first bytes that aren't ASCII, which may stand far behind.

    In what can't go back only the beginning is looked at. A stretch was told the encoding of its file.
    """
    if item.stretch and item.stretch.encoding:
        return item.stretch.encoding
    evidence = item.head
    if evidence.isascii() and b"\0" not in evidence and stream.seekable():
        begin = stream.tell()
        while begin + LOOKED_THROUGH > stream.tell() and (chunk := stream.read(CHUNK)):
            if not chunk.isascii():
                evidence += b"\n" + chunk
                break
        stream.seek(begin)
    return encoding_of(item.name, evidence, item.charset or options.encoding, cut=True)


def _csv_rows(item: Item, text: io.TextIOWrapper, options: ReadOptions) -> Iterator[Row]:
    csv.field_size_limit(LARGEST_DOCUMENT)
    remedy = "Save it as CSV in UTF-8, or name its encoding"
    try:
        header = text.readline(LARGEST_DOCUMENT)
        delimiter = max(DELIMITERS, key=header.count)
        names = next(csv.reader([header], delimiter=delimiter), [])
        _check_columns(item, names, options)
        reader = csv.DictReader(text, names, restkey="", delimiter=delimiter)
        for number, row in enumerate(reader, 1):
            yield number, f"{item.name}:{reader.line_num + 1}", row
    except csv.Error as error:
        raise InputError(item.name, f"is no CSV ({error})", remedy) from error
    except UnicodeDecodeError as error:
        raise InputError(item.name, f"has a byte that is no {error.encoding} ({error.reason})", remedy) from error


def read_parquet(item: Item, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of a Parquet file; only columns that mean something are read."""
    with item.seekable() as stream:
        yield from _articles(item, lambda _: _parquet_rows(item, stream, options), options, report)


def _parquet_rows(item: Item, stream: BinaryIO, options: ReadOptions) -> Iterator[Row]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    known = {name.lower() for names in (*NAMES.values(), options.columns.values()) for name in names}
    try:
        file = pq.ParquetFile(stream)
        _check_columns(item, file.schema_arrow.names, options)
        wanted = [name for name in file.schema_arrow.names if name.lower() in known]
        groups, number = _groups(file, item.stretch)
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=wanted, row_groups=groups):
            for row in batch.to_pylist():
                number += 1
                yield number, f"{item.name}:{number}", row
    except (pa.ArrowException, OSError, ValueError) as error:  # names that are no UTF-8 are ValueErrors
        raise InputError(item.name, f"is no Parquet ({error})", "Write it anew") from error


def _groups(file: pq.ParquetFile, stretch: Stretch | None) -> tuple[list[int], int]:
    """The row groups of a stretch, and how many rows lie before them."""
    sizes = [file.metadata.row_group(group).num_rows for group in range(file.metadata.num_row_groups)]
    if stretch is None:
        return list(range(len(sizes))), 0
    ends = list(accumulate(sizes))
    wanted = [group for group, end in enumerate(ends) if end > stretch.start and end - sizes[group] < stretch.end]
    return wanted, ends[wanted[0]] - sizes[wanted[0]] if wanted else 0


def _check_columns(item: Item, names: list[str], options: ReadOptions) -> None:
    """Refuse a table without a column of texts at once, rather than every row of it.

    Raises
    ------
    InputError
        If none of its columns can be the text.
    """
    texts = (options.columns["text"].lower(),) if "text" in options.columns else NAMES["text"]
    if not {name.strip().lower() for name in names} & set(texts):
        shown = ", ".join(names[:8]) + (" …" if len(names) > 8 else "")
        raise InputError(item.name, f"has no column {' or '.join(texts[:2])} (but {shown})",
                         "Say which holds the text: --column text=NAME")


def _articles(item: Item, rows: Callable[[Report], Iterator[Row]], options: ReadOptions,
              report: Report) -> Iterator[Article]:
    """The articles of the rows that ``rows`` gives; it is given a report for what is no row."""
    found = False

    def no_row(error: InputError) -> None:
        nonlocal found
        found = True
        report(error)

    for number, where, row in rows(no_row):
        found = True
        if item.stretch and not item.stretch.holds(number):
            if number > item.stretch.end:
                return
            continue
        try:
            article = article_from(where, row, f"{item.id}-{number}", options.columns)
        except InputError as error:
            report(error)
            continue
        yield article
    if not found and item.stretch is None:
        report(InputError(item.name, "holds no article", "Give a row an article, with a column text"))
