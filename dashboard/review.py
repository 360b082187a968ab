"""Reviewing a workspace: confirm, move, retype, redate or discard an event, with a reason; and take it back.

Every decision is a correction in the workspace (:mod:`geodata.corrections`): it survives re-runs, and two people who
review at once both keep their work.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import streamlit as st

from dashboard import wording
from dashboard.columns import event_type
from dashboard.i18n import Words
from geodata.corrections import (
    Change,
    Confirm,
    Correction,
    Discard,
    Move,
    Redate,
    Restate,
    Retype,
    Undo,
    anchor_of,
)
from geodata.errors import DatelineError, InputError
from geodata.event import Event, Factuality
from geodata.gazetteer import open_gazetteer
from geodata.layer import Layer, Mask
from geodata.place import Place
from geodata.taxonomy import taxonomy
from geodata.timespan import UNDATED, TimeSpan
from geodata.workspace import Workspace

SUFFIX = ".gpkg"
MOST_PLACES = 30
"""Namesakes offered when a pin is moved, the most prominent first."""


def is_workspace(path: Path | None) -> bool:
    """Whether a layer is a workspace, which keeps corrections; a GeoPackage may be a mere layer."""
    if path is None or path.suffix.lower() != SUFFIX:
        return False
    try:
        Workspace(path).close()
    except InputError:
        return False
    return True


def unreviewed(layer: Layer, path: Path) -> Mask:
    """Which events nobody has decided anything about."""
    with Workspace(path) as workspace:
        reviewed = workspace.reviewed()
    return np.array([event.id not in reviewed for event in layer.events], dtype=bool)


def decide(path: Path, event: Event, change: Change, who: str, why: str) -> None:
    """Add one correction and apply it.

    Raises
    ------
    InputError, OutputError
        If the workspace can't be opened or written.
    """
    _add(path, Correction(anchor_of(event), change, who.strip(), datetime.now(UTC), why.strip()))


def take_back(path: Path, correction: Correction, who: str) -> None:
    """Undo a correction.

    Raises
    ------
    InputError, OutputError
        If the workspace can't be opened or written.
    """
    _add(path, Correction(correction.target, Undo(correction.id), who.strip(), datetime.now(UTC)))


def _add(path: Path, correction: Correction) -> None:
    with Workspace(path) as workspace:
        workspace.correct([correction], open_gazetteer().outline)


def made_on(path: Path, event: Event) -> tuple[Correction, ...]:
    """The corrections in effect on an event, oldest first."""
    with Workspace(path) as workspace:
        ids = workspace.reviewed().get(event.id, ())
        return tuple(correction for correction in workspace.corrections() if correction.id in ids)


# The form ------------------------------------------------------------------------------------------------------------


# Buttons act in callbacks, which run before the page: a run of the page may be broken off by the next thing the user
# does, and a click that it had not come to would be lost.


def form(path: Path, event: Event, words: Words) -> None:
    """What a person may decide about an event, and what has been decided."""
    st.html(f"<h3 class='dl-review'>{words('review')}</h3>")
    if problem := st.session_state.pop("review-problem", ""):
        st.error(wording.plain(problem))
    st.text_input(words("review_who"), key="review-who")
    st.text_input(words("review_why"), key=_why_key(event))
    with st.container(horizontal=True):
        for name, icon, change in (("confirm", "check", Confirm()), ("discard", "delete", Discard())):
            st.button(
                words(f"review_{name}"),
                icon=f":material/{icon}:",
                key=f"review-{name}",
                on_click=_decide,
                args=(path, event, change),
            )
    other = _other_change(event, words)
    if other is not None:
        st.button(words("review_save"), key="review-save", on_click=_decide, args=(path, event, other))
    for correction in made_on(path, event):
        _decided(path, correction, words)


def _why_key(event: Event) -> str:
    return f"review-why-{event.id}"


def _decide(path: Path, event: Event, change: Change) -> None:
    who, why = (st.session_state.get(key, "") for key in ("review-who", _why_key(event)))
    try:
        decide(path, event, change, who, why)
    except DatelineError as error:
        st.session_state["review-problem"] = str(error)


def _take_back(path: Path, correction: Correction) -> None:
    try:
        take_back(path, correction, st.session_state.get("review-who", ""))
    except DatelineError as error:
        st.session_state["review-problem"] = str(error)


def _decided(path: Path, correction: Correction, words: Words) -> None:
    parts = [words("review_" + correction.action), correction.who, f"{correction.when:%Y-%m-%d %H:%M}", correction.why]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(wording.plain(" · ".join(part for part in parts if part)))
        st.button(
            words("review_undo"),
            key=f"undo-{correction.id}",
            type="tertiary",
            on_click=_take_back,
            args=(path, correction),
        )


def _other_change(event: Event, words: Words) -> Change | None:
    """What is right instead, once the person has said all of it."""
    asks = {"type": _retype, "status": _restate, "date": _redate, "move": _move}
    kind = st.selectbox(
        words("review_change"),
        list(asks),
        index=None,
        key=f"review-kind-{event.id}",
        format_func=lambda kind: words("review_" + kind),
    )
    return asks[kind](event, words) if kind else None


def _retype(event: Event, words: Words) -> Change | None:
    keys = [key for key in taxonomy() if key != event.type]
    chosen = st.selectbox(
        words("column_type"),
        keys,
        index=None,
        key=f"review-type-{event.id}",
        format_func=lambda key: event_type(key).label(words.language),
    )
    return Retype(chosen) if chosen else None


def _restate(event: Event, words: Words) -> Change | None:
    others = [status for status in Factuality if status is not event.factuality]
    chosen = st.selectbox(
        words("column_status"),
        others,
        index=None,
        key=f"review-status-{event.id}",
        format_func=lambda status: words("status_" + status),
    )
    return Restate(chosen) if chosen else None


def _redate(event: Event, words: Words) -> Change | None:
    left, right = st.columns(2)
    low, high = date(1000, 1, 1), date(2999, 12, 31)
    start = left.date_input(words("review_first"), event.span.start, low, high, key=f"review-first-{event.id}")
    end = right.date_input(words("review_last"), event.span.end, low, high, key=f"review-last-{event.id}")
    if start and end and start > end:
        st.warning(words("review_order"))
        return None
    span = TimeSpan.of(start, end) if start or end else UNDATED
    return Redate(span) if (start, end) != (event.span.start, event.span.end) else None


def _move(event: Event, words: Words) -> Change | None:
    if st.checkbox(words("review_nowhere"), key=f"review-nowhere-{event.id}"):
        return Move(None)
    name = st.text_input(words("review_place"), key=f"review-place-{event.id}").strip()
    if not name:
        return None
    found = [candidate.place for candidate in open_gazetteer().candidates(name)[:MOST_PLACES]]
    if not found:
        st.caption(words("review_unknown"))
        return None
    place = st.selectbox(
        words("column_place"), found, key=f"review-found-{event.id}", format_func=lambda place: _described(place, words)
    )
    return Move(place) if place else None


def _described(place: Place, words: Words) -> str:
    whole = ", ".join(part for part in (place.region or place.country or "",) if part)
    return f"{place.name_in(words.language)} ({words('kind_' + place.kind)}, {whole}; {place.lat:.2f}, {place.lon:.2f})"
