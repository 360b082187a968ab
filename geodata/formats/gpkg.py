"""OGC GeoPackage 1.3 (12-128r17) over SQLite: the tables it asks for, its geometry blobs, its spatial index.

By hand, for it is little: SQLite comes with Python, and GDAL would be a hundred times our size.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Sequence

from geodata.formats.wkb import Bounds

APPLICATION_ID = 0x47504B47
"""``GPKG`` in ASCII (requirement 2)."""
VERSION = 10300
SRS = 4326
"""WGS 84 in degrees."""

_CORE = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,
  organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
  definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
"""

_WGS84 = ('GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
          'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
          'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]')
_SYSTEMS = (("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinate reference system"),
            ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
            ("WGS 84 geodetic", SRS, "EPSG", SRS, _WGS84, "longitude and latitude in decimal degrees"))
"""The three systems that every GeoPackage must hold (requirement 11)."""


def create_core(connection: sqlite3.Connection) -> None:
    """Make an empty database a GeoPackage."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
    for statement in _CORE.split(";\n"):  # executescript would end the caller's transaction
        connection.execute(statement)
    connection.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _SYSTEMS)


def add_features(connection: sqlite3.Connection, table: str, columns: Sequence[tuple[str, str]], description: str,
                 geometry: str = "geom") -> None:
    """Create and register a table of features with columns as ``(name, SQL type)`` after ``fid`` and the geometry."""
    defined = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns)
    connection.execute(f"CREATE TABLE {quoted(table)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
                       f"{quoted(geometry)} GEOMETRY, {defined})")
    connection.execute("INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) "
                       "VALUES (?, 'features', ?, ?, ?)", (table, table, description, SRS))
    connection.execute("INSERT INTO gpkg_geometry_columns VALUES (?, ?, 'GEOMETRY', ?, 0, 0)", (table, geometry, SRS))


def add_attributes(connection: sqlite3.Connection, table: str, columns: Sequence[tuple[str, str]],
                   description: str) -> None:
    """Create and register a table without geometry, with columns as ``(name, SQL type)`` after ``fid``."""
    defined = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns)
    connection.execute(f"CREATE TABLE {quoted(table)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {defined})")
    connection.execute("INSERT INTO gpkg_contents (table_name, data_type, identifier, description) "
                       "VALUES (?, 'attributes', ?, ?)", (table, table, description))


_METADATA = """
CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL,
  md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL,
  mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT,
  row_id_value INTEGER, timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))
"""


def add_metadata(connection: sqlite3.Connection, uri: str, text: str) -> None:
    """Keep a JSON text about the whole file (annex F.8): no table of its own, which programs would take for a layer."""
    for statement in _METADATA.split(";\n"):
        connection.execute(statement)
    connection.execute("INSERT INTO gpkg_metadata VALUES (1, 'dataset', ?, 'application/json', ?)", (uri, text))
    connection.execute("INSERT INTO gpkg_metadata_reference (reference_scope, md_file_id) VALUES ('geopackage', 1)")
    for table in ("gpkg_metadata", "gpkg_metadata_reference"):
        connection.execute("INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_metadata', "
                           "'http://www.geopackage.org/spec120/#extension_metadata', 'read-write')", (table,))


def metadata_of(connection: sqlite3.Connection, uri: str) -> str | None:
    """The text that :func:`add_metadata` kept under ``uri``; ``None`` if there is none."""
    if not has_table(connection, "gpkg_metadata"):
        return None
    found = connection.execute("SELECT metadata FROM gpkg_metadata WHERE md_standard_uri = ?", (uri,)).fetchone()
    return str(found[0]) if found else None


def has_table(connection: sqlite3.Connection, name: str) -> bool:
    """Whether a table of this name exists."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?",
                              (name,)).fetchone() is not None


def set_extent(connection: sqlite3.Connection, table: str, extent: Bounds | None) -> None:
    """Tell readers the box around a table's features; ``None`` if none has a geometry."""
    connection.execute("UPDATE gpkg_contents SET min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?",
                       (*(extent or (None, None, None, None)), table))


def blob(geometry: bytes, box: Bounds) -> bytes:
    """A well-known binary as a GeoPackage geometry; an area carries its box, a point is one."""
    west, south, east, north = box
    if (west, south) == (east, north):
        return b"GP\x00\x01" + struct.pack("<i", SRS) + geometry
    return b"GP\x00\x03" + struct.pack("<idddd", SRS, west, east, south, north) + geometry


_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
"""By the envelope's code in the flags: none, XY, XYZ, XYM, XYZM (table 5)."""


def geometry_of(content: bytes) -> bytes:
    """The well-known binary in a GeoPackage geometry.

    Raises
    ------
    ValueError
        If it is none.
    """
    if content[:2] != b"GP" or len(content) < 8 or (code := content[3] >> 1 & 7) >= len(_ENVELOPE_BYTES):
        raise ValueError("no GeoPackage geometry")
    return content[8 + _ENVELOPE_BYTES[code]:]


def add_spatial_index(connection: sqlite3.Connection, table: str, geometry: str = "geom") -> None:
    """Create and register an empty index of a table's features by their boxes (annex F.3)."""
    connection.execute(f"CREATE VIRTUAL TABLE {_index(table, geometry)} USING rtree(id, minx, maxx, miny, maxy)")
    connection.execute("INSERT INTO gpkg_extensions VALUES (?, ?, 'gpkg_rtree_index', "
                       "'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')", (table, geometry))


def put_boxes(connection: sqlite3.Connection, table: str, boxes: Iterable[tuple[int, Bounds]],
              geometry: str = "geom") -> None:
    """Enter features into the index by their numbers and boxes."""
    connection.executemany(
        f"INSERT INTO {_index(table, geometry)} VALUES (?, ?, ?, ?, ?)",
        ((fid, west, east, south, north) for fid, (west, south, east, north) in boxes))


def add_triggers(connection: sqlite3.Connection, table: str, geometry: str = "geom") -> None:
    """Keep the index true when GIS programs edit the table.

    The triggers call functions that such programs define and Python doesn't: add them last.
    """
    for statement in _triggers(table, geometry):
        connection.execute(statement)


def _index(table: str, geometry: str) -> str:
    return quoted(f"rtree_{table}_{geometry}")


def _triggers(table: str, geometry: str) -> list[str]:
    """The triggers of annex F.3."""
    on, geom, rtree = quoted(table), quoted(geometry), _index(table, geometry)
    filled = f"NEW.{geom} NOT NULL AND NOT ST_IsEmpty(NEW.{geom})"
    bare = f"(NEW.{geom} IS NULL OR ST_IsEmpty(NEW.{geom}))"
    box = ", ".join(f"ST_{name}(NEW.{geom})" for name in ("MinX", "MaxX", "MinY", "MaxY"))
    put = f"INSERT OR REPLACE INTO {rtree} VALUES (NEW.fid, {box});"
    drop = f"DELETE FROM {rtree} WHERE id = OLD.fid;"
    return [
        f"CREATE TRIGGER {_index(table, f'{geometry}_{name}')} AFTER {change} ON {on} WHEN {when} BEGIN {act} END"
        for name, change, when, act in (
            ("insert", "INSERT", filled, put),
            ("update1", f"UPDATE OF {geom}", f"OLD.fid = NEW.fid AND ({filled})", put),
            ("update2", f"UPDATE OF {geom}", f"OLD.fid = NEW.fid AND {bare}", drop),
            ("update3", "UPDATE", f"OLD.fid != NEW.fid AND ({filled})", f"{drop} {put}"),
            ("update4", "UPDATE", f"OLD.fid != NEW.fid AND {bare}",
             f"DELETE FROM {rtree} WHERE id IN (OLD.fid, NEW.fid);"),
            ("delete", "DELETE", f"OLD.{geom} NOT NULL", drop),
        )]


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
