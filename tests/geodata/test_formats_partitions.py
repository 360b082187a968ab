"""A folder of monthly GeoParquet files is one layer wherever a layer is read."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from geodata.errors import InputError
from geodata.formats import read_layer, write_layer
from tests.geodata.layers import FIJI, REGION, TOWN, event, no_outline

ROOT = Path(__file__).resolve().parents[2]
FOUR = [event(TOWN), event(REGION, id="e2"), event(FIJI, id="e3"), event(None, id="e4")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    names = ("month=2023-03/politics-00000.parquet", "month=2023-04/politics-00000.parquet")
    for name, events in zip(names, (FOUR[:3], FOUR[3:]), strict=True):
        (tmp_path / name).parent.mkdir()
        write_layer(tmp_path / name, events, no_outline, {})
    (tmp_path / "_reports").mkdir()
    (tmp_path / "_dateline.json").write_text(json.dumps({"articles": 7, "failures": 0, "files": names}))
    return tmp_path


def test_the_files_are_one_layer(folder: Path) -> None:
    layer = read_layer(folder)
    assert list(layer.events) == FOUR
    assert layer.notes == {"articles": 7, "failures": 0}
    assert layer.outline(REGION)


def test_what_a_run_left_behind_is_no_part_of_it(folder: Path) -> None:
    (folder / "month=2023-04" / "politics-00001.parquet").write_bytes(b"")
    assert list(read_layer(folder).events) == FOUR


def test_a_choice_of_months_is_a_layer(folder: Path) -> None:
    assert list(read_layer(folder / "month=2023-04").events) == FOUR[3:]


def test_a_run_that_has_not_ended_is_no_layer(folder: Path) -> None:
    (folder / "_dateline.json").unlink()
    with pytest.raises(InputError, match="hasn't ended"):
        read_layer(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "month=2023-04" / "politics-00000.parquet").unlink()
    with pytest.raises(InputError, match=r"2023-04.politics-00000\.parquet: is missing"):
        read_layer(folder)


@pytest.mark.parametrize("told", ['["x"]', '{"files": ["../x.parquet"]}', '{"files": ["/x.parquet"]}', '{"files": 3}',
                                  '{"files": [3]}', "{"])
def test_a_stranger_s_list_of_files_is_refused(folder: Path, told: str) -> None:
    (folder / "_dateline.json").write_text(told)
    with pytest.raises(InputError, match=r"_dateline\.json"):
        read_layer(folder)


def test_a_folder_of_other_things_is_no_layer(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no layer"):
        read_layer(tmp_path)


def test_it_is_exported_like_a_file(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-m", "dateline", "export", str(folder), "-o", str(folder / "l.geojson"),
                           "--from", "2023-03-01"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert len(read_layer(folder / "l.geojson").events) == len(FOUR)
