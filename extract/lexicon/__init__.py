"""Languages as data: one folder of TOML files a language, read once and kept.

``extract/lexicon/de/times.toml`` is ``read("de", "times")``. A stage that finds no file for a
language gets an empty mapping and finds nothing: a new language is a new folder, file by file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

FALLBACK_LANGUAGE = "en"
"""Whose lexicon serves where an article's language has no folder."""


@cache
def languages() -> tuple[str, ...]:
    """ISO 639-1 codes of the languages that have a folder, in alphabetical order."""
    return tuple(sorted(entry.name for entry in files(__name__).iterdir()
                        if entry.is_dir() and not entry.name.startswith("_")))


@cache
def read(language: str, name: str) -> Mapping[str, Any]:
    """One lexicon file as a mapping; empty where the language doesn't have it.

    Raises
    ------
    tomllib.TOMLDecodeError
        If the file is malformed: a defect of the program, caught by the tests.
    """
    entry = files(__name__) / language / f"{name}.toml"
    if not entry.is_file():
        return {}
    return tomllib.loads(entry.read_text(encoding="utf-8"))
