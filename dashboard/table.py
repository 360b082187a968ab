"""The same events as a table, and the trays of those with no place or no date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import streamlit as st

from dashboard import state, wording
from dashboard.i18n import Words
from dashboard.source import serial_of
from geodata.event import Event
from geodata.layer import OPEN_END, Layer, Mask

if TYPE_CHECKING:
    import pyarrow as pa

Order = npt.NDArray[np.int32]
"""All rows of a layer, as a table lists them."""
STRETCH = 50_000
"""Rows of an order that are looked at in one go."""

MOST_ROWS, PAGE_ROWS = 500, 20
"""A table of more rows than the first comes in pages of the second: 500 rows travel once, not at every step
of the slider through a million. A page is twice what the table's window shows."""
QUOTE_LENGTH = 110
"""Characters: three times what the column shows. The reader has the whole quote; what is longer would travel at every
step of the slider."""
WHY_LENGTH = 220
_WIDTHS = {
    name: st.column_config.Column(width=pixels)
    for name, pixels in {
        "date": 160,
        "type": 105,
        "place": 140,
        "why": 220,
        "status": 80,
        "quote": 300,
        "outlet": 105,
        "sources": 65,
    }.items()
}


def event_table(
    layer: Layer,
    mask: Mask,
    words: Words,
    key: str,
    order: Order | None = None,
    reason: str = "",
    *,
    several: bool = False,
) -> None:
    """The kept events in an order (else the latest first); choosing a row selects its event.

    With a ``reason`` (``place`` or ``time``), a column says what decided that. With ``several``, more than one can be
    chosen: they are listed in the reader.
    """
    if several:
        key = f"{key}-several"
    key = f"{key} {layer.serial}"  # in another layer, the row that was chosen is another event's
    number = int(np.count_nonzero(mask))
    place = st.container()
    first = _page(number, words, key) * PAGE_ROWS if number > MOST_ROWS else 0
    most = first + (PAGE_ROWS if number > MOST_ROWS else MOST_ROWS)
    shown = first_rows(latest_first(layer) if order is None else order, mask, most)[first:]
    frame = table_frame(layer, shown, words)
    if reason:
        frame.insert(2, words("column_why"), [why(layer.events[row], reason) for row in shown])
    chosen = place.dataframe(
        _slim(frame),
        key=key,
        hide_index=True,
        height=min(420, 38 + 35 * max(1, len(frame))),
        on_select="rerun",
        selection_mode="multi-row" if several else "single-row",
        column_config={words(f"column_{name}"): width for name, width in _WIDTHS.items()}
        | {
            words("column_confidence"): st.column_config.ProgressColumn(
                format="percent", min_value=0, max_value=1, width=80
            )
        },
    )
    _take_choice(chosen["selection"]["rows"], shown, key, layer)


def _page(number: int, words: Words, key: str) -> int:
    """The page of a long table that the user has turned to, from 0."""
    pages = -(-number // PAGE_ROWS)
    name = f"{key}-page"
    st.session_state[name] = min(st.session_state.get(name, 1), pages)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        page = int(st.number_input(words("page"), 1, pages, key=name, width=150))
        last = min(number, page * PAGE_ROWS)
        rows = {"first": words.number((page - 1) * PAGE_ROWS + 1), "last": words.number(last)}
        st.caption(words("page_rows", total=words.number(number), **rows))
    return page - 1


def _take_choice(chosen: list[int], rows: list[int], key: str, layer: Layer) -> None:
    """Select what a click in the table chose; an old choice must not undo a newer one on the map."""
    wanted = [rows[each] for each in chosen if each < len(rows)]
    before = st.session_state.get(f"{key}-chosen", [])
    if wanted == before:
        return
    st.session_state[f"{key}-chosen"] = wanted
    if not wanted:
        return
    if len(wanted) == 1:
        state.select_and_show(wanted[0], layer)
        st.session_state.listed = []
    else:
        state.select(wanted)
        st.session_state.listed = wanted
    st.rerun()


@st.cache_resource(show_spinner=False, hash_funcs={Layer: serial_of}, max_entries=4)
def latest_first(layer: Layer) -> Order:
    """Events by the last day that is known of them, the undated last."""
    start, end = (layer.frame[name].to_numpy() for name in ("start", "end"))
    last = np.where(end != OPEN_END, end, start).astype(np.int64)  # an undated event's start is the oldest day
    return np.argsort(-last, kind="stable").astype(np.int32)


@st.cache_resource(show_spinner=False, hash_funcs={Layer: serial_of}, max_entries=4)
def least_certain_first(layer: Layer) -> Order:
    """Events by their confidence, the lowest first."""
    return np.argsort(layer.frame["confidence"].to_numpy(), kind="stable").astype(np.int32)


def first_rows(order: Order, mask: Mask, most: int) -> list[int]:
    """The first ``most`` kept rows in an order; looks no further than it must."""
    rows: list[int] = []
    for start in range(0, len(order), STRETCH):
        stretch = order[start : start + STRETCH]
        rows += stretch[mask[stretch]][: most - len(rows)].tolist()
        if len(rows) >= most:
            break
    return rows


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
            words("column_place"): [wording.shown(wording.place_text(event, words)) for event in events],
            words("column_status"): [words("status_" + event.factuality) for event in events],
            words("column_quote"): quotes,
            words("column_outlet"): [
                wording.shown(", ".join(sorted({wording.outlet_text(source, words) for source in event.sources})))
                for event in events
            ],
            words("column_sources"): [len(event.sources) for event in events],
            words("column_confidence"): [round(event.confidence, 2) for event in events],
        }
    )


def _slim(frame: pd.DataFrame) -> pa.Table:
    """The frame as it travels: without what pandas notes about its columns, which is as long as ten rows."""
    import pyarrow as pa

    return pa.table({name: pa.array(frame[name].tolist()) for name in frame})


def why(event: Event, about: str) -> str:
    """What decided an event's ``place`` or ``time``, as its reasons have it."""
    told = (reason.removeprefix(f"{about}:").strip() for reason in event.why if reason.startswith(f"{about}:"))
    return wording.shown(next(told, ""))[:WHY_LENGTH]


def tray(
    layer: Layer, mask: Mask, words: Words, key: str, explanation: str, order: Order | None = None, reason: str = ""
) -> None:
    """Events that the map or the time line can't show, with why."""
    if mask.any():
        st.caption(explanation)
        event_table(layer, mask, words, key, order, reason)
    else:
        st.caption(f"{explanation} {words('tray_empty')}")
