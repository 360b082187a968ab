"""What a reader is given: something with a name and bytes, be it a file, a member of an archive or a web page."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, BinaryIO, cast

from geodata.errors import InputError

SAMPLE = 8192
"""Bytes at the start that tell the kind of a file and text from binary; git looks at as many."""
LARGEST_DOCUMENT = 64 << 20
"""Bytes of a file that is one article, and of one row of a table. The longest article has a few hundred thousand
letters; a saved page carries its pictures in itself."""
SPOOL = 16 << 20
"""Bytes of an unseekable stream kept in memory before they go to a temporary file."""
CHUNK = 1 << 16

Report = Callable[[InputError], None]
"""Told of what can't be read; where it returns, reading goes on with the next article."""


def stop(error: InputError) -> None:
    """The report that ends reading: raises the error."""
    raise error


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a user says about the inputs.

    Attributes
    ----------
    columns:
        Which column of a table is which field of an article: ``{"text": "body"}``.
    encoding:
        Of files that don't name theirs; empty: detected.
    network:
        Whether http(s) URLs may be fetched.
    private_addresses:
        Whether URLs may lead into the user's own network.
    output:
        What the run writes; empty: nothing. In a folder of articles it is none, though the run before left it there.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    network: bool = False
    private_addresses: bool = False
    output: str = ""

    def __post_init__(self) -> None:
        from extract.sources.decode import known_encoding
        from extract.sources.fields import NAMES

        if self.encoding and not known_encoding(self.encoding):
            raise InputError(f"encoding {self.encoding!r}", "is unknown", "Name one such as utf-8 or cp1252")
        for name in self.columns.keys() - NAMES.keys():
            raise InputError(f"column mapping {name!r}", "is no field of an article", f"Give one of {', '.join(NAMES)}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a file of many articles: its rows, records or members from ``start`` on, before ``end``, from 0.

    ``offset`` is the byte at which row ``start`` begins, where that is known; then what lies before isn't read.
    ``encoding`` is that of the whole file, which a part of it need not show; empty if the file is no text.
    """

    start: int
    end: int
    offset: int = 0
    encoding: str = ""

    def holds(self, number: int) -> bool:
        """Whether the row of a number, counted from 1, is among them."""
        return self.start < number <= self.end


@dataclass(frozen=True, slots=True)
class Item:
    """A named source of bytes.

    Attributes
    ----------
    name:
        What errors call it: a path, ``archive.zip/page.html``, a URL.
    id:
        Identifier of the article in it; of its rows, the beginning of theirs.
    suffix:
        Lower case, with its dot; empty where it has none.
    opener:
        Gives a new stream of its bytes each time.
    head:
        The first :data:`SAMPLE` bytes.
    url, charset:
        Where it was fetched from and the encoding its server named; empty where unknown.
    depth:
        How many archives are around it.
    stretch:
        The part of it that is to be read; all if ``None``.
    """

    name: str
    id: str
    suffix: str
    opener: Callable[[], IO[bytes]]
    head: bytes
    url: str = ""
    charset: str = ""
    depth: int = 0
    stretch: Stretch | None = None

    @property
    def opening(self) -> bytes:
        """The first byte that is no white space, of a text in any encoding."""
        return self.head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1]

    @contextmanager
    def stream(self) -> Iterator[BinaryIO]:
        """The bytes from the start.

        Raises
        ------
        InputError
            If they can't be read.
        """
        try:
            with self.opener() as stream:
                yield cast(BinaryIO, stream)
        except OSError as error:
            reason = error.strerror or str(error)
            raise InputError(self.name, f"can't be read ({reason})", "Check the file and its permissions") from error

    @contextmanager
    def seekable(self) -> Iterator[BinaryIO]:
        """The bytes as a stream that can go back; what can't is copied aside first."""
        with self.stream() as stream:
            if stream.seekable():
                yield stream
                return
            with tempfile.SpooledTemporaryFile(SPOOL) as copy:
                while chunk := stream.read(CHUNK):
                    copy.write(chunk)
                copy.seek(0)
                yield cast(BinaryIO, copy)

    def content(self) -> bytes:
        """All bytes of an item that is one document.

        Raises
        ------
        InputError
            If there are more than :data:`LARGEST_DOCUMENT`, or they can't be read.
        """
        with self.stream() as stream:
            content = stream.read(LARGEST_DOCUMENT + 1)
        if len(content) > LARGEST_DOCUMENT:
            problem = f"is larger than {LARGEST_DOCUMENT >> 20} MB, too much for one article"
            raise InputError(self.name, problem, "Split it, or give many articles as JSON Lines")
        return content


def in_memory(name: str, identifier: str, suffix: str, content: bytes, *, url: str = "", charset: str = "",
              depth: int = 0) -> Item:
    """An item of bytes at hand."""
    return Item(name, identifier, suffix, lambda: io.BytesIO(content), content[:SAMPLE], url, charset, depth)
