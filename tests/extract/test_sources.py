"""Reading what a user names: files, folders and standard input; text, front matter, tables of every kind."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.article import Article, Publication
from extract.sources import ReadOptions, read_articles
from extract.sources.json_stream import elements
from geodata.errors import InputError

TEXT = "Am Montag lief in Rostock ein neues Forschungsschiff vom Stapel."
DAY = Publication(date(2024, 3, 4), date(2024, 3, 4), "given")


def read(path: Path, **options: Any) -> list[Article]:
    return list(read_articles([path], ReadOptions(**options)))


def put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("text", [TEXT, "a\r\nb\r\n", "\ttab und  Leerzeichen ", "Umbruch\n\n\n", "---\nkein Kopf"])
def test_text_is_letter_for_letter(tmp_path: Path, text: str) -> None:
    (article,) = read(put(tmp_path / "a.txt", text))
    assert (article.id, article.text) == ("a", text)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_told(tmp_path: Path, encoding: str) -> None:
    text = "Über Nacht fiel in Görlitz und Großenhain Schnee, für die Straßen genügte das Salz nicht überall.\n" * 8
    (article,) = read(put(tmp_path / "a.txt", text.encode(encoding)))
    assert article.text == text


def test_an_encoding_can_be_given_and_must_exist(tmp_path: Path) -> None:
    path = put(tmp_path / "a.txt", "Łódź leży w Polsce".encode("cp1250"))
    assert read(path, encoding="cp1250")[0].text == "Łódź leży w Polsce"
    for unknown in ("klingon", "hex"):
        with pytest.raises(InputError, match=unknown):
            ReadOptions(encoding=unknown)


@pytest.mark.parametrize("head", [
    "---\ntitle: \"Stapellauf\"\ndate: 2024-03-04\nlang: de-DE\nurl: https://example.org/a\nsite: Küstenbote\n---\n",
    "+++\ntitle = 'Stapellauf'\ndate = 2024-03-04T08:00:00Z\nlanguage = \"de\"\nlink = \"https://example.org/a\"\n"
    "outlet = 'Küstenbote'\n+++\n"])
def test_front_matter_tells_about_the_article(tmp_path: Path, head: str) -> None:
    (article,) = read(put(tmp_path / "a.txt", head + TEXT))
    assert article == Article("a", TEXT, "Stapellauf", "Küstenbote", "https://example.org/a", "de", DAY)


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    marked = ("# Stapellauf\n\nIn **Rostock** lief [ein _Schiff_](https://example.org/2020-01-01 \"t\") vom "
              "[Stapel](https://example.org/Stapel_(Werft)).\n"
              "![](x.png)\n> gut\n")
    (article,) = read(put(tmp_path / "a.md", marked))
    assert article.text == "Stapellauf\n\nIn Rostock lief ein Schiff vom Stapel.\n\ngut\n"


@given(st.text("-+\n:=# *_[]()ab\r", max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_is_read_or_refused_in_one_line(tmp_path: Path, text: str) -> None:
    for suffix in (".txt", ".md"):
        told: list[InputError] = []
        articles = list(read_articles([put(tmp_path / f"a{suffix}", text)], report=told.append))
        assert len(articles) + len(told) == 1
        assert all(str(error).startswith(str(tmp_path)) for error in told)


@pytest.mark.parametrize("text", ["*" * 300_000, "[" * 300_000, "[](a" * 90_000, "_a" * 200_000, "---\n" * 50_000,
                                  "# " * 200_000, "# a" + " " * 200_000 + "b", "---\n" + "a: " * 200_000])
def test_hostile_markdown_costs_no_more_than_its_length(tmp_path: Path, text: str) -> None:
    assert len(read(put(tmp_path / "a.md", text))) <= 1


ROW = {"id": "7", "text": TEXT, "title": "Stapellauf", "outlet": "Küstenbote", "url": "https://example.org/a",
       "lang": "de", "published": "2024-03-04"}
EXPECTED = Article("7", TEXT, "Stapellauf", "Küstenbote", "https://example.org/a", "de", DAY)
CSV = "id,text,title,outlet,url,lang,published\n7," + ",".join(f'"{ROW[key]}"' for key in list(ROW)[1:]) + "\n"


def parquet(rows: list[dict[str, Any]]) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), buffer)
    return buffer.getvalue()


TABLES = {
    "rows.jsonl": json.dumps(ROW), "utf8.ndjson": json.dumps(ROW, ensure_ascii=False), "array.json": json.dumps([ROW]),
    "one.json": json.dumps(ROW), "wrapped.json": json.dumps({"status": "ok", "articles": [ROW]}),
    "wide.jsonl": json.dumps(ROW).encode("utf-16"), "rows.csv": CSV, "bom.csv": b"\xef\xbb\xbf" + CSV.encode(),
    "semicolons.csv": CSV.replace(",", ";").replace('"; ', '", '), "tabs.tsv": CSV.replace(",", "\t"),
    "rows.parquet": parquet([ROW]),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables_of_every_kind(tmp_path: Path, name: str) -> None:
    assert read(put(tmp_path / name, TABLES[name])) == [EXPECTED]


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv", "rows.parquet", "rows.json"])
def test_a_users_columns(tmp_path: Path, name: str) -> None:
    row = {"Inhalt": TEXT, "Tag": "2024-03-04", "text": "ein anderer"}
    csv = "Inhalt,Tag,text\n" + ",".join(f'"{value}"' for value in row.values())
    content = {"jsonl": json.dumps(row), "json": json.dumps(row), "csv": csv, "parquet": parquet([row])}[name[5:]]
    (article,) = read(put(tmp_path / name, content), columns={"text": "Inhalt", "published": "tag"})
    assert (article.text, article.published, article.id) == (TEXT, DAY, "rows-1")


def test_a_mapping_of_no_field_is_refused() -> None:
    with pytest.raises(InputError, match=r"'body'.*text"):
        ReadOptions(columns={"body": "text"})


def test_news_please(tmp_path: Path) -> None:
    row = {"authors": ["A"], "date_publish": "2024-03-04 08:15:00", "date_download": "2025-01-01 00:00:00",
           "description": "Kurz.", "maintext": TEXT, "title": "Stapellauf", "source_domain": "kuestenbote.example",
           "language": "de", "url": "https://example.org/a", "filename": "x.json"}
    (article,) = read(put(tmp_path / "page.json", json.dumps(row)))
    assert article == Article("page-1", TEXT, "Stapellauf", "kuestenbote.example", "https://example.org/a", "de", DAY)


@pytest.mark.parametrize(("name", "content", "told"), [
    ("a.jsonl", '{"text": "a"}\n{"text": 1}\n', r"a\.jsonl:2"), ("a.jsonl", '{"text": "a"}\n[1]\n', r"a\.jsonl:2"),
    ("a.jsonl", '{"text": "a"\n', r"a\.jsonl:1"), ("a.json", '[{"text": "a"} {"text": "b"}]', "comma"),
    ("a.json", '[{"text": "a"},', "ends early"), ("a.json", '[{"text": tru }]' + " " * 100, "no JSON"),
    ("a.json", "[" * 100_000, "nested"),
    ("a.csv", "id,title\n1,b\n", r"a\.csv: has no column text.*id, title.*--column"),
    ("a.csv", "id,text\n1,\n", r"a\.csv:2.*text"),
    ("a.parquet", parquet([{"x": 1}]), "no column text"),
    ("a.csv", "id,text\n", "no article"), ("a.parquet", b"PAR1" + b"\0" * 50 + b"PAR1", "no Parquet"),
    ("a.jsonl", b'{"text": "a"}\n' * 2000 + b'{"text": "\xff"}\n{"text": "\xc3\xa4"}\n{"text": "\xc3\xb6"}\n',
     r"a\.jsonl:2001.*utf-8"),
    ("a.txt", b"\0\1\2" * 50, "binary"), ("a.txt", b" \n", "empty"), ("a.docx", b"PK\x03\x04...", r"\.docx"),
    ("a.pdf", b"%PDF-1.7 nothing", "no PDF"), ("a.html", "<html><body></body></html>", "no article text"),
    ("a.xml", "<a/>", r"unknown kind of file \(\.xml\)"), ("a.warc", b"WARC/1.0\r\nbroken", "web archive|no article"),
])
def test_bad_input_is_named(tmp_path: Path, name: str, content: str | bytes, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read(put(tmp_path / name, content))


def test_reported_failures_cost_the_other_articles_nothing(tmp_path: Path) -> None:
    put(tmp_path / "in" / "a.jsonl", '{"text": "eins"}\n{"no": 1}\n{"text": "drei"}\n')
    put(tmp_path / "in" / "b.txt", b"\0\0\0")
    put(tmp_path / "in" / "c.txt", "vier")
    failures: list[InputError] = []
    articles = list(read_articles([tmp_path / "missing", tmp_path / "in"], report=failures.append))
    assert [article.text for article in articles] == ["eins", "drei", "vier"]
    assert [Path(failure.subject).name for failure in failures] == ["missing", "a.jsonl:2", "b.txt"]


def test_a_folder_is_read_in_order_with_unique_ids(tmp_path: Path) -> None:
    for name in ("b.txt", "a/x.txt", "a/x.md", ".hidden.txt", "notes.docx", "sitemap.xml", "sources.toml"):
        put(tmp_path / name, "" if name == "sources.toml" else name)
    (tmp_path / "loop").symlink_to(tmp_path)
    assert [article.id for article in read(tmp_path)] == ["a/x", "a/x~2", "b"]
    with pytest.raises(InputError, match="holds no article"):
        read(put(tmp_path / "empty" / "x.bin", "x").parent)


def test_a_sidecar_completes_and_never_overrules(tmp_path: Path) -> None:
    put(tmp_path / "sources.toml", '["a.txt"]\ntitle = "T"\npublished = 2024-03-04\n["b.jsonl"]\noutlet = "O"\n')
    put(tmp_path / "a.txt", TEXT)
    put(tmp_path / "b.jsonl", '{"text": "x"}\n{"text": "y", "outlet": "P"}\n')
    first, *others = read(tmp_path)
    assert (first.title, first.published) == ("T", DAY)
    assert [article.outlet for article in others] == ["O", "P"]


class Trickle(io.RawIOBase):
    """Standard input that can't seek and comes in drops."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        return self._content.readinto(memoryview(buffer)[:7])


@pytest.mark.parametrize(("content", "expected"), [
    (TEXT.encode(), "stdin"), (json.dumps(ROW).encode(), "7"), (json.dumps([ROW]).encode(), "7"),
    (parquet([ROW]), "7"), (b"", None)])
def test_standard_input_is_told_by_its_content(monkeypatch: pytest.MonkeyPatch, content: bytes,
                                               expected: str | None) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Trickle(content))))
    if expected is None:
        with pytest.raises(InputError, match="stdin"):
            list(read_articles(["-"]))
    else:
        assert [article.id for article in read_articles(["-"])] == [expected]


def test_ids_are_made_unique_however_many_share_one(tmp_path: Path) -> None:
    rows = [{"id": "x~3", "text": "drei"}, *({"id": "x", "text": "eins"} for _ in range(20_000))]
    path = put(tmp_path / "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows).encode())
    ids = [article.id for article in read_articles([path])]
    assert ids[:5] == ["x~3", "x", "x~2", "x~4", "x~5"]
    assert len(set(ids)) == 20_001


class Endless(io.RawIOBase):
    """Rows without end: who reads a stream asks for a few, who reads it whole never returns."""

    def __init__(self, row: bytes, opening: bytes = b"") -> None:
        self._row, self._rest, self.given = row, opening, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while len(self._rest) < len(buffer):
            self._rest += self._row
        buffer[:], self._rest = self._rest[:len(buffer)], self._rest[len(buffer):]
        self.given += len(buffer)
        return len(buffer)


@pytest.mark.parametrize(("row", "opening"), [
    (b'{"text": "eins"}\n', b""), (b'{"text": "eins"},\n', b"["), (b'"a, b",eins\n', b"title,text\n"),
])
def test_tables_are_streamed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, row: bytes, opening: bytes) -> None:
    made: list[Endless] = []

    def opened(*_: object, **__: object) -> io.BufferedReader:
        made.append(Endless(row, opening))
        return io.BufferedReader(made[-1])

    name = put(tmp_path / ("a.csv" if opening.startswith(b"title") else "a.jsonl"), opening + row)
    monkeypatch.setattr(Path, "open", opened)
    articles: Iterator[Article] = read_articles([name])
    assert [next(articles).text for _ in range(1000)] == ["eins"] * 1000
    assert 0 < sum(stream.given for stream in made) < 1 << 20


VALUES = st.recursive(st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(), st.lists, max_leaves=4)


@given(st.lists(VALUES), st.sampled_from([1, 3, 64]))
def test_elements_are_the_arrays(values: list[Any], portion: int) -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or -1, portion))

    stream = Slow(json.dumps(values, indent=1).encode())
    assert [value for _, _, value in elements("a", stream, "utf-8", lambda _: None)] == values
