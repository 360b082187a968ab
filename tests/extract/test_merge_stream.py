"""Merging in turns gives what merging at once does, in the memory of a few days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from extract.annotation import Annotation, Report
from extract.article import Article
from extract.merge import merge_reports
from extract.merge.blocks import LAST_TURN, turn_of
from extract.merge.choice import choose
from extract.merge.cluster import Cluster, Telling
from extract.merge.index import OpenClusters
from extract.merge.stream import merge_in_turn
from extract.packing import pack_reports, unpack_report
from geodata.event import Codes, Event, Factuality
from geodata.place import Place, PlaceKind
from geodata.timespan import UNDATED, TimeSpan

TEXT = "Der Deich brach. Zwei Boote sanken. Alle kamen an Land."
QUOTES = ((0, 16), (17, 35), (36, 55))
REGION = Place("iso:XX-A", "Küste", PlaceKind.REGION, "XX", 54.0, 9.0, 60.0, "XX-A")
PLACES = (None, REGION, Place("gn:1", "Deichdorf", PlaceKind.CITY, "XX", 54.01, 9.01, 2.0, "XX-A"),
          Place("gn:2", "Hafen", PlaceKind.CITY, "XX", 54.12, 9.12, 2.0, "XX-A"),
          Place("gn:3", "Fern", PlaceKind.CITY, "YY", 10.0, 20.0, 2.0))


def reports(seed: int, articles: int) -> list[Annotation]:
    """Articles of one report each, of few kinds, places and days, so that many are of one event."""
    chance = Random(seed)
    made = []
    for number in range(articles):
        first = date(2030, 1, 1) + timedelta(chance.randrange(60))
        span = chance.choice([UNDATED, TimeSpan.of(first, first), TimeSpan.of(first, first + timedelta(2)),
                              TimeSpan.of(None, first), TimeSpan.of(first, first + timedelta(80))])
        report = Report(chance.choice(["flood", "storm", "attack"]), Codes(), Factuality.ASSERTED, (4, 9),
                        (chance.choice(QUOTES),), place=chance.choice(PLACES), span=span)
        made.append(Annotation(Article(f"a{number:04}", TEXT), "de", None, reports=(report,)))
    return made


def merged_without_forgetting(tellings: list[Telling]) -> list[Event]:
    """The same rules with every block kept to the end."""
    clusters = OpenClusters()
    for telling in tellings:
        found, why = choose(telling, clusters.seen_by(telling.traits))
        if found is None:
            clusters.file(Cluster(telling), telling.traits)
        else:
            found.add(telling, why)
    return [cluster.event() for cluster in clusters.complete(LAST_TURN)]


@pytest.mark.parametrize("seed", range(5))
def test_in_turns_as_at_once(seed: int) -> None:
    annotations = reports(seed, 400)
    by_turn = sorted(annotations, key=lambda each: (turn_of(Telling.of(each, each.reports[0]).traits), each.article.id))
    shuffled = Random(seed).sample(annotations, len(annotations))
    at_once = merge_reports(shuffled)
    numbers = {annotation.article.id: number for number, annotation in enumerate(shuffled)}
    firsts = [min(numbers[source.article] for source in event.sources) for event in at_once]
    assert firsts == sorted(firsts)
    in_turn = list(merge_in_turn((turn, unpack_report(packed)) for each in by_turn for turn, packed in
                                 pack_reports(each)))
    kept = merged_without_forgetting([Telling.of(each, each.reports[0]) for each in by_turn])
    by_id = [sorted(events, key=lambda event: event.id) for events in (in_turn, at_once, kept)]
    assert by_id[0] == by_id[1] == by_id[2]
    assert 1 < len(in_turn) < 400
    assert max(len(event.sources) for event in in_turn) > 3


def test_events_are_told_as_soon_as_they_are_complete() -> None:
    told = 0

    def one_in_ten_days() -> Iterator[tuple[int, Telling]]:
        nonlocal told
        for number in range(500):
            day = date(2030, 1, 1) + timedelta(10 * number)
            annotation = reports(0, 1)[0]
            report = replace(annotation.reports[0], place=PLACES[2], span=TimeSpan.of(day, day), type="flood")
            telling = Telling.of(replace(annotation, article=Article(f"a{number}", TEXT), reports=(report,)), report)
            told += 1
            yield turn_of(telling.traits), telling

    behind = max(told - complete for complete, _ in enumerate(merge_in_turn(one_in_ten_days())))
    assert behind < 10


def test_what_comes_too_late_is_told() -> None:
    tellings = [Telling.of(each, each.reports[0]) for each in reports(1, 50)]
    turns = sorted(((turn_of(each.traits), each) for each in tellings), key=lambda pair: -pair[0])
    with pytest.raises(ValueError, match="comes after"):
        list(merge_in_turn(turns))


def test_reports_without_a_place_merge_with_their_copies_alone() -> None:
    copies = [each for each in reports(3, 200) if each.reports[0].place is None and each.reports[0].type == "flood"]
    tellings = sorted(((turn_of(telling.traits), telling) for each in copies
                       for telling in [Telling.of(each, each.reports[0])]), key=lambda pair: pair[0])
    assert all(turn < 0 for turn, _ in tellings)
    assert len(list(merge_in_turn(tellings))) == len(QUOTES)
