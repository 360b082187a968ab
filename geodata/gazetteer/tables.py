"""The overlay tables beside this file: tab-separated values with a header of comments, their source and licence.

Beside them, in the folder ``vendor``, is what ``hatch_build.py`` brings in from others.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from geodata.errors import GazetteerError


def overlay_tables() -> list[Any]:
    """The overlay tables, in a stable order."""
    folder = files("geodata.gazetteer") / "overlay"
    return sorted((f for f in folder.iterdir() if f.name.endswith(".tsv")), key=lambda f: f.name)


def read_table(name: str) -> Iterator[dict[str, str]]:
    """Rows of an overlay table; lines that begin with ``#`` are comments, the first other line names the columns.

    Raises
    ------
    GazetteerError
        If a row has more cells than there are columns.
    """
    text = (files("geodata.gazetteer") / "overlay" / name).read_text(encoding="utf-8")
    columns: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if not columns:
            columns = cells
            continue
        if len(cells) > len(columns):
            raise GazetteerError(f"overlay/{name}", f"line {number} has {len(cells)} cells, not {len(columns)}",
                                 "Separate the columns by one tabulator each")
        yield dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True))


def read_vendored(name: str) -> str:
    """A file of others that ``hatch_build.py`` has brought in; its first line is a comment that names the release.

    Raises
    ------
    GazetteerError
        If it has not been brought in.
    """
    file = files("geodata.gazetteer") / "vendor" / name
    if not file.is_file():
        raise GazetteerError(f"geodata/gazetteer/vendor/{name}", "is missing",
                             "Install Dateline, or run 'python hatch_build.py' in a checkout")
    return file.read_text(encoding="utf-8")


def split_list(cell: str) -> tuple[str, ...]:
    """The items of a cell: parted by ``|``, trimmed, without empty ones."""
    return tuple(item.strip() for item in cell.split("|") if item.strip())
