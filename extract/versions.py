"""Which program reads: what an article is read anew for when it changes."""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from geodata.gazetteer import Gazetteer

PACKAGES = ("extract", "geodata")
SUFFIXES = (".py", ".toml", ".tsv")
NOT_READING = (
    "extract/accuracy", "extract/batch", "extract/cluster", "extract/collector", "extract/console", "extract/evaluate",
    "extract/explain", "extract/gold", "extract/incremental", "extract/once", "extract/shards", "extract/sources",
    "extract/standoff", "extract/storage", "extract/workers",
    "geodata/collector", "geodata/corrections", "geodata/export", "geodata/formats", "geodata/gazetteer/cache",
    "geodata/geocoder", "geodata/layer", "geodata/nearest", "geodata/replay", "geodata/workspace")
"""Parts that change no annotation: articles needn't be read anew when they change."""


def program_version(gazetteer: Gazetteer) -> str:
    """A hash of program, lexicons and gazetteer: two that are equal read every article alike."""
    made_from = {key: value for key, value in gazetteer.info().items() if key != "path"}
    return sha256((_code() + json.dumps(made_from, sort_keys=True, default=str)).encode()).hexdigest()[:16]


@cache
def _code() -> str:
    """A hash of the files that read articles, rules and code alike (8 ms)."""
    whole = sha256()
    for package in PACKAGES:
        root = Path(str(files(package)))
        for path in sorted(root.rglob("*")):
            name = f"{package}/{path.relative_to(root).as_posix()}"
            if path.suffix in SUFFIXES and not name.startswith(NOT_READING):
                whole.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()
