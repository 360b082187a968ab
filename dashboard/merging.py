"""Making one event of several, and several of one: forms of the review."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard import review, wording
from dashboard.articles import Telling
from dashboard.decisions import merge_of, split_of
from dashboard.i18n import Words
from dashboard.review import Desk, name_of
from geodata.event import Event
from geodata.layer import Layer
from geodata.nearest import Near, nearest_events

MOST_OFFERED = 6
"""Events offered as the same: who looks for another chooses both in the table."""
QUOTE_LENGTH = 140
MOST_MERGED = 40
"""Events of a list that are offered to be merged."""


def same_as(desk: Desk, row: int, words: Words) -> None:
    """The events that may be the same as that of ``row``, with what they share; the chosen ones join it."""
    event = desk.layer.events[row]
    st.html(f'<h3 class="dl-part">{wording.html_text(words("merge_nearest"))}</h3>')
    offered = nearest_events(desk.layer, row, MOST_OFFERED)
    if not offered:
        st.caption(words("merge_none"))
        return
    chosen = [near.row for near in offered if _offer(desk.layer, event, near, words)]
    if chosen:
        change = merge_of([desk.layer.events[each] for each in chosen])
        st.button(
            words("merge_save", n=len(chosen) + 1),
            key="merge-save",
            icon=":material/merge:",
            on_click=review.submit,
            args=(desk, event, change, review.why_key(event)),
        )


def _offer(layer: Layer, event: Event, near: Near, words: Words) -> bool:
    """One event that may be the same, with why; whether it was chosen."""
    other = layer.events[near.row]
    chosen = st.checkbox(wording.plain(name_of(other, words)), key=f"merge-{event.id}-{other.id}")
    quote = other.sources[0].quote if other.sources else ""
    told = quote if len(quote) <= QUOTE_LENGTH else quote[:QUOTE_LENGTH] + "…"
    outlets = ", ".join(dict.fromkeys(wording.outlet_text(source, words) for source in other.sources))
    st.html(
        f'<p class="dl-near">{wording.html_text(why_near(near, words))}<br><span dir="auto">'
        f"{wording.html_text(words('quoted', text=told))}</span> {wording.html_text(outlets)}</p>"
    )
    return chosen


def why_near(near: Near, words: Words) -> str:
    """What two events share, in a line."""
    parts = [words("near_type" if near.same_type else "near_other_type")]
    if near.same_place:
        parts.append(words("near_place"))
    elif near.km is None:
        parts.append(words("near_no_place"))
    else:
        parts.append(words("near_km", km=words.number(round(near.km))) if near.km >= 1 else words("near_within"))
    if near.days is None:
        parts.append(words("near_no_date"))
    elif near.days == 0:
        parts.append(words("near_same_time"))
    else:
        parts.append(words("near_day") if near.days == 1 else words("near_days", n=near.days))
    return " · ".join(parts)


def merge_listed(desk: Desk, rows: Sequence[int], words: Words) -> None:
    """Several selected events: which of them are one, and whose place, date and type it keeps."""
    events = {row: desk.layer.events[row] for row in rows[:MOST_MERGED]}
    review.trouble([event.id for event in events.values()], words)
    key = "merge-listed-" + "-".join(map(str, events))
    with st.container(key="merge-listed"):
        st.html(f'<h3 class="dl-part">{wording.html_text(words("merge_listed"))}</h3>')
        chosen = st.pills(
            words("merge_which"),
            list(events),
            selection_mode="multi",
            default=list(events) if st.session_state.get("several") else [],
            key=key,
            format_func=lambda row: wording.plain(name_of(events[row], words)),
        )
        if len(chosen) < 2:
            st.caption(words("merge_two"))
            return
        keeps = st.selectbox(
            words("merge_keeps"),
            sorted(chosen, key=lambda row: _rank(events[row])),
            key=f"{key}-keeps",
            format_func=lambda row: name_of(events[row], words),
        )
        why = "review-why-listed"
        review.who_and_why(words, why)
        change = merge_of([events[row] for row in chosen if row != keeps])
        st.button(
            words("merge_save", n=len(chosen)),
            key="merge-save",
            icon=":material/merge:",
            on_click=review.submit,
            args=(desk, events[keeps], change, why),
        )


def _rank(event: Event) -> tuple[bool, float, float]:
    """Who keeps its place and date if nobody says otherwise: the finest place, then the surest."""
    return event.place is None, event.place.radius_km if event.place else 0.0, -event.confidence


def split(desk: Desk, event: Event, tellings: Sequence[Telling], words: Words) -> None:
    """Which reports of an event tell of another one."""
    if len(tellings) < 2:
        return
    st.html(f'<h3 class="dl-part">{wording.html_text(words("split_title"))}</h3>')
    leaving = {number for number, telling in enumerate(tellings) if _leaves(event, number, telling, words)}
    if len(leaving) == len(tellings):
        st.caption(words("split_all"))
        return
    if leaving:
        change = split_of(event, tellings, leaving)
        st.button(
            words("split_save", n=len(leaving)),
            key="split-save",
            icon=":material/call_split:",
            on_click=review.submit,
            args=(desk, event, change, review.why_key(event)),
        )


def _leaves(event: Event, number: int, telling: Telling, words: Words) -> bool:
    source = telling.source
    parts = (
        wording.outlet_text(source, words),
        wording.published_date(source, words),
        wording.marked_text(source, "time"),
    )
    label = " · ".join(part for part in parts if part)
    return st.checkbox(wording.plain(label), key=f"split-{event.id}-{source.article}-{number}")
