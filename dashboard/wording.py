"""Dates, places and sources in words, for the screen."""

from __future__ import annotations

from dashboard.columns import event_type
from dashboard.i18n import Words
from geodata.event import Event, Source
from geodata.place import PlaceKind
from geodata.timespan import TimeSpan
from geodata.wording import in_words

ROLES = ("trigger", "place", "time", "quantity")
"""Roles of marks that have a colour; a layer file may hold others, and they become no class name."""


def span_text(event: Event, words: Words) -> str:
    """When: a day as a day, a month as a month, an open end as one."""
    return in_words(event.span, words.language)


def place_text(event: Event, words: Words) -> str:
    """Where, and how finely it is known where that is not a town."""
    if event.place is None:
        return words("unplaced")
    name = event.place.name_in(words.language)
    named = event.place.kind.is_point or event.place.kind is PlaceKind.BORDER  # whose name says what it is
    return name if named else f"{name} ({words('kind_' + event.place.kind)})"


def type_text(event: Event, words: Words) -> str:
    """The type's label."""
    return event_type(event.type).label(words.language)


def status_text(event: Event, words: Words) -> str:
    """The factuality, with whose claim it is."""
    status = words("status_" + event.factuality)
    return f"{status} – {words('claimed_by', who=event.claimed_by)}" if event.claimed_by else status


def outlet_text(source: Source, words: Words) -> str:
    """The outlet, or that none is given."""
    return source.outlet or words("no_outlet")


def published_text(source: Source, words: Words) -> str:
    """When the article was published, in words; as its layer gives it where that is no date."""
    try:
        date = in_words(TimeSpan.from_edtf(source.published), words.language)
    except ValueError:
        date = source.published
    return words("published", date=date) if source.published else ""


def sources_text(event: Event, words: Words) -> str:
    """How many sources, and from how many outlets."""
    if len(event.sources) == 1:
        return words("sources_one")
    outlets = len({source.outlet for source in event.sources})
    return words("sources_many", n=len(event.sources), outlets=outlets)


def web_address(source: Source) -> str:
    """The article's address if a browser may open it (http or https), else nothing: it comes from outside."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(source.url)
    except ValueError:
        return ""
    return source.url if parts.scheme in ("http", "https") and parts.netloc else ""


def marked_pieces(source: Source, most: int) -> list[tuple[str, str]]:
    """The quote in pieces (text, role of its mark or ""), cut to about ``most`` characters around the marks."""
    quote, marks = source.quote, sorted(source.marks, key=lambda mark: mark.start)
    first = max(0, min((mark.start for mark in marks), default=0) - most // 3) if len(quote) > most else 0
    last = min(len(quote), first + most)
    pieces = [("… ", "")] if first else []
    at = first
    for mark in marks:
        start, end = max(mark.start, at), min(mark.end, last)
        if start >= end:
            continue
        if start > at:
            pieces.append((quote[at:start], ""))
        pieces.append((quote[start:end], mark.role if mark.role in ROLES else ""))
        at = end
    if at < last:
        pieces.append((quote[at:last], ""))
    return [*pieces, (" …", "")] if last < len(quote) else pieces


def shown(text: str) -> str:
    """``text`` without lone surrogates, which no screen can show and no network carries."""
    return text.encode("utf-8", "replace").decode()


def plain(text: str) -> str:
    """``text`` for what Streamlit reads as Markdown: its signs escaped."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()#+-.!|~<>$:" else letter for letter in shown(text))
