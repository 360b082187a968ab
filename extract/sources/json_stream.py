"""JSON values one after the other from a stream, in the memory of one: lines of JSON Lines, elements of an array."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from extract.sources.item import CHUNK, LARGEST_DOCUMENT, Report, Stretch
from geodata.errors import InputError

REMEDY = "Give one object a line"
LONGEST_LITERAL = 16
"""Letters of ``-Infinity`` or an escaped surrogate pair, and some: cut within, JSON's parser points at their start."""
Row = tuple[int, str, Any]
"""Its number (of JSON Lines, that of the line), where it stands (``file:line``), and the value."""


def lines(name: str, stream: BinaryIO, encoding: str, report: Report, stretch: Stretch | None = None) -> Iterator[Row]:
    """The values of JSON Lines; a line that is no JSON is reported and passed over."""
    first = 0
    if stretch and stretch.offset and stream.seekable():
        stream.seek(stretch.offset)
        first = stretch.start
    for number, line in enumerate(_decoded_lines(name, stream, encoding, report, first), first + 1):
        if stretch and not stretch.holds(number):
            if number > stretch.end:
                return
            continue
        if line.strip():
            try:
                value = json.loads(line)
            except (json.JSONDecodeError, RecursionError) as error:
                report(InputError(f"{name}:{number}", f"is no JSON ({_reason(error)})", REMEDY))
                continue
            yield number, f"{name}:{number}", value


def _decoded_lines(name: str, stream: BinaryIO, encoding: str, report: Report, number: int) -> Iterator[str]:
    """Lines as text, an empty one in place of each that can't be: line feeds alone end them, in every encoding.

    ``number`` lines lie before them.
    """
    if encoding.startswith(("utf-16", "utf-32")):
        yield from _wide_lines(name, stream, encoding)
        return
    while line := stream.readline(LARGEST_DOCUMENT + 1):
        number += 1
        if len(line) > LARGEST_DOCUMENT:
            raise InputError(f"{name}:{number}", f"is longer than {LARGEST_DOCUMENT >> 20} MB", REMEDY)
        try:
            yield line.decode(encoding)
        except UnicodeDecodeError as error:
            problem = f"has a byte that is no {encoding} ({error.reason})"
            report(InputError(f"{name}:{number}", problem, "Save it as UTF-8, or name its encoding"))
            yield ""


def _wide_lines(name: str, stream: BinaryIO, encoding: str) -> Iterator[str]:
    decoder, rest = codecs.getincrementaldecoder(encoding)("replace"), ""
    while chunk := stream.read(CHUNK):
        *whole, rest = (rest + decoder.decode(chunk)).split("\n")
        if len(rest) > LARGEST_DOCUMENT:
            raise InputError(name, f"has a line longer than {LARGEST_DOCUMENT >> 20} MB", REMEDY)
        yield from whole
    yield rest


def elements(name: str, stream: BinaryIO, encoding: str, report: Report) -> Iterator[Row]:
    """The elements of a JSON array; of a JSON object, itself or the only list of objects in it."""
    text = _Buffer(name, stream, encoding)
    if text.peek() != "[":
        yield from _of_object(name, text.value(), report)
        return
    text.skip()
    number = 0
    while (following := text.peek()) != "]":
        if following == "," and number:
            text.skip()
        elif number:
            raise InputError(f"{name}:{number + 1}", "is no JSON (a comma is missing)", "Mend the file")
        number += 1
        yield number, f"{name}:{number}", text.value()


def _of_object(name: str, value: Any, report: Report) -> Iterator[Row]:
    if not isinstance(value, dict):
        report(InputError(name, "is no object and no array", REMEDY))
        return
    lists = [item for item in value.values() if isinstance(item, list) and item and isinstance(item[0], dict)]
    has_text = any(isinstance(item, str) and key.lower() in ("text", "maintext") for key, item in value.items())
    if len(lists) == 1 and not has_text:
        yield from ((number, f"{name}:{number}", item) for number, item in enumerate(lists[0], 1))
    else:
        yield 1, f"{name}:1", value


class _Buffer:
    """Text of a stream, read on as values need it."""

    def __init__(self, name: str, stream: BinaryIO, encoding: str) -> None:
        self._name, self._stream = name, stream
        self._decode = codecs.getincrementaldecoder(encoding)("strict" if encoding == "utf-8" else "replace").decode
        self._text, self._at, self._ended = "", 0, False
        self._scan = json.JSONDecoder().raw_decode

    def peek(self) -> str:
        """The next character that is no white space."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n":
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more(CHUNK):
                raise InputError(self._name, "is no JSON (it ends early)", "Mend the file")

    def skip(self) -> None:
        """Pass over one character."""
        self._at += 1

    def value(self) -> Any:
        """The next value; what is missing of it is read in portions that double, so that cost stays linear."""
        self.peek()
        portion = CHUNK
        while True:
            try:
                value, end = self._scan(self._text, self._at)
            except (json.JSONDecodeError, RecursionError) as error:
                if not self._is_cut(error) or not self._more(portion):
                    problem = f"is no JSON ({_reason(error)})"
                    raise InputError(self._name, problem, "Mend the file") from error
                portion *= 2
                continue
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            if is_number and end >= len(self._text) - LONGEST_LITERAL and self._more(CHUNK):
                continue  # "1" may be the beginning of "1.5e3"
            self._at = end
            return value

    def _is_cut(self, error: json.JSONDecodeError | RecursionError) -> bool:
        """Whether more text may mend an error: it is at the end of what was read, or in a string without an end."""
        if isinstance(error, RecursionError):
            return False
        return error.msg.startswith("Unterminated") or error.pos >= len(self._text) - LONGEST_LITERAL

    def _more(self, size: int) -> bool:
        if self._ended:
            return False
        if len(self._text) - self._at > LARGEST_DOCUMENT:
            raise InputError(self._name, f"has a value longer than {LARGEST_DOCUMENT >> 20} MB", REMEDY)
        content = self._stream.read(size)
        self._ended = not content
        try:
            text = self._decode(content, self._ended)
        except UnicodeDecodeError as error:
            raise InputError(self._name, f"has a byte that is no UTF-8 ({error.reason})",
                             "Save it as UTF-8, or name its encoding") from error
        if text:
            self._text, self._at = self._text[self._at:] + text, 0
        return bool(text) or not self._ended


def _reason(error: json.JSONDecodeError | RecursionError) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
