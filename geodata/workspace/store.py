"""An open workspace: articles, failures and corrections in, events out. Every change is one short transaction."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from geodata.corrections import ConflictError, Correction, correction_from_json, correction_to_json
from geodata.errors import InputError, OutputError
from geodata.event import Event
from geodata.formats.geopackage import NOTES, WORKSPACE_STATE
from geodata.formats.layerfile import OutlineOf
from geodata.formats.plaintext import escape, json_text, unescape
from geodata.records import from_plain, unpack
from geodata.replay import about_the_same
from geodata.workspace.changes import EventChange, What
from geodata.workspace.layer import LayerTables
from geodata.workspace.reports import ReportTables, StoredReport, Told
from geodata.workspace.rows import SELECT, event_of_cells
from geodata.workspace.schema import connect

SUFFIX = ".gpkg"
REMEDY = "Make room, or end the other program that writes to it, and run again: nothing is lost"

Tell = Callable[[Iterator[StoredReport]], Iterable[Told]]
"""From the reports of all articles, in order, to the events they tell of."""
Mend = Callable[[ReportTables], Mapping[int, Event | None] | None]
"""Brings the clusters of reports up to date with what changed, and gives those that changed, by the reports that
founded them, with their events (``None`` for one that is no more); ``None`` if telling all anew is faster."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as a workspace keeps it.

    Attributes
    ----------
    id:
        Its name in the workspace, unique (see :meth:`Workspace.name_of`).
    given_id:
        What its source calls it; other sources may call other articles the same.
    title, outlet, url, published, lang, characters:
        For people who open the table; the article itself is ``content``.
    content_sha256:
        Hash of all that the program reads of it: the text and what is known from outside.
    version:
        Of program, lexicons and gazetteer that read it.
    content, annotation:
        The article, and all that was found in it, as the floor above packs them.
    reports:
        What merging needs of each of its reports, packed, with the turn it has in :meth:`Workspace.reports`.
    """

    id: str
    given_id: str
    text_sha256: str
    content_sha256: str
    version: str
    content: bytes
    annotation: bytes
    reports: tuple[tuple[int, bytes], ...] = ()
    title: str = ""
    outlet: str = ""
    url: str = ""
    published: str = ""
    lang: str = ""
    characters: int = 0


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that couldn't be read, and why. ``article`` is its id, or the file and line it was to come from."""

    article: str
    content_sha256: str
    reason: str
    version: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What working out the events anew came to: how many there are, and what of it the program changed."""

    events: int
    unmatched: tuple[Correction, ...]
    changes: int


class _AllAnewError(Exception):
    """Ends a transaction that settled what changed: all has to be told anew."""


class Workspace:
    """An open workspace; use it in one thread, and in a ``with`` statement.

    Any number of processes may have it open: readers never wait, writers wait for each other.

    Raises
    ------
    InputError, OutputError
        If it can't be opened (see :func:`geodata.workspace.schema.connect`).
    """

    def __init__(self, path: Path, *, create: bool = False) -> None:
        if create and path.suffix.lower() != SUFFIX:
            raise OutputError(path, f"unknown kind of workspace ({path.suffix or 'no suffix'})", f"Name it {SUFFIX}")
        self.path = path
        self._connection = connect(path, create=create)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()
        if isinstance(error, sqlite3.OperationalError):  # of a reader: a full disk hinders these, too
            raise OutputError(self.path, f"can't be used ({error})", REMEDY) from error
        if isinstance(error, sqlite3.DatabaseError):
            raise InputError(self.path, f"is damaged ({error})", "Take a copy of it from before") from error

    def close(self) -> None:
        """Close it; what was written stays."""
        self._connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: all of it is kept, or nothing.

        Raises
        ------
        OutputError
            If the disk is full, the file read-only, or another writer doesn't end.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            raise OutputError(self.path, f"can't be written ({error})", REMEDY) from error

    # --- articles ----------------------------------------------------------------------------------------------------

    def has_read(self, content_sha256: str, version: str) -> bool:
        """Whether an article of this very content was read by this version, whatever it was called."""
        return self._connection.execute("SELECT 1 FROM articles WHERE content_sha256 = ? AND version = ?",
                                        (content_sha256, version)).fetchone() is not None

    def name_of(self, given_id: str, text_sha256: str, content_sha256: str, url: str) -> str:
        """The id of an article in the workspace: that of its former self if it has one, else one not yet taken.

        Former selves have the same content, or the same given id and the same text or URL. Other articles
        may have the given id too (``articles-1`` of yesterday's export): then the id gets a part of the
        content's hash.
        """
        same = self._connection.execute("SELECT id FROM articles WHERE content_sha256 = ?", (content_sha256,))
        for (found,) in same:
            return unescape(found)
        given = escape(given_id)
        for found, text, address in self._connection.execute(
                "SELECT id, text_sha256, url FROM articles WHERE given_id = ? ORDER BY fid", (given,)):
            if text == text_sha256 or (url and address == escape(url)):
                return unescape(found)
        taken = self._connection.execute("SELECT 1 FROM articles WHERE id = ?", (given,)).fetchone()
        return f"{given_id}~{content_sha256[:8]}" if taken else given_id

    def put(self, articles: Sequence[StoredArticle], failures: Sequence[Failure] = ()) -> None:
        """Keep articles with what was found in them, and failures, in one transaction.

        Raises
        ------
        OutputError
            If it can't be written.
        """
        with self._writing() as connection:
            revision = self._next_revision()
            for article in articles:
                self._put_article(connection, article, revision)
            connection.executemany(
                "INSERT INTO failures (article, content_sha256, reason, version) VALUES (?, ?, ?, ?) "
                "ON CONFLICT (article, content_sha256) DO UPDATE SET reason = excluded.reason, "
                "version = excluded.version",
                [(escape(failure.article), failure.content_sha256, escape(failure.reason), failure.version)
                 for failure in failures])

    def _put_article(self, connection: sqlite3.Connection, article: StoredArticle, revision: int) -> None:
        texts = [escape(text) for text in (article.id, article.given_id, article.title, article.outlet, article.url,
                                           article.published, article.lang)]
        (fid,) = connection.execute(
            "INSERT INTO articles (id, given_id, title, outlet, url, published, lang, characters, text_sha256, "
            "content_sha256, version, added, read) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET given_id = excluded.given_id, title = excluded.title, "
            "outlet = excluded.outlet, url = excluded.url, published = excluded.published, lang = excluded.lang, "
            "characters = excluded.characters, text_sha256 = excluded.text_sha256, version = excluded.version, "
            # an article with other content is a new one, whatever it is called
            "added = iif(content_sha256 = excluded.content_sha256, added, excluded.added), "
            "content_sha256 = excluded.content_sha256, read = excluded.read RETURNING fid",
            (*texts, article.characters, article.text_sha256, article.content_sha256, article.version, revision,
             revision)).fetchone()
        connection.execute("INSERT OR REPLACE INTO article_records VALUES (?, ?, ?)",
                           (fid, article.content, article.annotation))
        connection.execute("UPDATE report_records SET gone = 1 WHERE article = ?", (fid,))
        connection.executemany("INSERT INTO report_records (article, number, turn, record) VALUES (?, ?, ?, ?)", [
            (fid, number, turn, record) for number, (turn, record) in enumerate(article.reports)])
        connection.execute("DELETE FROM failures WHERE article IN (?, ?) AND content_sha256 = ?",
                           (texts[0], texts[1], article.content_sha256))

    def reports(self) -> Iterator[StoredReport]:
        """The reports of all articles in ascending order of their turns: the same however they came in.

        They are those of the moment of the first; what is put meanwhile is not among them.
        """
        return ReportTables(self._connection).in_order()

    def record(self, name: str) -> tuple[bytes, bytes]:
        """Content and annotation of one article.

        Raises
        ------
        InputError
            If there is no such article.
        """
        found = self._connection.execute(
            "SELECT content, annotation FROM articles JOIN article_records ON article = fid WHERE id = ?",
            (escape(name),)).fetchone()
        if found is None:
            raise InputError(self.path, f"has no article {name!r}", "Look into its table 'articles'")
        content, annotation = found
        return content, annotation

    def latest_records(self, most: int) -> Iterator[tuple[str, bytes, bytes]]:
        """Id, content and annotation of the articles that were read last."""
        for name, content, annotation in self._connection.cursor().execute(
                "SELECT id, content, annotation FROM articles JOIN article_records ON article = fid "
                "ORDER BY read DESC, fid LIMIT ?", (most,)):
            yield unescape(name), content, annotation

    def undated_articles(self, most: int) -> tuple[str, ...]:
        """Ids of articles of which no publication date is known, at most so many."""
        return tuple(unescape(name) for (name,) in self._connection.execute(
            "SELECT id FROM articles WHERE published = '' ORDER BY fid LIMIT ?", (most,)))

    def contents_read_otherwise(self, version: str) -> Iterator[tuple[str, str, bytes]]:
        """Id, given id and content of the articles that another version read."""
        last = 0
        while True:  # a page at a time: what is read anew meanwhile is put into the same table
            page = self._connection.execute(
                "SELECT fid, id, given_id, content FROM articles JOIN article_records ON article = fid "
                "WHERE version != ? AND fid > ? ORDER BY fid LIMIT 100", (version, last)).fetchall()
            if not page:
                return
            last = page[-1][0]
            yield from ((unescape(name), unescape(given), content) for _, name, given, content in page)

    def count(self, version: str | None = None) -> int:
        """How many articles there are, or how many of them this version read."""
        where, values = ("", ()) if version is None else (" WHERE version = ?", (version,))
        return int(self._connection.execute(f"SELECT count(*) FROM articles{where}", values).fetchone()[0])

    def failures(self) -> tuple[Failure, ...]:
        """The articles that couldn't be read and haven't been since."""
        return tuple(Failure(unescape(article), content, unescape(reason), version)
                     for article, content, reason, version in self._connection.execute(
                         "SELECT article, content_sha256, reason, version FROM failures ORDER BY fid"))

    @property
    def revision(self) -> int:
        """Grows with every change to the articles."""
        return int(self._state("revision") or 0)

    def _next_revision(self) -> int:
        revision = self.revision + 1
        self._connection.execute(f"UPDATE {WORKSPACE_STATE} SET value = ? WHERE key = 'revision'", (revision,))
        return revision

    def _state(self, key: str) -> Any:
        found = self._connection.execute(f"SELECT value FROM {WORKSPACE_STATE} WHERE key = ?", (key,)).fetchone()
        return found[0] if found else None

    # --- events ------------------------------------------------------------------------------------------------------

    @property
    def is_settled(self) -> bool:
        """Whether the events are those of the articles: nothing was put since they were worked out."""
        return self._last_settlement()[1] >= self.revision

    def settled_by(self) -> str:
        """Version that last worked out the events; empty before the first time."""
        found = self._connection.execute("SELECT version FROM settlements ORDER BY fid DESC LIMIT 1").fetchone()
        return str(found[0]) if found else ""

    def settle(self, tell: Tell, version: str, outline_of: OutlineOf, notes: Mapping[str, Any],
               now: datetime, mend: Mend | None = None) -> Settled:
        """Bring the layer up to date: what the articles tell, with the corrections in effect.

        Only what differs is written. If this version settled before and few reports changed since, only the clusters
        that these change are told anew.

        Parameters
        ----------
        tell:
            Gives the events that the articles tell of, from :meth:`reports`; one at a time, if it can.
        version:
            Of the program that tells.
        outline_of:
            Gives the outline of an event's place.
        notes:
            What is to be said about the layer; numbers of articles are added.
        now:
            The moment, from the caller's clock.
        mend:
            Does for what changed what ``tell`` does for all; the outcome must be the same.

        Others may write in the meantime. If somebody settles a later state of the articles, theirs stays.

        Raises
        ------
        OutputError
            If it can't be written.
        """
        tables = LayerTables(self._connection, outline_of)
        if mend is not None and self.settled_by() == version:
            mended = self._settle_changes(mend, tables, version, notes, now)
            if mended is not None:
                return mended
        while True:
            with self._reading():
                revision, settlement = self.revision, self._last_settlement()
                tables.stage(tell(self.reports()))
            with self._writing():
                latest = self._last_settlement()
                if latest[1] > revision:
                    return Settled(self.event_count(), (), 0)
                if latest != settlement:
                    continue  # the rows are not those that the staged ones were compared with
                before = self.settled_by()
                changes = tables.changes(before, version, latest[1])
                tables.apply_staged()
                return self._close(tables, changes, version, before, revision, notes, now)

    def _settle_changes(self, mend: Mend, tables: LayerTables, version: str, notes: Mapping[str, Any],
                        now: datetime) -> Settled | None:
        """Settle what changed, in one transaction: it is short. ``None`` if all has to be told anew."""
        try:
            with self._writing():
                if self.settled_by() != version:
                    return None
                changed = mend(ReportTables(self._connection))
                if changed is None or not tables.stage_changes(changed):
                    raise _AllAnewError
                tables.apply_staged()
                return self._close(tables, (), version, version, self.revision, notes, now)
        except _AllAnewError:
            return None

    def _close(self, tables: LayerTables, changes: Sequence[EventChange], version: str, before: str, revision: int,
               notes: Mapping[str, Any], now: datetime) -> Settled:
        """Apply the corrections to what was written, and enter the settlement into the history."""
        unmatched = tables.replay(self.corrections()).unmatched
        tables.note({**notes, **self._tally()})
        events = self.event_count()
        tables.close(changes, (version, before, revision, now.isoformat(), events))
        return Settled(events, unmatched, len(changes))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """A transaction that sees the workspace as of one moment, and holds nobody up."""
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("COMMIT")

    def _tally(self) -> dict[str, int]:
        """What was read, what of it couldn't be, and what has no publication date."""
        articles, undated = self._connection.execute(
            "SELECT count(*), coalesce(sum(published = ''), 0) FROM articles").fetchone()
        (failures,) = self._connection.execute("SELECT count(*) FROM failures").fetchone()
        return {"articles": articles, "undated_articles": undated, "failures": failures}

    def _last_settlement(self) -> tuple[int, int]:
        """Number of the last settlement and the highest revision that was settled; zeros before the first."""
        number, revision = self._connection.execute(
            "SELECT coalesce(max(fid), 0), coalesce(max(revision), 0) FROM settlements").fetchone()
        return int(number), int(revision)

    def events(self) -> Iterator[Event]:
        """The layer: every event, corrected."""
        for cells in self._connection.cursor().execute(f"SELECT {SELECT} FROM events ORDER BY fid"):
            yield event_of_cells(cells)

    def event_count(self) -> int:
        """How many events the layer has."""
        return int(self._connection.execute("SELECT count(*) FROM events").fetchone()[0])

    def discarded(self) -> tuple[Event, ...]:
        """What people threw out, as it was."""
        return tuple(from_plain(Event, unpack(record)) for (record,) in self._connection.execute(
            "SELECT record FROM discarded_events ORDER BY id, rowid"))

    def reviewed(self) -> dict[str, tuple[str, ...]]:
        """By id of event, the ids of the corrections in effect on it."""
        return {unescape(event): tuple(ids.split()) for event, ids in self._connection.execute(
            "SELECT id, reviewed FROM events WHERE reviewed != ''")}

    def notes(self) -> dict[str, Any]:
        """What was said about the layer when it was settled."""
        return {unescape(key): json.loads(value) for key, value in self._connection.execute(
            f"SELECT key, value FROM {NOTES} ORDER BY fid")}

    def changes(self) -> tuple[EventChange, ...]:
        """What the last new version of the program changed on articles that an older one had read."""
        return tuple(EventChange(What(what), *map(unescape, texts)) for what, *texts in self._connection.execute(
            "SELECT what, event, type, was, now, article, quote FROM changes "
            "WHERE settlement = (SELECT max(settlement) FROM changes) ORDER BY fid"))

    # --- corrections -------------------------------------------------------------------------------------------------

    def corrections(self) -> tuple[Correction, ...]:
        """Every correction ever made here or imported, oldest first; those taken back too."""
        return tuple(correction_from_json(json.loads(record)) for (record,) in self._connection.execute(
            "SELECT record FROM corrections ORDER BY moment, id"))

    def correct(self, corrections: Iterable[Correction], outline_of: OutlineOf,
                known: Collection[str] | None = None) -> tuple[Correction, ...]:
        """Add corrections and apply them to the layer at once; those that are there already count once.

        Parameters
        ----------
        known:
            Ids of the corrections that the person who decided knew of; ``None`` to decide whatever others did.

        Returns
        -------
        tuple of Correction
            Those in effect, of these and of others about the same words, whose events aren't there.

        Raises
        ------
        OutputError
            If it can't be written.
        ConflictError
            If somebody has decided about the same event, unknown to this person; then nothing is added.
        """
        tables = LayerTables(self._connection, outline_of)
        made = tuple(corrections)
        with self._writing() as connection:
            if known is not None and (unknown := self._unknown(made, known)):
                raise ConflictError(self.path, unknown)
            connection.executemany(
                "INSERT INTO corrections (id, moment, who, action, why, event, record) VALUES (?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (id) DO NOTHING",
                [(each.id, each.when.isoformat(), escape(each.who), each.action, escape(each.why),
                  escape(each.target.event), json_text(correction_to_json(each))) for each in made])
            return tables.replay(self.corrections(), made).unmatched

    def _unknown(self, made: Sequence[Correction], known: Collection[str]) -> tuple[Correction, ...]:
        """The corrections about the events of those that are made now, but those that are known."""
        return tuple(other for other in self.corrections() if other.id not in known
                     and any(about_the_same(each, other) for each in made))
