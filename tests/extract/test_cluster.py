"""A real scheduler and two workers, one of which dies on the way: nothing is lost, nothing doubled."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from extract.article import Article
from extract.cluster import extract_on_cluster, find_parts
from extract.merge.stream import merge_in_turn
from extract.packing import pack_reports, unpack_report
from extract.pipeline import annotate
from extract.shards import month_of
from extract.sources import ReadOptions
from extract.versions import program_version
from geodata.errors import ClusterError, InputError
from geodata.event import Event
from geodata.formats import read_layer
from geodata.formats.partitions import REPORTS
from geodata.gazetteer import open_gazetteer

try:
    import distributed  # noqa: F401
except ImportError:
    warnings.warn("Dask is not installed: THE CLUSTER IS NOT TESTED. pip install 'dateline[cluster]'", stacklevel=1)
    pytest.skip("needs dateline[cluster]", allow_module_level=True)

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = (
    "Ein Erdbeben hat am {day}. {month} 2021 die Stadt Izmir erschüttert.",
    "Floods hit the town of Ballina in Australia on {day} March 2022.",
    "Bei einem Brand in Antwerpen sind am {day}. {month} 2020 drei Menschen verletzt worden.",
    "In Valparaíso protestierten am {day}. {month} 2021 Tausende Menschen.",
)
MONTHS = ("Januar", "Mai", "August")
FILES, ARTICLES = 12, 50


def articles_of(file: int) -> Iterator[Article]:
    for number in range(ARTICLES):
        sentence = SENTENCES[number % 4].format(day=1 + (file + number) % 27, month=MONTHS[(file + number) % 3])
        yield Article(f"{file:02}-{number + 1}", f"{sentence}\n\n{' '.join(SENTENCES).format(day=3, month='Mai')}")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for file in range(FILES):
        lines = [json.dumps({"text": article.text}) for article in articles_of(file)]
        if file == 5:
            lines.append('{"text": 3}')
        (folder / f"{file:02}.jsonl").write_text("\n".join(lines) + "\n")
    return folder


@pytest.fixture(scope="module")
def told() -> list[Event]:
    """What one machine makes of the same articles."""
    gazetteer = open_gazetteer()
    rows = sorted((turn, article.id.encode(), number, record) for file in range(FILES) for article in articles_of(file)
                  for number, (turn, record) in enumerate(pack_reports(annotate(article, gazetteer))))
    events = merge_in_turn((turn, unpack_report(record)) for turn, _, _, record in rows)
    return sorted(events, key=lambda event: event.id)


@contextmanager
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers as processes of their own; gives the address and the workers."""
    address_file = folder / "scheduler.json"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "false"}

    def start(program: str, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{program}", "--scheduler-file", str(address_file),
             "--no-dashboard", *arguments],
            cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    processes = [start("dask_scheduler", "--port", "0", "--host", "127.0.0.1")]
    try:
        while not (address_file.exists() and address_file.read_text().strip()):
            assert processes[0].poll() is None
            time.sleep(0.05)
        processes += [start("dask_worker", "--no-nanny", "--nthreads", "1", "--local-directory", str(folder))
                      for _ in range(2)]
        yield json.loads(address_file.read_text())["address"], processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait()


def events_in(output: Path) -> list[Event]:
    found = []
    for path in output.glob("month=*/*.parquet"):
        events = read_layer(path).events
        assert {month_of(event) for event in events} == {path.parent.name.removeprefix("month=")}
        found += events
    return sorted(found, key=lambda event: event.id)


def test_a_worker_dies_and_nothing_is_lost(inputs: Path, told: list[Event], tmp_path: Path) -> None:
    output = tmp_path / "out"
    version = program_version(open_gazetteer())
    with cluster(tmp_path) as (address, workers):
        killed: list[int] = []

        def kill_one_on_the_way() -> None:
            """As soon as some files were read, and others not."""
            while not list(output.glob(f"{REPORTS}/*.json")):
                time.sleep(0.005)
            killed.append(len(list(output.glob(f"{REPORTS}/*.json"))))
            workers[0].send_signal(signal.SIGKILL)

        killer = Thread(target=kill_one_on_the_way, daemon=True)
        killer.start()
        run = extract_on_cluster(address, [inputs.as_uri()], output.as_uri(), ReadOptions(), version)
        killer.join()
        assert killed[0] < FILES
        assert workers[0].wait() == -signal.SIGKILL
        assert run.articles == FILES * ARTICLES
        assert [(Path(where).name, reason[:20]) for where, reason in run.failures] == [
            (f"05.jsonl:{ARTICLES + 1}", 'has no string "text"')]
        assert events_in(output) == told
        assert sorted(read_layer(output).events, key=lambda event: event.id) == told
        assert run.events == len(told) > 20
        assert not list(output.rglob("*.part"))
        notes = json.loads((output / "_dateline.json").read_text())
        assert (notes["articles"], notes["events"], notes["failures"]) == (run.articles, run.events, 1)

        # once more: nothing is read again, and what an earlier run left is gone
        stale = output / "month=1900-01" / "conflict-00000.parquet"
        stale.parent.mkdir()
        stale.write_bytes(b"")
        marks = {path: path.stat().st_mtime_ns for path in output.glob(f"{REPORTS}/*.json")}
        again = extract_on_cluster(address, [inputs.as_uri()], output.as_uri(), ReadOptions(), version)
        assert again == replace(run, failures=again.failures)
        assert sorted(again.failures) == sorted(run.failures)
        assert {path: path.stat().st_mtime_ns for path in output.glob(f"{REPORTS}/*.json")} == marks
        assert events_in(output) == told

        said = subprocess.run([sys.executable, "-m", "dateline", "extract", inputs.as_uri(), "--cluster", address, "-o",
                               output.as_uri()], cwd=ROOT, check=False, capture_output=True, text=True)
        assert said.returncode == 1, said.stderr
        assert f"{run.articles} articles tell of {run.events} events; 1 not readable" in said.stderr

        with pytest.raises(ClusterError, match="another version"):
            extract_on_cluster(address, [inputs.as_uri()], output.as_uri(), ReadOptions(), "other")


def test_no_scheduler_is_told(inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.cluster.SECONDS_TO_CONNECT", 1)
    with pytest.raises(ClusterError, match="no scheduler answers"):
        extract_on_cluster("tcp://127.0.0.1:1", [inputs.as_uri()], (tmp_path / "out").as_uri(), ReadOptions(), "v")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("address", ["nonsense", "tcp://nonsense", "tcp://127.0.0.1:no", "", "tcp://"])
def test_what_is_no_address_is_told_at_once(inputs: Path, tmp_path: Path, address: str) -> None:
    with pytest.raises(ClusterError, match="no address of a scheduler"):
        extract_on_cluster(address, [inputs.as_uri()], tmp_path.as_uri(), ReadOptions(), "v")


def test_every_file_has_an_id_of_its_own(tmp_path: Path) -> None:
    for name in ("one/a.jsonl", "one/b/c.txt", "two/a.jsonl", "two/.hidden/x.txt", "two/notes.odt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    found = list(find_parts([str(tmp_path / "one"), str(tmp_path / "two"), str(tmp_path / "one" / "*.jsonl")]))
    assert [size for _, size in found] == [1, 1, 1]
    parts = [part for part, _ in found]
    assert [part.id for part in parts] == ["a", "b/c", "a~2"]  # the pattern names again what was there
    assert len({part.key for part in parts}) == 3
    with pytest.raises(InputError, match="no article files"):
        list(find_parts([str(tmp_path / "three")]))
