"""GeoJSON: RFC 7946 and nothing less, and back without loss."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import InputError, OutputError
from geodata.event import Codes, Event, Factuality, Mark, Quantity, Source
from geodata.formats import read_layer
from geodata.formats.geojson import parse_geojson, write_geojson
from geodata.geometry import circle, signed_area
from geodata.place import Place, PlaceKind
from geodata.timespan import Basis, Granularity, TimeSpan

TOWN = Place("gn:1", "Beira", PlaceKind.CITY, "MZ", -19.84361, 34.83889, 8.0, "MZ.05", 530604, (("de", "Beira"),))
REGION = Place("iso:MZ-S", "Sofala", PlaceKind.REGION, "MZ", -19.2, 34.9, 180.0)
FIJI = Place("cc:FJ", "Fiji", PlaceKind.COUNTRY, "FJ", -17.8, 178.0, 300.0)


def event(place: Place | None, **changes: Any) -> Event:
    source = Source("a1", "Der Fluss trat über die Ufer.", 10, 39, "0" * 64, "Bote", "https://example.org/a", "Flut",
                    "2023-03-12", "given", (Mark(10, 15, "trigger"),), Factuality.CLAIMED, "der Bürgermeister")
    values: dict[str, Any] = {
        "id": "e1", "type": "flood", "factuality": Factuality.CLAIMED, "sources": (source,), "place": place,
        "span": TimeSpan(date(2023, 3, 10), date(2023, 3, 12), Granularity.INTERVAL, Basis.RELATIVE,
                         "2023-03-10/2023-03-12"),
        "codes": Codes("Other", ""), "claimed_by": "der Bürgermeister", "group": "g1", "confidence": 0.75,
        "quantities": (Quantity(1, 9, "rund 300", "displaced", 300, 300, True),), "why": ("trigger: trat … über",)}
    return Event(**{**values, **changes})


def no_outline(_: Place) -> tuple[()]:
    return ()


@pytest.mark.parametrize("place", [TOWN, REGION, FIJI, None])
def test_reads_back_without_loss(tmp_path: Path, place: Place | None) -> None:
    path = tmp_path / "layer.geojson"
    assert write_geojson(path, [event(place)], no_outline, {"articles": 1}) == 1
    layer = read_layer(path)
    assert layer.events == (event(place),)
    assert layer.notes["articles"] == 1


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_reads_back(tmp_path_factory: pytest.TempPathFactory, quote: str) -> None:
    source = Source("a", quote, 0, len(quote), "")
    path = tmp_path_factory.mktemp("layer") / "layer.geojson"
    write_geojson(path, [event(None, sources=(source,))], no_outline, {})
    assert read_layer(path).events[0].sources[0].quote == quote


def test_a_broken_surrogate_is_escaped_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "layer.geojson"
    write_geojson(path, [event(None, claimed_by="x\udc80")], no_outline, {})
    path.read_bytes().decode("utf-8")
    assert read_layer(path).events[0].claimed_by == "x\udc80"


@pytest.mark.parametrize(("place", "kind"), [(TOWN, "Point"), (REGION, "Polygon"), (FIJI, "MultiPolygon")])
def test_only_a_town_is_a_point(tmp_path: Path, place: Place, kind: str) -> None:
    path = tmp_path / "layer.geojson"
    write_geojson(path, [event(place)], no_outline, {})
    assert json.loads(path.read_bytes())["features"][0]["geometry"]["type"] == kind


def test_an_outline_takes_the_circles_place(tmp_path: Path) -> None:
    triangle = ((((34.0, -20.0), (35.0, -20.0), (34.5, -19.0), (34.0, -20.0)),),)
    path = tmp_path / "layer.geojson"
    write_geojson(path, [event(REGION)], lambda _: triangle, {})
    assert read_layer(path).outlines["iso:MZ-S"] == triangle


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(0.1, 3000))
def test_circles_are_right_handed_and_within_the_map(lat: float, lon: float, radius: float) -> None:
    for polygon in circle(lat, lon, radius):
        ring = polygon[0]
        assert ring[0] == ring[-1]
        assert signed_area(ring) >= 0
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in ring)


def spoil(key: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda document: document["features"][0]["properties"].__setitem__(key, value)


@pytest.mark.parametrize("harm", [
    spoil("start", "soon"), spoil("factuality", "perhaps"), spoil("place_lat", 99), spoil("sources", None),
    spoil("end", "1999-01-01"), lambda document: document["features"].insert(0, 7),
])
def test_a_broken_layer_is_refused_by_name(tmp_path: Path, harm: Callable[[dict[str, Any]], None]) -> None:
    path = tmp_path / "layer.geojson"
    write_geojson(path, [event(TOWN)], no_outline, {})
    document = json.loads(path.read_bytes())
    harm(document)
    with pytest.raises(InputError, match=r"layer\.geojson.*feature 1"):
        parse_geojson(document, path)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff\xfe\x00", b"[" * 100_000, b'{"features": {}}'])
def test_what_is_no_layer_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "layer.geojson"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"layer\.geojson"):
        read_layer(path)


def test_nothing_is_half_written(tmp_path: Path) -> None:
    path = tmp_path / "layer.geojson"
    path.write_text("before")

    def breaking() -> Any:
        yield event(TOWN)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_geojson(path, breaking(), no_outline, {})
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nowhere"):
        write_geojson(tmp_path / "nowhere" / "layer.geojson", [], no_outline, {})


def test_the_file_has_the_users_usual_permissions(tmp_path: Path) -> None:
    path, usual = tmp_path / "layer.geojson", tmp_path / "usual"
    usual.touch()
    write_geojson(path, [], no_outline, {})
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)
