"""ZIP and gzip: what is in them, a stream each, nothing written to disk under a name from inside.

A bomb is told by what it unpacks to, counted while it unpacks, not by what it says of itself.
"""

from __future__ import annotations

import gzip
import io
import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO, cast

from extract.sources.item import SAMPLE, Item, Report
from geodata.errors import InputError

LARGEST_RATIO = 50
"""Bytes unpacked a byte packed. Text packs 3 to 10 times, tables of near-alike rows some 30, bombs a thousand."""
ALWAYS_ALLOWED = 256 << 20
"""Bytes that any archive may unpack to, whatever its ratio."""
DEEPEST = 2
"""Archives in archives."""
MOST_MEMBERS = 1_000_000
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters of a name that would garble a terminal or turn it around."""
_DAMAGE = (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, ValueError,
           NotImplementedError)
"""What unpacking raises on damaged members, on locked ones (RuntimeError) and on methods that Python lacks."""


class Budget:
    """How many bytes an archive, with all that is in it, may unpack to."""

    def __init__(self, name: str, packed: int) -> None:
        self._name = name
        self._left = max(ALWAYS_ALLOWED, LARGEST_RATIO * packed)

    def spend(self, count: int) -> None:
        """Take ``count`` bytes from the budget.

        Raises
        ------
        InputError
            If they are too many: it is a bomb.
        """
        self._left -= count
        if self._left < 0:
            raise InputError(self._name, "unpacks to far more than articles would: a decompression bomb",
                             "Unpack it by hand if you trust it")


class _Metered(io.RawIOBase):
    """A stream out of an archive, counted against its budget; damage is an error that names the member."""

    def __init__(self, name: str, stream: gzip.GzipFile | zipfile.ZipExtFile, budget: Budget) -> None:
        self._name, self._stream, self._budget = name, stream, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any writable buffer does
        try:
            content = self._stream.read1(len(buffer))  # what comes before damage is given before it is told
        except _DAMAGE as error:
            raise InputError(self._name, f"can't be unpacked ({error})", "Fetch the archive anew") from error
        self._budget.spend(len(content))
        buffer[:len(content)] = content
        return len(content)

    def close(self) -> None:
        self._stream.close()
        super().close()


def zip_members(item: Item, report: Report, budget: Budget | None = None,
                first: str = "") -> Iterator[tuple[Item, Budget]]:
    """The files in a ZIP in order of name, those called ``first`` before all, each as an item.

    Hidden ones and links are passed over; one that can't be unpacked is reported.

    Raises
    ------
    InputError
        If it is damaged, too deep in other archives, or a bomb.
    """
    if item.depth >= DEEPEST:
        raise InputError(item.name, f"is an archive within {DEEPEST} others", "Unpack the outer ones")
    with item.seekable() as stream:
        packed = stream.seek(0, io.SEEK_END)
        budget = budget or Budget(item.name, packed)
        try:
            archive = zipfile.ZipFile(stream)
        except _DAMAGE as error:
            raise InputError(item.name, f"is a damaged ZIP ({error})", "Fetch it anew") from error
        with archive:
            members = sorted(filter(_is_file, archive.infolist()), key=lambda info: info.filename)
            if len(members) > MOST_MEMBERS:
                raise InputError(item.name, f"holds more than {MOST_MEMBERS:,} files", "Split it")
            wanted = members[item.stretch.start:item.stretch.end] if item.stretch else members
            ahead = [info for info in members if _is_called(info, first)]
            for info in (*ahead, *(info for info in wanted if not _is_called(info, first))):
                try:
                    member = _member(item, archive, info, budget)
                except InputError as error:
                    report(error)
                else:
                    yield member, budget


def count_members(item: Item) -> int:
    """How many files a ZIP holds.

    Raises
    ------
    InputError
        If it is damaged.
    """
    with item.seekable() as stream:
        try:
            with zipfile.ZipFile(stream) as archive:
                return sum(map(_is_file, archive.infolist()))
        except _DAMAGE as error:
            raise InputError(item.name, f"is a damaged ZIP ({error})", "Fetch it anew") from error


def _is_called(info: zipfile.ZipInfo, name: str) -> bool:
    return PurePosixPath(info.filename).name == name


def _is_file(info: zipfile.ZipInfo) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(info.filename).parts if part != "..")
    folder = info.filename.endswith("/")  # ZipInfo.is_dir() fails on a damaged name, which may be empty
    return not folder and not hidden and not stat.S_ISLNK(info.external_attr >> 16)


def _member(item: Item, archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Item:
    inside = _name_inside(info.filename)
    name = f"{item.name}/{inside}"

    def opened() -> IO[bytes]:
        try:
            return io.BufferedReader(_Metered(name, cast(zipfile.ZipExtFile, archive.open(info)), budget))
        except _DAMAGE as error:
            remedy = "Fetch the archive anew, without a password"
            raise InputError(name, f"can't be unpacked ({error})", remedy) from error

    return _item(item, name, f"{item.id}/{inside.with_suffix('')}", inside.suffix.lower(), opened)


def _name_inside(name: str) -> PurePosixPath:
    """A member's name as a path below its archive, however it is written: nothing is unpacked under it."""
    parts = PurePosixPath(UNPRINTABLE.sub("\ufffd", name).replace("\\", "/")).parts
    return PurePosixPath(*([part for part in parts if part not in ("/", "//", "..")] or ["\ufffd"]))


def gunzipped(item: Item, budget: Budget | None = None) -> tuple[Item, Budget]:
    """The file in a gzip, under its name without ``.gz``.

    Raises
    ------
    InputError
        If it is too deep in other archives, damaged or a bomb.
    """
    if item.depth >= DEEPEST:
        raise InputError(item.name, f"is an archive within {DEEPEST} others", "Unpack the outer ones")
    if budget is None:
        with item.stream() as stream:
            budget = Budget(item.name, stream.seek(0, io.SEEK_END) if stream.seekable() else 0)
    allowed = budget

    def opened() -> IO[bytes]:
        stream = item.opener()
        return io.BufferedReader(_Metered(item.name, gzip.GzipFile(fileobj=stream), allowed))

    inner = PurePosixPath(item.name).with_suffix("") if item.suffix == ".gz" else PurePosixPath(item.name)
    identifier = item.id.removesuffix(inner.suffix) if inner.suffix else item.id
    return replace(_item(item, item.name, identifier, inner.suffix.lower(), opened), stretch=item.stretch), allowed


def _head(stream: IO[bytes]) -> bytes:
    """The first bytes of what is packed: as many as come before the damage, where it is damaged.

    Raises
    ------
    InputError
        If none come.
    """
    head = b""
    try:
        while len(head) < SAMPLE and (more := stream.read1(SAMPLE - len(head))):  # type: ignore[attr-defined]
            head += more
    except InputError:
        if not head:
            raise
    return head


def _item(outer: Item, name: str, identifier: str, suffix: str, opened: Callable[[], IO[bytes]]) -> Item:
    with opened() as stream:
        head = _head(stream)
    return Item(name, identifier, suffix, opened, head, outer.url, outer.charset, outer.depth + 1)
