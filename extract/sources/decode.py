"""From bytes to text: the encoding of a file that doesn't name it."""

from __future__ import annotations

import codecs
import re

from extract.sources.item import SAMPLE
from geodata.errors import InputError

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
CONTROL = frozenset(range(32)) - {9, 10, 12, 13, 27}
GUESSED_FROM = 1 << 18
"""Bytes that charset-normalizer guesses from: its cost grows with their number, its certainty hardly."""
META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
META_WITHIN = 4096
"""Bytes in which a page names its encoding; the HTML standard asks for the first 1024, pages are later."""


def decode(name: str, content: bytes, declared: str = "") -> str:
    """The text of a file: by its byte order mark, the encoding declared, UTF-8, or charset-normalizer's guess.

    A declaration that the bytes give the lie is passed over, as is one of an encoding that doesn't exist.

    Raises
    ------
    InputError
        If the file is binary, or in no encoding that can be told.
    """
    return content.decode(encoding_of(name, content, declared), "replace")


def encoding_of(name: str, content: bytes, declared: str = "", *, cut: bool = False) -> str:
    """The encoding of a file's bytes; ``cut`` if they are only its beginning, and may end within a character.

    Raises
    ------
    InputError
        As :func:`decode`.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    if is_binary(content):
        raise InputError(name, "is binary, not text", "Give text, HTML, PDF or a table of articles")
    for encoding in filter(None, (known_encoding(declared), "utf-8")):
        try:
            codecs.getincrementaldecoder(encoding)().decode(content, final=not cut)
        except UnicodeDecodeError:
            continue
        return encoding
    return _guess(name, content)


def declared_in_page(content: bytes) -> str:
    """The encoding that an HTML page names itself; empty where none or none that exists."""
    found = META_CHARSET.search(content[:META_WITHIN])
    if found is None:
        return ""
    return known_encoding(found[1].decode("ascii"))


def known_encoding(encoding: str) -> str:
    """Python's name of a text encoding; empty if it knows none of this name."""
    try:
        return codecs.lookup(encoding).name if encoding and "".encode(encoding) == b"" else ""
    except (LookupError, ValueError):  # "hex" and the like are codecs, but of no text
        return ""


def _guess(name: str, content: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(content[:GUESSED_FROM]).best()
    if best is None:
        raise InputError(name, "is in an unknown encoding", "Save it as UTF-8, or name its encoding")
    return best.encoding


def is_binary(content: bytes) -> bool:
    """Whether the first bytes hold NUL or many control codes."""
    sample = content[:SAMPLE]
    return b"\0" in sample or sum(byte in CONTROL for byte in sample) > len(sample) // 50
