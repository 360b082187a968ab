"""The dashboard: ``dateline serve LAYER``, or ``python -m streamlit run dashboard/app.py`` with DATELINE_LAYER set.

Read :func:`show` from top to bottom: it runs anew, quickly, after everything the user does.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import (
    columns,
    decisions,
    filters,
    help,
    leftout,
    log,
    map,
    own,
    reader,
    served,
    source,
    state,
    table,
    takeaway,
    wording,
)
from dashboard.i18n import Words, language_of
from dashboard.i18n import words as words_of
from dashboard.popup import popup
from dashboard.review import Desk
from dashboard.source import serial_of
from dashboard.tally import tally
from geodata.errors import DatelineError
from geodata.layer import NO_PLACE, Days, EventFilter, Layer, Mask, day_number


def dress() -> None:
    """The page's title and icon."""
    st.set_page_config(page_title="Dateline", page_icon=str(served.ASSETS / "icon.svg"), layout="wide")


@st.cache_resource(show_spinner=False, hash_funcs={Layer: serial_of}, max_entries=4)
def _style(layer: Layer | None = None) -> str:
    """The page's style, in one piece: so large a message travels once, and later only its hash."""
    page = (served.ASSETS / "app.css").read_text(encoding="utf-8")
    return f"<style>{page}\n{filters.symbols_css(layer) if layer else ''}</style>"


def main() -> None:
    """Show the user's own articles or the layer that the environment names, or say what to do."""
    dress()
    words = words_of(language_of(st.context.locale))
    path, layer = source.layer_path(), own.own_layer()
    if layer is None and path is None:
        _welcome(words)
        return
    try:
        if layer is None and path is not None:
            with st.spinner(words("opening")):
                layer = source.open_layer(path)
        if layer is not None:
            show(layer)
    except DatelineError as error:
        _instead(words("failed_title"), str(error))


def show(layer: Layer) -> None:
    """The whole page for one layer."""
    if not len(layer):
        words = words_of(language_of(st.context.locale))
        _instead(words("empty_layer_title"), words("empty_layer"))
        return
    st.html(_style(layer))
    defaults = state.Defaults.of(layer)
    state.begin(layer, defaults)
    state.take_messages(map.messages(), layer, defaults)
    words = words_of(st.session_state.language)
    keep = state.event_filter(defaults)
    counted = tally(layer, keep)
    path = source.layer_path() if own.own_layer() is None else None
    desk = _desk(path, layer, counted.kept)

    _heading(layer, counted.kept, keep, words)
    # The map first: it is drawn while the rest is still being made.
    beside, right = st.columns([5, 3], gap="medium")
    with beside:
        map.show_map(_command(layer, keep, defaults, words))
        filters.range_row(counted, defaults, words)
    with right, st.container(height=map.HEIGHT + map.RANGE_HEIGHT, key="reader"):
        reader.reader(layer, desk, words)
    with st.sidebar:
        filters.sidebar(layer, counted, defaults, words)
    _tables(layer, counted.kept, desk, words)
    help.show_page(words)
    state.write_address(layer, defaults)
    _set_aside(layer)


@st.cache_resource(show_spinner=False, hash_funcs={Layer: serial_of}, max_entries=4)
def _set_aside(layer: Layer) -> None:  # noqa: ARG001 - once for each layer
    """Streamlit has all objects searched for garbage after every run: 250 ms with 20,000 events. These are none."""
    gc.collect()
    gc.freeze()


def _desk(path: Path | None, layer: Layer, mask: Mask) -> Desk | None:
    """What can be reviewed: the filtered events of a workspace; nothing of a plain layer."""
    if path is None or not decisions.is_workspace(path):
        return None
    return Desk.at(path, layer, mask)


def _heading(layer: Layer, mask: Mask, keep: EventFilter, words: Words) -> None:
    shown, total = int(np.count_nonzero(mask)), len(layer)
    counts = (
        words("summary_all", total=words.number(total))
        if shown == total
        else words("summary", shown=words.number(shown), total=words.number(total))
    )
    with st.container(horizontal=True, vertical_alignment="center", key="heading"):
        st.html(f'<div class="dl-heading"><h1>Dateline</h1><p data-shown="{shown}">{escape(counts)}</p></div>')
        with st.container(horizontal=True, horizontal_alignment="right", key="actions"):
            _add_articles(words)
            takeaway.downloads(layer, mask, keep, words)
            help.buttons(words)
    with st.container(key="notice"):  # there always: a part of the page more would have the browser load the map anew
        if not shown:
            st.warning(words("nothing_left"), icon=":material/filter_alt_off:")


def _command(layer: Layer, keep: EventFilter, defaults: state.Defaults, words: Words) -> dict[str, object]:
    """What the map must show now; files by address, so that it stays small."""
    session = st.session_state
    session.commands = session.get("commands", 0) + 1
    places = layer.frame["place"].to_numpy()[session.selection]
    shown = popup(layer, session.selection, len(session.listed), session.popup_at, words)
    return {
        "number": session.commands,
        "layer": "file" if own.own_layer() is None else f"own {layer.serial}",
        "seen": session.get("seen", 0),
        "key": _still_served(_key_file, layer, words.language),
        "places": _still_served(_places_file, layer),
        "towns": _still_served(_towns_file, words.language),
        "columns": _published_events(layer, keep),
        "theme": "dark" if st.context.theme.type == "dark" else "light",
        "tiles": map.TILES if session.online else None,
        "extent": _days(*defaults.range) if defaults.range else None,
        "range": _days(keep.start, keep.end) if keep.start and keep.end else None,
        "certainly": keep.certainly,
        "types": [key in session.types for key in columns.type_keys(layer)],
        "statuses": [status.value in session.statuses for status in columns.STATUSES],
        "selected": sorted({int(place) for place in places if place != NO_PLACE}),
        "pins": _other_pins(layer, places, words),
        "popup": shown and {**shown, "number": f"{session.get('popup_number', 0)} {layer.serial} {words.language}"},
        "box": session.box,
        "filter": takeaway.filter_in_words(layer, keep, words),
        "tour": {"first": session.first, "asked": session.get("tour", 0)},
        "view": session.view,
        "go": session.go,
        "bounds": _bounds(layer),
    }


def _other_pins(layer: Layer, places: Days, words: Words) -> list[tuple[int, str]]:
    """The other places of the selected event, if it happened in several, with their names."""
    if len(st.session_state.selection) != 1:
        return []
    event = layer.events[st.session_state.selection[0]]
    rows = layer.rows_of_group(event.group)[: map.MOST_PINS]
    found = {int(layer.frame["place"].iloc[row]): layer.events[row].place for row in rows}
    return [
        (number, place.name_in(words.language)[: map.NAME_LENGTH])
        for number, place in found.items()
        if place is not None and number not in places
    ]


def _days(first: date, last: date) -> list[int]:
    return [day_number(first), day_number(last)]


def _still_served(published: Any, *content: object) -> str:
    """The address that ``published`` remembers for its content; made again if the file has been cleared away since."""
    if not served.is_published(published(*content)):
        published.clear(*content)
    return str(published(*content))


@st.cache_resource(show_spinner=False, hash_funcs={Layer: serial_of}, max_entries=8)
def _key_file(layer: Layer, language: str) -> str:
    return served.publish(columns.encode_key(layer, words_of(language)), ".json")


@st.cache_resource(show_spinner=False, hash_funcs={Layer: serial_of}, max_entries=4)
def _places_file(layer: Layer) -> str:
    return served.publish(columns.encode_places(layer), ".json")


@st.cache_resource(show_spinner=False)
def _towns_file(language: str) -> str:
    return served.publish(columns.encode_towns(language, source.place_namer()), ".json")


def _published_events(layer: Layer, keep: EventFilter) -> str:
    """The address of the events in columns. Range, types and factuality are filtered in the browser; a new file
    is only needed when another filter changes."""
    for_browser = replace(keep, start=None, end=None, certainly=False, types=None, factualities=None)
    for_browser = replace(for_browser, bbox=st.session_state.box)
    before, address = st.session_state.get("published", (None, ""))
    if before != for_browser or not served.is_published(address):
        address = served.publish(columns.encode_events(layer, layer.mask(for_browser), keep.publication), ".bin")
        st.session_state.published = (for_browser, address)
    return str(address)


@st.cache_resource(show_spinner=False, hash_funcs={Layer: serial_of}, max_entries=4)
def _bounds(layer: Layer) -> list[list[float]] | None:
    """South-west and north-east corner of all places."""
    if not layer.places:
        return None
    lats, lons = [place.lat for place in layer.places], [place.lon for place in layer.places]
    return [[min(lats), min(lons)], [max(lats), max(lons)]]


def _tables(layer: Layer, mask: Mask, desk: Desk | None, words: Words) -> None:
    """The table, and the trays of what has no place, no date or no review; each with its count."""
    trays = {"table": mask, "no_place": mask & ~layer.placed, "no_date": mask & ~layer.dated}
    if desk is not None:
        trays["to_review"] = desk.queue
    names = [f"{words(name)} {words.number(int(np.count_nonzero(rows)))}" for name, rows in trays.items()]
    others = ["left_out"] if desk is None else ["log", "left_out"]
    tabs = _tabs(dict(zip([*trays, *others], [*names, *(words(name) for name in others)], strict=True)))
    with tabs["table"]:
        several = desk is not None and st.toggle(
            words("table_several"), key="several", help=words("table_several_help")
        )
        table.event_table(layer, mask, words, key="table", several=several)
    with tabs["no_place"]:
        table.tray(layer, trays["no_place"], words, "no-place", words("no_place_help"), reason="place")
    with tabs["no_date"]:
        table.tray(layer, trays["no_date"], words, "no-date", words("no_date_help"), reason="time")
    if desk is not None:
        order = table.least_certain_first(layer)
        with tabs["to_review"]:
            table.tray(layer, trays["to_review"], words, "to-review", words("to_review_help"), order)
        with tabs["log"]:
            log.log_table(desk, words)
    with tabs["left_out"]:
        st.html(leftout.left_out_html(layer, leftout.notes_of(layer, desk.path if desk else None), words))


def _tabs(labels: Mapping[str, str]) -> dict[str, DeltaGenerator]:
    """Tabs by name. The open one stays open while its count, and with that its label, changes."""
    session = st.session_state
    before: dict[str, str] = session.get("tab-names", {})
    opened = before.get(session.get("tabs", ""), "")
    if opened in labels:
        session.tabs = labels[opened]
    else:
        session.pop("tabs", None)
    session["tab-names"] = {label: name for name, label in labels.items()}
    return dict(zip(labels, st.tabs(list(labels.values()), key="tabs", on_change="rerun"), strict=True))


def _add_articles(words: Words) -> None:
    """The button to the form for the user's own articles, and the way back from them."""
    if own.own_layer() is not None and source.layer_path() is not None:
        st.button(words("own_back"), icon=":material/undo:", on_click=own.forget, key="own-back")
    if st.button(words("own_add"), icon=":material/add:", key="own-add"):
        st.dialog(words("own_title"), width="large")(own.form)(words)


def _welcome(words: Words) -> None:
    """The page when there is no layer: make one here, or on the command line."""
    st.html(_style())
    st.title("Dateline")
    st.write(words("no_layer"))
    with st.container(border=True, key="welcome"):
        own.form(words)
    st.caption(words("no_layer_commands"))
    st.code(
        "dateline extract ARTICLES -o events.geojson\ndateline serve events.geojson", language=None, wrap_lines=True
    )


def _instead(title: str, text: str) -> None:
    """A page that says what is wrong, and what to do."""
    st.title(title)
    st.write(wording.plain(text))


if __name__ == "__main__":
    main()
