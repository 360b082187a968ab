"""``sources.toml`` beside a folder of articles: what their texts don't say, and how it is known.

::

    ["some-file.txt"]
    title = "…"
    outlet = "…"
    url = "…"
    lang = "de"
    published = 2024-10-16          # a day, or "2025-11-18/2025-11-23" (an EDTF interval)
    published_known_by = "a person" # for readers of the file
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from extract.article import Article, Publication
from geodata.errors import InputError

SIDECAR_NAME = "sources.toml"


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What is known from outside about the files of one folder, by file name."""

    path: Path
    entries: Mapping[str, Mapping[str, Any]]

    def complete(self, article: Article, name: str) -> Article:
        """The article with what the sidecar says of the file ``name``; the file's own metadata stay.

        Raises
        ------
        InputError
            If the entry's ``published`` is no date.
        """
        entry = self.entries.get(name)
        if entry is None:
            return article
        published = entry.get("published")
        return replace(
            article,
            title=article.title or str(entry.get("title", "")),
            outlet=article.outlet or str(entry.get("outlet", "")),
            url=article.url or str(entry.get("url", "")),
            lang=article.lang or str(entry.get("lang", "")),
            published=article.published or (publication(f"{self.path} [{name}]", published) if published else None))


@lru_cache(maxsize=64)
def read_sidecar(folder: Path) -> Sidecar:
    """The sidecar of a folder; one without entries where the folder has none.

    Raises
    ------
    InputError
        If it is malformed.
    """
    path = folder / SIDECAR_NAME
    if not path.is_file():
        return Sidecar(path, MappingProxyType({}))
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(path, f"can't be read ({error})", "Check its permissions") from error
    return sidecar_of(path, content)


def sidecar_of(path: Path, content: bytes) -> Sidecar:
    """The sidecar that a file's bytes hold.

    Raises
    ------
    InputError
        If it is malformed.
    """
    try:
        table = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(path, f"can't be read ({error})", "Mend its TOML") from error
    return Sidecar(path, MappingProxyType({name: entry for name, entry in table.items() if isinstance(entry, dict)}))


def publication(where: str, value: object) -> Publication:
    """A publication date as a user gives it: a day, a time stamp, or an EDTF interval of days.

    Raises
    ------
    InputError
        If it is none of these, or ends before it starts.
    """
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return Publication(day, day, "given")
    low, slash, high = str(value).partition("/")
    try:
        start = _day(low)
        end = _day(high) if slash else start
    except ValueError as error:
        raise InputError(where, f"{value!r} is no date", "Write it as YYYY-MM-DD or YYYY-MM-DD/YYYY-MM-DD") from error
    if start and end and start > end:
        raise InputError(where, f"{value!r} ends before it starts", "Swap the two days")
    return Publication(start, end, "given")


def _day(text: str) -> date | None:
    """A day of an interval; ``None`` for an open end (``..`` or nothing)."""
    if text in ("", ".."):
        return None
    return datetime.fromisoformat(text).date()
