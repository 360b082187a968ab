"""The compiled file: named sections behind a JSON header, read in place through a memory map.

Layout: 8 bytes magic, 8 bytes little-endian length of the header, the header, then the sections, each on an
8-byte boundary. Numbers are little-endian and become typed memory views: opening costs no copy and no parsing.
"""

from __future__ import annotations

import json
import mmap
import os
import sys
import tempfile
from array import array
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias, cast

from geodata.errors import GazetteerError

MAGIC = b"DATELN01"
SCHEMA = 7
"""Version of what the sections hold; raise it with every change."""
ALIGNMENT = 8

Progress: TypeAlias = Callable[[str, float], None]
"""Told what is being done and which part of the whole is ready (0-1)."""


def ignore_progress(step: str, done: float) -> None:
    """The progress callback that says nothing."""


def write_container(path: Path, header: Mapping[str, Any], sections: Mapping[str, bytes | array[Any]]) -> None:
    """Write a compiled file so that readers see all of it or none: a temporary file, then one rename.

    Raises
    ------
    GazetteerError
        If the folder can't be written to.
    """
    blobs = {name: _little_endian(blob) for name, blob in sections.items()}
    table = {}
    offset = 0
    for name, blob in blobs.items():
        table[name] = [offset, len(blob)]
        offset += len(blob) + -len(blob) % ALIGNMENT
    head = json.dumps({**header, "sections": table}, ensure_ascii=False).encode()
    head += b" " * (-len(head) % ALIGNMENT)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(MAGIC + len(head).to_bytes(8, "little") + head)
                for blob in blobs.values():
                    file.write(blob + b"\0" * (-len(blob) % ALIGNMENT))
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise GazetteerError(path, f"can't be written ({error.strerror})", "Choose another folder") from error


def _little_endian(blob: bytes | array[Any]) -> bytes:
    if isinstance(blob, array):
        if sys.byteorder == "big":
            blob = array(blob.typecode, blob)
            blob.byteswap()
        return blob.tobytes()
    return blob


class Container:
    """An open compiled file.

    Raises
    ------
    GazetteerError
        If the file is missing, cut short or not a compiled gazetteer.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as error:
            raise GazetteerError(path, f"can't be opened ({error})", "Run 'dateline gazetteer build'") from error
        self._view = memoryview(self._map)
        try:
            if self._map[:8] != MAGIC:
                raise ValueError("it has another format")
            length = int.from_bytes(self._map[8:16], "little")
            self._start = 16 + length
            self.header: dict[str, Any] = json.loads(self._map[16:self._start])
            sections = self.header["sections"]
            if any(self._start + offset + size > len(self._map) for offset, size in sections.values()):
                raise ValueError("it was cut short")
        except (ValueError, KeyError) as error:
            problem = f"is no compiled gazetteer ({error})"
            raise GazetteerError(path, problem, "Run 'dateline gazetteer build'") from error

    def section(self, name: str) -> memoryview:
        """The bytes of a section, not copied."""
        offset, size = self.header["sections"][name]
        return self._view[self._start + offset:self._start + offset + size]

    def numbers(self, name: str, typecode: str) -> Any:
        """A section as numbers of an :mod:`array` type code, not copied on little-endian machines."""
        view = self.section(name)
        if sys.byteorder == "big":
            numbers = array(typecode, view.tobytes())
            numbers.byteswap()
            return memoryview(numbers)
        return view.cast(cast(Any, typecode))
