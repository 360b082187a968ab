"""Gold files as articles, so that they can be annotated and scored in one go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from extract.article import Article
from extract.evaluate.figures import Row
from extract.sources.fields import published
from geodata.errors import InputError


def gold_articles(gold: Path, rows: Sequence[Row], folder: Path | None) -> Iterator[Article]:
    """The articles that a gold file annotates.

    A row has its text in ``text``, or names a ``file``: in ``folder``, else beside the gold file or in
    a folder ``seeds`` above it. The publication date is ``dev_pub_date`` where there is one, else ``published``.

    Raises
    ------
    InputError
        If a row has neither text nor a file that can be found.
    """
    for row in rows:
        text = row.get("text")
        yield Article(
            id=str(row["id"]), text=text if isinstance(text, str) else _read(gold, str(row.get("file", "")), folder),
            title=str(row.get("title") or ""), lang=str(row.get("lang") or ""), outlet=str(row.get("outlet") or ""),
            published=published(f"{gold} [{row['id']}]", row.get("dev_pub_date") or row.get("published")))


def _read(gold: Path, name: str, folder: Path | None) -> str:
    places = [folder] if folder else [gold.parent, *(parent / "seeds" for parent in gold.resolve().parents)]
    for place in places:
        path = place / name
        if name and path.is_file():
            return path.read_bytes().decode("utf-8")  # read_text would turn \r\n to \n and move the offsets
    raise InputError(gold, f"names an article that isn't there ({name or 'no file'})", "Give its folder by --articles")
