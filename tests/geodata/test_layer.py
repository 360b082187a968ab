"""Layers in columns: filters agree with the events they stand for, counts add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.synthetic import big_layer, layer
from geodata.event import Event, Factuality, Source
from geodata.layer import EventFilter, Layer, PublicationDate, day_number, day_of
from geodata.place import Place, PlaceKind
from geodata.timespan import UNDATED, Basis, Overlap, TimeSpan

SUVA = Place("t:suva", "Suva", PlaceKind.CITY, "FJ", -18.1, 178.4, 5)
APIA = Place("t:apia", "Apia", PlaceKind.CITY, "WS", -13.8, -171.8, 5)
TYROL = Place("t:tyrol", "Tyrol", PlaceKind.REGION, "AT", 47.2, 11.4, 70, names=(("de", "Tirol"),))


def source(outlet: str = "", quote: str = "A dam broke.") -> Source:
    return Source("a", quote, 0, len(quote), "", outlet=outlet)


def event(key: str, **changes: object) -> Event:
    plain = Event(
        key, "flood", Factuality.ASSERTED, (source("Post"),), SUVA, TimeSpan.of(date(2024, 5, 1), date(2024, 5, 1))
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def ids(of: Layer, keep: EventFilter) -> list[str]:
    return [kept.id for kept in of.filter(keep).events]


days = st.dates(date(2020, 1, 1), date(2026, 12, 31))
spans = st.one_of(
    st.just(UNDATED),
    st.builds(lambda day: TimeSpan.of(None, day), days),
    st.builds(lambda day: TimeSpan.of(day, None), days),
    st.builds(lambda day, more: TimeSpan.of(day, day + timedelta(days=more)), days, st.integers(0, 400)),
)


@given(st.lists(spans, min_size=1, max_size=20), days, st.integers(0, 900))
def test_a_range_keeps_what_overlaps_it_certainly_or_possibly(some: list[TimeSpan], start: date, more: int) -> None:
    window = TimeSpan.of(start, start + timedelta(days=more))
    made = Layer.from_events(event(str(number), span=span) for number, span in enumerate(some))
    for certainly in (True, False):
        wanted = {Overlap.CERTAIN} if certainly else {Overlap.CERTAIN, Overlap.POSSIBLE}
        expected = [span.is_dated and span.overlap(window) in wanted for span in some]
        keep = EventFilter(start=window.start, end=window.end, certainly=certainly)
        assert made.mask(keep).tolist() == expected


@given(st.dates())
def test_day_numbers_go_there_and_back(day: date) -> None:
    assert day_of(day_number(day)) == day


def test_undated_events_stay_until_a_range_is_chosen() -> None:
    made = Layer.from_events([event("dated"), event("undated", span=UNDATED)])
    assert ids(made, EventFilter()) == ["dated", "undated"]
    assert ids(made, EventFilter(start=date(2000, 1, 1))) == ["dated"]


def test_filters_by_type_factuality_outlet_place_and_figures() -> None:
    made = Layer.from_events(
        [
            event("a"),
            event("b", type="storm", confidence=0.9),
            event("c", factuality=Factuality.DENIED, place=TYROL),
            event("d", sources=(source("Post"), source("Kurier")), place=None),
        ]
    )
    assert ids(made, EventFilter(types=frozenset({"storm"}))) == ["b"]
    assert ids(made, EventFilter(types=frozenset())) == []
    assert ids(made, EventFilter(factualities=frozenset({Factuality.DENIED}))) == ["c"]
    assert ids(made, EventFilter(outlets=frozenset({"Kurier"}))) == ["d"]
    assert ids(made, EventFilter(places=frozenset({"t:tyrol"}))) == ["c"]
    assert ids(made, EventFilter(min_confidence=0.8)) == ["b"]
    assert ids(made, EventFilter(min_sources=2)) == ["d"]


def test_text_search_looks_in_quotes_and_every_name_of_the_place_in_any_case() -> None:
    made = Layer.from_events([event("a", place=TYROL), event("b", sources=(source(quote="STRASSE (gesperrt)"),))])
    assert ids(made, EventFilter(text="tirol DAM")) == ["a"]
    assert ids(made, EventFilter(text="straße (")) == ["b"]
    assert ids(made, EventFilter(text=".*")) == []


def test_a_box_may_span_the_180th_meridian() -> None:
    made = Layer.from_events(
        [event("suva"), event("apia", place=APIA), event("tyrol", place=TYROL), event("no", place=None)]
    )
    assert ids(made, EventFilter(bbox=(170, -20, -170, 0))) == ["suva", "apia"]
    assert ids(made, EventFilter(bbox=(0, 0, 20, 60))) == ["tyrol"]


def test_groups_and_description_count_what_the_mask_keeps() -> None:
    made = layer()
    described = made.describe()
    assert described.events == len(made) == len(made.events)
    assert (described.unplaced, described.undated) == (1, 1)
    assert sum(made.group("type").values()) == len(made)
    assert sum(made.group("kind").values()) == len(made) - 1
    assert sum(made.group("place").values()) == len(made) - 1
    mask = made.mask(EventFilter(types=frozenset({"flood"})))
    assert made.group("type", mask) == {"flood": made.describe(mask).events}
    told = made.group("outlet")["Morgenblatt"]
    assert told == sum(any(told_by.outlet == "Morgenblatt" for told_by in event.sources) for event in made.events)
    with pytest.raises(KeyError):
        made.group("colour")


def test_an_empty_layer_has_no_extent_and_no_groups() -> None:
    empty = Layer.from_events([])
    assert empty.extent is None
    assert empty.describe().events == 0
    assert empty.group("type") == empty.group("outlet") == empty.group("place") == {}
    assert empty.mask(EventFilter(text="x", start=date(2024, 1, 1))).tolist() == []


def test_rows_are_found_by_id_and_survive_selection() -> None:
    made = layer()
    assert made.row_of("placeless") == len(made) - 2
    assert made.row_of("nobody") is None
    selected = made.select(~made.placed)
    assert [kept.id for kept in selected.events] == ["placeless"]
    assert selected.row_of("placeless") == 0


def test_a_big_layer_makes_its_events_on_demand() -> None:
    made = big_layer(10_000)
    keep = EventFilter(start=date(2018, 1, 1), end=date(2018, 12, 31), certainly=True)
    rows = np.flatnonzero(made.mask(keep))
    assert len(rows) > 100
    for row in rows[:5]:
        span = made.events[int(row)].span
        assert keep.start <= span.start <= span.end <= keep.end  # type: ignore[operator]


# Dated by publication alone -------------------------------------------------------------------------------------------


def told_on(published: str, span: TimeSpan) -> Layer:
    source = Source("a", "The dam broke.", 0, 14, "", published=published)
    return Layer.from_events([Event("1", "flood", Factuality.ASSERTED, (source,), span=span)])


ONLY_PUBLISHED = TimeSpan.of(None, date(2024, 5, 10), Basis.PUBLICATION)


@pytest.mark.parametrize(
    ("published", "first"),
    [("2024-05-10", date(2024, 5, 10)), ("2024-05-08/2024-05-10", date(2024, 5, 8)), ("", date(2024, 5, 10)),
     ("last week", date(2024, 5, 10)), ("2023-01-01", date(2024, 5, 10))])
def test_at_publication_an_event_counts_on_the_days_it_can_have_been_published(published: str, first: date) -> None:
    layer = told_on(published, ONLY_PUBLISHED)
    assert layer.dated_by_publication.all()
    for way, inside in ((PublicationDate.POSSIBLY, True), (PublicationDate.AT, False), (PublicationDate.OUT, False)):
        long_before = EventFilter(start=date(2020, 1, 1), end=date(2020, 12, 31), publication=way)
        assert layer.mask(long_before)[0] == inside
        around = EventFilter(start=first, end=date(2024, 5, 10), certainly=True, publication=way)
        assert layer.mask(around)[0] == (way is PublicationDate.AT)
    assert layer.mask(EventFilter(publication=PublicationDate.AT)).all()
    assert not layer.mask(EventFilter(publication=PublicationDate.OUT)).any()


@pytest.mark.parametrize("span", [
    TimeSpan.of(None, date(2024, 5, 10), Basis.STATED), TimeSpan.of(date(2024, 5, 9), date(2024, 5, 9), Basis.RELATIVE),
    UNDATED])
def test_what_the_text_dates_counts_the_same_whichever_way(span: TimeSpan) -> None:
    layer = told_on("2024-05-10", span)
    keeps = [EventFilter(start=date(2020, 1, 1), end=date(2020, 12, 31), publication=way) for way in PublicationDate]
    assert len({bool(layer.mask(keep)[0]) for keep in keeps}) == 1
    assert layer.mask(EventFilter(publication=PublicationDate.OUT)).all()
