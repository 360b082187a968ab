"""ZIP and gzip: streamed, in order, with limits; bombs, hostile names and damage are refused by name."""

from __future__ import annotations

import gzip
import io
import json
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from extract.article import Article
from extract.sources import archive, read_articles
from geodata.errors import InputError

TEXT = "Am Montag lief in Rostock ein Schiff vom Stapel."


def zipped(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as out:
        for name, content in files.items():
            out.writestr(name, content)
    return buffer.getvalue()


def read(tmp_path: Path, content: bytes, name: str = "in.zip", **options: Any) -> list[Article]:
    path = tmp_path / name
    path.write_bytes(content)
    return list(read_articles([path], **options))


def test_members_of_any_kind_in_order(tmp_path: Path) -> None:
    rows = json.dumps({"text": "drei", "id": "r"})
    files: dict[str, str | bytes] = {"b.txt": "zwei", "a/eins.md": "# eins", "c.jsonl": rows, "x.bin": "?",
                                     ".h.txt": "?", "__MACOSX/b.txt": "?", "page": "<html><body>"}
    found = [(article.id, article.text) for article in read(tmp_path, zipped(files), report=lambda _: None)]
    assert found == [("in/a/eins", "eins"), ("in/b", "zwei"), ("r", "drei")]


def test_a_sidecar_inside_tells_about_its_folder(tmp_path: Path) -> None:
    sidecar = '["z.txt"]\noutlet = "Küstenbote"\n'
    articles = read(tmp_path, zipped({"a/z.txt": "a", "a/sources.toml": sidecar, "b/z.txt": "b"}))
    assert [article.outlet for article in articles] == ["Küstenbote", ""]


def test_archives_in_archives_are_limited(tmp_path: Path) -> None:
    once = zipped({"in.zip": zipped({"a.txt": TEXT})})
    assert [article.text for article in read(tmp_path, once)] == [TEXT]
    twice = zipped({"x.zip": once})
    with pytest.raises(InputError, match=r"in\.zip/x\.zip/in\.zip.*archive within 2"):
        read(tmp_path, twice)


def test_a_bomb_is_refused_by_what_it_unpacks_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ALWAYS_ALLOWED", 1 << 20)
    row = b'{"text": "' + b"0" * 100_000 + b'"}\n'
    bomb = zipped({"a.jsonl": row * 400})
    assert len(bomb) * archive.LARGEST_RATIO < 400 * len(row)
    with pytest.raises(InputError, match=r"in\.zip.*bomb"):
        read(tmp_path, bomb)
    nested = zipped({f"{number}.zip": bomb for number in range(8)}, zipfile.ZIP_STORED)
    with pytest.raises(InputError, match="bomb"):
        read(tmp_path, nested)
    with pytest.raises(InputError, match="bomb"):
        read(tmp_path, gzip.compress(row * 400), "a.jsonl.gz")


def endless_deflate(block: bytes, times: int) -> bytes:
    """What ``block`` repeated ``times`` deflates to, made in the time of one: blocks after a full flush repeat."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return (deflate.compress(block) + deflate.flush(zlib.Z_FULL_FLUSH)) * times + b"\x03\x00"


def zip_of(name: bytes, packed: bytes, size: int) -> bytes:
    """A ZIP of one deflated member, by hand (APPNOTE 6.3.10), so that it may say of itself what it likes."""
    common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + common + name + packed
    central = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    return local + central + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)


def test_ten_gigabytes_in_ten_megabytes_are_refused(tmp_path: Path) -> None:
    row = b'{"no": "' + b"0" * ((1 << 20) - 11) + b'"}\n'
    bomb = zip_of(b"a.jsonl", endless_deflate(row, 4000), 4000 << 20)
    gz = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + endless_deflate(row, 10_000)
    for name, content in (("in.zip", bomb), ("a.jsonl.gz", gz)):
        told: list[InputError] = []
        assert read(tmp_path, content, name, report=told.append) == []
        assert len(content) < 20 << 20
        assert "bomb" in str(told[-1])
        assert len(told) < 1000


HOSTILE_NAMES = ["../../etc/passwd.txt", "/etc/passwd.txt", "C:\\Windows\\a.txt", "a\x1b[31m.txt",
                 "a\u202etxt.exe.txt", "..", "a/../../b.txt", "con.txt", " .txt", "a" * 3000 + ".txt",
                 ".txt/x.txt", "\n.txt", "./a.txt"]


HIDDEN = (".txt/x.txt", "..")


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_hostile_names_stay_names(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    before = sorted(tmp_path.rglob("*"))
    articles = read(tmp_path / "in", zipped({name: TEXT, "ok.txt": TEXT}), report=lambda _: None)
    assert any(article.id == "in/ok" for article in articles)
    assert len(articles) == (1 if name in HIDDEN else 2)
    assert not any(part in ("..", "") for article in articles for part in article.id.split("/"))
    assert all(article.id.isprintable() for article in articles)
    assert sorted(tmp_path.rglob("*")) == [*before, tmp_path / "in" / "in.zip"]


def test_links_are_passed_over(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        info = zipfile.ZipInfo("link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        out.writestr(info, "/etc/hostname")
        out.writestr("a.txt", TEXT)
    assert [article.id for article in read(tmp_path, buffer.getvalue())] == ["in/a"]


def test_damage_costs_one_member(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": TEXT * 50, "b.txt": TEXT}, zipfile.ZIP_STORED))
    content[content.index(TEXT.encode()) + 3] ^= 0xFF  # the checksum finds it
    told: list[InputError] = []
    assert [article.id for article in read(tmp_path, bytes(content), report=told.append)] == ["in/b"]
    assert "in.zip/a.txt" in str(told[0])


@pytest.mark.parametrize(("name", "content", "told"), [
    ("a.zip", b"PK\x03\x04 nothing", "damaged ZIP"), ("a.zip", zipped({}), "holds no article"),
    ("a.zip", zipped({"x.bin": "?"}), "holds no article"), ("a.txt.gz", gzip.compress(b"abc")[:-6], "unpacked"),
    ("a.txt.gz", b"\x1f\x8b broken", "unpacked"), ("a.txt.gz", gzip.compress(b""), "empty"),
    ("a.epub", zipped({"a.html": "x"}), "unknown kind")])
def test_bad_archives_are_named(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read(tmp_path, content, name)


def test_gzip_by_name_and_content(tmp_path: Path) -> None:
    assert read(tmp_path, gzip.compress(b'{"text": "a"}\n' * 3), "rows.jsonl.gz")[2].id == "rows-3"
    assert read(tmp_path, gzip.compress(TEXT.encode()), "a.txt.gz")[0].text == TEXT
    assert read(tmp_path, gzip.compress(TEXT.encode()), "b.txt")[0].text == TEXT
