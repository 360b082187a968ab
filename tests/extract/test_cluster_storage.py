"""Articles on other storage than a disk, in several forms that fsspec reads, and what is said where it can't be."""

from __future__ import annotations

import json
import threading
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from extract.article import Article
from extract.merge import merge_reports
from extract.pipeline import annotate
from extract.sources import ReadOptions
from extract.versions import program_version
from geodata.errors import InputError, OutputError
from geodata.event import Event
from geodata.formats import read_layer
from geodata.gazetteer import open_gazetteer

distributed = pytest.importorskip("distributed")  # that the cluster is not tested then is told in test_cluster.py
fsspec = pytest.importorskip("fsspec")

from extract.cluster import extract_on_cluster, find_parts  # noqa: E402

TEXTS = {
    "a": "Ein Erdbeben hat am 29. Mai 2021 die Stadt Izmir erschüttert.",
    "b": "In Valparaíso protestierten am 3. Juni 2021 Tausende Menschen.",
    "c": "Bei einem Brand in Antwerpen sind am 31. August 2020 drei Menschen verletzt worden.",
}


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text)
    return folder


@pytest.fixture(scope="module")
def told() -> list[Event]:
    gazetteer = open_gazetteer()
    return by_id(merge_reports(annotate(Article(name, text), gazetteer) for name, text in TEXTS.items()))


def by_id(events: tuple[Event, ...]) -> list[Event]:
    return sorted(events, key=lambda event: event.id)


def layer_at(url: str, folder: Path) -> tuple[Event, ...]:
    """The layer in a folder on any storage, copied here."""
    system, path = fsspec.core.url_to_fs(url)
    system.get(path, str(folder), recursive=True)
    return read_layer(folder).events


def test_memory(articles: Path, told: list[Event], address: str, tmp_path: Path) -> None:
    for path in articles.iterdir():
        fsspec.filesystem("memory").pipe_file(f"/press/{path.name}", path.read_bytes())
    version = program_version(open_gazetteer())
    for _ in range(2):  # the second finds an output folder inside that of the articles, and reads none of it
        run = extract_on_cluster(address, ["memory://press"], "memory://press/events", ReadOptions(), version)
        assert (run.articles, run.events, run.failures) == (3, len(told), ())
    assert by_id(layer_at("memory://press/events", tmp_path / "out")) == told
    assert len(list((tmp_path / "out").glob("month=*/*.parquet"))) == 3


def test_a_web_server(articles: Path, told: list[Event], address: str, tmp_path: Path) -> None:
    pytest.importorskip("aiohttp")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(articles)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        run = extract_on_cluster(address, [f"http://127.0.0.1:{server.server_port}/"], str(tmp_path / "out"),
                                 ReadOptions(), program_version(open_gazetteer()))
    finally:
        server.shutdown()
        server.server_close()
    assert (run.articles, run.failures) == (3, ())
    assert by_id(read_layer(tmp_path / "out").events) == told


def test_a_zip_as_a_folder(articles: Path, told: list[Event], address: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "press.zip", "w") as archive:
        for path in sorted(articles.iterdir()):
            archive.write(path, path.name)
        archive.writestr("sources.toml", '["a.txt"]\noutlet = "Bote"\n')
    run = extract_on_cluster(address, [f"zip://*.txt::{(tmp_path / 'press.zip').as_uri()}"], str(tmp_path / "out"),
                             ReadOptions(), program_version(open_gazetteer()))
    assert (run.articles, run.failures) == (3, ())
    layer = read_layer(tmp_path / "out")
    assert [event.id for event in by_id(layer.events)] == [event.id for event in told]
    assert {source.outlet for event in layer.events for source in event.sources} == {"Bote", ""}


def test_urls_lead_every_machine_to_the_file(articles: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "press.zip", "w") as archive:
        archive.writestr("in/a.txt", "x")
    for url in (str(articles / "a.txt"), f"zip://in::{(tmp_path / 'press.zip').as_uri()}",
                f"simplecache::{articles.as_uri()}/a*", f"simplecache::zip://in::{(tmp_path / 'press.zip').as_uri()}"):
        ((part, _),) = find_parts([url])
        assert part.id == "a"
        with fsspec.open(part.url) as file:
            assert file.read()


@pytest.mark.parametrize(("url", "told"), [
    ("nosuch://bucket/x", "can't be opened"), ("zip://*.txt::file:///nowhere.zip", "can't be (opened|listed)"),
    ("/nowhere/at/all", "no article files")])
def test_what_is_not_there_is_told_before_any_work(url: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=told):
        extract_on_cluster("tcp://127.0.0.1:1", [url], str(tmp_path / "out"), ReadOptions(), "v")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_can_not_be_written_is_told_before_any_work(
        articles: Path, address: str, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, no folder")
    with pytest.raises(OutputError, match="every machine"):
        extract_on_cluster(address, [str(articles)], str(tmp_path / "out"), ReadOptions(), "v")


def test_a_package_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing(*_: object, **__: object) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", missing)
    with pytest.raises(InputError, match="Install s3fs"):
        extract_on_cluster("tcp://127.0.0.1:1", ["s3://press/2031"], str(tmp_path / "out"), ReadOptions(), "v")


def test_a_folder_that_is_being_written_anew_is_not_taken_for_whole(
        articles: Path, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version, output = program_version(open_gazetteer()), tmp_path / "out"
    extract_on_cluster(address, [str(articles)], str(output), ReadOptions(), version)
    assert json.loads((output / "_dateline.json").read_bytes())["articles"] == 3

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("extract.cluster._finish", stop)
    with pytest.raises(KeyboardInterrupt):
        extract_on_cluster(address, [str(articles)], str(output), ReadOptions(), version)
    with pytest.raises(InputError, match="hasn't ended"):
        read_layer(output)
