"""What other programs make of our files: GDAL, geopandas, and RFC 7946's rules."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import jsonschema
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from geodata.errors import OutputError
from geodata.event import Event
from geodata.formats import FORMATS, geoparquet, read_layer, write_layer
from geodata.formats.geopackage import add_style
from geodata.geometry import signed_area
from tests.geodata.layers import EVENTS, FIJI, REGION, TOWN, event, no_outline

SCHEMA = json.loads((Path(__file__).parent / "rfc7946.schema.json").read_bytes())
FOUR = [event(TOWN), event(REGION, id="e2"), event(FIJI, id="e3"), event(None, id="e4")]
needs_gdal = pytest.mark.skipif(shutil.which("ogrinfo") is None,
                                reason="NO GDAL (package gdal-bin): formats are not tested with it")


@pytest.fixture
def layer(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    path = tmp_path / f"layer{request.param}"
    write_layer(path, FOUR, no_outline, {"articles": 3})
    return path


def run(*command: str | Path) -> str:
    """What a program prints; it must neither fail nor complain."""
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True, timeout=60)
    assert "ERROR" not in result.stderr
    assert "Warning" not in result.stderr
    return result.stdout


def reads_with_ogr(suffix: str) -> bool:
    formats = subprocess.run(["ogrinfo", "--formats"], capture_output=True, text=True, check=True).stdout
    return suffix != ".parquet" or "Parquet" in formats


OGR = [kind.suffixes[0] for kind in FORMATS if kind.name != "HTML dossier"]  # that is a page


@needs_gdal
@pytest.mark.parametrize("layer", OGR, indirect=True)
def test_ogr_reads_every_event(layer: Path, tmp_path: Path) -> None:
    if not reads_with_ogr(layer.suffix):
        pytest.skip(f"THIS GDAL HAS NO DRIVER FOR {layer.suffix}")
    told = run("ogrinfo", "-ro", "-so", "-al", layer)
    assert "Feature Count: 4" in told
    assert "Extent: (-180.000000, -20.8" in told
    out = tmp_path / "out.geojson"
    run("ogr2ogr", out, layer)
    features = json.loads(out.read_bytes())["features"]
    kinds = [feature["geometry"] and feature["geometry"]["type"] for feature in features]
    assert kinds == ["Point", "Polygon", "MultiPolygon", None]
    first = features[0]["properties"]
    assert first["type"] == "flood"
    assert first["place_name"] == "Beira"
    assert str(first["start"]).replace("/", "-").startswith("2023-03-10")


@needs_gdal
@pytest.mark.parametrize("layer", [".gpkg"], indirect=True)
def test_a_geopackage_has_what_the_standard_asks(layer: Path) -> None:
    assert layer.read_bytes()[68:72] == b"GPKG"
    told = run("ogrinfo", "-ro", "-al", "-so", layer)
    assert "FID Column = fid" in told
    assert "Geometry Column = geom" in told
    assert "start: Date" in told
    assert "confidence: Real" in told
    assert run("ogrinfo", "-ro", "-q", layer, "events", "-spat", "34", "-20", "35", "-19").count("OGRFeature") == 2
    run("ogrinfo", layer, "-sql", "DELETE FROM events WHERE id = 'e2'")  # the index's triggers take it along
    with sqlite3.connect(layer) as connection:
        assert connection.execute("SELECT count(*) FROM rtree_events_geom").fetchone() == (2,)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("layer", [".gpkg"], indirect=True)
def test_a_geopackage_can_have_a_style_for_qgis(layer: Path) -> None:
    before = read_layer(layer)
    add_style(layer)
    assert read_layer(layer) == before
    with sqlite3.connect(layer) as connection:
        styles = dict(connection.execute("SELECT type, styleQML FROM layer_styles WHERE useAsDefault "
                                         "AND f_table_name = 'events' AND f_geometry_column = 'geom'"))
        # QGIS asks GDAL for a layer of this name, which is one only if the file's contents say so
        assert connection.execute("SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'"
                                  ).fetchall() == [("attributes",)]
    assert set(styles) == {"Point", "Polygon"}
    for qml in styles.values():
        drawn = fromstring(qml.partition(">")[2])  # without the DOCTYPE, which names a page elsewhere
        assert {each.get("value") for each in drawn.iter("category")} >= {"flood", "attack"}
    with pytest.raises(OutputError, match="style"):  # it has one
        add_style(layer)


@pytest.mark.parametrize("layer", [".geojson", ".geojsonl", ".gpkg", ".parquet", ".csv", ".kml"], indirect=True)
@pytest.mark.filterwarnings("error:More than one layer found")
def test_geopandas_reads_every_event(layer: Path) -> None:
    geopandas = pytest.importorskip("geopandas", reason="NO GEOPANDAS: formats are not tested with it")
    frame: Any = geopandas.read_parquet(layer) if layer.suffix == ".parquet" else geopandas.read_file(layer)
    assert list(frame["type"]) == ["flood"] * 4
    kinds = [None if shape is None else shape.geom_type for shape in frame.geometry]
    assert kinds == ["Point", "Polygon", "MultiPolygon", None]
    assert frame.geometry.dropna().is_valid.all()
    if layer.suffix != ".csv":  # a CSV names no reference system
        assert frame.crs.to_epsg() == 4326 or frame.crs.to_string() == "OGC:CRS84"


@pytest.mark.parametrize("layer", [".parquet"], indirect=True)
def test_geoparquet_has_what_the_standard_asks(layer: Path) -> None:
    file = pq.ParquetFile(layer)
    geo = json.loads(file.metadata.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    column = geo["columns"][geo["primary_column"]]
    assert column["encoding"] == "WKB"
    assert column["bbox"][0] == -180
    assert column["orientation"] == "counterclockwise"
    assert file.schema_arrow.field("start").type == "date32[day]"
    assert file.read(["sources"]).to_pylist()[0]["sources"][0]["outlet"] == "Bote"


def test_geoparquet_parts_what_one_column_can_not_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geoparquet, "MOST_LETTERS", 40)  # a quote has 29
    path = tmp_path / "layer.parquet"
    assert write_layer(path, FOUR, no_outline, {}) == 4
    assert pq.ParquetFile(path).num_row_groups == 4
    assert read_layer(path).events == tuple(FOUR)


POLES = [event(replace(REGION, lat=lat, lon=lon)) for lat in (-90.0, 88.95, 90.0) for lon in (-180.0, 0.0, 179.999999)]


@example(events=POLES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(events=st.lists(EVENTS, max_size=3))
def test_geojson_is_rfc_7946(tmp_path: Path, events: list[Event]) -> None:
    path = tmp_path / "layer.geojson"
    write_layer(path, events, no_outline, {})
    document = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(document, SCHEMA)
    for feature in document["features"]:
        shape = feature["geometry"]
        if shape is None or shape["type"] == "Point":
            continue
        for outer, *holes in [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]:
            assert all(ring[0] == ring[-1] for ring in (outer, *holes))
            assert signed_area(tuple(map(tuple, outer))) > 0  # 3.1.6: the outer ring runs counter-clockwise
            longitudes = [lon for lon, _ in outer]
            assert max(longitudes) - min(longitudes) <= 360  # 3.1.9: cut, never across


@pytest.mark.parametrize("harm", [
    lambda document: document.update(type="Features"), lambda document: document["features"][0].pop("properties"),
    lambda document: document["features"][0]["geometry"].update(coordinates=[34.8]),
    lambda document: document["features"][0]["geometry"].update(coordinates=[190, 0]),
    lambda document: document["features"][1]["geometry"].update(coordinates=[[[0, 0], [1, 1], [0, 0]]]),
    lambda document: document.update(crs={})])
def test_the_schema_can_say_no(tmp_path: Path, harm: Any) -> None:
    path = tmp_path / "layer.geojson"
    write_layer(path, FOUR, no_outline, {})
    document = json.loads(path.read_bytes())
    harm(document)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)
