"""The five seed articles, end to end: their places come out right, and their pages' clutter stays out."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.annotation import Annotation
from extract.merge import merge_reports
from extract.pipeline import annotate
from extract.sections import SectionRole, find_sections
from extract.sources import read_articles
from geodata.event import Event
from geodata.gazetteer import Gazetteer
from geodata.place import PlaceKind, distance_km

SEEDS = Path(__file__).resolve().parent.parent / "seeds"


@pytest.fixture(scope="module")
def annotations(gazetteer: Gazetteer) -> dict[str, Annotation]:
    return {article.id[:3]: annotate(article, gazetteer) for article in read_articles([SEEDS])}


@pytest.fixture(scope="module")
def events(annotations: dict[str, Annotation]) -> tuple[Event, ...]:
    return merge_reports(annotations.values())


@pytest.mark.parametrize(("name", "kind", "lat", "lon", "within_km"), [
    ("Kursk Oblast", PlaceKind.REGION, 51.75, 36.0, 100),
    ("Kupiansk", PlaceKind.CITY, 49.71, 37.61, 15),
    ("Pyongyang", PlaceKind.CITY, 39.03, 125.75, 25),
    ("Kazan", PlaceKind.CITY, 55.79, 49.12, 20),
    ("Bashkortostan", PlaceKind.REGION, 54.0, 56.0, 150),
    ("Sergeevka near the Chinese border", None, 44.34, 131.66, 15),
])
def test_an_event_is_placed(
        events: tuple[Event, ...], name: str, kind: PlaceKind | None, lat: float, lon: float, within_km: float) -> None:
    near = [event.place for event in events
            if event.place is not None and distance_km(event.place.lat, event.place.lon, lat, lon) <= within_km]
    assert [place for place in near if kind in (None, place.kind)], f"no event at {name}"


def test_no_namesake_of_sergeevka_is_on_the_map(events: tuple[Event, ...]) -> None:
    """Eight to seventeen places share the name; the border that the sentence names decides."""
    told_there = [event.place for event in events if event.place is not None and event.place.kind.is_point
                  and any("Sergeevka" in source.quote for source in event.sources)]
    assert told_there
    assert all(distance_km(place.lat, place.lon, 44.34, 131.66) < 15 for place in told_there)


@pytest.mark.parametrize("no_place", ["Liga", "Express", "dpa", "Watson", "watson", "Burjaten-Bataillon", "Crimea",
                                      "Global", "Crimea Global"])
def test_outlets_units_and_programmes_are_no_places(annotations: dict[str, Annotation], no_place: str) -> None:
    found = {mention.text for annotation in annotations.values() for mention in annotation.places
             if mention.role.pins and mention.place is not None}
    assert no_place not in found


def test_events_are_told_only_by_the_article_itself(annotations: dict[str, Annotation]) -> None:
    for annotation in annotations.values():
        text = annotation.article.text
        clutter = [section for section in find_sections(text, annotation.article.title)
                   if not section.role.tells_events and section.role is not SectionRole.HEADING]
        assert clutter or annotation.article.id.startswith("004")
        for report in annotation.reports:
            start, _ = report.trigger
            assert not any(section.start <= start < section.end for section in clutter), text[start:start + 40]


def test_every_quote_proves_its_event(annotations: dict[str, Annotation], events: tuple[Event, ...]) -> None:
    texts = {annotation.article.id: annotation.article.text for annotation in annotations.values()}
    for event in events:
        for source in event.sources:
            assert texts[source.article][source.start:source.end] == source.quote
            for mark in source.marks:
                assert 0 <= mark.start < mark.end <= len(source.quote)
            assert any(mark.role == "trigger" for mark in source.marks)


def test_without_a_date_nothing_relative_is_dated(gazetteer: Gazetteer) -> None:
    from dataclasses import replace

    for article in read_articles([SEEDS / "003_e2235c48d83a146a.txt"]):
        annotation = annotate(replace(article, published=None), gazetteer)
        assert [expression.text for expression in annotation.times
                if expression.text.endswith("Donnerstag") and expression.span.is_dated] == []
