"""docs/readers.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from extract.sources import archive, html, item, pdf, web
from extract.sources.fields import NAMES
from extract.sources.kinds import SUFFIXES

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "readers.md").read_text(encoding="utf-8")


def rows(title: str) -> list[list[str]]:
    """The cells of the table below a heading, without head and rule."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", DOCS, re.MULTILINE | re.DOTALL)
    assert found, title
    lines = [line.replace("\\|", "") for line in found[1].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def quoted(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def test_kinds_and_suffixes() -> None:
    told = {suffix: kind for kind, suffixes, _ in rows("Kinds") for suffix in quoted(suffixes)}
    assert told == SUFFIXES


def test_fields_and_their_names() -> None:
    assert {quoted(field)[0]: tuple(quoted(names)) for field, names in rows("Fields of an article")} == dict(NAMES)


def test_limits() -> None:
    limits = dict(rows("Limits"))
    assert limits == {
        "one article, one row": f"{item.LARGEST_DOCUMENT >> 20} MB", "a page": f"{html.MOST_NODES:,} elements",
        "a PDF": f"{pdf.MOST_PAGES:,} pages",
        "an archive": f"unpacks to {archive.LARGEST_RATIO} times its size, {archive.ALWAYS_ALLOWED >> 20} MB in any "
                      f"case; {archive.MOST_MEMBERS:,} files; {archive.DEEPEST} archives deep",
        "a URL": f"{web.LARGEST_PAGE >> 20} MB, {web.PATIENCE:.0f} s, {web.MOST_REDIRECTS} redirects"}
