"""The reader beside the map: an event with all its sources, their quotes with what was recognised, and the reasons.

Everything from articles is escaped: it is shown, never run.
"""

from __future__ import annotations

from html import escape
from pathlib import Path

import streamlit as st

from dashboard import review, state, wording
from dashboard.columns import FAMILY_COLOURS
from dashboard.i18n import Words
from dashboard.symbols import MAP_KEY, event_symbol
from geodata.event import Event, Factuality, Source
from geodata.layer import Layer

QUOTE_LENGTH = 4000
"""Characters of a quote; more is no quote any more."""
MOST_LISTED = 60


def reader(layer: Layer, workspace: Path | None, words: Words) -> None:
    """The selected event (to be reviewed, in a workspace), a list of selected ones, or what to do to select one."""
    rows = st.session_state.selection
    if not rows:
        st.html(_empty(words))
    elif len(rows) == 1:
        st.html(event_html(layer.events[rows[0]], words))
        if workspace is not None:
            review.form(workspace, layer.events[rows[0]], words)
    else:
        _list(layer, rows, words)


def _empty(words: Words) -> str:
    """What to do, and how to read marks and map."""
    marks = zip(wording.ROLES, words("marks").split(","), strict=True)
    marked = " ".join(f'<mark class="dl-mark dl-{role}">{_text(label.strip())}</mark>' for role, label in marks)
    key = "".join(f"<li>{symbol}<span>{_text(words(message))}</span></li>" for message, symbol in MAP_KEY.items())
    families = " ".join(
        f'<span><i style="background:{colour}"></i>{_text(words("family_" + family))}</span>'
        for family, colour in FAMILY_COLOURS.items()
    )
    return (
        f'<div class="dl-empty"><h2>{_text(words("reader_empty_title"))}</h2><p>{_text(words("reader_empty"))}</p>'
        f'<p>{marked}</p><h3>{_text(words("key"))}</h3><ul class="dl-key">{key}</ul>'
        f'<p class="dl-families">{families}</p></div>'
    )


def _list(layer: Layer, rows: list[int], words: Words) -> None:
    st.html(f'<h2 class="dl-list-title">{escape(words("reader_list", n=words.number(len(rows))))}</h2>')
    with st.container(key="event-list"):
        for row in rows[:MOST_LISTED]:
            event = layer.events[row]
            label = (
                f"{wording.plain(wording.type_text(event, words))} · {wording.plain(wording.span_text(event, words))}"
            )
            st.button(label, key=f"row-{row}", width="stretch", on_click=state.select_and_show, args=(row, layer))
    if len(rows) > MOST_LISTED:
        st.caption(words("listed_of", shown=MOST_LISTED, total=words.number(len(rows))))


def event_html(event: Event, words: Words) -> str:
    """One event as HTML."""
    quantities = [f"{wording.shown(number.text)} ({number.role})" for number in event.quantities]
    parts = [
        f'<header><span class="dl-symbol">{event_symbol(event)}</span>'
        f"<h2>{_text(wording.type_text(event, words))}</h2></header>",
        f'<p class="dl-where">{_text(wording.place_text(event, words))}</p>',
        f'<p class="dl-when">{_text(wording.span_text(event, words))}</p>',
        f'<p class="dl-chips"><span>{_text(wording.status_text(event, words))}</span>'
        f"<span>{_text(wording.sources_text(event, words))}</span>"
        f"<span>{_text(words('confidence', percent=round(event.confidence * 100)))}</span></p>",
        *(_source(source, words) for source in event.sources),
    ]
    if quantities:
        parts.append(f"<p><b>{_text(words('numbers'))}:</b> {_text(', '.join(quantities))}</p>")
    if event.why:
        reasons = "".join(f"<li>{_text(reason)}</li>" for reason in event.why)
        parts.append(f"<details><summary>{_text(words('why'))}</summary><ul>{reasons}</ul></details>")
    codes = " · ".join(
        f"{scheme} {code}" for scheme, code in (("ACLED", event.codes.acled), ("PLOVER", event.codes.plover)) if code
    )
    parts.append(f'<p class="dl-codes">{_text(codes)}</p>')
    return f'<article class="dl-reader" data-event="{escape(event.id)}">{"".join(parts)}</article>'


def _source(source: Source, words: Words) -> str:
    quote = "".join(
        f'<mark class="dl-mark dl-{role}">{_text(text)}</mark>' if role else _text(text)
        for text, role in wording.marked_pieces(source, QUOTE_LENGTH)
    )
    status = "" if source.factuality is Factuality.ASSERTED else f" · {words('status_' + source.factuality)}"
    link = ""
    if address := wording.web_address(source):
        target = f'href="{escape(address)}" target="_blank" rel="noopener noreferrer nofollow"'
        link = f"<a {target}>{_text(words('open_article'))}</a>"
    return (
        f'<section class="dl-source"><p class="dl-outlet"><b>{_text(wording.outlet_text(source, words))}</b> '
        f"{_text(wording.published_text(source, words) + status)}</p>"
        f'<p class="dl-title">{_text(source.title or source.article)}</p>'
        f'<blockquote dir="auto">{quote}</blockquote>{link}</section>'
    )


def _text(text: str) -> str:
    return escape(wording.shown(text))
