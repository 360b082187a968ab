"""A layer is read and written on event by event: what is in memory doesn't grow with it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from geodata.errors import InputError, OutputError
from geodata.event import Event
from geodata.export import coarsen, redact, select, selection
from geodata.formats import FORMATS, geoparquet, geoparquet_reader, open_layer, read_layer, write_layer
from geodata.workspace import Workspace
from tests.command import dateline
from tests.geodata.layers import FIJI, REGION, TOWN, event, no_outline

SUFFIXES = [suffix for kind in FORMATS for suffix in kind.suffixes if kind.name != "HTML dossier"]
STREAMED = (".geojson", ".csv", ".gpkg", ".ndjson", ".parquet", ".kml")
NOTES = {"version": "1", "articles": 3, "unresolved": ["Nirgendwo, \"], \\\"dateline\\\": {}\""]}


def made(count: int) -> Iterator[Event]:
    for number in range(count):
        first = event((TOWN, REGION, FIJI, None)[number % 4], id=f"e{number}", group=f"g{number // 2}")
        yield replace(first, sources=(replace(first.sources[0], article=f"a{number}"),))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_events_come_one_at_a_time(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"layer{suffix}"
    write_layer(path, made(50), no_outline, NOTES)
    with open_layer(path) as layer:
        assert list(islice(layer.events, 3)) == list(made(3))
        assert layer.outline(REGION)
        if suffix != ".csv":
            notes = {key: value for key, value in layer.notes.items() if key != "format"}
            assert notes == NOTES
        assert list(layer.events) == list(made(50))[3:]
    whole = read_layer(path)
    assert (whole.events, whole.outlines.keys()) == (tuple(made(50)), layer.outlines.keys())


@pytest.mark.parametrize("suffix", STREAMED)
def test_memory_does_not_grow_with_the_layer(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geoparquet, "BATCH", 64)
    monkeypatch.setattr(geoparquet_reader, "ROWS_AT_ONCE", 64)
    monkeypatch.setattr("geodata.formats.geopackage.ROWS_AT_ONCE", 64)

    def peak(count: int) -> int:
        source, target = tmp_path / f"from-{count}{suffix}", tmp_path / f"to-{count}{suffix}"
        write_layer(source, made(count), no_outline, {})
        tracemalloc.start()
        try:
            with open_layer(source) as layer:
                events = coarsen(select(layer.events, selection("2023-01-01", "", (), (), (), ""), layer.outline), 25)
                assert write_layer(target, events, layer.outline, layer.notes) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(100)  # what is loaded once
    assert peak(1600) < peak(400) * 1.5


def test_a_file_that_lacks_its_end_is_told(tmp_path: Path) -> None:
    path = tmp_path / "layer.geojson"
    write_layer(path, made(20), no_outline, {})
    content = path.read_bytes()
    for cut in (len(content) - 1, len(content) - 40, len(content) // 2, 60, 10):
        path.write_bytes(content[:cut])
        if cut == len(content) - 1:  # but for a line feed nothing is missing
            assert len(read_layer(path).events) == 20
            continue
        with pytest.raises(InputError, match="is no GeoJSON"):
            read_layer(path)


def test_geojson_of_another_make_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "layer.geojson"
    write_layer(path, made(3), no_outline, {"articles": 1})
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\n", " "), encoding="utf-8")
    with open_layer(path) as layer:
        assert (list(layer.events), layer.notes["articles"]) == (list(made(3)), 1)


def test_a_broken_event_is_named_when_it_comes(tmp_path: Path) -> None:
    path = tmp_path / "layer.geojson"
    write_layer(path, made(5), no_outline, {})
    path.write_bytes(path.read_bytes().replace(b'"e3"', b'"e3", "properties": []', 1).replace(
        b'"geometry": {"type": "Poly', b'"geometry": {"type": 7, "x": "Poly', 1))
    with open_layer(path) as layer:
        assert next(layer.events).id == "e0"
        with pytest.raises(InputError, match="feature 2"):
            next(layer.events)


def test_a_layer_can_take_its_own_place(tmp_path: Path) -> None:
    path = tmp_path / "layer.gpkg"
    write_layer(path, made(8), no_outline, {})
    result = dateline("export", path, "-o", path, "--place", "Beira")
    assert result.returncode == 0, result.stderr
    assert "2 of 8 events" in result.stderr
    assert [each.id for each in read_layer(path).events] == ["e0", "e4"]


def test_a_layer_does_not_take_the_place_of_a_workspace(tmp_path: Path) -> None:
    path = tmp_path / "room.gpkg"
    Workspace(path, create=True).close()
    before = path.read_bytes()
    with pytest.raises(OutputError, match="workspace"):
        write_layer(path, made(2), no_outline, {})
    result = dateline("export", path, "-o", path)
    assert (result.returncode, path.read_bytes()) == (2, before)
    assert "would lose its articles" in result.stderr


def test_redacting_a_layer_keeps_groups_together() -> None:
    redacted = list(redact(made(8)))
    assert [each.id for each in redacted] == [f"event-{number}" for number in range(1, 9)]
    assert sorted(each.group for each in redacted) == sorted([f"group-{number}" for number in (1, 2, 3, 4)] * 2)
