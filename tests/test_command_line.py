"""The command line as a user meets it: real processes, exit status, files whole or absent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import ROOT, dateline
from tests.dashboard.live import free_port, wait_until_healthy

ARTICLE = ("Magdeburg. Bei einem Hochwasser der Elbe sind am Dienstag in Magdeburg zwei Menschen verletzt worden, "
           "wie die Feuerwehr mitteilte.\n")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "flood.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_annotate_writes_a_line_an_article(article: Path, tmp_path: Path) -> None:
    output = tmp_path / "marks.jsonl"
    result = dateline("annotate", article, "-o", output)
    assert result.returncode == 0, result.stderr
    (line,) = output.read_text(encoding="utf-8").splitlines()
    row = json.loads(line)
    assert row["id"] == "flood"
    assert row["lang"] == "de"
    for mention in (*row["places"], *row["times"], *row["quantities"]):
        assert ARTICLE[mention["start"]:mention["end"]] == mention["text"]


def test_annotate_reads_standard_input_and_writes_standard_output() -> None:
    result = dateline("annotate", "-", stdin=ARTICLE)
    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["id"] == "stdin"


def test_extract_writes_a_layer_that_counts_what_it_read(article: Path, tmp_path: Path) -> None:
    output = tmp_path / "events.geojson"
    result = dateline("extract", article, "-o", output)
    assert result.returncode == 0, result.stderr
    layer = json.loads(output.read_bytes())
    assert layer["type"] == "FeatureCollection"
    assert layer["dateline"]["articles"] == 1
    assert layer["dateline"]["undated_articles"] == ["flood"]


def test_links_name_events_of_one_situation(article: Path, tmp_path: Path) -> None:
    later = tmp_path / "later.txt"
    storm = "Ein schweres Unwetter hat am Freitag die Stadt Magdeburg getroffen, 40 Häuser sind beschädigt.\n"
    later.write_text(storm, encoding="utf-8")
    layer = tmp_path / "events.geojson"
    days = {"flood.txt": "2031-06-04", "later.txt": "2031-06-07"}
    (tmp_path / "sources.toml").write_text("".join(f'["{name}"]\npublished = {day}\n' for name, day in days.items()))
    assert dateline("extract", article, later, "-o", layer).returncode == 0
    result = dateline("links", layer)
    assert result.returncode == 0, result.stderr
    (line,) = result.stdout.splitlines()
    link = json.loads(line)
    events = {feature["id"]: feature["properties"]["type"] for feature in json.loads(layer.read_text())["features"]}
    assert {events[link["one"]], events[link["other"]]} == {"flood", "storm"}
    assert "both at Magdeburg" in link["why"]
    assert dateline("links", tmp_path / "nowhere.geojson").returncode == 2


def test_two_runs_give_the_same_bytes(article: Path, tmp_path: Path) -> None:
    for name in ("one.geojson", "two.geojson"):
        assert dateline("extract", article, "-o", tmp_path / name).returncode == 0
    assert (tmp_path / "one.geojson").read_bytes() == (tmp_path / "two.geojson").read_bytes()


@pytest.mark.parametrize(("name", "content", "remedy"), [
    ("missing.txt", None, "Check the path"),
    ("empty.txt", b"  \n", "Give a file with an article in it"),
    ("binary.txt", b"\x00\x01\x02PNG", "Give text"),
    ("broken.json", b'[{"id": "1", "text"', "Mend the file"),
    ("other.exe", b"MZ", "Give"),
])
def test_bad_input_is_one_line_and_nothing_written(
        tmp_path: Path, name: str, content: bytes | None, remedy: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    output = tmp_path / "out.geojson"
    result = dateline("extract", path, "-o", output)
    assert result.returncode == 2
    assert name in result.stderr
    assert remedy in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ([name] if content is not None else [])


def test_a_broken_layer_is_told_before_the_dashboard_starts(tmp_path: Path) -> None:
    path = tmp_path / "layer.geojson"
    path.write_text('{"type": "FeatureCollection", "features": [{}]}')
    result = dateline("serve", path, "--no-browser")
    assert result.returncode == 2
    assert "layer.geojson" in result.stderr


def test_a_layer_needs_a_known_suffix(article: Path, tmp_path: Path) -> None:
    result = dateline("extract", article, "-o", tmp_path / "events.xyz")
    assert result.returncode == 2
    assert "events.xyz" in result.stderr


def test_the_demo_serves_the_seeds_from_wherever_the_user_stands(tmp_path: Path) -> None:
    """The README's line ends in ``dateline demo``; the installed command's folder is not the checkout."""
    port = free_port()
    program = [sys.executable, "-c", "import dateline; dateline.main()", "demo", "--no-browser", "--port", str(port)]
    server = subprocess.Popen(program, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    try:
        wait_until_healthy(server, f"http://127.0.0.1:{port}")
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
