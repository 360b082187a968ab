"""A folder of GeoParquet files as one layer: what ``dateline extract --cluster`` writes, a folder a month.

``_dateline.json``, written last, says which files there are. A folder without it may be somebody's choice of months;
but where reports lie beside the events and it is missing, the run that writes them hasn't ended.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from geodata.errors import InputError
from geodata.event import Event
from geodata.formats import geoparquet
from geodata.formats.layerfile import OpenLayer, put_outline
from geodata.geometry import Shape

NOTES = "_dateline.json"
REPORTS = "_reports"
"""Folder of what is between reading and merging."""


@contextmanager
def opened(folder: Path) -> Iterator[OpenLayer]:
    """Open all files as one layer, in order of month.

    Raises
    ------
    InputError
        If there are none, one is missing or damaged, or the run that writes them hasn't ended.
    """
    told = _notes(folder)
    if told is None and (folder / REPORTS).is_dir():
        raise InputError(folder, "is not complete: the run that writes it hasn't ended", "Run it again")
    found = [path for path in sorted(folder.rglob("*.parquet")) if _is_shown(path.relative_to(folder))]
    if told is not None:
        found = sorted(folder / name for name in told.get("files", ()))
        if missing := [path for path in found if not path.is_file()]:
            raise InputError(missing[0], "is missing from its layer", "Copy the folder anew, or run again")
    elif not found:
        raise InputError(folder, "holds no layer", "Give a file, or a folder that 'dateline extract --cluster' wrote")
    outlines: dict[str, Shape] = {}
    notes = {key: value for key, value in (told or {}).items() if key != "files"}
    yield OpenLayer(chain.from_iterable(_events(path, outlines) for path in found), notes, outlines)


def _events(path: Path, outlines: dict[str, Shape]) -> Iterator[Event]:
    with geoparquet.opened(path) as part:
        for event in part.events:
            if event.place is not None:
                put_outline(outlines, event, partial(part.outline, event.place))
            yield event


def _is_shown(path: Path) -> bool:
    return not any(part.startswith((".", "_")) for part in path.parts)


def _notes(folder: Path) -> Mapping[str, Any] | None:
    """What the run said at its end; ``None`` if it said nothing."""
    path = folder / NOTES
    if not path.is_file():
        return None
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(path, f"can't be read ({error})", "Run again") from error
    names = told.get("files", ()) if isinstance(told, dict) else None
    if not isinstance(names, list) or not all(isinstance(name, str) and ".." not in name.split("/")
                                              and not name.startswith("/") for name in names):
        raise InputError(path, "is not Dateline's", "Run again")
    return dict(told)
