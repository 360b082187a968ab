"""docs/formats.md says what the code does: same names, no more, no less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

import dateline
from extract.annotation import (
    Annotation,
    Candidate,
    Form,
    PlaceMention,
    PlaceRole,
    Report,
    TimeExpression,
    TimexType,
)
from extract.article import Article, Publication
from extract.standoff import annotation_to_json
from geodata.event import Codes, Factuality, Quantity
from geodata.formats import FORMATS, geoparquet
from geodata.formats.columns import COLUMNS
from geodata.formats.geojson import properties
from tests.geodata.layers import TOWN, event

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text below a heading, up to the next of any level."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", DOCS, re.MULTILINE | re.DOTALL)
    assert found, title
    return found[1]


def rows(title: str) -> list[list[str]]:
    """The cells of a section's table, without head and rule."""
    lines = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def names(title: str) -> list[str]:
    return [row[0].strip("`") for row in rows(title)]


def paths(value: Any, path: str = "") -> Iterator[str]:
    """Every field of a JSON value, nested ones by their path; of an array, its first element's."""
    if isinstance(value, dict):
        for key, item in value.items():
            inner = f"{path}.{key}" if path else key
            yield inner
            if key != "place_names":  # by language: no fields
                yield from paths(item, inner)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from paths(value[0], f"{path}[]")


def annotation() -> Annotation:
    quantity = Quantity(0, 2, "40", "killed", 40, 40)
    place = PlaceMention(0, 5, "Beira", Form.NAME, PlaceRole.SITE, TOWN, (Candidate(TOWN, 1.0, ""),))
    report = Report("flood", Codes(), Factuality.ASSERTED, (0, 1), ((0, 2),), TOWN, actors=(("agent", "x"),),
                    quantities=(quantity,))
    return Annotation(Article("a", "text"), "en", Publication(None, None, "given"), (place,),
                      (TimeExpression(0, 4, "2024", TimexType.DATE, "2024"),), (quantity,), (report,))


def test_annotations_field_by_field() -> None:
    assert names("Annotations") == list(paths(annotation_to_json(annotation())))


def test_properties_of_geojson() -> None:
    assert names("GeoJSON") == list(paths(properties(event())))


def test_columns_of_tables() -> None:
    told = [(name.strip("`"), kind, repeats == "yes") for name, kind, repeats, _ in rows("The columns of tables")]
    assert told == [(column.name, column.kind.value, column.repeats) for column in COLUMNS]


def test_geoparquet_has_the_columns_but_those_it_says_it_leaves_out() -> None:
    left_out = {column.name for column in COLUMNS} - set(geoparquet.SCHEMA.names)
    assert left_out == {"outlets", "quote", "url"}
    assert all(f"`{name}`" in section("GeoParquet") for name in left_out)
    assert [name for name in geoparquet.SCHEMA.names if name != "geometry"] == [
        column.name for column in COLUMNS if column.name not in left_out]


def test_formats_and_their_suffixes() -> None:
    told = [(name, tuple(re.findall(r"`([^`]+)`", suffixes))) for name, suffixes, _ in rows("Layers")]
    assert told == [(kind.name, kind.suffixes) for kind in FORMATS]


def test_options_of_export() -> None:
    command = get_command(dateline.app).commands["export"]  # type: ignore[attr-defined]
    options = {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
    assert set(names("Parts of a layer, and publishing safely")) == options - {"--output"}
