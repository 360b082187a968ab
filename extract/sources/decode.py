"""From bytes to text: the encoding of a file that doesn't name it."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING
from unicodedata import category

from extract.language import detect_language
from extract.sources.item import SAMPLE
from geodata.errors import InputError

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
"""Longer ones first: one of UTF-32 opens with that of UTF-16."""
WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
"""Encodings whose texts hold NUL, as binary files do."""
LETTERS_A_BLANK = 40
"""The longest mean word that a text in a wide encoding may have to be told without its mark. In the other byte order
blanks are other characters, and a binary file has few."""
FEWEST = 8
"""Characters of which a wide encoding can be told; so few that are all in order come by chance once in 300 files."""
IN_ORDER = "\t\n\f\r\u001b"
"""Control codes that texts have."""
CONTROL = frozenset(range(32)) - set(map(ord, IN_ORDER))
GUESSED_FROM = 1 << 18
"""Bytes that charset-normalizer guesses from: its cost grows with their number, its certainty hardly."""
AS_GOOD = 0.05
"""Disorder by which charset-normalizer's candidates may differ, and be as good as each other: where a text has five
letters that aren't ASCII, all alphabets of Europe are."""
LATIN_SHARE = 0.5
"""Share of ASCII among the letters of a text in Latin script; Vietnamese has 0.6."""
CENTRAL_EUROPE = ("cp1250", "iso8859_2")
LEGACY = dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl", "bs", "sq"), CENTRAL_EUROPE) | dict.fromkeys(
    ("et", "lt", "lv"), ("cp1257", "iso8859_13")) | {
    "tr": ("cp1254", "iso8859_9"), "az": ("cp1254",), "ku": ("cp1254",), "vi": ("cp1258",)}
"""What texts in Latin script are in that are not in Unicode, by language: HTML's table of default encodings."""
WESTERN = ("cp1252", "latin_1")
"""What they are in where that says nothing else."""
AMONG_LETTERS = re.compile(r"(?<=[^\W\d_])(?:[^\w\s\x00-\x7f\u00ad\u2010-\u2027]|[¹²³])(?=[^\W\d_])")
"""A sign within a word: no word has one."""
META_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]{2,40})""", re.IGNORECASE)
META_WITHIN = 4096
"""Bytes in which a page names its encoding; the HTML standard asks for the first 1024, pages are later."""


def decode(name: str, content: bytes, declared: str = "") -> str:
    """The text of a file: by its byte order mark, the encoding declared, UTF-8, UTF-16 or UTF-32 where the bytes leave
    no doubt, or charset-normalizer's guess.

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
        return _wide(name, content, known_encoding(declared))
    for encoding in filter(None, (known_encoding(declared), "utf-8")):
        if _is_in(encoding, content, cut=cut):
            return encoding
    if cut and _are_lines_of_utf_8(content):
        return "utf-8"
    return _guess(name, content)


def _is_in(encoding: str, content: bytes, *, cut: bool = False) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(content, final=not cut)
    except UnicodeDecodeError:
        return False
    return True


def _are_lines_of_utf_8(content: bytes) -> bool:
    """Whether most lines of a table are UTF-8, of those that aren't ASCII: then others are broken rows, no more."""
    told = [_is_in("utf-8", line) for line in content.rpartition(b"\n")[0].splitlines() if not line.isascii()]
    return sum(told) * 2 > len(told)


def declared_in_page(content: bytes) -> str:
    """The encoding that an HTML page names itself; empty where none or none that exists."""
    found = META_CHARSET.search(content[:META_WITHIN])
    if found is None:
        return ""
    return known_encoding(found[1].decode("ascii"))


def known_encoding(encoding: str) -> str:
    """Python's name of a text encoding; empty if it knows none of this name."""
    try:
        return codecs.lookup(encoding).name if encoding and "".encode(encoding) is not None else ""
    except (LookupError, ValueError):  # "hex" and the like are codecs, but of no text
        return ""


def is_binary(content: bytes) -> bool:
    """Whether the first bytes hold NUL or many control codes."""
    sample = content[:SAMPLE]
    return b"\0" in sample or sum(byte in CONTROL for byte in sample) > len(sample) // 50


def _wide(name: str, content: bytes, declared: str) -> str:
    """The wide encoding in which bytes with NUL are a text; if it is declared, however short.

    Raises
    ------
    InputError
        If there is none: the file is binary.
    """
    for encoding in WIDE:
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(content[:SAMPLE])
        except UnicodeDecodeError:
            continue
        if not all(map(_is_in_order, text)):
            continue
        blanks = text.count(" ") + text.count("\n") + text.count("\u3002") + text.count("\u3001")
        is_evident = len(text) >= FEWEST and blanks * LETTERS_A_BLANK >= len(text)
        if is_evident or (declared and encoding.startswith(declared)):
            return encoding
    raise InputError(name, "is binary, not text", "Give text, HTML, PDF or a table of articles")


def _is_in_order(character: str) -> bool:
    """Whether texts have a character: it is assigned, and no control code."""
    return character in IN_ORDER or category(character) not in ("Cc", "Cn", "Co", "Cs")


def _guess(name: str, content: bytes) -> str:
    from charset_normalizer import from_bytes

    matches = from_bytes(content[:GUESSED_FROM])
    best = matches.best()
    if best is None:
        raise InputError(name, "is in an unknown encoding", "Save it as UTF-8, or name its encoding")
    text = str(best)
    letters = sum(map(str.isalpha, text))
    ascii_letters = sum(map(str.isalpha, filter(str.isascii, text)))
    if ascii_letters < LATIN_SHARE * letters:
        return best.encoding
    as_good = [match for match in matches if match.chaos <= best.chaos + AS_GOOD]
    return _of_latin_script(as_good, LEGACY.get(detect_language(text), WESTERN))


def _of_latin_script(matches: list[CharsetMatch], usual: tuple[str, ...]) -> str:
    """Of encodings that are as good as each other, the one without signs in words, and usual in the language."""
    found = [(len(AMONG_LETTERS.findall(str(match))), usual.index(name) if name in usual else len(usual), number, name)
             for number, match in enumerate(matches) for name in (match.encoding, *match.could_be_from_charset)]
    return min(found)[-1]
