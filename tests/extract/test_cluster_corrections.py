"""What people decided, on a cluster: the outcome is that of one machine, whatever months and families it crosses."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from extract.article import Article
from extract.merge import merge_reports
from extract.merge.blocks import kindred
from extract.pipeline import annotate
from extract.shards import CORRECTED, month_of
from extract.sources import ReadOptions
from extract.versions import program_version
from geodata.corrections import Confirm, Correction, Discard, Merge, Move, Redate, Undo, anchor_of, write_corrections
from geodata.event import Event, Source
from geodata.formats import read_layer
from geodata.gazetteer import open_gazetteer
from geodata.replay import replay
from geodata.timespan import TimeSpan
from tests.command import dateline

distributed = pytest.importorskip("distributed")  # that the cluster is not tested then is told in test_cluster.py

from extract.cluster import extract_on_cluster  # noqa: E402

TEXTS = (
    "Ein Erdbeben hat am 29. Mai 2021 die Stadt Izmir erschüttert.",
    "In Valparaíso protestierten am 3. Juni 2021 Tausende Menschen.",
    "Bei einem Brand in Antwerpen sind am 8. August 2020 drei Menschen verletzt worden.",
    "Floods hit the town of Ballina in Australia on 4 March 2022.",
    "Am 31. Mai 2021 sind 300 Soldaten aus Tartu nach Narva verlegt worden.",
)
NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for number, text in enumerate(TEXTS):
        (folder / f"{number}.jsonl").write_text(json.dumps({"text": text}) + "\n")
    return folder


@pytest.fixture(scope="module")
def told() -> tuple[Event, ...]:
    gazetteer = open_gazetteer()
    return merge_reports(annotate(Article(f"{number}-1", text), gazetteer) for number, text in enumerate(TEXTS))


def event_in(events: tuple[Event, ...], article: int) -> Event:
    return next(event for event in events if event.sources[0].article == f"{article}-1")


@pytest.fixture(scope="module")
def decided(told: tuple[Event, ...]) -> list[Correction]:
    """One of each kind that takes an event elsewhere: to another family, month, place, or away."""
    quake, protest, fire, flood = (event_in(told, number) for number in range(4))
    changes = [
        (protest, Merge((anchor_of(quake),))), (protest, Redate(TimeSpan.of(date(2021, 7, 1), date(2021, 7, 1)))),
        (fire, Move(flood.place)), (flood, Discard()), (fire, Confirm())]
    made = [Correction(anchor_of(event), change, "ana", NOON + timedelta(minutes=number))
            for number, (event, change) in enumerate(changes)]
    made.append(Correction(anchor_of(fire), Undo(made[-1].id), "ben", NOON + timedelta(minutes=20)))
    nowhere = Event("gone", "storm", flood.factuality, (Source("9", "Ein Sturm.", 0, 10, "f" * 64),))
    made.append(Correction(anchor_of(nowhere), Confirm(), "ana", NOON))
    return made


def sorted_events(events: tuple[Event, ...]) -> list[Event]:
    return sorted(events, key=lambda event: event.id)


def test_corrections_hold_on_a_cluster(inputs: Path, told: tuple[Event, ...], decided: list[Correction], address: str,
                                       tmp_path: Path) -> None:
    expected = replay(told, decided)
    assert len({kindred(event.type) for event in told}) > 1
    assert len(expected.events) == len(told) - 2
    assert (len(expected.discarded), len(expected.unmatched)) == (1, 1)
    version, output = program_version(open_gazetteer()), (tmp_path / "out").as_uri()
    run = extract_on_cluster(address, [inputs.as_uri()], output, ReadOptions(), version, corrections=decided)
    layer = read_layer(tmp_path / "out")
    assert sorted_events(layer.events) == sorted_events(expected.events)
    assert (run.events, run.corrections, run.waiting) == (len(expected.events), 5, len(expected.unmatched))
    assert {path.parent.name for path in tmp_path.rglob(f"{CORRECTED}-*")} == {
        f"month={month_of(event)}" for event in expected.events if expected.reviewed.get(event.id)}
    assert {key: layer.notes[key] for key in ("corrections", "waiting")} == {
        "corrections": 5, "waiting": len(expected.unmatched)}
    assert not list(tmp_path.glob("out/_reports/aside/*"))

    # taken back, all is as the program found it; nothing of the corrected layer is left
    extract_on_cluster(address, [inputs.as_uri()], output, ReadOptions(), version)
    assert sorted_events(read_layer(tmp_path / "out").events) == sorted_events(told)
    assert not list(tmp_path.rglob(f"{CORRECTED}-*"))


def test_corrections_hold_on_one_machine_without_a_workspace(
        inputs: Path, told: tuple[Event, ...], decided: list[Correction], address: str, tmp_path: Path) -> None:
    expected = replay(told, decided)
    path, layer = tmp_path / "ours.jsonl", tmp_path / "out.geojson"
    write_corrections(path, decided)
    result = dateline("extract", inputs, "-o", layer, "--corrections", path)
    assert result.returncode == 0, result.stderr
    assert sorted_events(read_layer(layer).events) == sorted_events(expected.events)
    assert f"{len(expected.unmatched)} corrections wait for their events" in result.stderr
    workspace = tmp_path / "room.gpkg"
    refused = dateline("extract", inputs, "-w", workspace, "--corrections", path)
    assert refused.returncode == 2
    assert "dateline corrections import" in refused.stderr
    assert not workspace.exists()
    # a workspace's own do, too
    assert dateline("extract", inputs, "-w", workspace).returncode == 0
    assert dateline("corrections", "import", workspace, path).returncode == 0
    assert dateline("extract", inputs, "-o", tmp_path / "two.geojson", "--corrections", workspace).returncode == 0
    assert (tmp_path / "two.geojson").read_bytes() == layer.read_bytes()
    on_cluster = dateline("extract", inputs.as_uri(), "--cluster", address, "-o", (tmp_path / "out").as_uri(),
                          "--corrections", workspace)
    assert on_cluster.returncode == 0, on_cluster.stderr
    assert f"{len(expected.unmatched)} corrections wait" in on_cluster.stderr
    assert sorted_events(read_layer(tmp_path / "out").events) == sorted_events(expected.events)
