"""An article in full, beside the map: what tells of the event in colour, other events to be clicked.

It is a component of our own (``assets/article.js``), for Streamlit's HTML can neither scroll nor be clicked.
The text travels as data and is put in as text nodes: an article never becomes markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Any

import streamlit as st

from dashboard import state, wording
from dashboard.articles import Telling
from dashboard.i18n import Words
from dashboard.served import ASSETS
from dashboard.source import serial_of
from extract.annotation import Annotation
from extract.sections import find_sections
from geodata.corrections import words_of
from geodata.event import Event, Source
from geodata.layer import Layer

KEY = "article"
MOST_CHARACTERS = 40_000
"""Characters shown around the event's sentence: a long report; an archive in one file would take seconds to lay out."""

MAIN, ALSO = "main", "also"
"""The sentence that the event is quoted by, and others that tell of it."""
_PAINTED = wording.ROLES[::-1]
"""Roles in the order they are painted: the trigger last, for it may lie within a place ("harbour fire")."""

Piece = dict[str, Any]
"""A run of text that looks alike: ``text``; where it applies, ``role``, ``sentence``, ``quiet``, ``row``, ``name``."""


def article_view(layer: Layer, row: int, telling: Telling, words: Words) -> None:
    """The article of a telling, its sentence scrolled into view; a click on another event selects it."""
    event, annotation, source = layer.events[row], telling.annotation, telling.source
    if annotation is None:
        raise ValueError("nobody kept this article")
    show = st.components.v2.component(
        "dateline_article",
        html='<div class="dl-article" tabindex="0" role="region"></div>',
        js=(ASSETS / "article.js").read_text(encoding="utf-8"),
        isolate_styles=False,  # its colours are those of the page
    )
    cut = _cut(layer, row, f"{source.article} {source.start}", words, telling)
    show(
        key=KEY,
        data={
            "key": wording.shown(f"{event.id} {source.article} {source.start}"),
            "label": words("article"),
            "lang": annotation.lang,
            "pieces": cut,
        },
        on_open_change=partial(_open, layer),
    )
    if any("row" in piece for piece in cut):
        st.caption(words("article_key"))


def _language(words: Words) -> str:
    return words.language


@st.cache_resource(show_spinner=False, hash_funcs={Layer: serial_of, Words: _language}, max_entries=32)
def _cut(layer: Layer, row: int, source: str, words: Words, _telling: Telling) -> list[Piece]:  # noqa: ARG001
    """The pieces of an article; ``source`` is part of the cache's key."""
    return list(pieces(layer, layer.events[row], _telling, words))


def _open(layer: Layer) -> None:
    row = (st.session_state.get(KEY) or {}).get("open")
    if isinstance(row, int) and 0 <= row < len(layer):
        st.session_state.listed = []
        state.select_and_show(row, layer)


def pieces(layer: Layer, event: Event, telling: Telling, words: Words) -> Iterator[Piece]:
    """The article's text in pieces that look alike; put together, they are the text, or what is shown of a long one."""
    annotation = telling.annotation
    if annotation is None:
        return
    text = annotation.article.text
    first, last = _window(text, telling.source)
    names: dict[int, str] = {}
    if first:
        yield {"text": "… "}
    at = first
    for look, run in groupby(_painted(layer, event, telling, annotation, first, last)):
        end = at + sum(1 for _ in run)
        yield _piece(wording.shown(text[at:end]), look, layer, names, words)
        at = end
    if last < len(text):
        yield {"text": " …"}


def _window(text: str, source: Source) -> tuple[int, int]:
    """First and last code point that are shown: all, or as much as fits around the event's sentence."""
    if len(text) <= MOST_CHARACTERS:
        return 0, len(text)
    first = max(0, min(source.start - MOST_CHARACTERS // 2, len(text) - MOST_CHARACTERS))
    return first, first + MOST_CHARACTERS


Look = tuple[str, str, bool, int]
"""Role of the mark, which sentence of the event (both may be ""), whether in a section that tells no events, row or -1.
"""


def _painted(
    layer: Layer, event: Event, telling: Telling, annotation: Annotation, first: int, last: int
) -> Iterator[Look]:
    """How each code point of a part of the article looks; what is painted later lies over what is painted before."""
    length = last - first
    roles, sentences, quiet, rows = [""] * length, [""] * length, [False] * length, [-1] * length

    def paint(canvas: list[Any], start: int, end: int, colour: Any) -> None:
        start, end = max(start, first) - first, min(end, last) - first
        if start < end:
            canvas[start:end] = [colour] * (end - start)

    for section in find_sections(annotation.article.text, annotation.article.title):
        if not section.role.tells_events:
            paint(quiet, section.start, section.end, True)
    for start, end, row in _others(layer, event, telling.source):
        paint(rows, start, end, row)
    for start, end in telling.report.quotes[1:] if telling.report else ():
        paint(sentences, start, end, ALSO)
    paint(sentences, telling.source.start, telling.source.end, MAIN)
    for role in _PAINTED:
        for start, end in _marked(telling, role):
            paint(roles, start, end, role)
            paint(rows, start, end, -1)
    return zip(roles, sentences, quiet, rows, strict=True)


def _marked(telling: Telling, role: str) -> Iterator[tuple[int, int]]:
    """The spans of a role in the article: place and time of an event may be told in another sentence than it is."""
    report, source = telling.report, telling.source
    if report is None:
        yield from ((source.start + mark.start, source.start + mark.end) for mark in source.marks if mark.role == role)
    elif role == "trigger":
        yield report.trigger
    elif role == "place" and report.place_mention is not None:
        yield report.place_mention.start, report.place_mention.end
    elif role == "time" and report.time_expression is not None:
        yield report.time_expression.start, report.time_expression.end
    elif role == "quantity":
        yield from ((number.start, number.end) for number in report.quantities)


def _others(layer: Layer, event: Event, source: Source) -> Iterator[tuple[int, int, int]]:
    """The triggers of the article's other events with their rows; other pins of this event are no others."""
    for row in layer.rows_of_article(source.article):
        other = layer.events[row]
        if other.id == event.id or (event.group and other.group == event.group):
            continue
        for told in other.sources:
            if told.article == source.article and told.text_sha256 == source.text_sha256:
                start, end = words_of(told).trigger or (told.start, told.end)
                yield start, end, row


def _piece(text: str, look: Look, layer: Layer, names: dict[int, str], words: Words) -> Piece:
    role, sentence, aside, row = look
    piece: Piece = {"text": text}
    if role:
        piece["role"] = role
    if sentence:
        piece["sentence"] = sentence
    if aside:
        piece["quiet"] = True
    if row >= 0:
        piece |= {"row": row, "name": names.setdefault(row, _name(layer.events[row], words))}
    return piece


def _name(event: Event, words: Words) -> str:
    parts = (wording.type_text(event, words), wording.place_text(event, words), wording.span_text(event, words))
    return wording.shown(" · ".join(parts))
