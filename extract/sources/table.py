"""JSON Lines, and JSON arrays: one object an article.

``{"id", "text", "title"?, "published"?, "lang"?, "url"?, "outlet"?}``; other keys are ignored.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from extract.article import Article, Publication
from extract.sources.decode import decode
from extract.sources.sidecar import publication
from geodata.errors import InputError

LOGGER = logging.getLogger(__name__)


def read(path: Path, content: bytes) -> Iterator[Article]:
    """The articles of a JSON Lines file, or of a JSON file that holds an array or one object.

    Raises
    ------
    InputError
        If a line is no JSON object or lacks ``text``; names the line.
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
        published=_published(where, row.get("published")))


def _published(where: str, value: object) -> Publication | None:
    """The publication date of a row; one that can't be read is logged and left out, for the text may give it.

    Big tables come with "7:58 AM ET" in some of their rows: that is no reason to lose the others.
    """
    if not value:
        return None
    try:
        return publication(where, value)
    except InputError as error:
        try:
            day = parsedate_to_datetime(str(value)).date()  # RFC 5322, as feeds and archives write it
        except ValueError:
            LOGGER.warning("%s The article is read without it.", error)
            return None
        return Publication(day, day, "given")
