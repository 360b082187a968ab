"""Events for the tests of formats: two made by hand, and a hypothesis strategy for any other."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from geodata.event import Codes, Event, Factuality, Mark, Quantity, Source
from geodata.geometry import Shape
from geodata.place import Place, PlaceKind
from geodata.timespan import UNDATED, Basis, TimeSpan

TOWN = Place("gn:1", "Beira", PlaceKind.CITY, "MZ", -19.84361, 34.83889, 8.0, "MZ.05", 530604, (("de", "Beira"),))
REGION = Place("iso:MZ-S", "Sofala", PlaceKind.REGION, "MZ", -19.2, 34.9, 180.0)
FIJI = Place("cc:FJ", "Fiji", PlaceKind.COUNTRY, "FJ", -17.8, 178.0, 300.0)
TRIANGLE: Shape = ((((34.0, -20.0), (35.0, -20.0), (34.5, -19.0), (34.0, -20.0)),),)


def no_outline(_: Place) -> Shape:
    return ()


def event(place: Place | None = TOWN, **changes: Any) -> Event:
    quote = "Der Fluss trat über die Ufer."
    source = Source("a1", quote, 10, 10 + len(quote), "0" * 64, "Bote", "https://example.org/a", "Flut",
                    "2023-03-12", "given", (Mark(10, 15, "trigger"),), Factuality.CLAIMED, "der Bürgermeister")
    values: dict[str, Any] = {
        "id": "e1", "type": "flood", "factuality": Factuality.CLAIMED, "sources": (source,), "place": place,
        "span": TimeSpan.of(date(2023, 3, 10), date(2023, 3, 12), Basis.RELATIVE), "codes": Codes("Other", ""),
        "claimed_by": "der Bürgermeister", "group": "g1", "confidence": 0.75,
        "quantities": (Quantity(1, 9, "rund 300", "displaced", 300, 300, True),), "why": ("trigger: trat … über",)}
    return Event(**{**values, **changes})


HOSTILE = st.sampled_from([
    "=1+1", "+49", "-19", "@SUM(A1)", "'=quoted", "\t=1", ";=1", "; '=1", "a\n=1", "</script><script>alert(1)</script>",
    "${alert(1)}", "]]>", "\x00", "\ud800", "\\u0041", "\\\\u0041", "\\\ud800", "\ufffe", "&amp;", "a,b;c\"d\"", "\r\n",
    "\u2028", "\ufeff", "'", " ", "<b>", "\x7f", "\x85"])
TEXT = st.text(st.characters(), max_size=12) | HOSTILE | st.builds("".join, st.lists(HOSTILE, max_size=4))
"""Any text, lone surrogates and control characters too, and what runs or breaks somewhere."""
NUMBER = st.floats(allow_nan=False, allow_infinity=False)

PLACES = st.builds(
    Place, id=st.text("abc:1", min_size=1, max_size=8), name=TEXT, kind=st.sampled_from(PlaceKind),
    country=st.none() | st.sampled_from(["MZ", "FJ", "NO"]), lat=st.floats(-90, 90), lon=st.floats(-180, 180),
    radius_km=st.floats(0.1, 3000), region=st.none() | st.just("MZ.05"), population=st.integers(0, 2**40),
    names=st.dictionaries(st.sampled_from(["de", "en"]), TEXT, max_size=2).map(lambda names: tuple(names.items())))
SPANS = st.just(UNDATED) | st.builds(
    lambda days, basis: TimeSpan.of(min(days), max(days), basis), st.tuples(st.dates(), st.dates()), st.sampled_from(
        Basis)) | st.builds(lambda day, basis: TimeSpan.of(None, day, basis), st.dates(), st.sampled_from(Basis))
MARKS = st.builds(Mark, st.integers(0, 99), st.integers(0, 99), st.sampled_from(["trigger", "place", "time"]))
SOURCES = st.builds(
    Source, article=TEXT, quote=TEXT, start=st.integers(0, 2**31), end=st.integers(0, 2**31), text_sha256=TEXT,
    outlet=TEXT, url=TEXT, title=TEXT, published=TEXT, published_basis=TEXT,
    marks=st.lists(MARKS, max_size=2).map(tuple), factuality=st.sampled_from(Factuality), claimed_by=TEXT,
    parties=st.lists(TEXT, max_size=2).map(tuple), lang=TEXT, copy_of=TEXT)
QUANTITIES = st.builds(Quantity, st.integers(0, 99), st.integers(0, 99), TEXT, TEXT, st.none() | NUMBER,
                       st.none() | NUMBER, st.booleans())
EVENTS = st.builds(
    Event, id=TEXT, type=st.sampled_from(["flood", "a user's own"]), factuality=st.sampled_from(Factuality),
    sources=st.lists(SOURCES, max_size=2).map(tuple), place=st.none() | PLACES, span=SPANS,
    codes=st.builds(Codes, TEXT, TEXT), claimed_by=TEXT, group=TEXT,
    quantities=st.lists(QUANTITIES, max_size=2).map(tuple), confidence=st.floats(0, 1),
    why=st.lists(TEXT, max_size=2).map(tuple))
"""Any event."""
