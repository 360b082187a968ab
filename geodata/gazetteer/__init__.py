"""From names to places: an index of the world's towns, countries, regions, waters and sites, compiled once.

>>> from geodata.gazetteer import open_gazetteer
>>> gazetteer = open_gazetteer()
>>> gazetteer.candidates("Kupjansk")[0].place.country
'UA'
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.gazetteer.cache import current_path, default_path, forget_other_versions, geonames_path
from geodata.gazetteer.container import Progress, ignore_progress
from geodata.gazetteer.index import Gazetteer, NamedPlace
from geodata.gazetteer.lookup import Found, lookup

if TYPE_CHECKING:
    from geodata.gazetteer.build import build_gazetteer
    from geodata.gazetteer.dump import build_from_geonames

__all__ = [
    "Found", "Gazetteer", "NamedPlace", "build_from_geonames", "build_gazetteer", "current_path", "default_path",
    "forget_other_versions", "geonames_path", "lookup", "open_gazetteer",
]


COMPILERS = {"build_gazetteer": "geodata.gazetteer.build", "build_from_geonames": "geodata.gazetteer.dump"}
"""Imported when first used: compiling needs modules that opening does without."""


def __getattr__(name: str) -> Any:
    if name in COMPILERS:
        return getattr(import_module(COMPILERS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def open_gazetteer(path: Path | None = None, progress: Progress = ignore_progress) -> Gazetteer:
    """The gazetteer, compiled first if it isn't yet (under a minute, once).

    Parameters
    ----------
    path:
        A compiled file; :func:`current_path` if not given.
    progress:
        Told what is done while compiling.

    Raises
    ------
    GazetteerError
        If it can't be compiled or opened.
    """
    return _open(path or current_path(), progress)


@lru_cache(maxsize=4)
def _open(path: Path, progress: Progress) -> Gazetteer:
    if not path.exists():
        from geodata.gazetteer.build import build_gazetteer

        build_gazetteer(path, progress)
        if path == default_path():
            forget_other_versions()
    return Gazetteer(path)
