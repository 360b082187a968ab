"""Filling a workspace: only what is new is read, and neither errors nor ``kill -9`` lose or double anything."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from extract.annotation import Annotation, Candidate, Form, PlaceMention, PlaceRole, Report
from extract.article import Article, Publication
from extract.incremental import Filling, Progress, Reading, Unreadable, settle, stored
from extract.packing import content_hash, pack_annotation, pack_article, unpack_annotation, unpack_article
from geodata.corrections import Correction, Discard, Move, anchor_of
from geodata.event import Codes, Factuality
from geodata.geometry import Shape
from geodata.place import Place, PlaceKind
from geodata.workspace import StoredArticle, What, Workspace

NOW = datetime(2032, 7, 1, tzinfo=UTC)
TOLD = re.compile(r"(Hagel|Sturm) in (\w+)")
PLACES = {name: Place(f"t:{name}", name, PlaceKind.CITY, "CH", 46.0 + number / 10, 7.0, 3.0)
          for number, name in enumerate(["Adorf", "Bedorf", "Cedorf"])}


@dataclass(frozen=True)
class ToyReader:
    """Reads storms and hail in three villages; ``version`` 2 takes hail for a storm and knows no Cedorf."""

    version: str = "1"

    def __call__(self) -> Callable[[Reading], StoredArticle]:
        return lambda reading: stored(self.annotate(reading.article), reading, self.version)

    def annotate(self, article: Article) -> Annotation:
        if "\f" in article.text:
            raise ValueError("form feed")
        mentions, reports = [], []
        for found in TOLD.finditer(article.text):
            place = PLACES.get(found[2])
            if self.version == "2" and found[2] == "Cedorf":
                place = None
            mention = PlaceMention(*found.span(2), found[2], Form.NAME, PlaceRole.SITE, place,
                                   tuple(Candidate(each, 0.5, "") for each in PLACES.values()))
            mentions.append(mention)
            kind = "storm" if self.version == "2" or found[1] == "Sturm" else "flood"
            reports.append(Report(kind, Codes(), Factuality.ASSERTED, found.span(1), (found.span(),), place, mention))
        return Annotation(article, "de", article.published, tuple(mentions), (), (), tuple(reports))


def no_outline(_: Place) -> Shape:
    return ()


def fill(workspace: Workspace, articles: Iterable[Article | Unreadable], version: str = "1", jobs: int = 1) -> Progress:
    progress = Filling(workspace, version, ToyReader(version), jobs).read(articles)
    settle(workspace, version, no_outline, NOW)
    return progress


def some_articles(count: int) -> Iterator[Article]:
    names = [*PLACES, "Nirgends"]
    for number in range(count):
        text = f"Bericht {number}. Sturm in {names[number % 4]}, Hagel in {names[number // 4 % 4]}."
        yield Article(f"a-{number % 50}", text, url=f"https://example.org/{number}")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "w.gpkg", create=True) as opened:
        yield opened


def test_annotations_are_kept_without_loss() -> None:
    article = Article("x", "Hagel in Bedorf \ud83d\ude00 \x00, Sturm in Nirgends", "T", "O", "u", "de",
                      Publication(date(2032, 1, 1), None, "line"))
    annotation = ToyReader().annotate(article)
    assert unpack_annotation(unpack_article(pack_article(article)), pack_annotation(annotation)) == annotation


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_was_read_is_not_read_again(workspace: Workspace, jobs: int) -> None:
    first, more = list(some_articles(120)), list(some_articles(130))
    assert fill(workspace, first, jobs=jobs) == Progress(120, 120, 0, 0)
    before = content(workspace.path)
    assert fill(workspace, first, jobs=jobs) == Progress(120, 0, 120, 0)
    assert content(workspace.path) == before
    assert fill(workspace, more, jobs=jobs) == Progress(130, 10, 120, 0)
    assert workspace.count() == 130


def test_one_article_twice_in_a_run_is_one(workspace: Workspace) -> None:
    renamed = [replace(article, id=f"copy-{article.id}") for article in some_articles(5)]
    assert fill(workspace, [*some_articles(5), *renamed]) == Progress(10, 5, 5, 0)
    assert fill(workspace, renamed) == Progress(5, 0, 5, 0)


def test_articles_of_one_id_are_all_kept(workspace: Workspace) -> None:
    articles = [Article("seite-1", f"Sturm in {name}") for name in PLACES]
    fill(workspace, articles)
    assert {event.place for event in workspace.events()} == set(PLACES.values())
    assert fill(workspace, articles).read == 0


def test_an_article_whose_page_changed_takes_the_place_of_the_old(workspace: Workspace) -> None:
    article = Article("x", "Sturm in Adorf", url="https://example.org/x")
    fill(workspace, [article])
    fill(workspace, [replace(article, text="Sturm in Bedorf")])
    assert [event.place for event in workspace.events()] == [PLACES["Bedorf"]]
    fill(workspace, [replace(article, text="Sturm in Bedorf", title="Sturm")])
    assert workspace.count() == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_bad_articles_are_listed_and_stop_nothing(workspace: Workspace, jobs: int) -> None:
    articles = [Article("gut", "Sturm in Adorf"), Article("schlecht", "\f"), Unreadable("x.jsonl:3", "is no JSON"),
                Article("auch gut", "Hagel in Bedorf")]
    assert fill(workspace, articles, jobs=jobs) == Progress(4, 2, 0, 2)
    found = {failure.article: failure.reason for failure in workspace.failures()}
    assert found["x.jsonl:3"] == "is no JSON"
    assert found["schlecht"].startswith("ValueError: form feed (annotate, line ")
    assert workspace.event_count() == 2
    assert fill(workspace, articles, jobs=jobs).failed == 2  # tried again, and listed once
    assert len(workspace.failures()) == 2


def test_a_new_version_reads_anew_what_the_old_one_read(workspace: Workspace) -> None:
    fill(workspace, [Article("x", "Hagel in Adorf, Sturm in Cedorf"), Article("y", "Sturm in Bedorf")])
    filling = Filling(workspace, "2", ToyReader("2"))
    assert filling.read_again() == Progress(2, 2, 0, 0)
    settle(workspace, "2", no_outline, NOW)
    assert {(change.what, change.was, change.now) for change in workspace.changes()} == {
        (What.RETYPED, "flood", "storm"), (What.MOVED, "Cedorf (city)", "")}
    assert Filling(workspace, "2", ToyReader("2")).read_again().seen == 0


def test_corrections_outlive_the_new_version(workspace: Workspace) -> None:
    fill(workspace, [Article("x", "Hagel in Adorf, Sturm in Cedorf")])
    hail, storm = workspace.events()
    workspace.correct([Correction(anchor_of(hail), Discard(), "ana", NOW),
                       Correction(anchor_of(storm), Move(PLACES["Bedorf"]), "ana", NOW)], no_outline)
    Filling(workspace, "2", ToyReader("2")).read_again()
    settle(workspace, "2", no_outline, NOW)
    assert [event.place for event in workspace.events()] == [PLACES["Bedorf"]]


def test_a_hash_tells_articles_apart_by_all_that_is_read() -> None:
    article = Article("x", "Text", published=Publication(date(2032, 1, 1), date(2032, 1, 1), "given"))
    others = [replace(article, text="Texte"), replace(article, title="T"), replace(article, lang="de"),
              replace(article, published=None), replace(article, url="u"), replace(article, outlet="o")]
    assert len({content_hash(each) for each in [article, *others]}) == 7
    assert content_hash(replace(article, id="y")) == content_hash(article)


# --- kill -9 ---------------------------------------------------------------------------------------------------------

ARTICLES, LATE, KILLS = 100, 4, 100


def content(path: Path) -> dict[str, list[Any]]:
    """All that matters in a workspace: everything but row numbers, revisions and moments."""
    names = {
        "articles": "id, given_id, title, url, lang, characters, text_sha256, content_sha256, version",
        "articles JOIN article_records ON article = fid": "id, content, annotation",
        "articles JOIN report_records ON article = fid": "id, number, turn, record",
        "events": "geom, id, type, place_id, sources, reviewed", "program_events": "*", "event_words": "*",
        "failures": "article, reason", "corrections": "id, record", "discarded_events": "*",
        "dateline_notes": "key, value"}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        (indexed,) = connection.execute("SELECT count(*) FROM rtree_events_geom JOIN events ON fid = "
                                        "rtree_events_geom.id WHERE geom NOT NULL").fetchone()
        (placed,) = connection.execute("SELECT count(*) FROM events WHERE geom NOT NULL").fetchone()
        assert indexed == placed
        return {table: sorted(connection.execute(f"SELECT {columns} FROM {table}"), key=repr)
                for table, columns in names.items()}


def fill_to_the_end(path: str, started: Connection) -> None:
    """What the process does that is killed: fill, settle, add a few and settle what they change, correct, settle."""
    started.send(None)
    with Workspace(Path(path), create=True) as workspace:
        for articles in (ARTICLES - LATE, ARTICLES):
            Filling(workspace, "1", ToyReader()).read([*some_articles(articles), Article("bad", "\f")])
            settle(workspace, "1", no_outline, NOW)
        first = min(workspace.events(), key=lambda event: event.sources[0].quote + event.id)
        if not workspace.corrections():
            workspace.correct([Correction(anchor_of(first), Discard(), "ana", NOW)], no_outline)
        settle(workspace, "1", no_outline, NOW)


@pytest.mark.skipif(os.name == "nt", reason="needs kill -9")
def test_killed_at_any_moment_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    context = get_context("forkserver")
    context.set_forkserver_preload(["extract.incremental", __name__])
    seed = random.randrange(1 << 32)
    moments = random.Random(seed)
    print("seed", seed)  # shown when it fails
    ours, theirs = context.Pipe()

    def run(path: Path, seconds: float | None = None) -> bool:
        """Whether the process got to its end before it was killed."""
        process = context.Process(target=fill_to_the_end, args=(str(path), theirs))
        process.start()
        ours.recv()
        process.join(seconds)
        process.kill()
        process.join()
        assert process.exitcode in (0, -signal.SIGKILL)
        return process.exitcode == 0

    for _ in range(2):  # the first also starts the server of processes
        begun = time.monotonic()
        assert run(tmp_path / f"undisturbed-{begun}.gpkg")
        duration = time.monotonic() - begun
    expected = content(tmp_path / f"undisturbed-{begun}.gpkg")
    assert len(expected["articles"]) == ARTICLES
    assert len(expected["discarded_events"]) == 1
    kills = fills = 0
    while kills < KILLS:
        path = tmp_path / f"w{fills}.gpkg"
        while kills < KILLS and not run(path, moments.uniform(0.0, duration)):
            kills += 1
        run(path)
        assert content(path) == expected
        fills += 1
    print(kills, "kills in", fills, "fills of", duration, "s")
