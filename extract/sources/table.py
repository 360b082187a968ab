"""Tables of articles, a row an article, read in a stream: JSON Lines, JSON, CSV, TSV and Parquet.

A file of any size takes the memory of one row (of Parquet, of one batch of rows). Which column is which field says
:data:`extract.sources.fields.NAMES`, or the user; other columns are passed over. A row that is no article is
reported, and the next is read.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from typing import Any

from extract.article import Article
from extract.sources.decode import encoding_of
from extract.sources.fields import NAMES, article_from
from extract.sources.item import LARGEST_DOCUMENT, Item, ReadOptions, Report
from extract.sources.json_stream import elements, lines
from geodata.errors import InputError

DELIMITERS = ",;\t|"
ROWS_AT_ONCE = 1024
"""Rows of Parquet in memory: a few megabytes of news."""


def read_json(item: Item, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of JSON Lines, of a JSON array, or of one object (or ``{"articles": […]}``)."""
    encoding = encoding_of(item.name, item.head, item.charset or options.encoding, cut=True)
    is_array = item.head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")
    rows = elements if item.suffix == ".json" or is_array else lines
    with item.stream() as stream:
        yield from _articles(item, lambda no_row: rows(item.name, stream, encoding, no_row), options, report)


def read_csv(item: Item, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of a CSV with a header; the delimiter is the one most frequent in the header."""
    csv.field_size_limit(LARGEST_DOCUMENT)
    encoding = encoding_of(item.name, item.head, item.charset or options.encoding, cut=True)
    with item.stream() as stream, io.TextIOWrapper(stream, encoding, newline="") as text:
        yield from _articles(item, lambda _: _csv_rows(item, text, options), options, report)


def _csv_rows(item: Item, text: io.TextIOWrapper, options: ReadOptions) -> Iterator[tuple[str, dict[str, Any]]]:
    remedy = "Save it as CSV in UTF-8, or name its encoding"
    try:
        header = text.readline(LARGEST_DOCUMENT)
        delimiter = max(DELIMITERS, key=header.count)
        names = next(csv.reader([header], delimiter=delimiter), [])
        _check_columns(item, names, options)
        reader = csv.DictReader(text, names, restkey="", delimiter=delimiter)
        for row in reader:
            yield f"{item.name}:{reader.line_num + 1}", row
    except csv.Error as error:
        raise InputError(item.name, f"is no CSV ({error})", remedy) from error
    except UnicodeDecodeError as error:
        raise InputError(item.name, f"has a byte that is no {error.encoding} ({error.reason})", remedy) from error


def read_parquet(item: Item, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of a Parquet file; only columns that mean something are read."""
    with item.seekable() as stream:
        yield from _articles(item, lambda _: _parquet_rows(item, stream, options), options, report)


def _parquet_rows(item: Item, stream: Any, options: ReadOptions) -> Iterator[tuple[str, dict[str, Any]]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    known = {name.lower() for names in (*NAMES.values(), options.columns.values()) for name in names}
    try:
        file = pq.ParquetFile(stream)
        _check_columns(item, file.schema_arrow.names, options)
        wanted = [name for name in file.schema_arrow.names if name.lower() in known]
        number = 0
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield f"{item.name}:{number}", row
    except (pa.ArrowException, OSError, ValueError) as error:  # names that are no UTF-8 are ValueErrors
        raise InputError(item.name, f"is no Parquet ({error})", "Write it anew") from error


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


def _articles(item: Item, rows: Callable[[Report], Iterator[tuple[str, Any]]], options: ReadOptions,
              report: Report) -> Iterator[Article]:
    """The articles of the rows that ``rows`` gives; it is given a report for what is no row."""
    found = False

    def no_row(error: InputError) -> None:
        nonlocal found
        found = True
        report(error)

    for number, (where, row) in enumerate(rows(no_row), 1):
        found = True
        try:
            article = article_from(where, row, f"{item.id}-{number}", options.columns)
        except InputError as error:
            report(error)
            continue
        yield article
    if not found:
        report(InputError(item.name, "holds no article", "Give a row an article, with a column text"))
