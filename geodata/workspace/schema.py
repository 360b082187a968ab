"""The tables of a workspace: a GeoPackage whose ``events`` are a layer like any other, and what made them."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from struct import unpack_from

from geodata.errors import InputError, OutputError
from geodata.formats import gpkg
from geodata.formats.columns import COLUMNS
from geodata.formats.geopackage import NOTES, SQL_TYPES, TABLE, WORKSPACE_STATE
from geodata.formats.qgis import add_styles

SCHEMA = 2
"""Number of the tables' make; a workspace of another make is refused, not guessed at."""
BUSY_SECONDS = 120.0
"""How long a writer waits for another: the longest transaction writes the first layer of a million events."""

RETRY_SECONDS = 0.02
"""How long to wait before the next try where SQLite doesn't wait itself."""

REVIEWED = "reviewed"
"""Column of ``events`` beside those of every layer: the corrections in effect on the event, by id."""

ARTICLES = (
    ("id", "TEXT"), ("given_id", "TEXT"), ("title", "TEXT"), ("outlet", "TEXT"), ("url", "TEXT"), ("published", "TEXT"),
    ("lang", "TEXT"), ("characters", "INTEGER"), ("text_sha256", "TEXT"), ("content_sha256", "TEXT"),
    ("version", "TEXT"), ("added", "INTEGER"), ("read", "INTEGER"))
FAILURES = (("article", "TEXT"), ("content_sha256", "TEXT"), ("reason", "TEXT"), ("version", "TEXT"))
CORRECTIONS = (
    ("id", "TEXT"), ("moment", "TEXT"), ("who", "TEXT"), ("action", "TEXT"), ("why", "TEXT"), ("event", "TEXT"),
    ("record", "TEXT"))
CHANGES = (
    ("what", "TEXT"), ("event", "TEXT"), ("type", "TEXT"), ("was", "TEXT"), ("now", "TEXT"), ("article", "TEXT"),
    ("quote", "TEXT"), ("settlement", "INTEGER"))
SETTLEMENTS = (("version", "TEXT"), ("before", "TEXT"), ("revision", "INTEGER"), ("moment", "TEXT"),
               ("events", "INTEGER"))

OUT_OF_SIGHT = f"""
CREATE UNIQUE INDEX articles_id ON articles(id);
CREATE INDEX articles_given ON articles(given_id);
CREATE INDEX articles_content ON articles(content_sha256);
CREATE INDEX articles_text ON articles(text_sha256);
CREATE UNIQUE INDEX failures_article ON failures(article, content_sha256);
CREATE UNIQUE INDEX corrections_id ON corrections(id);
CREATE INDEX changes_settlement ON changes(settlement);
CREATE UNIQUE INDEX events_id ON events(id);
CREATE TABLE article_records (
  article INTEGER PRIMARY KEY REFERENCES articles(fid), content BLOB NOT NULL, annotation BLOB NOT NULL);
CREATE TABLE report_records (
  report INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles(fid), number INTEGER NOT NULL,
  turn INTEGER NOT NULL, record BLOB NOT NULL, founder INTEGER, gone INTEGER NOT NULL DEFAULT 0);
CREATE INDEX report_records_article ON report_records(article);
CREATE INDEX report_records_turn ON report_records(turn);
CREATE INDEX report_records_founder ON report_records(founder);
CREATE INDEX report_records_changed ON report_records(report) WHERE founder IS NULL OR gone;
CREATE TABLE report_blocks (
  block INTEGER NOT NULL, turn INTEGER NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL, report INTEGER NOT NULL,
  founds INTEGER NOT NULL, PRIMARY KEY (block, turn, name, number, report)) WITHOUT ROWID;
CREATE INDEX report_blocks_founders ON report_blocks(block, turn, name, number, report) WHERE founds;
CREATE INDEX report_blocks_report ON report_blocks(report);
CREATE TABLE cluster_events (founder INTEGER PRIMARY KEY, event TEXT NOT NULL);
CREATE TABLE program_events (id TEXT PRIMARY KEY, digest BLOB NOT NULL, record BLOB) WITHOUT ROWID;
CREATE INDEX program_events_hidden ON program_events(id) WHERE record NOT NULL;
CREATE INDEX events_reviewed ON events(id) WHERE reviewed != '';
CREATE TABLE event_words (word INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (word, event)) WITHOUT ROWID;
CREATE INDEX event_words_event ON event_words(event);
CREATE TABLE discarded_events (id TEXT NOT NULL, record BLOB NOT NULL);
CREATE TABLE {WORKSPACE_STATE} (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
"""
"""Tables that no GIS lists.

``report_records``: with the report that founded the cluster they are in; ``gone``: told no more, and still in it.
``report_blocks``: where reports may meet, to find those that a new one changes. ``cluster_events``: which event the
cluster that a report founded is.
``program_events``: what the program found, with a hash of it; the record only where corrections made the layer
differ. ``event_words``: hashes of texts and quotes, to find the events that a correction may mean.
"""


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open the file of a workspace, and make its tables if it is to be created and hasn't got them yet.

    Raises
    ------
    InputError
        If it is missing (and not to be created), no workspace, or of another make.
    OutputError
        If it can't be created.
    """
    if not create and not path.is_file():
        raise InputError(path, "no such workspace", "Make it with 'dateline extract IN… -w FILE.gpkg'")
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    except sqlite3.Error as error:
        raise OutputError(path, f"can't be opened ({error})", "Choose a folder that exists and is yours") from error
    try:
        _make_or_check(connection, path, create=create)
        _write_ahead(connection)  # readers and a writer at the same time
        connection.execute("PRAGMA synchronous = NORMAL")  # with WAL, safe but for the last moments before a power cut
        _add_functions(connection)
    except sqlite3.OperationalError as error:
        connection.close()
        raise OutputError(path, f"can't be used ({error})", "Make room, or choose a folder that is yours") from error
    except sqlite3.Error as error:
        connection.close()
        raise InputError(path, f"is no workspace ({error})", "Give a file that 'dateline extract -w' made") from error
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log, which the file then keeps; SQLite waits for no other connection here by itself."""
    until = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(RETRY_SECONDS)


def _make_or_check(connection: sqlite3.Connection, path: Path, *, create: bool) -> None:
    if _schema_of(connection) is None and create:
        connection.execute("BEGIN IMMEDIATE")  # of two that would make the tables, the second finds them made
        try:
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            if not tables:
                _make_tables(connection)
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
    schema = _schema_of(connection)
    if schema is None:
        raise InputError(path, "is no workspace", "Give a file that 'dateline extract -w' made")
    if schema != SCHEMA:
        raise InputError(path, f"was made by another version (tables {schema}, not {SCHEMA})",
                         "Make a new workspace, and take the corrections along with 'dateline corrections'")


def _schema_of(connection: sqlite3.Connection) -> int | None:
    try:
        found = connection.execute(f"SELECT value FROM {WORKSPACE_STATE} WHERE key = 'schema'").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            return None
        raise
    return int(found[0]) if found else None


def _make_tables(connection: sqlite3.Connection) -> None:
    gpkg.create_core(connection)
    columns = [(column.name, SQL_TYPES[column.kind]) for column in COLUMNS]
    gpkg.add_features(connection, TABLE, [*columns, (REVIEWED, "TEXT")], "Dated events from news articles")
    gpkg.add_spatial_index(connection, TABLE)
    gpkg.add_triggers(connection, TABLE)
    for name, described, of_what in (
            (NOTES, (("key", "TEXT"), ("value", "TEXT")), "What the layer was made from"),
            ("articles", ARTICLES, "The articles read"), ("failures", FAILURES, "Articles that couldn't be read"),
            ("corrections", CORRECTIONS, "What people decided; rows are only ever added"),
            ("changes", CHANGES, "What new versions of the program changed"),
            ("settlements", SETTLEMENTS, "When the events were worked out anew")):
        gpkg.add_attributes(connection, name, described, of_what)
    add_styles(connection, TABLE)
    statement = ""
    for line in OUT_OF_SIGHT.splitlines(keepends=True):  # executescript would end the transaction
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
    connection.executemany(f"INSERT INTO {WORKSPACE_STATE} VALUES (?, ?)", [("schema", SCHEMA), ("revision", 0)])


def _add_functions(connection: sqlite3.Connection) -> None:
    """Define what the triggers of the spatial index call; GDAL and QGIS define the same."""
    connection.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)
    for position, name in enumerate(("ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY")):
        connection.create_function(name, 1, _bound(position), deterministic=True)


def _is_empty(geometry: bytes) -> bool:
    return bool(geometry[3] & 0b10000)


def _bound(position: int) -> Callable[[bytes], float]:
    def bound(geometry: bytes) -> float:
        if geometry[3] & 0b1110:  # an area: its box follows the header of 8 bytes
            return float(unpack_from("<4d", geometry, 8)[position])
        return float(unpack_from("<2d", geometry, 13)[position // 2])  # a point: behind 5 bytes of its own header

    return bound
