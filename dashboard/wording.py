"""Dates, places and sources in words, for the screen."""

from __future__ import annotations

from html import escape

from dashboard.columns import event_type
from dashboard.i18n import Words
from geodata.event import Event, Source
from geodata.independence import independent_reports
from geodata.place import Place, PlaceKind
from geodata.timespan import TimeSpan
from geodata.wording import in_words

ROLES = ("trigger", "place", "time", "quantity")
"""Roles of marks that have a colour; a layer file may hold others, and they become no class name."""


def span_text(event: Event, words: Words) -> str:
    """When: a day as a day, a month as a month, an open end as one."""
    return span_words(event.span, words)


def span_words(span: TimeSpan, words: Words) -> str:
    """A span of days in words."""
    return in_words(span, words.language)


def place_text(event: Event, words: Words) -> str:
    """Where, and how finely it is known where that is not a town."""
    if event.place is None:
        return words("unplaced")
    name = event.place.name_in(words.language)
    named = event.place.kind.is_point or event.place.kind is PlaceKind.BORDER  # whose name says what it is
    return name if named else f"{name} ({words('kind_' + event.place.kind)})"


def place_with_country(place: Place, words: Words) -> str:
    """A place's name with its kind, and region or country, to be told from its namesakes."""
    whole = ", ".join(part for part in (words("kind_" + place.kind), place.region or place.country or "") if part)
    return f"{place.name_in(words.language)} ({whole})"


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


def published_date(source: Source, words: Words) -> str:
    """The day on which the article was published, in words; as its layer gives it where that is no date."""
    if not source.published:
        return ""
    try:
        return in_words(TimeSpan.from_edtf(source.published), words.language)
    except ValueError:
        return source.published


def published_text(source: Source, words: Words) -> str:
    """That the article was published, and when."""
    date = published_date(source, words)
    return words("published", date=date) if date else ""


def sources_text(event: Event, words: Words) -> str:
    """How many reports, and how many of them are independent."""
    if len(event.sources) == 1:
        return words("sources_one")
    return words("sources_many", n=len(event.sources), independent=independent_reports(event.sources))


def role_text(role: str, words: Words) -> str:
    """Whom or what a number counts; a lexicon's own role as it has it."""
    if not role:
        return words("number")
    return words.messages.get(f"role_{role}", role)


def marked_texts(source: Source, role: str) -> tuple[str, ...]:
    """The words of the quote that are marked with a role."""
    return tuple(source.quote[mark.start : mark.end] for mark in source.marks if mark.role == role)


def marked_text(source: Source, role: str) -> str:
    """The first words of the quote that are marked with a role; empty if none are."""
    return next(iter(marked_texts(source, role)), "")


def folded(text: str) -> str:
    """``text`` as it is compared: in any case, with any white space."""
    return " ".join(text.casefold().split())


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
    if first:
        first = quote.find(" ", first, min(first + _WORD, marks[0].start)) + 1 or first
    if last < len(quote):
        last = max(quote.rfind(" ", last - _WORD, last), first) or last
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


_WORD = 20
"""Characters that a cut may move by, to fall between two words."""


def shown(text: str) -> str:
    """``text`` without lone surrogates, which no screen can show and no network carries."""
    return text.encode("utf-8", "replace").decode()


def html_text(text: str) -> str:
    """``text`` for HTML: its signs escaped, the direction that it may have turned given back at its end."""
    return escape(shown(text)) + _closing(text)


def _closing(text: str) -> str:
    """The signs that end what directional signs in a text have begun, so that they turn nothing beyond it."""
    open_embeddings = sum(text.count(sign) for sign in _EMBEDDINGS) - text.count(_END_EMBEDDING)
    open_isolates = sum(text.count(sign) for sign in _ISOLATES) - text.count(_END_ISOLATE)
    return _END_EMBEDDING * max(0, open_embeddings) + _END_ISOLATE * max(0, open_isolates)


_EMBEDDINGS, _END_EMBEDDING = "\u202a\u202b\u202d\u202e", "\u202c"
_ISOLATES, _END_ISOLATE = "\u2066\u2067\u2068", "\u2069"
"""Directional formatting characters (Unicode Annex 9)."""


def plain(text: str) -> str:
    """``text`` for what Streamlit reads as Markdown: its signs escaped."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()#+-.!|~<>$:" else letter for letter in shown(text))
