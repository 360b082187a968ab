"""From files to articles: one module a format, found by suffix and content.

``read_articles`` walks what a user names (files, folders, standard input) and gives articles whose
text is what the file says, letter for letter. What the text doesn't say (title, outlet, URL,
publication date) comes from a ``sources.toml`` beside the files.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from extract.article import Article
from extract.sources import html, table, text
from extract.sources.sidecar import SIDECAR_NAME, Sidecar, read_sidecar
from geodata.errors import InputError

Reader = Callable[[Path, bytes], Iterator[Article]]

READERS: dict[str, Reader] = {
    ".txt": text.read, ".text": text.read, ".md": text.read,
    ".jsonl": table.read, ".ndjson": table.read, ".json": table.read,
    ".html": html.read, ".htm": html.read, ".xhtml": html.read,
}
"""Reader by suffix, lower case. Other suffixes are no articles: skipped in a folder, an error by name."""

STANDARD_INPUT = "-"


def read_articles(inputs: Iterable[str | Path]) -> Iterator[Article]:
    """The articles of files, folders (recursively, in order of name) and ``-`` for standard input.

    Raises
    ------
    InputError
        If a path doesn't exist, a named file is of an unknown kind, empty, binary or malformed, or a
        folder holds no article.
    """
    for name in inputs:
        if str(name) == STANDARD_INPUT:
            yield from text.read(Path("stdin"), sys.stdin.buffer.read())
            continue
        path = Path(name)
        if path.is_dir():
            yield from _read_folder(path)
        elif path.exists():
            yield from _read_file(path, read_sidecar(path.parent))
        else:
            raise InputError(path, "no such file or folder", "Check the path")


def _read_folder(folder: Path) -> Iterator[Article]:
    found = False
    for path in sorted(folder.rglob("*")):
        if _is_article(path, folder):
            found = True
            yield from _read_file(path, read_sidecar(path.parent))
    if not found:
        raise InputError(folder, "holds no article", f"Put articles there ({_known_suffixes()})")


def _is_article(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return path.suffix.lower() in READERS and path.name != SIDECAR_NAME and not hidden and path.is_file()


def _read_file(path: Path, sidecar: Sidecar) -> Iterator[Article]:
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(path, f"unknown kind of file ({path.suffix or 'no suffix'})", f"Give {_known_suffixes()}")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(path, f"can't be read ({error.strerror})", "Check its permissions") from error
    if not content.strip():
        raise InputError(path, "is empty", "Give a file with an article in it")
    for article in reader(path, content):
        yield sidecar.complete(article, path.name)


def _known_suffixes() -> str:
    return " ".join(sorted(READERS))
