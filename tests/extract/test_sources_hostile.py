"""Inputs as they come: links in circles, pipes, locked folders, cut archives, names that no terminal should see."""

from __future__ import annotations

import gzip
import json
import os
import threading
import zipfile
from pathlib import Path

import pytest

from extract.batch import articles_in, expected
from extract.sources import read_articles
from geodata.errors import InputError
from tests.command import dateline

TEXT = "In Harare ist am Montag eine Markthalle abgebrannt; niemand wurde verletzt, wie die Feuerwehr mitteilte.\n"


def read(*paths: Path) -> tuple[list[str], list[InputError]]:
    """The ids of the articles, and what couldn't be read."""
    failures: list[InputError] = []
    return [article.id for article in read_articles(paths, report=failures.append)], failures


def test_links_in_circles_and_into_nothing_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "nowhere.txt").symlink_to("missing.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert read(tmp_path) == (["a", "b"], [])
    assert expected([str(tmp_path)]) == 2


@pytest.mark.parametrize("name", ["self.txt", "nowhere.txt", ""])
def test_what_is_not_there_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "self.txt").symlink_to("self.txt")
    with pytest.raises(InputError, match=r"no such file|empty name"):
        articles_in([str(tmp_path / name) if name else ""])


def test_a_pipe_in_a_folder_is_passed_over_and_one_that_is_named_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.jsonl"
    os.mkfifo(pipe)
    (tmp_path / "a.txt").write_text(TEXT)
    assert read(tmp_path) == (["a"], [])
    assert expected([str(tmp_path)]) == 1
    writer = threading.Thread(target=pipe.write_text, args=(json.dumps({"text": TEXT}) + "\n",), daemon=True)
    writer.start()
    assert read(pipe) == (["pipe-1"], [])
    writer.join()


def test_a_locked_folder_is_told_and_the_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(TEXT)
    scan = os.scandir

    def locked(path: Path) -> object:
        if Path(path).name == "one":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr("extract.sources.os.scandir", locked)
    articles, (failure,) = read(tmp_path)
    assert articles == ["two/a"]
    assert (failure.subject, failure.problem) == (
        str(tmp_path / "one"), "can't be looked into (Permission denied)")


@pytest.mark.parametrize("cut", [4, 30])
def test_rows_before_the_end_of_a_cut_archive_are_read(tmp_path: Path, cut: int) -> None:
    rows = "".join(json.dumps({"text": f"{TEXT} {number * 7919}"}) + "\n" for number in range(40))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(rows.encode())[:-cut])
    articles, failures = read(path)
    assert len(articles) == 40 if cut == 4 else 0 < len(articles) < 40
    assert "ended before" in failures[-1].problem


def test_a_cut_text_is_no_article(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress((TEXT * 9).encode())[:-9])
    articles, (failure,) = read(path)
    assert articles == []
    assert "can't be unpacked" in failure.problem


def test_members_before_a_damaged_one_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in "abc":
            archive.writestr(f"{name}.txt", TEXT * 30 + name)
    content = bytearray(path.read_bytes())
    middle = content.index(b"b.txt") + 12
    content[middle:middle + 20] = bytes(20)
    path.write_bytes(content)
    articles, failures = read(path)
    assert articles == ["a/a", "a/c"]
    assert len(failures) == 1


NAMES = ["two\nlines.txt", "quo\"te'`$(id);.txt", " .txt", "-rf.txt", "\u202egpj.txt", "\udcff\udcfe.txt", "<b>.txt"]


def test_names_of_all_kinds(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_text(TEXT)
        (folder / f"broken{name}").write_bytes(b"\0\1")
    layer = tmp_path / "out.geojson"
    result = dateline("extract", folder, "-o", layer)
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == len(NAMES) + 2  # a line each, and what came of it
    assert "\u202e" not in result.stderr
    document = json.loads(layer.read_bytes())
    assert document["dateline"]["articles"] == len(NAMES)
    told = {source["article"] for feature in document["features"] for source in feature["properties"]["sources"]}
    assert told == {Path(name).stem for name in NAMES}
    for suffix in (".gpkg", ".csv", ".kml", ".parquet", ".html", ".ndjson"):
        assert dateline("export", layer, "-o", tmp_path / f"out{suffix}").returncode == 0
        assert dateline("export", tmp_path / f"out{suffix}", "-o", tmp_path / "back.geojson").returncode == 0
        assert json.loads((tmp_path / "back.geojson").read_bytes())["features"] == document["features"]


@pytest.mark.parametrize("suffix", [".csv", ".html", ".parquet"])
def test_what_the_run_before_wrote_among_the_articles_is_no_article(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    layer = tmp_path / f"out{suffix}"
    for _ in range(2):
        result = dateline("extract", tmp_path, "-o", layer)
        assert (result.returncode, result.stderr.count("1 events")) == (0, 1), result.stderr
