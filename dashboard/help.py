"""What helps to read the map: the page *How sure is this?*, opened over it, and the tour once more."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.i18n import Words
from dashboard.sure import sure_html


def buttons(words: Words) -> None:
    """The buttons that open the page and start the tour."""
    st.button(words("sure_title"), icon=":material/verified:", key="help-sure", on_click=_open, type="tertiary")
    st.button(words("tour"), icon=":material/tour:", key="help-tour", on_click=_tour, type="tertiary")


def show_page(words: Words) -> None:
    """The page that is open, if one is: it lies over the map, which keeps its view meanwhile."""
    if st.session_state.page == state.SURE:
        _sure(words)


def _open() -> None:
    st.session_state.page = state.SURE


def _tour() -> None:
    st.session_state.tour = st.session_state.get("tour", 0) + 1


def _close() -> None:
    st.session_state.page = None


def _sure(words: Words) -> None:
    @st.dialog(words("sure_title"), width="large", on_dismiss=_close)
    def page() -> None:
        st.html(sure_html(words.language))

    page()
