"""A disk that is full: one line that says so, nothing half written, nothing lost."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extract.once import Spool, found_in
from geodata.atomic import written_whole
from geodata.errors import InputError, OutputError
from geodata.export import redact
from geodata.formats import gpkg, write_layer
from geodata.workspace import StoredArticle, Workspace
from tests.command import ROOT
from tests.extract.test_once import annotations
from tests.geodata.layers import event, no_outline

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="no /dev/full on this system")


@needs_full
def test_a_file_on_a_full_disk() -> None:
    with pytest.raises(OutputError, match=r"No space left.*Make room"), written_whole(FULL) as file:
        file.write(b"x" * 100_000)
    assert not FULL.is_file()  # a device stays one, whoever writes to it


@needs_full
def test_standard_output_on_a_full_disk(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("In Harare ist eine Markthalle abgebrannt. " * 400)
    with FULL.open("wb") as full:
        result = subprocess.run([sys.executable, "-m", "dateline", "annotate", "--text", str(article)], cwd=ROOT,
                                stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert "standard output: can't be written (No space left" in result.stderr


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "out.geojson"
    os.mkfifo(pipe)
    reader = subprocess.Popen([sys.executable, "-c", f"print(len(open({str(pipe)!r}).read()))"],
                              stdout=subprocess.PIPE)
    assert write_layer(pipe, [event()], no_outline, {}) == 1
    assert int(reader.communicate()[0]) > 500
    assert pipe.is_fifo()


def limited(connection: sqlite3.Connection, pages: int) -> None:
    """Let a database grow by so many pages and no more: SQLite then says what it says when the disk is full."""
    (now,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {now + pages}")


def test_a_geopackage_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = gpkg.create_core

    def cramped(connection: sqlite3.Connection) -> None:
        make(connection)
        limited(connection, 30)

    monkeypatch.setattr(gpkg, "create_core", cramped)
    with pytest.raises(OutputError, match=r"full.*Make room"):
        write_layer(tmp_path / "a.gpkg", (event(id=str(number)) for number in range(999)), no_outline, {})
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_on_a_full_disk_keeps_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "room.gpkg"

    def article(number: int) -> StoredArticle:
        return StoredArticle(str(number), str(number), str(number), str(number), "1", os.urandom(3000), b"")

    kept: list[int] = []

    def fill() -> None:
        with Workspace(path, create=True) as workspace:
            limited(workspace._connection, 60)
            for number in range(99):
                workspace.put([article(number)])
                kept.append(number)

    with pytest.raises(OutputError, match="nothing is lost"):
        fill()
    with Workspace(path) as workspace:
        assert workspace.count() == len(kept) > 5
        workspace.put([article(number) for number in range(99)])
        assert workspace.count() == 99


def test_what_sqlite_says_of_a_workspace_is_told_as_an_error_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "room.gpkg"
    with pytest.raises(OutputError, match="can't be used"), Workspace(path, create=True):
        raise sqlite3.OperationalError("disk I/O error")
    with pytest.raises(InputError, match="is damaged"), Workspace(path):
        raise sqlite3.DatabaseError("database disk image is malformed")


def test_a_full_folder_of_temporary_files() -> None:
    def spool_all() -> None:
        with Spool() as spool:
            limited(spool._connection, 5)
            for annotation in annotations(300):
                spool.put(found_in(annotation))
            spool.merge()

    with pytest.raises(OutputError, match="TMPDIR"):
        spool_all()


@pytest.mark.parametrize("step", ["INSERT", "SELECT"])
def test_a_full_folder_of_temporary_files_while_redacting(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Events are put aside and sorted there: SQLite writes to the disk for both."""

    class Cramped(sqlite3.Connection):
        def execute(self, statement: str, *given: Any) -> sqlite3.Cursor:
            if step in statement:
                raise sqlite3.OperationalError("database or disk is full")
            return super().execute(statement, *given)

        def executemany(self, statement: str, *given: Any) -> sqlite3.Cursor:
            if step in statement:
                raise sqlite3.OperationalError("database or disk is full")
            return super().executemany(statement, *given)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path: connect(path, factory=Cramped))
    with pytest.raises(OutputError, match=r"is full.*SQLITE_TMPDIR"):
        list(redact([event()]))
