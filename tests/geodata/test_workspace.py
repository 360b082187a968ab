"""The workspace: articles and failures kept, events settled with corrections on them, a GeoPackage all the while."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

import pytest

from geodata.corrections import (
    Change,
    Confirm,
    ConflictError,
    Correction,
    Discard,
    Merge,
    Move,
    Split,
    Undo,
    anchor_of,
    words_of,
)
from geodata.errors import InputError, OutputError
from geodata.event import Codes, Event, Factuality, Mark, Quantity, Source
from geodata.formats import read_layer
from geodata.geometry import Shape
from geodata.place import Place, PlaceKind
from geodata.records import from_plain, pack, to_plain, unpack
from geodata.timespan import TimeSpan
from geodata.workspace import Failure, Settled, StoredArticle, What, Workspace
from geodata.workspace.reports import StoredReport, Told

NOW = datetime(2031, 5, 4, 12, tzinfo=UTC)
LAKE = Place("dl:lake", "Oberer See", PlaceKind.WATER, None, 46.5, 11.2, 12.0)
TOWN = Place("gn:21", "Seestadt", PlaceKind.CITY, "IT", 46.6, 11.3, 2.0, names=(("de", "Seestadt"),))
PORT = Place("gn:22", "Hafendorf", PlaceKind.CITY, "IT", 46.4, 11.1, 1.0)


def sha(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def event(name: str, place: Place | None = TOWN, **changes: Any) -> Event:
    """An event that the article ``name`` tells of, in the words "Sturm über <name>"."""
    text = f"Sturm über {name}"
    source = Source(name, text, 0, len(text), sha(text), "Seebote", marks=(Mark(0, 5, "trigger"),))
    values: dict[str, Any] = {"id": f"id-{name}", "type": "storm", "factuality": Factuality.ASSERTED,
                              "sources": (source,), "place": place,
                              "span": TimeSpan.of(date(2031, 5, 2), date(2031, 5, 3))}
    return Event(**{**values, **changes})


def article(name: str, text: str = "", version: str = "v1", **changes: Any) -> StoredArticle:
    text = text or f"Sturm über {name}"
    return replace(StoredArticle(name, name, sha(text), sha(f"{text} {changes.get('url', '')}"), version,
                                 pack({"text": text}), b"found", ((3, name.encode()),)), **changes)


def no_outline(_: Place) -> Shape:
    return ()


def settle(workspace: Workspace, events: Iterable[Event], version: str = "v1", **notes: Any) -> Settled:
    return workspace.settle(lambda _: map(Told, events), version, no_outline, notes, NOW)


def correct(workspace: Workspace, about: Event, change: Change, minutes: int = 0) -> Correction:
    correction = Correction(anchor_of(about), change, "ana", NOW + timedelta(minutes=minutes))
    workspace.correct([correction], no_outline)
    return correction


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace(tmp_path / "w.gpkg", create=True) as opened:
        yield opened


def by_id(workspace: Workspace) -> dict[str, Event]:
    return {each.id: each for each in workspace.events()}


RICH = event("reich", LAKE, codes=Codes("Other", "X"), claimed_by="der Wirt\udc80", group="g", confidence=0.25,
             quantities=(Quantity(1, 4, "300", "injured", 300, None),), why=("a", "b\x00c"))


def test_events_read_back_without_loss(workspace: Workspace) -> None:
    settled = settle(workspace, [RICH, event("leer", None)], by="us")
    assert settled == Settled(2, (), 0)
    assert list(workspace.events()) == [RICH, event("leer", None)]
    notes = {"by": "us", "articles": 0, "undated_articles": 0, "failures": 0}
    assert workspace.notes() == notes
    layer = read_layer(workspace.path)  # while it is open
    assert layer.events == tuple(workspace.events())
    assert layer.notes == notes


def test_events_of_one_id_are_both_kept(workspace: Workspace) -> None:
    settle(workspace, [event("a"), event("b", id="id-a"), event("c", id="id-a")])
    assert list(by_id(workspace)) == ["id-a", "id-a-2", "id-a-3"]


def test_settling_again_writes_only_what_differs(workspace: Workspace) -> None:
    settle(workspace, [event("a"), event("b"), event("c")])
    fids = dict(rows(workspace, "SELECT id, fid FROM events"))
    settle(workspace, [event("c"), event("b", PORT), event("d")])
    assert by_id(workspace) == {"id-b": event("b", PORT), "id-c": event("c"), "id-d": event("d")}
    after = dict(rows(workspace, "SELECT id, fid FROM events"))
    assert (after["id-b"], after["id-c"]) == (fids["id-b"], fids["id-c"])
    assert rows(workspace, "SELECT count(*) FROM rtree_events_geom") == [(3,)]
    assert rows(workspace, "SELECT event FROM event_words GROUP BY event") == [("id-b",), ("id-c",), ("id-d",)]


def rows(workspace: Workspace, sql: str) -> list[Any]:
    with closing(sqlite3.connect(workspace.path)) as other:
        return other.execute(sql).fetchall()


def test_corrections_show_at_once_and_survive_every_settlement(workspace: Workspace) -> None:
    settle(workspace, [event("a"), event("b"), event("c")])
    correct(workspace, event("a"), Move(PORT))
    correct(workspace, event("b"), Discard(), 1)
    for renumber in (False, True, True):
        assert {each.sources[0].article: each.place for each in workspace.events()} == {"a": PORT, "c": TOWN}
        assert [each.sources[0].article for each in workspace.discarded()] == ["b"]
        assert len(workspace.reviewed()) == 1
        settle(workspace, [event(name, id=f"new-{name}" if renumber else f"id-{name}") for name in "abc"])


def test_what_is_taken_back_is_as_it_was(workspace: Workspace) -> None:
    events = [event("a"), event("b"), event("c")]
    settle(workspace, events)
    before = by_id(workspace)
    changes: list[Change] = [Move(LAKE), Confirm(), Discard(), Merge((anchor_of(events[1]),))]
    made = [correct(workspace, events[0], change, minute) for minute, change in enumerate(changes)]
    assert by_id(workspace) != before
    for minute, correction in enumerate(made, 10):
        correct(workspace, events[0], Undo(correction.id), minute)
    assert by_id(workspace) == before
    assert workspace.discarded() == ()
    assert workspace.reviewed() == {}
    assert rows(workspace, "SELECT count(*) FROM program_events WHERE record NOT NULL") == [(0,)]
    assert len(workspace.corrections()) == 8


def test_a_split_and_its_undo(workspace: Workspace) -> None:
    both = replace(event("a"), sources=(*event("a").sources, *event("b").sources))
    settle(workspace, [both])
    split = correct(workspace, both, Split((words_of(event("b").sources[0]),)))
    part = next(each for each in workspace.events() if each.id != both.id)
    correct(workspace, part, Move(PORT), 1)
    settle(workspace, [both, event("z")])
    assert sorted((len(each.sources), each.place) for each in workspace.events() if each.place == PORT) == [(1, PORT)]
    correct(workspace, both, Undo(split.id), 2)
    # the move meant words that are now the whole event's again
    assert {each.id for each in workspace.events()} == {both.id, "id-z"}


@pytest.mark.parametrize("seed", range(8))
def test_one_correction_at_a_time_comes_to_the_same_as_all_at_once(tmp_path: Path, seed: int) -> None:
    """What is written after each correction is what working everything out anew would write."""
    chance = Random(seed)
    program = [event(name) for name in "abcdef"]
    program[0] = replace(program[0], sources=(*program[0].sources, *program[1].sources, *event("x").sources))
    with Workspace(tmp_path / "one.gpkg", create=True) as one, Workspace(tmp_path / "all.gpkg", create=True) as other:
        settle(one, program)
        made: list[Correction] = []
        for minute in range(25):
            present = list(one.events())
            about, second = chance.choice(present), chance.choice(present)
            changes: list[Change] = [Move(PORT), Confirm(), Merge((anchor_of(second),)),
                                     Split((words_of(about.sources[0]),))]
            if len(present) > 3:
                changes.append(Discard())
            if made:
                changes += [Undo(chance.choice(made).id)] * 2
            change = chance.choice(changes)
            undone = next((each for each in made if isinstance(change, Undo) and each.id == change.correction), None)
            made.append(Correction(undone.target if undone else anchor_of(about), change, "ana",
                                   NOW + timedelta(minutes=minute)))
            one.correct(made[-1:], no_outline)
        other.correct(made, no_outline)
        settle(other, program)
        assert by_id(one) == by_id(other)
        assert one.reviewed() == other.reviewed()
        assert sorted(map(repr, one.discarded())) == sorted(map(repr, other.discarded()))


def test_a_correction_waits_for_its_event(workspace: Workspace) -> None:
    settle(workspace, [event("a")])
    correction = Correction(anchor_of(event("b")), Move(PORT), "ben", NOW)
    assert workspace.correct([correction, correction], no_outline) == (correction,)
    assert settle(workspace, [event("a")]).unmatched == (correction,)
    assert settle(workspace, [event("a"), event("b")]).unmatched == ()
    assert by_id(workspace)["id-b"].place == PORT


def test_articles_are_known_by_what_they_say_and_who_read_them(workspace: Workspace) -> None:
    one = article("a")
    workspace.put([one])
    assert workspace.has_read(one.content_sha256, "v1")
    assert not workspace.has_read(one.content_sha256, "v2")
    assert not workspace.has_read(article("a", "anders").content_sha256, "v1")
    workspace.put([replace(one, version="v2")])
    assert (workspace.count(), workspace.count("v2")) == (1, 1)
    assert workspace.record("a") == (one.content, b"found")
    with pytest.raises(InputError, match="no article 'b'"):
        workspace.record("b")
    assert rows(workspace, "SELECT added, read FROM articles") == [(1, 2)]


def test_reports_come_by_turn_and_article_however_they_came_in(workspace: Workspace) -> None:
    workspace.put([article("b", reports=((7, b"b0"), (-2, b"b1"))), article("c", reports=((7, b"c0"),))])
    workspace.put([article("a", reports=((7, b"a0"), (7, b"a1"))), article("c", reports=((1, b"new"),))])
    told = [(each.at.turn, each.record) for each in workspace.reports()]
    assert told == [(-2, b"b1"), (1, b"new"), (7, b"a0"), (7, b"a1"), (7, b"b0")]


def test_articles_of_one_name_are_told_apart(workspace: Workspace) -> None:
    first = article("seite-1", "gestern", url="https://example.org/1")
    workspace.put([first])

    def name(text: str, url: str = "") -> str:
        return workspace.name_of("seite-1", sha(text), sha(f"{text} {url}"), url)

    assert name("gestern") == "seite-1"                                     # other metadata: the same article
    assert name("gestern, ergänzt", "https://example.org/1") == "seite-1"   # its page has changed
    assert name("heute") == f"seite-1~{sha('heute ')[:8]}"                  # another article
    assert workspace.name_of("seite-2", "", "", "") == "seite-2"
    assert workspace.name_of("kopie", first.text_sha256, first.content_sha256, "") == "seite-1"


def test_other_versions_articles_can_be_asked_for_while_they_are_replaced(workspace: Workspace) -> None:
    workspace.put([article(f"a{number:03}") for number in range(250)])
    seen = []
    for name, _, content in workspace.contents_read_otherwise("v2"):
        seen.append(unpack(content)["text"])
        workspace.put([article(name, version="v2")])
    assert seen == [f"Sturm über a{number:03}" for number in range(250)]
    assert workspace.count("v2") == 250


def test_a_failure_goes_when_the_article_is_read(workspace: Workspace) -> None:
    one = article("a")
    failure = Failure("a", one.content_sha256, "ValueError: \udc80", "v1")
    workspace.put([], [failure, failure])
    assert workspace.failures() == (failure,)
    workspace.put([one])
    assert workspace.failures() == ()


def test_an_older_state_never_replaces_a_newer_one(workspace: Workspace) -> None:
    workspace.put([article("a")])

    def overtaken(_: Iterator[StoredReport]) -> Iterable[Told]:
        yield Told(event("a"))
        with Workspace(workspace.path) as other:
            other.put([article("b")])
            settle(other, [event("a"), event("b")])

    workspace.settle(overtaken, "v1", no_outline, {}, NOW)
    assert list(by_id(workspace)) == ["id-a", "id-b"]
    assert workspace.is_settled


def test_rows_that_changed_since_they_were_compared_are_compared_again(workspace: Workspace) -> None:
    settle(workspace, [event("a"), event("b")])
    calls: list[int] = []

    def disturbed(_: Iterator[StoredReport]) -> Iterable[Told]:
        yield Told(event("a"))
        if not calls:
            with Workspace(workspace.path) as other:
                settle(other, [event("b")])  # takes a away that is told above to be as it was
        calls.append(1)
        yield Told(event("b"))

    workspace.settle(disturbed, "v1", no_outline, {}, NOW)
    assert list(by_id(workspace)) == ["id-b", "id-a"]
    assert len(calls) == 2


def test_what_a_new_version_changed_is_told_apart_from_what_new_articles_did(workspace: Workspace) -> None:
    workspace.put([article(name) for name in "abcd"])
    settle(workspace, [event("a"), event("b"), event("c")])
    assert workspace.changes() == ()
    workspace.put([article(name, version="v2") for name in "abcd"])
    workspace.put([article("new", version="v2")])
    settled = settle(workspace, [event("a"), event("b", PORT, id="renumbered"), event("d", None), event("new")], "v2")
    found = {(change.what, change.event): (change.was, change.now) for change in workspace.changes()}
    assert found == {
        (What.MOVED, "renumbered"): ("Seestadt (city)", "Hafendorf (city)"),
        (What.NEW, "id-d"): ("", "storm · 2031-05-02/2031-05-03"),
        (What.GONE, "id-c"): ("storm · Seestadt (city) · 2031-05-02/2031-05-03", "")}
    assert settled.changes == 3
    settle(workspace, [event("a")], "v2")  # the same version again: not the program's doing
    assert len(workspace.changes()) == 3


def test_two_writers_lose_nothing(workspace: Workspace) -> None:
    settle(workspace, [event("a"), event("b")])
    with Workspace(workspace.path) as other:
        for minute in range(10):
            correct(workspace, event("a"), Confirm(), minute)
            correct(other, event("b"), Confirm(), minute)
        assert len(other.corrections()) == len(workspace.corrections()) == 20


def test_who_decides_without_knowing_of_anothers_decision_is_told_and_loses_nothing(workspace: Workspace) -> None:
    settle(workspace, [event("a"), event("b")])
    known = frozenset({correct(workspace, event("b"), Confirm()).id})
    news = correct(workspace, event("a"), Move(PORT), 1)
    late = Correction(anchor_of(event("a")), Discard(), "ben", NOW + timedelta(minutes=2))
    with pytest.raises(ConflictError) as told:
        workspace.correct([late], no_outline, known)
    assert told.value.made == (news,)
    assert by_id(workspace)["id-a"].place == PORT
    other = Correction(anchor_of(event("b")), Move(LAKE), "ben", NOW + timedelta(minutes=3))
    workspace.correct([other], no_outline, known)
    workspace.correct([late], no_outline, known | {news.id})
    assert set(by_id(workspace)) == {"id-b"}


def test_many_sessions_at_once_lose_nothing(workspace: Workspace) -> None:
    """Four people review while articles come in and the events are worked out anew."""
    events = [event(f"e{number}") for number in range(40)]
    settle(workspace, events)
    failures: list[BaseException] = []

    def review(person: int) -> None:
        with Workspace(workspace.path) as own:
            for minute, about in enumerate(events[person::4]):
                correct(own, about, Move(PORT), minute)

    def read() -> None:
        with Workspace(workspace.path) as own:
            for number in range(10):
                own.put([article(f"new-{number}")])
                settle(own, [*events, *(event(f"new-{each}") for each in range(number + 1))])

    def kept(task: Callable[[], None]) -> None:
        try:
            task()
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=kept, args=(task,)) for task in [*(partial(review, person) for person in range(4)), read]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(workspace.corrections()) == 40
    assert {name: each.place for name, each in by_id(workspace).items()} == {
        **{each.id: PORT for each in events}, **{f"id-new-{number}": TOWN for number in range(10)}}


def test_many_that_make_one_workspace_at_once(tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def make(number: int) -> None:
        try:
            with Workspace(tmp_path / "w.gpkg", create=True) as own:
                own.put([article(f"a{number}")])
        except BaseException as error:
            failures.append(error)

    threads = [Thread(target=make, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with Workspace(tmp_path / "w.gpkg") as made:
        assert made.count() == 8


def test_a_writer_that_fails_leaves_nothing_behind(workspace: Workspace) -> None:
    bad = replace(article("b"), content=None)  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        workspace.put([article("a"), bad])
    assert workspace.count() == 0


def test_a_read_only_file_is_told(workspace: Workspace) -> None:
    workspace._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(OutputError, match="can't be written"):
        workspace.put([article("a")])


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to be read as a header" * 20])
def test_other_files_are_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.gpkg"
    path.write_bytes(content)
    with pytest.raises(InputError, match="no workspace"):
        Workspace(path)
    assert path.read_bytes() == content


def test_a_geopackage_of_others_is_not_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "other.gpkg"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE roads (fid INTEGER PRIMARY KEY)")
    with pytest.raises(InputError, match="is no workspace"):
        Workspace(path, create=True)


def test_missing_and_misnamed(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such workspace"):
        Workspace(tmp_path / "w.gpkg")
    with pytest.raises(OutputError, match=r"\.gpkg"):
        Workspace(tmp_path / "w.geojson", create=True)
    with pytest.raises(OutputError, match="can't be opened"):
        Workspace(tmp_path / "no" / "w.gpkg", create=True)


def test_a_workspace_of_another_make_is_refused(workspace: Workspace) -> None:
    workspace._connection.execute("UPDATE workspace_state SET value = 99 WHERE key = 'schema'")
    with pytest.raises(InputError, match="another version"):
        Workspace(workspace.path)


def test_gdal_reads_it_while_it_is_in_use(workspace: Workspace) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo (Debian: gdal-bin) is not installed")
    settle(workspace, [RICH, event("a"), event("leer", None)])
    workspace._connection.execute("BEGIN IMMEDIATE")  # somebody is writing
    try:
        listed = subprocess.run(["ogrinfo", "-ro", "-so", "-al", str(workspace.path)], check=True,
                                capture_output=True, text=True).stdout
    finally:
        workspace._connection.execute("ROLLBACK")
    described = {part.split("\n")[0]: part for part in listed.split("Layer name: ")[1:]}
    assert "Feature Count: 3" in described["events"]
    assert "WGS 84" in described["events"]
    assert "place_name: String" in described["events"]
    assert "article_records" not in described


def test_gdal_may_edit_the_layer(workspace: Workspace) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo (Debian: gdal-bin) is not installed")
    settle(workspace, [event("a"), event("b", LAKE)])
    subprocess.run(["ogrinfo", str(workspace.path), "-sql", "UPDATE events SET claimed_by = 'me'"], check=True,
                   capture_output=True)
    assert {each.claimed_by for each in workspace.events()} == {"me"}


def test_a_map_style_is_inside(workspace: Workspace) -> None:
    from xml.etree.ElementTree import fromstring

    styles = rows(workspace, "SELECT type, styleQML FROM layer_styles WHERE f_table_name = 'events' AND useAsDefault")
    assert {kind for kind, _ in styles} == {"Point", "Polygon"}
    for _, qml in styles:
        drawn = fromstring(qml.partition(">")[2])
        values = {category.get("value"): category.get("symbol") for category in drawn.iter("category")}
        assert "flood" in values
        assert set(values.values()) == {symbol.get("name") for symbol in drawn.iter("symbol")}


def test_records_keep_every_letter() -> None:
    strange = event("\ud83d\ude00 \x00 \u2028", claimed_by="\udc80")
    assert from_plain(Event, unpack(pack(to_plain(strange)))) == strange
