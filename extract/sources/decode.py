"""From bytes to text: the encoding of a file that doesn't name it."""

from __future__ import annotations

from pathlib import Path

from geodata.errors import InputError

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
CONTROL = frozenset(range(32)) - {9, 10, 12, 13, 27}
SAMPLE = 8192
"""Bytes looked at to tell text from binary; git looks at as many."""


def decode(path: Path, content: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8, else by charset-normalizer's guess.

    Raises
    ------
    InputError
        If the file is binary or in no encoding that can be told.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if is_binary(content):
        raise InputError(path, "is binary, not text", "Give text, HTML or JSON Lines")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(path, content)


def _guess(path: Path, content: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(content).best()
    if best is None:
        raise InputError(path, "is in an unknown encoding", "Save it as UTF-8")
    return str(best)


def is_binary(content: bytes) -> bool:
    """Whether the first bytes hold NUL or many control codes."""
    sample = content[:SAMPLE]
    return b"\0" in sample or sum(byte in CONTROL for byte in sample) > len(sample) // 50
