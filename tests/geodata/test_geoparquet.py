"""GeoParquet is written and read in columns: what events share is shared, what differs stays apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geodata.errors import InputError
from geodata.event import Event
from geodata.formats import geoparquet, read_layer, write_layer
from tests.geodata.layers import FIJI, REGION, TOWN, event, no_outline

RENAMED = replace(TOWN, name="Beira (port)", names=(("pt", "Beira \\u0041"),))


def written(path: Path, *events: Event) -> pa.Table:
    write_layer(path, events, no_outline, {})
    return pq.read_table(path)


def test_places_of_one_id_that_differ_stay_apart(tmp_path: Path) -> None:
    events = [event(place, id=f"e{number}") for number, place in enumerate((TOWN, RENAMED, None, TOWN, REGION, None))]
    written(tmp_path / "l.parquet", *events)
    found = read_layer(tmp_path / "l.parquet")
    assert list(found.events) == events
    assert found.events[0].place is found.events[3].place
    assert found.outline(REGION)


def test_places_of_many_batches_are_those_of_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    events = [event(place, id=f"e{number}") for number, place in enumerate((TOWN, None, REGION, FIJI, TOWN) * 4)]
    whole = written(tmp_path / "one.parquet", *events)
    monkeypatch.setattr(geoparquet, "BATCH", 3)
    monkeypatch.setattr(geoparquet, "PLACES_KEPT", 1)
    assert written(tmp_path / "many.parquet", *events) == whole
    geo = [pq.ParquetFile(tmp_path / name).metadata.metadata[b"geo"] for name in ("one.parquet", "many.parquet")]
    assert geo[0] == geo[1]


def test_a_layer_of_before_has_neither_parties_nor_languages(tmp_path: Path) -> None:
    table = written(tmp_path / "new.parquet", event(TOWN))
    before = pa.list_(pa.struct([field for field in table.schema.field("sources").type.value_type
                                 if field.name not in ("parties", "lang")]))
    rows = [[{key: value for key, value in source.items() if key not in ("parties", "lang")} for source in row]
            for row in table["sources"].to_pylist()]
    position = table.schema.names.index("sources")
    pq.write_table(table.set_column(position, "sources", pa.array(rows, before)), tmp_path / "old.parquet")
    (found,) = read_layer(tmp_path / "old.parquet").events
    assert found.sources[0].parties == ()
    assert found.sources[0].lang == ""


@pytest.mark.parametrize("column", ["id", "factuality", "place_lat", "sources", "confidence", "granularity"])
def test_a_row_that_lacks_something_is_named(tmp_path: Path, column: str) -> None:
    table = written(tmp_path / "l.parquet", event(TOWN), event(TOWN, id="e2"))
    position = table.schema.names.index(column)
    values = [table[column][0].as_py(), None]
    pq.write_table(table.set_column(position, column, pa.array(values, table.schema.field(column).type)),
                   tmp_path / "broken.parquet")
    with pytest.raises(InputError, match=r"broken\.parquet: (row 2|has a row after 0) "):
        read_layer(tmp_path / "broken.parquet")
