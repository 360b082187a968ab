"""Reviewing a workspace: confirm, correct, merge, split or discard an event, with a reason; and take it back."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import streamlit as st

from dashboard import state, wording
from dashboard.columns import event_type
from dashboard.decisions import Records, decide, next_in_queue, take_back, why_gone
from dashboard.i18n import Words
from dashboard.source import serial_of
from geodata.corrections import (
    Change,
    Confirm,
    ConflictError,
    Correction,
    Discard,
    Merge,
    Move,
    Redate,
    Restate,
    Retype,
    Split,
    Undo,
)
from geodata.errors import DatelineError
from geodata.event import Event, Factuality
from geodata.gazetteer import open_gazetteer
from geodata.layer import Layer, Mask
from geodata.place import Place
from geodata.taxonomy import taxonomy
from geodata.timespan import UNDATED, TimeSpan

MOST_PLACES = 30
"""Namesakes offered when a pin is moved, the most prominent first."""
CONFIRM_KEY, DISCARD_KEY, NEXT_KEY = "O", "X", "N"
"""Keys of the three buttons: all right (O.K.), no event, next. They do nothing while one writes in a field."""

WHO, REMEMBERED = "review-who", "reviewer"
"""Session keys of the field for the name and of the name: a field that isn't shown forgets what it held."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a reviewer works on.

    Attributes
    ----------
    queue:
        The filtered events that nobody has decided about.
    records:
        The decisions that the page shows: those that aren't among them are news to the reviewer.
    """

    path: Path
    layer: Layer
    queue: Mask
    records: Records

    @classmethod
    def at(cls, path: Path, layer: Layer, kept: Mask) -> Desk:
        """The desk for a workspace and its layer, filtered to the kept events."""
        records, unreviewed = _read(path, layer)
        return cls(path, layer, kept & unreviewed, records)


@st.cache_resource(show_spinner=False, hash_funcs={Layer: serial_of}, max_entries=2)
def _read(path: Path, layer: Layer) -> tuple[Records, Mask]:
    """Decisions, and what nobody has decided about; read again when the workspace, and so its layer, is another."""
    records = Records.of(path)
    return records, records.unreviewed(layer)


# Deciding ------------------------------------------------------------------------------------------------------------

# Buttons act in callbacks, which run before the page: a run of the page may be broken off by the next thing the user
# does, and a click that it had not come to would be lost.


def submit(desk: Desk, event: Event, change: Change, why_key: str) -> None:
    """Keep a decision, or remember why that can't be; for callbacks."""
    session = st.session_state
    session.pop("review-conflict", None)
    own: set[str] = session.setdefault("review-own", set())
    who = session.get(WHO) or session.get(REMEMBERED, "")
    try:
        made = decide(desk.path, event, change, who, session.get(why_key, ""), {*desk.records.made, *own})
    except ConflictError as error:
        session["review-conflict"] = (event.id, error.made)
    except DatelineError as error:
        session["review-problem"] = str(error)
    else:
        own.add(made.id)
        session[why_key] = ""
        session.event_id = event.id  # stays, or becomes, the one that is read


def _take_back(desk: Desk, correction: Correction) -> None:
    session = st.session_state
    try:
        made = take_back(desk.path, correction, session.get(WHO) or session.get(REMEMBERED, ""))
    except DatelineError as error:
        session["review-problem"] = str(error)
    else:
        session.setdefault("review-own", set()).add(made.id)
        session.event_id = session.get("event_id") or session.get("lost") or correction.target.event


def who_and_why(words: Words, why_key: str) -> None:
    """Fields for the reviewer's name, which stays, and the reason, which is this decision's."""
    left, right = st.columns([2, 3])
    st.session_state.setdefault(WHO, st.session_state.get(REMEMBERED, ""))
    left.text_input(words("review_who"), key=WHO, on_change=_remember)
    right.text_input(words("review_why"), key=why_key)


def _remember() -> None:
    st.session_state[REMEMBERED] = st.session_state[WHO]


def why_key(event: Event) -> str:
    """The session key of the reason for a decision about an event."""
    return f"review-why-{event.id}"


# On the screen -------------------------------------------------------------------------------------------------------


def desk_row(desk: Desk, row: int, words: Words) -> None:
    """The buttons of the queue, what came of the last decision, and what has been decided about the event."""
    event = desk.layer.events[row]
    with st.container(horizontal=True, key="review-buttons", gap="small"):
        for name, icon, change, shortcut in (
            ("confirm", "check", Confirm(), CONFIRM_KEY),
            ("discard", "delete", Discard(), DISCARD_KEY),
        ):
            st.button(
                words(f"review_{name}"),
                icon=f":material/{icon}:",
                key=f"review-{name}",
                shortcut=shortcut,
                on_click=submit,
                args=(desk, event, change, why_key(event)),
            )
        _next_button(desk, row, words)
    trouble([event.id], words)
    for correction in desk.records.on(event):
        _decided(desk, correction, words)


def _next_button(desk: Desk, row: int | None, words: Words) -> None:
    following = next_in_queue(desk.layer, desk.queue, row)
    st.button(
        words("review_next", n=words.number(int(np.count_nonzero(desk.queue)))),
        icon=":material/arrow_forward:",
        key="review-next",
        shortcut=NEXT_KEY,
        disabled=following is None,
        help=words("review_next_help"),
        on_click=_show,
        args=(following, desk.layer),
    )


def _show(row: int | None, layer: Layer) -> None:
    if row is not None:
        st.session_state.listed = []
        state.select_and_show(row, layer)


def trouble(events: Collection[str], words: Words) -> None:
    """Why the last decision was not kept, if it wasn't and was about one of these events (by id)."""
    if problem := st.session_state.pop("review-problem", ""):
        st.error(wording.plain(problem))
    about, made = st.session_state.get("review-conflict", ("", ()))
    for other in made if about in events else ():
        st.warning(wording.plain(words("review_conflict", what=said(other, words))), icon=":material/group:")


def start(desk: Desk, words: Words) -> None:
    """With no event open: what became of the one that was, and the way into the queue."""
    lost = st.session_state.get("lost")
    trouble([lost] if lost else [], words)
    made = why_gone(desk.records, lost) if lost else None
    if made is not None:
        event = desk.records.discarded.get(str(lost))
        name = f"{name_of(event, words)}: " if event else ""
        st.info(wording.plain(words("review_gone", what=name + said(made, words))), icon=":material/info:")
    with st.container(horizontal=True, gap="small", key="review-start"):
        if made is not None:
            label, icon = words("review_undo"), ":material/undo:"
            st.button(label, icon=icon, key=f"undo-{made.id}", on_click=_take_back, args=(desk, made))
            row = desk.layer.row_of(made.target.event)
            if row is not None:
                show_button(desk, row, words)
        _next_button(desk, None, words)


def show_button(desk: Desk, row: int, words: Words) -> None:
    """The button that opens an event."""
    st.button(words("review_show"), key=f"show-{row}", type="tertiary", on_click=_show, args=(row, desk.layer))


def name_of(event: Event, words: Words) -> str:
    """An event in a line: type, place and date."""
    parts = (wording.type_text(event, words), wording.place_text(event, words), wording.span_text(event, words))
    return wording.shown(" · ".join(parts))


def said(correction: Correction, words: Words) -> str:
    """A decision in a line: what, who, when and why."""
    when = f"{correction.when:%Y-%m-%d %H:%M} UTC"
    parts = (change_text(correction.change, words), correction.who or words("review_nobody"), when, correction.why)
    return wording.shown(" · ".join(part for part in parts if part))


def change_text(change: Change, words: Words) -> str:
    """What a decision changed to what."""
    match change:
        case Move(place=None):
            return words("review_nowhere")
        case Move(place=Place() as place):
            return f"{words('review_move')} → {place.name_in(words.language)}"
        case Retype(type=key):
            return f"{words('review_type')} → {event_type(key).label(words.language)}"
        case Redate(span=span):
            return f"{words('review_date')} → {wording.span_words(span, words)}"
        case Restate(factuality=factuality):
            return f"{words('review_status')} → {words('status_' + factuality)}"
        case Discard():
            return words("review_discard")
        case Confirm():
            return words("review_confirm")
        case Merge(others=others):
            return words("review_merge", n=len(others) + 1)
        case Split(words=leaving):
            return words("review_split", n=len(leaving))
        case Undo():
            return words("review_undo")
    raise TypeError(f"no change: {change!r}")


def _decided(desk: Desk, correction: Correction, words: Words) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"decided-{correction.id}"):
        st.caption(wording.plain(said(correction, words)))
        take_back_button(desk, correction, words)


def take_back_button(desk: Desk, correction: Correction, words: Words, label: str = "review_undo") -> None:
    """The button that takes a decision, or an undo, back; in the log it has another label than beside the event."""
    st.button(
        words(label),
        key=f"undo-{correction.id}" if label == "review_undo" else f"{label}-{correction.id}",
        type="tertiary",
        icon=":material/undo:",
        on_click=_take_back,
        args=(desk, correction),
    )


def form(desk: Desk, event: Event, words: Words) -> None:
    """What else a person may decide about an event, by whom and why."""
    who_and_why(words, why_key(event))
    other = _other_change(event, words)
    if other is not None:
        args = (desk, event, other, why_key(event))
        st.button(words("review_save"), key="review-save", on_click=submit, args=args)


def _other_change(event: Event, words: Words) -> Change | None:
    """What is right instead, once the person has said all of it."""
    asks = {"type": _retype, "status": _restate, "date": _redate, "move": _move}
    kind = st.selectbox(
        words("review_change"),
        list(asks),
        index=None,
        placeholder=words("review_choose"),
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
        placeholder=words("review_choose"),
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
        placeholder=words("review_choose"),
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
