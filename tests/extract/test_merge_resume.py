"""Merging what changed gives what merging everything anew does: the same clusters, the same ids, the same rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from extract.annotation import Annotation, Report
from extract.article import Article, Publication
from extract.incremental import Reading, mend, settle, stored, tell
from extract.merge.blocks import filed_under, looks_in, seen_from, seen_until, turn_of
from extract.merge.cluster import Telling
from extract.merge.resume import TooMuchError, merge_changes
from extract.merge.traits import Traits
from extract.packing import content_hash, unpack_report
from geodata.corrections import Change, Correction, Discard, Merge, anchor_of
from geodata.event import Codes, Event, Factuality, Quantity, Source
from geodata.geometry import Shape
from geodata.place import Place, PlaceKind
from geodata.timespan import UNDATED, Basis, TimeSpan
from geodata.workspace import Workspace
from geodata.workspace.reports import ReportTables

NOW = datetime(2032, 7, 1, tzinfo=UTC)
BEGIN = date(2032, 3, 1)
TEXT = "Der Deich brach am Hafen. Zwei Boote sanken im Sturm. Alle kamen an Land, sagte der Lotse."
QUOTES = ((0, 25), (26, 53), (54, 90))
COAST = Place("iso:XX-A", "Küste", PlaceKind.REGION, "XX", 54.0, 9.0, 60.0)
PLACES = (None, COAST, Place("cc:XX", "Land", PlaceKind.COUNTRY, "XX", 54.0, 9.0, 300.0),
          Place("gn:1", "Deichdorf", PlaceKind.CITY, "XX", 54.01, 9.01, 2.0, "XX-A"),
          Place("gn:2", "Deichdorf Nord", PlaceKind.CITY, "XX", 54.01, 8.99, 2.0, "XX-A"),  # another cell, one town
          Place("gn:3", "Mole", PlaceKind.SITE, "XX", 54.01, 8.98, 1.0, "XX-A"),
          Place("gn:4", "Ostrand", PlaceKind.CITY, "YY", 54.0, 179.99, 2.0),
          Place("gn:5", "Westrand", PlaceKind.CITY, "YY", 54.0, -179.99, 2.0))


def a_report(chance: Random) -> Report:
    first = BEGIN + timedelta(chance.randrange(12))
    span = chance.choice([UNDATED, TimeSpan.of(first, first), TimeSpan.of(first, first + timedelta(2)),
                          TimeSpan.of(None, first, Basis.PUBLICATION), TimeSpan.of(first, None),
                          TimeSpan.of(first, first + timedelta(chance.choice([5, 7, 8, 30])))])
    size = chance.choice([2, 5, 12, 40])
    quantities = (Quantity(0, 3, str(size), chance.choice(["killed", "people"]), size, size),) * (chance.random() < 0.5)
    return Report(chance.choice(["flood", "storm", "attack", "meeting"]), Codes(),
                  chance.choice([Factuality.ASSERTED, Factuality.CLAIMED, Factuality.PLANNED]), (4, 9),
                  (chance.choice(QUOTES),), chance.choice(PLACES), span=span, quantities=quantities,
                  confidence=chance.choice([0.4, 0.6, 0.8]))


def an_article(chance: Random, name: str) -> tuple[Article, tuple[Report, ...]]:
    day = BEGIN + timedelta(chance.randrange(15))
    article = Article(name, TEXT + f" {chance.random()}", outlet=chance.choice(["", "Bote"]), url=f"https://{name}.org",
                      published=Publication(day, day, "given"))
    reports = {report.place: report for report in (a_report(chance) for _ in range(chance.choice([0, 1, 1, 2, 3])))}
    return article, tuple(replace(report, trigger=(4 + number, 9)) for number, report in enumerate(reports.values()))


def put(workspace: Workspace, article: Article, reports: tuple[Report, ...]) -> None:
    annotation = Annotation(article, "de", article.published, reports=reports)
    workspace.put([stored(annotation, Reading(article, article.id, content_hash(article)), "1")])


def no_outline(_: Place) -> Shape:
    return ()


def mend_always(tables: ReportTables) -> Mapping[int, Event | None]:
    return merge_changes(tables, unpack_report, 10**9)


def rows(path: Path) -> dict[str, list[Any]]:
    """All that settling made, with names for numbers."""
    named = "articles.id, report_records.number"
    of_founder = ("LEFT JOIN report_records f ON f.report = report_records.founder "
                  "LEFT JOIN articles a ON a.fid = f.article")
    reports = "articles JOIN report_records ON articles.fid = report_records.article"
    asked = {
        "events": "SELECT * FROM events", "program": "SELECT id, digest, record FROM program_events",
        "words": "SELECT * FROM event_words", "discarded": "SELECT * FROM discarded_events",
        "clusters": f"SELECT {named}, a.id, f.number, report_records.gone FROM {reports} {of_founder}",
        "ids": f"SELECT {named}, event FROM {reports} JOIN cluster_events c ON report_records.report = c.founder",
        "blocks": f"SELECT {named}, block, report_blocks.turn, name, report_blocks.number, founds "
                  f"FROM {reports} JOIN report_blocks ON report_records.report = report_blocks.report"}
    with closing(sqlite3.connect(path)) as connection:
        names = [f'"{name}"' for _, name, *_ in connection.execute("PRAGMA table_info(events)") if name != "fid"]
        asked["events"] = f"SELECT {', '.join(names)} FROM events"
        return {name: sorted(connection.execute(sql), key=repr) for name, sql in asked.items()}


@pytest.mark.parametrize("seed", range(12))
def test_settled_step_by_step_as_at_once(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(seed)
    if seed % 2:  # with blocks that hold few clusters, many are pushed out of sight by others
        for module in ("index", "resume"):
            monkeypatch.setattr(f"extract.merge.{module}.COMPARED", 2)
        monkeypatch.setattr("extract.merge.choice.COMPARED_IN_ALL", 5)
    told: dict[str, tuple[Article, tuple[Report, ...]]] = {}
    corrections: list[Correction] = []
    few = chance.choice([12, 25])
    with Workspace(tmp_path / "steps.gpkg", create=True) as workspace:
        for step in range(6):
            for _ in range(chance.randrange(1, few)):
                name = f"a{chance.randrange(50):02}"  # some of them told before, otherwise
                told[name] = an_article(chance, name)
                put(workspace, *told[name])
            workspace.settle(tell, "1", no_outline, {}, NOW, mend_always if step else None)
            events = sorted(workspace.events(), key=lambda event: event.id)
            if len(events) > 2 and chance.random() < 0.5:
                one, other = chance.sample(events, 2)
                change: Change = chance.choice([Discard(), Merge((anchor_of(other),))])
                corrections.append(Correction(anchor_of(one), change, "ana", NOW + timedelta(step)))
                workspace.correct(corrections[-1:], no_outline)
        workspace.settle(tell, "1", no_outline, {}, NOW, mend_always)
    with Workspace(tmp_path / "once.gpkg", create=True) as workspace:
        for name in chance.sample(sorted(told), len(told)):
            put(workspace, *told[name])
        workspace.correct(corrections, no_outline)
        workspace.settle(tell, "1", no_outline, {}, NOW)
    stepwise, at_once = rows(tmp_path / "steps.gpkg"), rows(tmp_path / "once.gpkg")
    assert len(at_once["clusters"]) > len(at_once["ids"])  # some were merged
    for table in at_once:
        assert stepwise[table] == at_once[table], table


def two_reports() -> Iterator[tuple[Traits, Traits]]:
    """Pairs of reports in the order in which they are merged."""
    chance = Random(5)
    source = Source("a", "Der Deich brach.", 0, 16, "")
    made = sorted((Traits.of(a_report(chance), source) for _ in range(160)), key=turn_of)
    return ((one, other) for number, one in enumerate(made) for other in made[number:])


def test_who_may_look_at_a_report_is_found_from_there() -> None:
    met = 0
    for one, other in two_reports():
        areas, slot = filed_under(one)
        theirs, slots, types = looks_in(other)
        if slot in slots and one.type in types and not set(areas).isdisjoint(theirs):
            met += 1
            own, at = filed_under(other)
            assert {(area, at, other.type) for area in own} & set(seen_from(one))
            assert turn_of(other) <= seen_until(one)
    assert met > 200


def test_only_what_a_new_article_has_to_do_with_is_looked_at_again(tmp_path: Path) -> None:
    def storm(name: str, day: int, place: Place | None = PLACES[3]) -> None:
        when = date(2032, 1, 1) + timedelta(day)
        report = Report("storm", Codes(), Factuality.ASSERTED, (4, 9), QUOTES[:1], place, span=TimeSpan.of(when, when))
        put(workspace, Article(name, TEXT + name, outlet=name), (report,))

    with Workspace(tmp_path / "w.gpkg", create=True) as workspace:
        for number in range(200):
            storm(f"a{number}", 10 * number)
        assert settle(workspace, "1", no_outline, NOW).events == 200
        storm("b", 50)
        looked_at: list[Telling] = []

        def unpack(record: bytes) -> Telling:
            looked_at.append(unpack_report(record))
            return looked_at[-1]

        def mend_little(tables: ReportTables) -> Mapping[int, Event | None]:
            changed = merge_changes(tables, unpack, 3)
            assert len(changed) == 1
            return changed

        assert workspace.settle(tell, "1", no_outline, {}, NOW, mend_little).events == 200
        assert len(looked_at) < 5
        storm("c", 50, PLACES[6])
        assert settle(workspace, "1", no_outline, NOW).events == 201
        assert workspace.is_settled


def test_where_much_changed_all_is_merged_anew(tmp_path: Path) -> None:
    chance = Random(1)
    with Workspace(tmp_path / "w.gpkg", create=True) as workspace:
        for number in range(30):
            put(workspace, *an_article(chance, f"a{number}"))
        settle(workspace, "1", no_outline, NOW)
        for number in range(20, 50):
            put(workspace, *an_article(chance, f"a{number}"))
        with closing(sqlite3.connect(workspace.path)) as connection, pytest.raises(TooMuchError):
            merge_changes(ReportTables(connection), unpack_report, 3)
        with closing(sqlite3.connect(workspace.path)) as connection:
            assert mend(ReportTables(connection)) is None
        assert settle(workspace, "1", no_outline, NOW).events == workspace.event_count() > 20
        assert workspace.is_settled
