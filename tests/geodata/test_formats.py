"""Every format: found by suffix, back without loss, hostile text harmless."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.errors import DatelineError, InputError, OutputError
from geodata.event import Event
from geodata.formats import FORMATS, format_of, layer_bytes, read_layer, write_layer
from geodata.formats.columns import COLUMNS, geo_precision, time_precision
from geodata.formats.csv import guard, unguard
from geodata.formats.plaintext import escape, json_text, unescape
from geodata.place import Place, PlaceKind
from geodata.timespan import UNDATED, TimeSpan
from tests.geodata.layers import EVENTS, FIJI, HOSTILE, REGION, TEXT, TOWN, TRIANGLE, event, no_outline

SUFFIXES = [kind.suffixes[0] for kind in FORMATS]
SOUND = {suffix: layer_bytes(suffix, [event(TOWN), event(REGION, id="e2"), event(None, id="e3")], no_outline, {})
         for suffix in SUFFIXES}
NOTES = {"articles": 3, "unresolved": ["Nirgendheim", "</script>"]}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("place", [TOWN, REGION, FIJI, None], ids=["town", "region", "across 180°", "nowhere"])
def test_reads_back_without_loss(tmp_path: Path, suffix: str, place: Place | None) -> None:
    path = tmp_path / f"layer{suffix}"
    assert write_layer(path, [event(place), event(None, id="e2")], no_outline, NOTES) == 2
    layer = read_layer(path)
    assert layer.events == (event(place), event(None, id="e2"))
    if suffix != ".csv":
        assert {key: layer.notes[key] for key in NOTES} == NOTES


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None,
          max_examples=40)
@given(events=st.lists(EVENTS, max_size=3, unique_by=lambda event: event.id))
def test_any_event_reads_back(tmp_path: Path, suffix: str, events: list[Event]) -> None:
    path = tmp_path / f"layer{suffix}"
    write_layer(path, events, no_outline, {})
    assert read_layer(path).events == tuple(events)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_outline_reads_back(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"layer{suffix}"
    write_layer(path, [event(REGION)], lambda _: TRIANGLE, {})
    layer = read_layer(path)
    assert layer.outline(REGION) == TRIANGLE
    assert layer.outline(TOWN) == ()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_layer_read_can_be_written_again_the_same(tmp_path: Path, suffix: str) -> None:
    first, second = tmp_path / f"first{suffix}", tmp_path / f"second{suffix}"
    write_layer(first, [event(REGION), event(FIJI, id="e2")], no_outline, NOTES)
    layer = read_layer(first)
    write_layer(second, layer.events, layer.outline, layer.notes)
    assert read_layer(second) == layer


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_an_empty_layer_is_a_layer(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"layer{suffix}"
    assert write_layer(path, [], no_outline, {}) == 0
    assert read_layer(path).events == ()


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 40, b"{", b"<kml", b"id,type\n1,2\n", b"SQLite format 3\x00"])
def test_what_is_no_layer_is_refused_by_name(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"broken{suffix}"
    path.write_bytes(content)
    with pytest.raises(InputError, match="broken"):
        read_layer(path)


HARM = st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(max_size=6), st.integers(0, 12)), min_size=1, max_size=4)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(harm=HARM)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None,
          max_examples=30)
def test_a_damaged_layer_is_read_or_refused_by_name(tmp_path: Path, suffix: str,
                                                    harm: list[tuple[int, bytes, int]]) -> None:
    content = SOUND[suffix]
    for position, put, dropped in harm:
        at = position % (len(content) + 1)
        content = content[:at] + put + content[at + dropped:]
    path = tmp_path / f"damaged{suffix}"
    path.write_bytes(content)
    try:
        layer = read_layer(path)
    except InputError as error:
        assert error.subject.endswith(path.name)  # noqa: PT017  # either way is right
    else:
        assert len(layer.events) <= 3


def test_a_line_without_its_geometry_is_refused_by_number(tmp_path: Path) -> None:
    path = tmp_path / "layer.geojsonl"
    write_layer(path, [event(TOWN), event(REGION, id="e2")], no_outline, {})
    first, second = path.read_text().splitlines()
    path.write_text(first + "\n" + json.dumps({**json.loads(second), "geometry": None}) + "\n")
    with pytest.raises(InputError, match=r"layer\.geojsonl: line 2"):
        read_layer(path)


def test_an_entity_bomb_in_a_kml_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.kml"
    write_layer(path, [event()], no_outline, {})
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(20))
    path.write_text(path.read_text().replace("<kml", f"<!DOCTYPE kml [{entities}]><kml", 1).replace("Beira", "&a19;"))
    with pytest.raises(InputError, match=r"bomb\.kml.*document type"):
        read_layer(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_nothing_is_half_written(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"layer{suffix}"
    path.write_text("before")

    def breaking() -> Any:
        yield event(TOWN)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_layer(path, breaking(), no_outline, {})
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_missing_folder_is_named(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(OutputError, match="nowhere"):
        write_layer(tmp_path / "nowhere" / f"layer{suffix}", [event()], no_outline, {})


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_bytes_for_a_download_are_the_files(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"layer{suffix}"
    path.write_bytes(layer_bytes(suffix, [event()], no_outline, {}))
    assert read_layer(path).events == (event(),)


def test_unknown_kinds_and_missing_files_are_named(tmp_path: Path) -> None:
    for act in (lambda: write_layer(tmp_path / "layer.docx", [], no_outline, {}),
                lambda: read_layer(tmp_path / "layer.docx"), lambda: read_layer(tmp_path / "absent.csv")):
        with pytest.raises(DatelineError, match=r"layer\.docx.*\.geojson|absent\.csv"):
            act()


def test_a_format_is_found_whatever_the_case() -> None:
    found = format_of("EVENTS.GeoJSON")
    assert found is not None
    assert found.name == "GeoJSON"
    assert format_of("events") is None


@given(TEXT)
def test_escapes_are_undone_and_carried_everywhere(text: str) -> None:
    assert unescape(escape(text)) == text
    escape(text).encode("utf-8")
    assert "\x00" not in escape(text)
    assert json.loads(json_text(text)) == text
    json_text(text).encode("utf-8")


@pytest.mark.parametrize("text", ["\\" * 300_000, "\\" * 300_000 + "u", " " * 300_000 + "=", ";" * 300_000,
                                  "'" * 300_000, "\\u" * 200_000, "; '" * 100_000 + "="])
def test_long_runs_cost_no_more_than_their_length(text: str) -> None:
    assert unescape(escape(text)) == text
    assert unguard(guard(text)) == text


@given(st.text("=+-@' ;\t\n\ra", max_size=12) | HOSTILE)
def test_guards_are_undone(text: str) -> None:
    assert unguard(guard(text)) == text


def test_no_cell_runs_as_a_formula_even_where_semicolons_separate(tmp_path: Path) -> None:
    path = tmp_path / "layer.csv"
    harmful = "=HYPERLINK(1)"
    write_layer(path, [event(claimed_by=harmful, group=f"x;{harmful}", why=(f"a;{harmful}",))], no_outline, {})
    for separator in ",;":
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for line in csv.reader(file, delimiter=separator) for cell in line]
        assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "@"))]


def test_a_csv_a_spreadsheet_saved_with_fewer_columns_still_reads(tmp_path: Path) -> None:
    path = tmp_path / "layer.csv"
    write_layer(path, [event()], no_outline, {})
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    kept = [column.name for column in COLUMNS if not column.repeats]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, kept, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(lines)
    assert read_layer(path).events == (event(),)


def test_precisions_are_acleds() -> None:
    small = Place("x", "x", PlaceKind.REGION, None, 0, 0, 20.0)
    assert [geo_precision(place) for place in (TOWN, small, REGION, FIJI, None)] == [1, 2, 3, 4, None]
    spans = [TimeSpan.from_edtf(text) for text in ("2023-03-10", "2023-03-10/2023-03-12", "2023-03", "2023", "../2023")]
    assert [time_precision(span) for span in [*spans, UNDATED]] == [1, 2, 3, 4, 4, None]
