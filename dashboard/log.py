"""The log of a workspace: every decision, who, when and why, whether it is in effect; each can be taken back."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from dashboard import review, wording
from dashboard.decisions import Entry, Standing, log
from dashboard.i18n import Words
from dashboard.review import Desk, name_of

MOST_SHOWN = 500
"""Decisions listed, the latest first; all are in the workspace's table ``corrections``."""


def log_table(desk: Desk, words: Words) -> None:
    """The decisions as a table; the chosen one can be taken back, its event shown."""
    entries = log(desk.records, desk.layer)[:MOST_SHOWN]
    st.caption(words("log_help"))
    if not entries:
        st.caption(words("log_empty"))
        return
    chosen = st.dataframe(
        log_frame(entries, words),
        key=f"log {desk.layer.serial}",
        hide_index=True,
        height=min(420, 38 + 35 * len(entries)),
        on_select="rerun",
        selection_mode="single-row",
    )
    rows = chosen["selection"]["rows"]
    if rows and rows[0] < len(entries):
        _chosen(desk, entries[rows[0]], words)


def log_frame(entries: tuple[Entry, ...], words: Words) -> pd.DataFrame:
    """The columns of the log, in words."""
    made = [entry.correction for entry in entries]
    return pd.DataFrame(
        {
            words("log_when"): [f"{correction.when:%Y-%m-%d %H:%M}" for correction in made],
            words("log_who"): [wording.shown(correction.who) or words("review_nobody") for correction in made],
            words("log_what"): [wording.shown(review.change_text(each.change, words)) for each in made],
            words("log_event"): [name_of(entry.event, words) if entry.event else "" for entry in entries],
            words("log_why"): [wording.shown(correction.why) for correction in made],
            words("log_standing"): [words(f"standing_{entry.standing}") for entry in entries],
        }
    )


def _chosen(desk: Desk, entry: Entry, words: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key="log-chosen"):
        st.caption(wording.plain(review.said(entry.correction, words)))
        if entry.standing is Standing.TAKEN_BACK:
            if entry.undo is not None:
                review.take_back_button(desk, entry.undo, words, "log_again")
        else:
            review.take_back_button(desk, entry.correction, words, "log_undo")
        row = desk.layer.row_of(entry.event.id) if entry.event else None
        if row is not None:
            review.show_button(desk, row, words)
