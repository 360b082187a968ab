"""The reports of a workspace as merging needs them: in order, by cluster and by block.

A cluster is known by the report that founded it. A block is a number that the floor above makes of where and when
reports may meet. What an article told before its text changed stays, marked as gone, until the next settlement has
taken it out of its cluster.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from geodata.event import Event
from geodata.formats.plaintext import json_text, unescape

COLUMNS = "report, turn, id, number, report_records.article, founder, record"
FROM = "report_records JOIN articles ON fid = report_records.article"
IN_ORDER = "ORDER BY turn, id, number, report"
CHANGED = "(founder IS NULL OR gone)"
"""New or gone since the last settlement, in the words of the index over just these: SQLite uses it for no others."""


class Position(NamedTuple):
    """Where a report stands among all: they are merged in ascending order."""

    turn: int
    name: str
    number: int
    report: int


class StoredReport(NamedTuple):
    """A report as it is kept: where it stands, its article's number, its cluster (``None`` before it was merged)."""

    at: Position
    article: int
    founder: int | None
    record: bytes

    @property
    def report(self) -> int:
        return self.at.report


@dataclass(frozen=True, slots=True)
class Told:
    """An event, and the reports it is made of.

    Attributes
    ----------
    members:
        Numbers of the reports, that of the founder first, each with its blocks; empty if nobody keeps them.
    """

    event: Event
    members: tuple[tuple[int, tuple[int, ...]], ...] = ()


class ReportTables:
    """The tables of reports, over a connection whose transactions are the caller's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def in_order(self) -> Iterator[StoredReport]:
        """Every report that is told now."""
        return self._reports(f"NOT gone {IN_ORDER}")

    def unsettled(self) -> Iterator[StoredReport]:
        """The reports that were never merged."""
        return self._reports(f"{CHANGED} AND founder IS NULL AND NOT gone {IN_ORDER}")

    def gone(self) -> Iterator[StoredReport]:
        """The reports that aren't told any more and are still in their clusters."""
        return self._reports(f"{CHANGED} AND gone {IN_ORDER}")

    def members(self, founder: int) -> Iterator[StoredReport]:
        """The reports of a cluster that are still told."""
        return self._reports(f"founder = ? AND NOT gone {IN_ORDER}", (founder,))

    def of_article(self, article: int) -> Iterator[StoredReport]:
        """The reports of an article."""
        return self._reports(f"report_records.article = ? AND NOT gone {IN_ORDER}", (article,))

    def _reports(self, where: str, values: tuple[object, ...] = ()) -> Iterator[StoredReport]:
        for report, turn, name, number, article, founder, record in self._connection.cursor().execute(
                f"SELECT {COLUMNS} FROM {FROM} WHERE {where}", values):
            yield StoredReport(Position(turn, name, number, report), article, founder, record)

    def filed(self, blocks: Iterable[int]) -> frozenset[int]:
        """Those of the blocks in which any cluster was founded."""
        return frozenset(block for (block,) in self._connection.execute(
            "SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM report_blocks WHERE block = value AND founds)",
            (json_text(list(blocks)),)))

    def founders(self, block: int, before: Position, most: int) -> list[int]:
        """The clusters founded in a block before a report, the last first."""
        return [report for (report,) in self._connection.execute(
            "SELECT report FROM report_blocks WHERE block = ? AND founds AND (turn, name, number, report) < "
            "(?, ?, ?, ?) ORDER BY turn DESC, name DESC, number DESC, report DESC LIMIT ?", (block, *before, most))]

    def readers(self, blocks: Iterable[int], after: Position) -> Iterator[StoredReport]:
        """The merged reports with one of these blocks that stand behind another."""
        return self._reports(
            "report IN (SELECT DISTINCT report FROM report_blocks WHERE block IN (SELECT value FROM json_each(?)) AND "
            "(turn, name, number, report) > (?, ?, ?, ?)) AND NOT gone", (json_text(list(blocks)), *after))

    def put(self, report: StoredReport, founder: int, blocks: Iterable[int]) -> None:
        """Put a report into a cluster."""
        self._connection.execute("UPDATE report_records SET founder = ? WHERE report = ?", (founder, report.report))
        self._connection.execute("DELETE FROM report_blocks WHERE report = ?", (report.report,))
        self._connection.executemany("INSERT OR IGNORE INTO report_blocks VALUES (?, ?, ?, ?, ?, ?)", [
            (block, *report.at, founder == report.report) for block in blocks])

    def take_away(self, report: int) -> None:
        """Forget a report that is gone."""
        self._connection.execute("DELETE FROM report_blocks WHERE report = ?", (report,))
        self._connection.execute("DELETE FROM report_records WHERE report = ?", (report,))

    def event_of(self, founder: int) -> str | None:
        """The id of the event that a cluster last was."""
        found = self._connection.execute("SELECT event FROM cluster_events WHERE founder = ?", (founder,)).fetchone()
        return unescape(found[0]) if found else None

    def counts(self) -> tuple[int, int]:
        """How many reports there are, and how many of them are new or gone since they were last merged."""
        (told,) = self._connection.execute("SELECT count(*) FROM report_records").fetchone()
        (changed,) = self._connection.execute(f"SELECT count(*) FROM report_records WHERE {CHANGED}").fetchone()
        return told, changed

    # --- what a whole settlement keeps -------------------------------------------------------------------------------

    def begin_staging(self) -> None:
        """Make the tables in which clusters wait, outside the workspace and its locks."""
        for table in ("staged_reports", "staged_blocks", "staged_clusters", "staged_gone"):
            self._connection.execute(f"DROP TABLE IF EXISTS temp.{table}")
        self._connection.execute("CREATE TEMP TABLE staged_reports (report INTEGER PRIMARY KEY, founder INTEGER)")
        self._connection.execute("CREATE TEMP TABLE staged_blocks (block INTEGER, report INTEGER)")
        self._connection.execute("CREATE TEMP TABLE staged_clusters (founder INTEGER PRIMARY KEY, event TEXT)")
        self._connection.execute("CREATE TEMP TABLE staged_gone AS SELECT report FROM report_records "
                                 f"WHERE {CHANGED} AND gone")

    def stage(self, told: Told, event: str) -> None:
        """Put a cluster aside, with the id of its event as a cell."""
        if not told.members:
            return
        founder = told.members[0][0]
        self._connection.execute("INSERT INTO staged_clusters VALUES (?, ?)", (founder, event))
        self._connection.executemany("INSERT INTO staged_reports VALUES (?, ?)",
                                     [(report, founder) for report, _ in told.members])
        self._connection.executemany("INSERT INTO staged_blocks VALUES (?, ?)", [
            (block, report) for report, blocks in told.members for block in blocks])

    def apply_staged(self) -> None:
        """Bring the clusters up to date with those put aside; what was put meanwhile stays unsettled."""
        execute = self._connection.execute
        execute("UPDATE report_records SET founder = staged_reports.founder FROM temp.staged_reports "
                "WHERE staged_reports.report = report_records.report")
        execute("DELETE FROM cluster_events")
        execute("INSERT INTO cluster_events SELECT founder, event FROM staged_clusters")
        execute("DELETE FROM report_blocks")
        execute("INSERT OR IGNORE INTO report_blocks SELECT block, turn, id, number, staged_blocks.report, "
                "founder = staged_blocks.report FROM staged_blocks JOIN report_records "
                "ON report_records.report = staged_blocks.report JOIN articles ON fid = report_records.article")
        execute("DELETE FROM report_records WHERE report IN (SELECT report FROM staged_gone)")
        for table in ("staged_reports", "staged_blocks", "staged_clusters", "staged_gone"):
            execute(f"DROP TABLE temp.{table}")

    def set_event(self, founder: int, event: str | None) -> None:
        """Say which event (as a cell) a cluster is; ``None`` for a cluster that is no more."""
        self._connection.execute("DELETE FROM cluster_events WHERE founder = ?", (founder,))
        if event is not None:
            self._connection.execute("INSERT INTO cluster_events VALUES (?, ?)", (founder, event))
