"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geodata.errors import InputError

if TYPE_CHECKING:
    from extract.sources import ReadOptions

Inputs = Annotated[list[str], typer.Argument(
    metavar="INPUT…", help="Files, folders, archives or - for standard input: text, HTML, JSON, CSV, Parquet, feeds, "
                           "PDF, WARC, ZIP.")]
Columns = Annotated[list[str] | None, typer.Option(
    "--column", metavar="FIELD=NAME", help="Which column of a table is which field, e.g. text=body.")]
Encoding = Annotated[str, typer.Option(help="Encoding of files that don't name theirs; detected if not given.")]
Network = Annotated[bool, typer.Option("--network", help="Fetch http(s) URLs among the inputs.")]
PrivateAddresses = Annotated[bool, typer.Option("--private-addresses", help="Also URLs in your own network.")]
Output = Annotated[Path, typer.Option("-o", "--output", help="Where to write.", show_default=False)]
Jobs = Annotated[int, typer.Option("-j", "--jobs", min=1, help="Processes to read with.")]


def read_options(columns: list[str] | None, encoding: str, network: bool, private: bool,
                  output: str = "") -> ReadOptions:
    """The options of reading, checked."""
    from extract.sources import ReadOptions

    pairs = [column.partition("=") for column in columns or ()]
    for field, equals, name in pairs:
        if not (field and equals and name):
            raise InputError(f"--column {field}{equals}{name}", "is no mapping", "Write FIELD=NAME, e.g. text=body")
    return ReadOptions({field: name for field, _, name in pairs}, encoding, network, private, output)
