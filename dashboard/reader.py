"""The reader beside the map: an event with all its sources, their quotes with what was recognised, and the reasons.

Everything from articles is escaped: it is shown, never run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

import streamlit as st

from dashboard import merging, reports, review, state, wording
from dashboard.article import article_view
from dashboard.articles import Telling, lost, tellings_of
from dashboard.columns import FAMILY_COLOURS
from dashboard.i18n import Words
from dashboard.review import Desk
from dashboard.source import serial_of
from dashboard.symbols import MAP_KEY, event_symbol
from geodata.event import Event, Factuality, Source
from geodata.layer import Layer

QUOTE_LENGTH = 4000
"""Characters of a quote; more is no quote any more."""
MOST_LISTED = 60
NAME_LENGTH = 32
"""Characters of an outlet on a button."""
MOST_LOST = 4
"""Places shown of those that a report names or a name could mean."""


def reader(layer: Layer, desk: Desk | None, words: Words) -> None:
    """The selected event (to be reviewed, in a workspace), a list of selected ones, or what to do to select one."""
    rows = st.session_state.selection
    if not rows:
        if desk is not None:
            review.start(desk, words)
        st.html(_empty(words))
    elif len(rows) == 1:
        _event(layer, rows[0], desk, words)
    else:
        _list(layer, rows, words)
        if desk is not None:
            merging.merge_listed(desk, rows, words)


def _event(layer: Layer, row: int, desk: Desk | None, words: Words) -> None:
    """An event: what it is; then one part of what is known of it, which the user chooses."""
    event = layer.events[row]
    tellings = _tellings(layer, row, desk.path if desk else None)
    st.html(head_html(event, words))
    if desk is not None:
        review.desk_row(desk, row, words)
    _other_pins(layer, event, words)
    match _part(event, desk is not None, words):
        case "reports":
            st.html(reports.table_html(event, tellings, words))
        case "reasons":
            st.html(reasons_html(event, tellings, words))
        case "review" if desk is not None:
            review.form(desk, event, words)
            merging.same_as(desk, row, words)
            merging.split(desk, event, tellings, words)
        case _ if any(telling.annotation for telling in tellings):
            _article(layer, row, tellings, words)
        case _:
            quotes = "".join(source_html(telling.source, words) for telling in tellings[: reports.MOST_SHOWN])
            st.html(f'<div class="dl-reader">{quotes}</div>')
            st.caption(words("article_missing"))
            commands = "dateline extract ARTICLES -w newsroom.gpkg\ndateline serve newsroom.gpkg"
            st.code(commands, language=None, wrap_lines=True)


PART, WANTED = "reader-part", "reader-part-wanted"
"""Session keys of the part that is shown and of the one that the user chose: not every event has every part."""


def _part(event: Event, reviewed: bool, words: Words) -> str:
    """The part of an event that is shown: the same for the next event, as long as that has it."""
    names = {"article": words("part_article")}
    if len(event.sources) > 1:
        names["reports"] = words("part_reports", n=len(event.sources))
    names["reasons"] = words("part_reasons")
    if reviewed:
        names["review"] = words("part_review")
    wanted = st.session_state.get(WANTED, "article")
    st.session_state[PART] = wanted if wanted in names else "article"
    st.segmented_control(
        words("parts"),
        list(names),
        key=PART,
        format_func=names.__getitem__,
        label_visibility="collapsed",
        on_change=_choose_part,
    )
    return str(st.session_state[PART])


def _choose_part() -> None:
    """Remember the part; a second click on it, which would take it away, leaves it."""
    if st.session_state[PART] is not None:
        st.session_state[WANTED] = st.session_state[PART]


@st.cache_resource(show_spinner=False, hash_funcs={Layer: serial_of}, max_entries=32)
def _tellings(layer: Layer, row: int, workspace: Path | None) -> tuple[Telling, ...]:
    return tellings_of(layer.events[row], workspace)


def _other_pins(layer: Layer, event: Event, words: Words) -> None:
    """The other places of an event that happened in several: named here, ringed on the map."""
    others = [row for row in layer.rows_of_group(event.group) if layer.events[row].id != event.id]
    if not others:
        return
    st.caption(words("group_pins", n=len(others) + 1))
    with st.container(horizontal=True, key="group-pins"):
        for row in others[:MOST_LISTED]:
            name = wording.plain(wording.place_text(layer.events[row], words))
            args = (row, layer)
            st.button(name, key=f"pin-{row}", icon=":material/location_on:", on_click=state.select_and_show, args=args)


def _article(layer: Layer, row: int, tellings: Sequence[Telling], words: Words) -> None:
    """One report's article in full; which, the user chooses where there are several."""
    event = layer.events[row]
    telling = tellings[_chosen_report(event, tellings, words) if len(tellings) > 1 else 0]
    st.html(source_head_html(telling.source, words))
    if telling.annotation is None:
        st.html(f"<blockquote>{quote_html(telling.source)}</blockquote>")
        st.caption(words("article_gone"))
    else:
        article_view(layer, row, telling, words)


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
    one_place = len({layer.frame["place"].iloc[row] for row in rows}) == 1
    title = words("reader_list" if one_place else "reader_several", n=words.number(len(rows)))
    st.html(f'<h2 class="dl-list-title">{escape(title)}</h2>')
    with st.container(key="event-list"):
        for row in rows[:MOST_LISTED]:
            event = layer.events[row]
            parts = [wording.type_text(event, words), wording.span_text(event, words)]
            if not one_place:
                parts.insert(1, wording.place_text(event, words))
            label = wording.plain(" · ".join(parts))
            st.button(label, key=f"row-{row}", width="stretch", on_click=state.select_and_show, args=(row, layer))
    if len(rows) > MOST_LISTED:
        st.caption(words("listed_of", shown=MOST_LISTED, total=words.number(len(rows))))


def _chosen_report(event: Event, tellings: Sequence[Telling], words: Words) -> int:
    """The number of the report whose article is shown; at first that of the first whose article is there."""
    names = [wording.shown(wording.outlet_text(telling.source, words)) for telling in tellings]
    key = f"report-{event.id}"
    there = next(number for number, telling in enumerate(tellings) if telling.annotation)
    numbers = range(min(len(tellings), reports.MOST_SHOWN))
    if st.session_state.get(key) not in numbers:  # the report that was read may have been split off
        st.session_state[key] = there
    chosen = st.pills(
        words("article_of"),
        numbers,
        key=key,
        format_func=lambda number: f"{number + 1} {names[number]}"[:NAME_LENGTH],
        on_change=state.never_none,
        args=(key, there),
    )
    return there if chosen is None else int(chosen)


def head_html(event: Event, words: Words) -> str:
    """What an event is: type, place, date, and how sure that is."""
    return (
        f'<article class="dl-reader" data-event="{escape(event.id)}">'
        f'<header><span class="dl-symbol">{event_symbol(event)}</span>'
        f"<h2>{_text(wording.type_text(event, words))}</h2></header>"
        f'<p class="dl-where">{_text(wording.place_text(event, words))}'
        f' <span class="dl-when">{_text(wording.span_text(event, words))}</span></p>'
        f'<p class="dl-chips"><span>{_text(wording.status_text(event, words))}</span>'
        f"<span>{_text(wording.sources_text(event, words))}</span>"
        f"<span>{_text(words('confidence', percent=round(event.confidence * 100)))}</span></p></article>"
    )


def reasons_html(event: Event, tellings: Sequence[Telling], words: Words) -> str:
    """The event's numbers, why it is here and then, which places lost, and what other schemes call it."""
    parts = []
    if event.quantities:
        numbers = ", ".join(f"{number.text} ({wording.role_text(number.role, words)})" for number in event.quantities)
        parts.append(f"<p><b>{_text(words('numbers'))}:</b> {_text(numbers)}</p>")
    if event.why:
        parts.append(_listed(words("why"), event.why))
    if against := tuple(line for telling in tellings for line in _lost(telling, words)):
        parts.append(_listed(words("lost"), dict.fromkeys(against)))
    codes = " · ".join(
        f"{scheme} {code}" for scheme, code in (("ACLED", event.codes.acled), ("PLOVER", event.codes.plover)) if code
    )
    parts.append(f'<p class="dl-codes">{_text(codes)}</p>')
    return f'<div class="dl-reader">{"".join(parts)}</div>'


def _listed(title: str, lines: Iterable[str]) -> str:
    items = "".join(f"<li>{_text(line)}</li>" for line in lines)
    return f'<h3>{_text(title)}</h3><ul class="dl-lines">{items}</ul>'


def _lost(telling: Telling, words: Words) -> Iterator[str]:
    """The places that a telling names or could mean, and that lost, each with the reason."""
    others, taken = lost(telling)
    for mention in others[:MOST_LOST]:
        place = mention.place.name_in(words.language) if mention.place else words("unplaced")
        why = f" – {mention.why}" if mention.why else ""
        yield words("lost_mention", text=mention.text, place=place, role=words(f"mention_{mention.role}")) + why
    for mention in taken:
        for candidate in [each for each in mention.candidates if each.place != mention.place][:MOST_LOST]:
            place = wording.place_with_country(candidate.place, words)
            score = round(candidate.score * 100)
            yield words("lost_candidate", text=mention.text, place=place, percent=score) + f" – {candidate.why}"


def source_html(source: Source, words: Words) -> str:
    """A source with its quote, where that is all that is known of its article."""
    return (
        f'<section class="dl-source">{source_head_html(source, words)}'
        f'<blockquote dir="auto">{quote_html(source)}</blockquote></section>'
    )


def source_head_html(source: Source, words: Words) -> str:
    """Outlet, date and title of a source, with a link to it."""
    status = "" if source.factuality is Factuality.ASSERTED else f" · {words('status_' + source.factuality)}"
    link = ""
    if address := wording.web_address(source):
        target = f'href="{escape(address)}" target="_blank" rel="noopener noreferrer nofollow"'
        link = f" <a {target}>{_text(words('open_article'))}</a>"
    return (
        f'<div class="dl-about"><p class="dl-outlet"><b>{_text(wording.outlet_text(source, words))}</b> '
        f"{_text(wording.published_text(source, words) + status)}{link}</p>"
        f'<p class="dl-title">{_text(source.title or source.article)}</p></div>'
    )


def quote_html(source: Source) -> str:
    """The quote, its marks in colour."""
    return "".join(
        f'<mark class="dl-mark dl-{role}">{_text(text)}</mark>' if role else _text(text)
        for text, role in wording.marked_pieces(source, QUOTE_LENGTH)
    )


_text = wording.html_text
