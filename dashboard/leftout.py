"""What was left out: what was read, what of it is not on the map, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard.i18n import Words
from dashboard.wording import shown
from geodata.layer import Layer
from geodata.workspace import Workspace

MOST_LISTED, NAME_LENGTH, TEXT_LENGTH = 200, 80, 300
"""Entries listed of each kind, and characters of a name and of a quote or reason."""
MOST_ARTICLES = 500
"""Articles of a workspace that are looked through for unresolved names, those read last first."""


def notes_of(layer: Layer, workspace: Path | None) -> Mapping[str, Any]:
    """What is known about what was left out: the layer's notes, and what its workspace keeps besides."""
    if workspace is None:
        return layer.notes
    with Workspace(workspace) as opened:
        revision = opened.revision
    return {**layer.notes, **_of_workspace(workspace, revision)}


@st.cache_resource(show_spinner=False, max_entries=4)
def _of_workspace(path: Path, revision: int) -> Mapping[str, Any]:  # noqa: ARG001 - part of the cache's key
    from extract.once import unresolved_in
    from extract.packing import unpack_annotation, unpack_article

    quotes: dict[str, tuple[str, str]] = {}
    with Workspace(path) as workspace:
        for name, content, annotation in workspace.latest_records(MOST_ARTICLES):
            for place, quote in unresolved_in(unpack_annotation(unpack_article(content), annotation)).items():
                quotes.setdefault(place, (name, quote))
        return {
            "unreadable": [(failure.article, failure.reason) for failure in workspace.failures()],
            "undated_articles": workspace.undated_articles(MOST_LISTED + 1),
            "unresolved": sorted(quotes),
            "unresolved_quotes": quotes,
        }


def left_out_html(layer: Layer, notes: Mapping[str, Any], words: Words) -> str:
    """All of it as HTML; what articles say is escaped."""
    described = layer.describe()
    return "".join(
        (
            '<div class="dl-leftout">',
            _read(notes, words),
            _unreadable(notes, words),
            _unresolved(notes, words),
            _undated(notes, words),
            _line(words("left_out_unplaced", n=words.number(described.unplaced), total=words.number(len(layer)))),
            _line(words("left_out_undated", n=words.number(described.undated), total=words.number(len(layer)))),
            "</div>",
        )
    )


def _read(notes: Mapping[str, Any], words: Words) -> str:
    articles = notes.get("articles")
    if not isinstance(articles, int):
        return _line(words("left_out_unknown"))
    return _line(words("left_out_articles", n=words.number(articles)))


def _unreadable(notes: Mapping[str, Any], words: Words) -> str:
    told = [each for each in _list(notes, "unreadable") if isinstance(each, list | tuple) and len(each) == 2]
    number = max(len(told), notes["failures"] if isinstance(notes.get("failures"), int) else 0)
    entries = (f"<b>{_short(article, NAME_LENGTH)}</b>: {_short(reason, TEXT_LENGTH)}" for article, reason in told)
    return _listing(words("left_out_failures", n=words.number(number)), entries) if number else ""


def _unresolved(notes: Mapping[str, Any], words: Words) -> str:
    names = _list(notes, "unresolved")
    quotes = notes.get("unresolved_quotes")
    quotes = quotes if isinstance(quotes, Mapping) else {}
    return _listing(
        words("left_out_names", n=words.number(len(names))), (_named(str(name), quotes.get(name)) for name in names)
    )


def _named(name: str, found: Any) -> str:
    """A name with the words around it; a layer of another version may hold the name alone."""
    if not (isinstance(found, list | tuple) and len(found) == 2):
        return f"<b>{_short(name, NAME_LENGTH)}</b>"
    article, quote = map(str, found)
    before, _, after = quote.partition(name)
    marked = f"{_short(before, TEXT_LENGTH)}<b>{_short(name, NAME_LENGTH)}</b>{_short(after, TEXT_LENGTH)}"
    return f"{marked} <small>{_short(article, NAME_LENGTH)}</small>"


def _undated(notes: Mapping[str, Any], words: Words) -> str:
    articles = notes.get("undated_articles")
    if isinstance(articles, int):
        return _line(words("left_out_articles_undated", n=words.number(articles))) if articles else ""
    named = _list(notes, "undated_articles")
    return _listing(
        words("left_out_articles_undated", n=words.number(len(named))), (_short(name, NAME_LENGTH) for name in named)
    )


def _list(notes: Mapping[str, Any], name: str) -> list[Any]:
    held = notes.get(name)
    return list(held) if isinstance(held, list | tuple) else []


def _listing(title: str, entries: Iterable[str]) -> str:
    """A title that opens its entries; nothing if there are none to open."""
    listed = list(entries)
    if not listed:
        return ""
    more = "<li>…</li>" if len(listed) > MOST_LISTED else ""
    items = "".join(f"<li>{entry}</li>" for entry in listed[:MOST_LISTED])
    return f"<details><summary>{escape(title)}</summary><ul>{items}{more}</ul></details>"


def _line(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _short(text: object, most: int) -> str:
    whole = shown(str(text))
    return escape(whole if len(whole) <= most else whole[:most] + "…")
