"""The sidebar: filters that are the map's legend at the same time, each with its count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import streamlit as st

from dashboard import state
from dashboard.columns import event_type, type_keys
from dashboard.i18n import LANGUAGES, Words
from dashboard.i18n import words as words_of
from dashboard.source import place_namer, serial_of
from dashboard.symbols import address, symbol_svg
from dashboard.tally import COUNTINGS, POSSIBLY, Tally
from dashboard.wording import plain, shown
from geodata.event import Factuality
from geodata.layer import Layer, PublicationDate, regions_of

MOST_PLACES = 1000
"""Places offered by name, the busiest first; the box searches among them."""


def sidebar(layer: Layer, counted: Tally, defaults: state.Defaults, words: Words) -> None:
    """All filters; each count says how many events the other filters leave for it."""
    st.text_input(words("search"), key="text", placeholder=words("search_hint"), icon=":material/search:")
    _types(layer, counted, words)
    _statuses(layer, counted, words)
    if counted.by_publication:
        _publication(counted, words)
    if len(layer.outlets) > 1:
        _outlets(layer, counted, words)
    if len(layer.languages) > 1:
        _languages(layer, counted, words)
    if layer.places:
        _places(layer, words)
    st.toggle(words("only_view"), key="only_view", disabled=st.session_state.box is not None)
    if st.session_state.box is not None:
        st.button(words("box_remove"), icon=":material/close:", key="box-remove", on_click=_remove_box)
    with st.expander(words("more_filters")):
        st.slider(words("min_confidence"), 0, 100, step=5, format="%d %%", key="confidence")
        st.number_input(words("min_sources"), 1, 99, key="sources")
    st.button(
        words("reset"),
        icon=":material/restart_alt:",
        key="reset",
        on_click=state.reset,
        args=(defaults,),
        width="stretch",
    )
    st.toggle(words("online_map"), key="online", help=words("online_map_help"))
    st.segmented_control(
        words("language"),
        LANGUAGES,
        key="language",
        on_change=state.never_none,
        args=("language", words.language),
        format_func=lambda language: words_of(language)("language_name"),
    )


def _types(layer: Layer, counted: Tally, words: Words) -> None:
    keys, counts = type_keys(layer), counted.by_type
    st.pills(
        words("types"),
        keys,
        key="types",
        selection_mode="multi",
        help=words("types_help"),
        format_func=lambda key: _label(shown(event_type(key).label(words.language)), counts.get(key, 0), words),
    )
    with st.container(horizontal=True, key="types-all-or-none"):
        for name, choice in (("types_all", keys), ("types_none", ())):
            st.button(words(name), key=name, type="tertiary", on_click=_set_types, args=(choice,))


def _set_types(keys: Sequence[str]) -> None:
    st.session_state.types = list(keys)


def _statuses(layer: Layer, counted: Tally, words: Words) -> None:
    keys = _statuses_in(layer)
    if len(keys) < 2:
        return
    st.pills(
        words("statuses"),
        keys,
        key="statuses",
        selection_mode="multi",
        help=words("statuses_help"),
        format_func=lambda key: _label(words("status_" + key), counted.by_status.get(key, 0), words),
    )


def _publication(counted: Tally, words: Words) -> None:
    """How events count that only their publication dates: offered where there are any."""
    st.pills(
        words("publication"),
        [way.value for way in PublicationDate],
        key="publication",
        format_func=lambda way: _label(words(f"publication_{way}"), counted.by_publication[way], words),
        help=words("publication_help"),
        on_change=state.never_none,
        args=("publication", PublicationDate.POSSIBLY.value),
    )


# A box tells by its labels what was chosen in it: labels with counts would change meanwhile, and the choice be lost.


def _outlets(layer: Layer, counted: Tally, words: Words) -> None:
    st.multiselect(
        words("outlets"),
        layer.outlets,
        key="outlets",
        placeholder=words("outlets_all"),
        format_func=lambda outlet: shown(outlet) or words("no_outlet"),
    )
    _counts(counted.by_outlet, st.session_state.outlets, words)


def _languages(layer: Layer, counted: Tally, words: Words) -> None:
    st.pills(
        words("languages"),
        sorted(layer.languages, key=lambda code: (not code, code)),
        key="languages",
        selection_mode="multi",
        format_func=lambda code: _label(language_name(code, words), counted.by_language.get(code, 0), words),
    )


MOST_COUNTED = 5
"""Outlets whose counts are listed."""


def _counts(counts: Mapping[str, int], chosen: Sequence[str], words: Words) -> None:
    """How many events each choice holds, or the largest where none is chosen."""
    named = chosen or sorted(counts, key=lambda key: -counts[key])
    told = [_label(plain(key) or words("no_outlet"), counts.get(key, 0), words) for key in named[:MOST_COUNTED]]
    st.caption(" · ".join(told) + (" · …" if len(named) > MOST_COUNTED else ""))


def language_name(code: str, words: Words) -> str:
    """What a language is called in the interface's."""
    from babel import Locale

    return str(Locale.parse(words.language).languages.get(code, code)) or words("no_language")


def _remove_box() -> None:
    st.session_state.box = None


def _places(layer: Layer, words: Words) -> None:
    """Countries and regions, then the busiest places, by name.

    Without counts: thousands of labels that change would travel at every step.
    """
    names = _place_names(layer, words.language)
    offered = list(names)[:MOST_PLACES]
    offered += [place for place in st.session_state.places if place not in offered]
    st.multiselect(
        words("places"),
        offered,
        key="places",
        placeholder=words("places_all"),
        format_func=names.__getitem__,
    )


@st.cache_resource(show_spinner=False, hash_funcs={Layer: serial_of}, max_entries=4)
def _place_names(layer: Layer, language: str) -> dict[str, str]:
    """Names by id: the countries and regions that hold the layer's places, by name, then its places, busiest first."""
    from babel import Locale

    countries, name_of = Locale.parse(language).territories, place_namer()
    own = {place.id: place.name_in(language) for place in layer.places}
    wider = {}
    for region in {region for place in layer.places for region in regions_of(place)} - own.keys():
        kind, _, code = region.partition(":")
        name = countries.get(code) if kind == "cc" else name_of(region, language)
        if name:
            wider[region] = str(name)
    counts = layer.group("place")
    busiest = sorted(own, key=lambda place: -counts.get(place, 0))
    return {region: wider[region] for region in sorted(wider, key=wider.__getitem__)} | {
        place: own[place] for place in busiest
    }


def _label(name: str, count: int, words: Words) -> str:
    return f"{name} {words.number(count)}"


def symbols_css(layer: Layer) -> str:
    """Style rules that put the map's symbols before the pills, which can't hold images themselves."""
    kinds = [event_type(key) for key in type_keys(layer)]
    types = [symbol_svg(kind.icon, kind.colour, Factuality.ASSERTED) for kind in kinds]
    statuses = [symbol_svg("circle", "#7b8794", Factuality(key)) for key in _statuses_in(layer)]
    return "".join(
        f".st-key-{key} .stButtonGroup > div button:nth-of-type({position})::before "
        f'{{ background-image: url("{address(svg)}"); }}'
        for key, symbols in (("types", types), ("statuses", statuses))
        for position, svg in enumerate(symbols, 1)
    )


def _statuses_in(layer: Layer) -> list[str]:
    present = layer.group("factuality")
    return [status.value for status in Factuality if status.value in present]


# Range ---------------------------------------------------------------------------------------------------------------


def range_row(counted: Tally, defaults: state.Defaults, words: Words) -> None:
    """The date slider with quick ranges, and how spans are counted: with what comes of either way."""
    if defaults.range is None:
        return
    first, last = defaults.range
    with st.container(key="range-row"):
        if first < last:
            st.slider(
                words("range"),
                first,
                last,
                key="range",
                label_visibility="collapsed",
                step=timedelta(days=1),
                format=words("slider_date"),
            )
        with st.container(horizontal=True, vertical_alignment="bottom", key="range-buttons"):
            for name, start in quick_ranges(first, last).items():
                st.button(words(name), key=f"quick-{name}", on_click=_set_range, args=((start, last),), type="tertiary")
            st.segmented_control(
                words("counting"),
                COUNTINGS,
                key="counting",
                format_func=lambda way: _label(words(way), counted.by_counting[way], words),
                help=words("counting_help"),
                on_change=state.never_none,
                args=("counting", POSSIBLY),
            )


def quick_ranges(first: date, last: date) -> Mapping[str, date]:
    """First days of the ranges that end with the layer's last day, by message."""
    starts = {"last_week": 6, "last_month": 29, "last_year": 364}
    ranges = {name: last - timedelta(days=days) for name, days in starts.items()}
    return {"all_time": first} | {name: start for name, start in ranges.items() if start > first}


def _set_range(days: tuple[date, date]) -> None:
    st.session_state.range = days
