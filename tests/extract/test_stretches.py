"""A file read in stretches gives what it gives as a whole: the same articles under the same ids, each once."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract.article import Article
from extract.shards import Part, divide, merge_family, read_part
from extract.sources import ReadOptions, read_item
from extract.sources.item import Item, in_memory
from extract.sources.stretches import MOST, stretches
from extract.versions import program_version
from geodata.errors import InputError
from geodata.event import Event
from geodata.formats import read_layer
from geodata.gazetteer import open_gazetteer
from tests.extract.test_sources_pages import warc

COUNT = 23
ROWS = [{"id": f"r{number}", "text": f"Text \N{SNOWMAN} {number}"} if number % 3 else {"text": f"Zeile\n{number}"}
        for number in range(COUNT)]
TOLD = Callable[[InputError], None]


def jsonl(end: str = "\n") -> bytes:
    lines = [json.dumps(row, ensure_ascii=False) for row in ROWS]
    lines[7:7] = ["{broken", "", "  "]
    return ("\n".join(lines) + end).encode()


def comma_separated() -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, ["id", "text"])
    writer.writeheader()
    writer.writerows(ROWS)
    return text.getvalue().encode()


def parquet() -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([{"id": None, **row} for row in ROWS]), buffer, row_group_size=4)
    return buffer.getvalue()


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("z/sources.toml", '["20.txt"]\ntitle = "Zwanzig"\n')
        for number in range(COUNT):
            archive.writestr(f"z/{number:02}.txt", f"Text {number}")
    return buffer.getvalue()


FILES = {
    "a.jsonl": jsonl(), "b.jsonl": jsonl(""), "c.jsonl.gz": gzip.compress(jsonl()), "d.csv": comma_separated(),
    "e.json": json.dumps(ROWS).encode(), "f.parquet": parquet(), "g.zip": zipped(), "h.warc": warc(False),
    "i.warc.gz": warc(True), "j.jsonl": "\n".join(json.dumps(row) for row in ROWS).encode("utf-16"),
    "k.csv.gz": gzip.compress(comma_separated()), "l.txt": b"One article.\n" * 50,
}


def item_of(name: str) -> Item:
    return in_memory(name, Path(name).stem, Path(name).suffix, FILES[name])


def read(item: Item) -> tuple[list[Article], list[str]]:
    told: list[InputError] = []
    return list(read_item(item, ReadOptions(), told.append)), list(map(str, told))


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("rows", [1, 4, 5])
def test_stretches_are_the_whole(name: str, rows: int) -> None:
    whole = read(item_of(name))
    cut = stretches(item_of(name), ReadOptions(), rows)
    parts = [read(replace(item_of(name), stretch=stretch)) for stretch in cut]
    assert [article for articles, _ in parts for article in articles] == whole[0]
    assert [line for _, told in parts for line in told] == whole[1]
    assert whole[0]
    assert len(cut) > 1 or name == "l.txt" or "warc" in name
    assert len(cut) > 1 or rows > 1 or name == "l.txt"
    if name == "g.zip":
        assert [article.title for article in whole[0]].count("Zwanzig") == 1


def test_a_file_is_cut_only_where_that_pays() -> None:
    assert stretches(item_of("a.jsonl"), ReadOptions()) == [None]
    assert len(stretches(in_memory("a.csv", "a", ".csv", b"text\n" + b"x\n" * 1000), ReadOptions(), 2)) == MOST


def test_what_lies_before_a_stretch_of_lines_is_not_read() -> None:
    read_from: list[int] = []

    class Watched(io.BytesIO):
        def seek(self, offset: int, whence: int = 0) -> int:
            read_from.append(offset)
            return super().seek(offset, whence)

    cut = stretches(item_of("a.jsonl"), ReadOptions(), 5)
    item = replace(item_of("a.jsonl"), opener=lambda: Watched(FILES["a.jsonl"]), stretch=cut[2])
    assert read(item)[0][0].id == "r7"
    assert cut[2]
    assert read_from[-1] == cut[2].offset == FILES["a.jsonl"].index(b'{"id": "r7"')


def test_the_encoding_of_a_file_is_looked_for_once() -> None:
    rows = [json.dumps({"text": f"Text {number} " + "x" * 1000}) for number in range(2000)]
    content = "\n".join([*rows, json.dumps({"text": "Ein Geräusch, schön laut."}, ensure_ascii=False)]).encode("cp1252")
    sizes: list[int] = []

    class Counted(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            sizes.append(size or 0)
            return super().read(size)

    item = replace(in_memory("a.jsonl", "a", ".jsonl", content), opener=lambda: Counted(content))
    cut = stretches(item, ReadOptions(), 900)
    assert len(cut) == 3
    assert sizes
    sizes.clear()
    *_, last = [read(replace(item, stretch=stretch))[0] for stretch in cut]
    assert last[-1].text == "Ein Geräusch, schön laut."
    assert not sizes  # lines alone were read


SENTENCES = ("Ein Erdbeben hat am {day}. Mai 2021 die Stadt Izmir erschüttert.",
             "Bei einer Explosion in Antwerpen sind am {day}. Mai 2021 drei Menschen getötet worden.",
             "Bei einem Angriff auf Antwerpen sind am {day}. Mai 2021 drei Menschen getötet worden.")


def test_stretches_and_sidecars_on_a_cluster_make_the_layer_of_the_whole(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = tmp_path / "in" / "a.jsonl"
    articles.parent.mkdir()
    articles.write_text("".join(json.dumps({"text": SENTENCES[number % 3].format(day=1 + number // 3)}) + "\n"
                                for number in range(30)))
    (articles.parent / "sources.toml").write_text('["a.jsonl"]\noutlet = "Der Bote"\n')
    whole = Part(articles.as_uri(), "a")
    monkeypatch.setattr("extract.shards.stretches", partial(stretches, rows=7))
    parts = divide(whole, ReadOptions())
    assert len(parts) == 5
    one, many = (events_of([whole], tmp_path / "one"), events_of(parts, tmp_path / "many"))
    assert one == many
    assert {source.outlet for event in one for source in event.sources} == {"Der Bote"}
    assert any({"a-2", "a-3"} <= {source.article for source in event.sources} for event in one), "told as both"


def events_of(parts: list[Part], output: Path) -> list[Event]:
    """What the machines of a cluster do, one after the other."""
    version = program_version(open_gazetteer())
    read_parts = [read_part(part, output.as_uri(), version, ReadOptions()) for part in parts]
    assert sum(part.articles for part in read_parts) == 30
    for name in {name for part in read_parts for name in part.families}:
        merge_family(name, [part.key for part in read_parts if name in part.families], output.as_uri(), version)
    with pytest.raises(InputError, match="hasn't ended"):
        read_layer(output)
    (output / "_dateline.json").write_text(json.dumps({"files": [
        path.relative_to(output).as_posix() for path in output.glob("month=*/*.parquet")]}))
    return sorted(read_layer(output).events, key=lambda event: event.id)


def test_a_file_that_cannot_be_divided_is_one_part(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 nothing")
    part = Part(path.as_uri(), "a")
    assert divide(part, ReadOptions()) == [part]
