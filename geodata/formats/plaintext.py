r"""Text that every format can carry, and back.

XML has no control characters, SQLite's readers stop at NUL, UTF-8 has no lone surrogates; articles have all three.
Such a character becomes a backslash, ``u`` and four hexadecimal digits. Text that already looks so gets its
backslashes doubled, so that nothing is lost::

    "a\x00b"  → r"a\u0000b"
    r"\u0041" → r"\\u0041"
"""

from __future__ import annotations

import json
import re
from typing import Any

_UNCARRIABLE = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_RUN_STARTS = r"(?<!\\)"  # or a million backslashes would be tried from each of them
_TO_ESCAPE = re.compile(rf"{_RUN_STARTS}(\\*)(?:([{_UNCARRIABLE}])|(u[0-9a-f]{{4}}))")
_ESCAPED = re.compile(rf"{_RUN_STARTS}(\\+)u([0-9a-f]{{4}})")
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode  # json.dumps makes an encoder a call
_IN_JSON = re.compile(f"[{_UNCARRIABLE}]")


def escape(text: str) -> str:
    """The text without characters that some format can't carry."""
    if text.isprintable() and "\\" not in text:
        return text
    return _TO_ESCAPE.sub(_escape_one, text)


def _escape_one(found: re.Match[str]) -> str:
    backslashes, character, literal = found[1], found[2], found[3]
    if character is not None:
        return f"{backslashes * 2}\\u{ord(character):04x}"
    return backslashes * 2 + literal


def unescape(text: str) -> str:
    """The text that :func:`escape` was given."""
    return _ESCAPED.sub(_unescape_one, text) if "\\" in text else text


def _unescape_one(found: re.Match[str]) -> str:
    count = len(found[1])
    kept = "\\" * (count // 2)
    return kept + chr(int(found[2], 16)) if count % 2 else f"{kept}u{found[2]}"


def json_text(value: Any) -> str:
    """JSON in letters as they are, except those that some format can't carry: these have JSON's own escapes."""
    text = _encode(value)
    return text if text.isprintable() else _IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
