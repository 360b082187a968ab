"""Many articles over processes with the real pipeline, and what the command line makes of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from extract.annotation import Annotation
from extract.article import Article
from extract.batch import Annotator, Reader, articles_in, expected, read_all
from extract.incremental import Filling, Unreadable, settle
from extract.pipeline import annotate
from extract.versions import program_version
from geodata.errors import InputError
from geodata.gazetteer import Gazetteer, open_gazetteer
from geodata.workspace import Workspace
from tests.extract.test_incremental import NOW

ROOT = Path(__file__).resolve().parents[2]
TEXTS = (
    "Ein Erdbeben hat am 3. Mai 2021 die Stadt Izmir erschüttert. Zwölf Menschen wurden verletzt.",
    "Floods hit the town of Ballina in Australia on 2 March 2022. Hundreds of people left their homes.",
    "Bei einem Brand in einer Lagerhalle in Antwerpen sind am 7. August 2020 drei Menschen verletzt worden.",
)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer()


def some(count: int) -> list[Article]:
    return [Article(f"a{number}", f"{TEXTS[number % 3]}\n\nMeldung {number}.") for number in range(count)]


def test_two_processes_find_what_one_finds(gazetteer: Gazetteer) -> None:
    articles = some(30)
    expected_annotations: list[Annotation] = [annotate(article, gazetteer) for article in articles]
    assert any(annotation.reports for annotation in expected_annotations)
    failed: list[Unreadable] = []
    for jobs in (1, 2):
        assert list(read_all(articles, Annotator(gazetteer.path), jobs, failed.append)) == expected_annotations
    assert not failed


def test_a_workspace_filled_by_two_processes_is_that_of_one(gazetteer: Gazetteer, tmp_path: Path) -> None:
    layers = []
    for jobs in (1, 2):
        with Workspace(tmp_path / f"{jobs}.gpkg", create=True) as workspace:
            version = program_version(gazetteer)
            Filling(workspace, version, Reader(gazetteer.path, version), jobs).read(some(12))
            settle(workspace, version, gazetteer.outline, NOW)
            layers.append(list(workspace.events()))
    assert layers[0] == layers[1]
    assert layers[0]


def test_the_version_is_that_of_program_and_gazetteer(gazetteer: Gazetteer, tmp_path: Path) -> None:
    class Other:
        def info(self) -> dict[str, object]:
            return {**gazetteer.info(), "places": {"city": 1}}

    class Moved:
        def info(self) -> dict[str, object]:
            return {**gazetteer.info(), "path": str(tmp_path)}

    assert program_version(gazetteer) == program_version(Moved())  # type: ignore[arg-type]
    assert program_version(gazetteer) != program_version(Other())  # type: ignore[arg-type]


def test_bad_lines_and_files_are_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1", "text": "eins"}\n{"id": \n{"id": "3", "text": "drei"}\n')
    (tmp_path / "b.txt").write_bytes(b"\0\1\2" * 100)
    (tmp_path / "c.txt").write_text("vier")
    found = list(articles_in([str(tmp_path)]))
    assert [each.text for each in found if isinstance(each, Article)] == ["eins", "drei", "vier"]
    assert sorted(Path(each.where).name for each in found if isinstance(each, Unreadable)) == ["a.jsonl:2", "b.txt"]


def test_an_input_that_is_not_there_is_no_bad_article(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        list(articles_in([str(tmp_path / "no.txt")]))


def test_how_many_articles_come(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n" * 7)
    (tmp_path / "b.txt").write_text("x")
    (tmp_path / "notes.odt").write_text("x")
    assert expected([str(tmp_path)]) == 8
    assert expected([str(tmp_path), str(tmp_path / "b.txt")]) == 9
    (tmp_path / "c.csv").write_text("text\nx\n")
    assert expected([str(tmp_path)]) is None
    assert expected(["-"]) is None


def dateline(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "dateline", *map(str, arguments)], cwd=ROOT, check=False,
                          capture_output=True, text=True, stdin=subprocess.DEVNULL)


@pytest.mark.usefixtures("gazetteer")
def test_from_articles_to_a_workspace_and_a_layer(tmp_path: Path) -> None:
    articles, workspace, layer = tmp_path / "a.jsonl", tmp_path / "w.gpkg", tmp_path / "l.geojson"
    articles.write_text("".join(json.dumps({"id": each.id, "text": each.text}) + "\n" for each in some(3)))
    done = dateline("extract", articles, "-w", workspace, "-o", layer)
    assert done.returncode == 0, done.stderr
    assert "3 articles read, 0 known already" in done.stderr
    events = json.loads(layer.read_text())["features"]
    assert events
    with articles.open("a") as file:
        file.write("{\n")
    again = dateline("extract", articles, "-w", workspace, "--jobs", "2")
    assert again.returncode == 1
    assert "0 articles read, 3 known already, 1 not readable" in again.stderr
    assert "a.jsonl:4" in again.stderr
    assert dateline("diff", layer, workspace).stdout == ""
    assert dateline("diff", workspace).stdout == ""


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_cannot_be_read_is_listed_and_the_rest_becomes_a_layer(tmp_path: Path, jobs: str) -> None:
    folder, layer = tmp_path / "in", tmp_path / "l.geojson"
    folder.mkdir()
    for number, each in enumerate(some(3)):
        (folder / f"{number}.txt").write_text(each.text)
    (folder / "1b.txt").write_bytes(b"\0\1\2" * 100)
    (folder / "2b.jsonl").write_text('{"text": \n')
    done = dateline("extract", folder, "-o", layer, "--jobs", jobs)
    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert [line.partition(": ")[2].removeprefix(f"{folder}/").split(": ")[0] for line in said[:-2]] == [
        "1b.txt", "2b.jsonl:1"]
    assert said[-1] == "3 articles read, 2 not readable"
    read = json.loads(layer.read_text())
    assert read["dateline"]["articles"] == 3
    assert read["dateline"]["failures"] == 2
    assert {source["article"] for each in read["features"] for source in each["properties"]["sources"]} <= {
        "0", "1", "2"}
    marked = dateline("annotate", folder, "--jobs", jobs)
    assert marked.returncode == 1
    assert [json.loads(line)["id"] for line in marked.stdout.splitlines()] == ["0", "1", "2"]
    assert len(marked.stderr.splitlines()) == 2


def test_a_workspace_of_which_nothing_could_be_read(tmp_path: Path) -> None:
    binary = tmp_path / "a.txt"
    binary.write_bytes(b"\0\1\2" * 100)
    layer = tmp_path / "room.geojson"
    done = dateline("extract", binary, "-w", tmp_path / "room.gpkg", "-o", layer)
    assert done.returncode == 2
    assert not layer.exists(), "an older layer would have been replaced by an empty one"
    assert "0 articles read, 0 known already, 1 not readable" in done.stderr


def test_an_input_that_is_missing_is_told_before_any_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXTS[0])
    done = dateline("annotate", tmp_path / "a.txt", tmp_path / "no.txt")
    assert done.returncode == 2
    assert done.stdout == ""


def test_annotate_writes_the_same_with_two_processes(tmp_path: Path) -> None:
    articles = tmp_path / "a.jsonl"
    articles.write_text("".join(json.dumps({"id": each.id, "text": each.text}) + "\n" for each in some(20)))
    one, two = dateline("annotate", articles), dateline("annotate", articles, "-j", "2")
    assert one.returncode == two.returncode == 0, two.stderr
    assert one.stdout == two.stdout
    assert [json.loads(line)["id"] for line in two.stdout.splitlines()] == [each.id for each in some(20)]


def test_diff_says_what_became_of_events(tmp_path: Path) -> None:
    before, after = tmp_path / "before.geojson", tmp_path / "after.geojson"
    articles = tmp_path / "a.txt"
    articles.write_text(TEXTS[0])
    assert dateline("extract", articles, "-o", before).returncode == 0
    layer = json.loads(before.read_text())
    layer["features"][0]["properties"] |= {"type": "flood", "label": "Flood"}
    after.write_text(json.dumps(layer))
    said = dateline("diff", before, after)
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("retyped: earthquake → flood  [a] ")


def test_corrections_travel_from_workspace_to_workspace(tmp_path: Path) -> None:
    from geodata.corrections import Correction, Discard, anchor_of

    articles, one, two = tmp_path / "a.txt", tmp_path / "one.gpkg", tmp_path / "two.gpkg"
    articles.write_text(TEXTS[0])
    for workspace in (one, two):
        assert dateline("extract", articles, "-w", workspace).returncode == 0
    with Workspace(one) as opened:
        for event in list(opened.events()):
            opened.correct([Correction(anchor_of(event), Discard(), "ana", NOW)], lambda _: ())
        assert opened.event_count() == 0
    assert dateline("corrections", "export", one, "-o", tmp_path / "c.jsonl").returncode == 0
    for new in ("1 of 1", "0 of 1"):
        done = dateline("corrections", "import", two, tmp_path / "c.jsonl")
        assert done.returncode == 0, done.stderr
        assert f"{new} corrections are new; 0 wait" in done.stderr
    with Workspace(two) as opened:
        assert opened.event_count() == 0


@pytest.mark.parametrize(("arguments", "said"), [
    (["extract"], "nothing to read"), (["extract", "seeds"], "nowhere to write"),
    (["extract", "seeds", "--cluster", "tcp://x:1", "-w", "w.gpkg"], "fills no workspace"),
    (["extract", "-w", "missing.gpkg"], "no such workspace"), (["diff", "missing.gpkg"], "no such workspace"),
    (["corrections", "import", "missing.gpkg", "x.jsonl"], "x.jsonl: can't be read")])
def test_slips_are_told_in_one_line(arguments: list[str], said: str) -> None:
    done = dateline(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
