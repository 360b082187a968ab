"""From files to articles: one module a format, found by content and suffix. Reader by reader in docs/readers.md.

``read_articles`` walks what a user names (files, folders, archives, standard input, URLs) and gives articles whose
text is what the source says. What the text doesn't say (title, outlet, URL, publication date) comes from the
source's own metadata, else from a ``sources.toml`` beside the files.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from extract.article import Article
from extract.sources.archive import Budget, gunzipped, zip_members
from extract.sources.item import SAMPLE, Item, ReadOptions, Report, stop
from extract.sources.kinds import GZIP, ZIP, kind_by_content, kind_of, known_suffixes, reader_of
from extract.sources.sidecar import SIDECAR_NAME, Sidecar, read_sidecar, sidecar_of
from extract.sources.web import fetch, is_url
from geodata.errors import InputError

__all__ = ["STANDARD_INPUT", "ReadOptions", "Report", "read_articles", "read_item"]

STANDARD_INPUT = "-"
NOTHING_KNOWN = Sidecar(Path(SIDECAR_NAME), {})


def read_articles(inputs: Iterable[str | Path], options: ReadOptions | None = None,
                  report: Report = stop) -> Iterator[Article]:
    """The articles of files, folders (recursively, in order of name), archives, URLs and ``-`` for standard input.

    Parameters
    ----------
    report:
        Told of every file, row or page that can't be read; reading then goes on. Unless given, the first one
        raises.

    Raises
    ------
    InputError
        If a path doesn't exist, is of an unknown kind, empty, binary or malformed, or a folder holds no article.
    """
    ids = _Ids()
    for name in inputs:
        try:
            for article in _read_input(str(name), options or ReadOptions(), report):
                yield ids.own(article)
        except InputError as error:
            report(error)


class _Ids:
    """Makes the ids of a run unique, in some 60 bytes an article: ids are kept as hashes.

    Two different ids of one hash would be one in 10 million runs over a million articles; the second would get a
    number like one that was there before.
    """

    def __init__(self) -> None:
        self._taken: set[int] = set()
        self._last: dict[str, int] = {}

    def own(self, article: Article) -> Article:
        """The article, numbered if its id was there before."""
        if hash(article.id) not in self._taken:
            self._taken.add(hash(article.id))
            return article
        number = self._last.get(article.id, 1) + 1
        while hash(identifier := f"{article.id}~{number}") in self._taken:
            number += 1
        self._last[article.id] = number  # where every row has the same id, the next need not ask about those before
        self._taken.add(hash(identifier))
        return replace(article, id=identifier)


def _read_input(name: str, options: ReadOptions, report: Report) -> Iterator[Article]:
    path = Path(name)
    if name == STANDARD_INPUT:
        item = _standard_input()
        yield from _read_item(item, kind_by_content(item), options, report, NOTHING_KNOWN)
    elif is_url(name):
        item = fetch(name, options)
        yield from _read_item(item, kind_by_content(item), options, report, NOTHING_KNOWN)
    elif path.is_dir():
        yield from _read_folder(path, options, report)
    elif path.exists():
        yield from _read_named(path, options, report)
    else:
        raise InputError(path, "no such file or folder", "Check the path")


def _read_named(path: Path, options: ReadOptions, report: Report) -> Iterator[Article]:
    """The articles of a file that the user named: it must be of a kind, where a folder may hold other things."""
    item = _file_item(path, path.stem) if path.is_file() else _pipe_item(path)
    kind = kind_of(item) or (kind_by_content(item) if not path.suffix else "")
    if not kind:
        raise InputError(path, f"unknown kind of file ({path.suffix or 'no suffix'})", f"Give {known_suffixes()}")
    yield from _read_item(item, kind, options, report, read_sidecar(path.parent))


def read_item(item: Item, options: ReadOptions, report: Report,
              sidecar: Sidecar = NOTHING_KNOWN) -> Iterator[Article]:
    """The articles of bytes that come from elsewhere than a file here, told by their name and beginning.

    ``sidecar`` is that of their folder.

    Raises
    ------
    InputError
        If they are of an unknown kind, empty or malformed.
    """
    kind = kind_of(item)
    if not kind:
        raise InputError(item.name, "unknown kind of file", f"Give {known_suffixes()}")
    yield from _read_item(item, kind, options, report, sidecar)


def _read_folder(folder: Path, options: ReadOptions, report: Report) -> Iterator[Article]:
    found = False
    own = Path(options.output).resolve() if options.output else None
    for path in _files(folder, report):
        if own is not None and path.name == own.name and path.resolve() == own:
            continue
        try:
            item = _file_item(path, path.relative_to(folder).with_suffix("").as_posix())
            if kind := kind_of(item):
                found = True
                yield from _read_item(item, kind, options, report, read_sidecar(path.parent))
        except InputError as error:
            report(error)
    if not found:
        raise InputError(folder, "holds no article", f"Put articles there ({known_suffixes()})")


def _files(folder: Path, report: Report) -> Iterator[Path]:
    """The files below a folder in order of name, without hidden ones; links to folders are not followed.

    A folder that can't be looked into is reported, and the others are.
    """
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        report(InputError(folder, f"can't be looked into ({error.strerror})", "Check its permissions"))
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name == SIDECAR_NAME:
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path), report)
        elif _is_file(entry):
            yield Path(entry.path)


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link to itself
        return False


def _read_item(item: Item, kind: str, options: ReadOptions, report: Report, sidecar: Sidecar,
               budget: Budget | None = None) -> Iterator[Article]:
    if kind == ZIP:
        yield from _read_zip(item, options, report, sidecar, budget)
        return
    if kind == GZIP:
        inner, budget = gunzipped(item, budget)
        yield from _read_item(inner, kind_by_content(inner), options, report, sidecar, budget)
        return
    if not item.head.strip():
        raise InputError(item.name, "is empty", "Give a file with an article in it")
    file_name = item.name.rpartition("/")[2] if "/" in item.name else Path(item.name).name
    for article in reader_of(kind)(item, options, report):
        yield sidecar.complete(article, file_name)


def _read_zip(item: Item, options: ReadOptions, report: Report, sidecar: Sidecar,
              budget: Budget | None) -> Iterator[Article]:
    """The articles of a ZIP's members; a ``sources.toml`` among them tells about those in its folder."""
    sidecars: dict[str, Sidecar] = {}
    found = False
    for member, shared in zip_members(item, report, budget, first=SIDECAR_NAME):
        folder, _, name = member.name.rpartition("/")
        try:
            if name == SIDECAR_NAME:
                sidecars[folder] = sidecar_of(Path(member.name), member.content())
            elif kind := kind_of(member):
                found = True
                yield from _read_item(member, kind, options, report, sidecars.get(folder, sidecar), shared)
        except InputError as error:
            report(error)
    if not found and item.stretch is None:
        raise InputError(item.name, "holds no article", f"Put articles there ({known_suffixes()})")


def _file_item(path: Path, identifier: str) -> Item:
    """A file as an item."""
    try:
        with path.open("rb") as file:
            head = file.read(SAMPLE)
    except OSError as error:
        raise InputError(path, f"can't be read ({error.strerror})", "Check its permissions") from error
    return Item(str(path), identifier, path.suffix.lower(), lambda: path.open("rb"), head)


def _pipe_item(path: Path) -> Item:
    """A pipe or another file that can be read but once, such as a shell makes of ``<(…)``."""
    try:
        return _read_once(str(path), path.stem, path.suffix.lower(), path.open("rb"))
    except OSError as error:
        raise InputError(path, f"can't be read ({error.strerror})", "Give a file or a folder") from error


def _standard_input() -> Item:
    return _read_once("stdin", "stdin", "", sys.stdin.buffer)


def _read_once(name: str, identifier: str, suffix: str, source: IO[bytes]) -> Item:
    """A stream as an item: its beginning is looked at, and then read again with the rest."""
    head = source.read(SAMPLE)
    return Item(name, identifier, suffix, lambda: io.BufferedReader(_Rejoined(head, source)), head)


class _Rejoined(io.RawIOBase):
    """A stream whose beginning was read already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any writable buffer does
        content = self._head[:len(buffer)]
        self._head = self._head[len(content):]
        content = content or self._rest.read(len(buffer))
        buffer[:len(content)] = content
        return len(content)
