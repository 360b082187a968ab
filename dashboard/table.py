"""The same events as a table, and the trays of those with no place or no date."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import state, wording
from dashboard.i18n import Words
from geodata.layer import OPEN_END, OPEN_START, Layer, Mask

MOST_ROWS = 1000
"""Rows shown at once: beyond it a table is for machines, and the downloads hold all."""
QUOTE_LENGTH = 220


def event_table(layer: Layer, mask: Mask, words: Words, key: str) -> None:
    """The kept events, the latest first; choosing a row selects its event."""
    rows = latest_first(layer, mask)
    shown = rows[:MOST_ROWS]
    frame = table_frame(layer, shown, words)
    chosen = st.dataframe(
        frame,
        key=key,
        hide_index=True,
        height=min(420, 38 + 35 * max(1, len(frame))),
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            words("column_confidence"): st.column_config.ProgressColumn(
                format="percent", min_value=0, max_value=1, width="small"
            ),
            words("column_quote"): st.column_config.TextColumn(width="large"),
        },
    )
    if len(rows) > len(shown):
        st.caption(words("table_cut", shown=words.number(len(shown)), total=words.number(len(rows))))
    _take_choice(chosen["selection"]["rows"], shown, key, layer)


def _take_choice(chosen: list[int], rows: list[int], key: str, layer: Layer) -> None:
    """Select what a click in the table chose; an old choice must not undo a newer one on the map."""
    row = rows[chosen[0]] if chosen and chosen[0] < len(rows) else None
    before = st.session_state.get(f"{key}-chosen")
    if row == before:
        return
    st.session_state[f"{key}-chosen"] = row
    if row is None:
        return
    state.select_and_show(row, layer)
    st.session_state.listed = []
    st.rerun()


def latest_first(layer: Layer, mask: Mask) -> list[int]:
    """The kept rows by the last day that is known of them, the undated last."""
    start, end = layer.frame["start"].to_numpy(), layer.frame["end"].to_numpy()
    known = np.where(end != OPEN_END, end, start).astype(np.int64)
    known[(start == OPEN_START) & (end == OPEN_END)] = OPEN_START
    rows = np.flatnonzero(mask)
    return [int(row) for row in rows[np.argsort(-known[rows], kind="stable")]]


def table_frame(layer: Layer, rows: list[int], words: Words) -> pd.DataFrame:
    """The columns of the table, in words."""
    events = [layer.events[row] for row in rows]
    quotes = [
        wording.shown("".join(text for text, _ in wording.marked_pieces(event.sources[0], QUOTE_LENGTH)))
        if event.sources
        else ""
        for event in events
    ]
    return pd.DataFrame(
        {
            words("column_date"): [wording.span_text(event, words) for event in events],
            words("column_type"): [wording.shown(wording.type_text(event, words)) for event in events],
            words("column_place"): [
                wording.shown(event.place.name_in(words.language)) if event.place else "" for event in events
            ],
            words("column_precision"): [words("kind_" + event.place.kind) if event.place else "" for event in events],
            words("column_status"): [words("status_" + event.factuality) for event in events],
            words("column_quote"): quotes,
            words("column_outlet"): [
                wording.shown(", ".join(sorted({wording.outlet_text(source, words) for source in event.sources})))
                for event in events
            ],
            words("column_sources"): [len(event.sources) for event in events],
            words("column_confidence"): [event.confidence for event in events],
        }
    )


def tray(layer: Layer, mask: Mask, words: Words, key: str, explanation: str) -> None:
    """Events that the map or the time line can't show, with why."""
    st.caption(explanation)
    if mask.any():
        event_table(layer, mask, words, key)
    else:
        st.caption(words("tray_empty"))
