"""JSON Lines, and JSON arrays: one object an article.

``{"id", "text", "title"?, "published"?, "lang"?, "url"?, "outlet"?}``; other keys are ignored.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.article import Article
from extract.sources.decode import decode
from extract.sources.sidecar import publication
from geodata.errors import InputError


def read(path: Path, content: bytes) -> Iterator[Article]:
    """The articles of a JSON Lines file, or of a JSON file that holds an array or one object.

    Raises
    ------
    InputError
        If a line is no JSON object, lacks ``text`` or has a ``published`` that is no date; names the line.
    """
    for number, row in _rows(path, decode(path, content)):
        yield _article(f"{path}:{number}", row, default_id=f"{path.stem}-{number}")


def _rows(path: Path, text: str) -> Iterator[tuple[int, Any]]:
    if path.suffix.lower() == ".json":
        whole = _parse(str(path), text)
        yield from enumerate(whole if isinstance(whole, list) else [whole], 1)
        return
    for number, line in enumerate(text.split("\n"), 1):  # not splitlines: U+2028 is legal inside JSON strings
        if line.strip():
            yield number, _parse(f"{path}:{number}", line)


def _parse(where: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deeply"
        raise InputError(where, f"is no JSON ({reason})", "Give one object a line") from error


def _article(where: str, row: Any, default_id: str) -> Article:
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise InputError(where, 'is no object with a string "text"', 'Give {"id": …, "text": …}')

    def string(key: str) -> str:
        value = row.get(key)
        return "" if value is None else str(value)

    return Article(
        id=string("id") or default_id, text=row["text"], title=string("title"), outlet=string("outlet"),
        url=string("url"), lang=string("lang"),
        published=publication(where, row["published"]) if row.get("published") else None)
