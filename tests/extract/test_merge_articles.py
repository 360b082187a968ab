"""Several articles on the same days, from their texts to events: what is one event, what is not, who is independent."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from extract.annotation import Annotation
from extract.article import Article, Publication
from extract.merge import link_events, merge_reports
from extract.pipeline import annotate
from geodata.event import Event, Factuality
from geodata.gazetteer import Gazetteer
from geodata.independence import independent_reports

STORIES = tomllib.loads(Path(__file__).with_name("merge_articles.toml").read_text(encoding="utf-8"))
in_both = pytest.mark.parametrize("lang", ["de", "en"])


def read(gazetteer: Gazetteer, lang: str, name: str, published: str, text: str, outlet: str = "") -> Annotation:
    day = date.fromisoformat(published)
    return annotate(Article(name, text, outlet=outlet, lang=lang, published=Publication(day, day, "given")), gazetteer)


def events_of(gazetteer: Gazetteer, story: str, lang: str, *types: str) -> list[Event]:
    """The events of some types that a story's articles tell of, in the order in which they were first told."""
    annotations = [read(gazetteer, lang, f"t{number}", published, text, outlet)
                   for number, (outlet, published, text) in enumerate(STORIES[story][lang]["articles"])]
    return [event for event in merge_reports(annotations) if event.type in types]


def articles_of(event: Event) -> list[str]:
    return sorted(source.article for source in event.sources)


@in_both
def test_a_flood_told_by_four_outlets_two_of_them_from_one_agency(gazetteer: Gazetteer, lang: str) -> None:
    event, = events_of(gazetteer, "flood", lang, "flood")
    assert articles_of(event) == ["t0", "t1", "t2", "t3"]
    assert independent_reports(event.sources) == 3
    assert any("4 reports, 3 independent" in line for line in event.why)


@in_both
def test_two_attacks_in_one_city_two_days_apart(gazetteer: Gazetteer, lang: str) -> None:
    events = events_of(gazetteer, "attacks", lang, "attack", "explosion", "battle")
    assert [articles_of(event) for event in events] == [["t0", "t1"], ["t2", "t3"]]
    assert {event.place.name for event in events if event.place} == {"Mosul"}


@in_both
def test_a_train_crash_with_a_rising_toll(gazetteer: Gazetteer, lang: str) -> None:
    event, = events_of(gazetteer, "crash", lang, "accident")
    assert articles_of(event) == ["t0", "t1", "t2"]
    assert {3, 8, 21} <= {quantity.minimum for quantity in event.quantities if quantity.role == "killed"}
    assert any(line.startswith("differs") and "(killed)" in line for line in event.why)


@in_both
def test_a_summit_planned_and_then_held(gazetteer: Gazetteer, lang: str) -> None:
    event, = events_of(gazetteer, "summit", lang, "meeting", "treaty")
    assert event.factuality is Factuality.ASSERTED
    assert [source.factuality for source in event.sources] == [Factuality.PLANNED, Factuality.ASSERTED]
    assert event.span.start == event.span.end == date(2031, 5, 12)
    assert event.confidence < 0.95  # that it was planned makes nobody surer that it happened


@in_both
def test_two_stabbings_in_one_city_on_one_day(gazetteer: Gazetteer, lang: str) -> None:
    events = events_of(gazetteer, "stabbings", lang, "crime", "attack")
    assert [articles_of(event) for event in events] == [["t0", "t2"], ["t1"]]


def test_two_events_of_a_country_are_not_one_situation(gazetteer: Gazetteer) -> None:
    texts = ("The army attacked a village in Sudan on 3 May 2031.", "Gunmen attacked a convoy in Sudan on 20 May 2031.",
             "The army fought rebels in Port Sudan on 3 May 2031.", "Rebels shelled Port Sudan on 9 May 2031.")
    events = merge_reports(read(gazetteer, "en", f"s{number}", "2031-05-21", text) for number, text in enumerate(texts))
    told = {event.id: event.sources[0].article for event in events}
    assert {frozenset((told[link.one], told[link.other])) for link in link_events(events)} == {frozenset(("s2", "s3"))}
