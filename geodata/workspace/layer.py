"""How the table ``events`` follows what the program finds and what people decide, with as few rows as can be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from geodata.corrections import Correction, Undo, in_effect
from geodata.event import Event
from geodata.formats.geopackage import NOTES
from geodata.formats.layerfile import OutlineOf
from geodata.formats.plaintext import escape, json_text
from geodata.records import from_plain, pack, to_plain, unpack
from geodata.replay import Replayed, reach_of, replay
from geodata.workspace.changes import EventChange, compare
from geodata.workspace.reports import ReportTables, Told
from geodata.workspace.rows import (
    SELECT,
    digest,
    event_of_cells,
    geometries,
    word_key,
    words_in,
    write_event,
)

OF_WORDS = "SELECT event FROM event_words WHERE word IN (SELECT value FROM json_each(?))"


class LayerTables:
    """The tables of the layer, over a connection whose transactions are the caller's."""

    def __init__(self, connection: sqlite3.Connection, outline_of: OutlineOf) -> None:
        self._connection = connection
        self._geometry_of = geometries(outline_of)
        self._reports = ReportTables(connection)
        self._whole = True

    def stage(self, told: Iterable[Told]) -> None:
        """Put aside, outside the workspace and its locks, the events that are new or differ, and the ids of all."""
        self._begin_staging()
        self._reports.begin_staging()
        for each in told:
            event = self._seen(each.event)
            self._stage(event)
            self._reports.stage(each, escape(event.id))
        self._whole = True

    def stage_changes(self, changed: Mapping[int, Event | None]) -> bool:
        """Put aside the events of the clusters that changed, by their founders; whether their ids are free."""
        self._begin_staging()
        execute = self._connection.execute
        for founder in changed:
            execute("INSERT OR IGNORE INTO gone SELECT event FROM cluster_events WHERE founder = ?", (founder,))
        for founder, event in changed.items():
            name = escape(event.id) if event is not None else None
            self._reports.set_event(founder, name)
            if event is None:
                continue
            is_new = execute("INSERT OR IGNORE INTO seen VALUES (?)", (name,)).rowcount
            taken = execute("SELECT 1 FROM program_events WHERE id = ? AND id NOT IN gone", (name,)).fetchone()
            if taken or not is_new:
                return False  # which of two events of one id gets another is decided where all are told
            self._stage(event)
        execute("DELETE FROM gone WHERE id IN seen")
        self._whole = False
        return True

    def _begin_staging(self) -> None:
        execute = self._connection.execute
        for table in ("staged", "seen", "gone"):
            execute(f"DROP TABLE IF EXISTS temp.{table}")
        execute("CREATE TEMP TABLE staged (id TEXT PRIMARY KEY, digest BLOB, record BLOB)")
        execute("CREATE TEMP TABLE seen (id TEXT PRIMARY KEY) WITHOUT ROWID")
        execute("CREATE TEMP TABLE gone (id TEXT PRIMARY KEY) WITHOUT ROWID")

    def _stage(self, event: Event) -> None:
        name = escape(event.id)
        mark = digest(event, self._geometry_of(event.place))
        found = self._connection.execute("SELECT digest FROM program_events WHERE id = ?", (name,)).fetchone()
        if found != (mark,):
            self._connection.execute("INSERT INTO staged VALUES (?, ?, ?)", (name, mark, pack(to_plain(event))))

    def _seen(self, event: Event) -> Event:
        """Put the event's id down; a second event of the same id gets another, so that neither is lost."""
        name, number = event.id, 1
        while not self._connection.execute("INSERT OR IGNORE INTO seen VALUES (?)", (escape(name),)).rowcount:
            number += 1
            name = f"{event.id}-{number}"
        return event if number == 1 else replace(event, id=name)

    def changes(self, before: str, version: str, settled: int) -> Sequence[EventChange]:
        """What another version than ``before`` made of the articles read by then (up to revision ``settled``)."""
        if not before or before == version:
            return ()
        added = {text for (text,) in self._connection.execute(
            "SELECT text_sha256 FROM articles WHERE added > ?", (settled,))}
        was = self._program_events(
            "SELECT id FROM program_events WHERE id NOT IN seen OR id IN (SELECT id FROM staged)")
        now = [event for event in self._staged() if all(source.text_sha256 not in added for source in event.sources)]
        return tuple(compare(was, now))

    def apply_staged(self) -> None:
        """Bring the layer up to date with what was staged; corrections come afterwards."""
        execute = self._connection.execute
        for event in self._staged():
            write_event(self._connection, event, self._geometry_of)
            execute("DELETE FROM event_words WHERE event = ?", (escape(event.id),))
            self._connection.executemany("INSERT OR IGNORE INTO event_words VALUES (?, ?)",
                                         [(word, escape(event.id)) for word in words_in(event)])
        execute("INSERT OR REPLACE INTO program_events (id, digest) SELECT id, digest FROM staged")
        if self._whole:
            execute("INSERT INTO gone SELECT id FROM program_events WHERE id NOT IN seen")
            self._reports.apply_staged()
        execute("DELETE FROM events WHERE id IN (SELECT id FROM gone)")
        execute("DELETE FROM event_words WHERE event IN (SELECT id FROM gone)")
        execute("DELETE FROM program_events WHERE id IN (SELECT id FROM gone)")
        for table in ("staged", "seen", "gone"):
            execute(f"DROP TABLE temp.{table}")

    def replay(self, corrections: Iterable[Correction], about: Iterable[Correction] | None = None) -> Replayed:
        """Apply the corrections in effect to the program's own events, and write those they touch.

        With ``about``, only what has to do with these corrections is looked at: a click in a review may not
        take longer for every correction that was ever made.
        """
        made = tuple(corrections)
        effective = in_effect(made)
        if about is None:
            words = _words_of(effective)
            events = {event.id: event for event in self._program_events(
                f"SELECT id FROM program_events WHERE record NOT NULL UNION {OF_WORDS}", json_text(sorted(words)))}
        else:
            effective, words, events = self._connected(effective, _with_undone(about, made))
        result = replay(events.values(), effective)
        self._write_replayed(events, result, None if about is None else words)
        return result

    def _connected(self, effective: Sequence[Correction], about: Iterable[Correction],
                   ) -> tuple[tuple[Correction, ...], set[int], dict[str, Event]]:
        """The corrections and events that are connected with some corrections by the words they share."""
        words = _words_of(about)
        by_words = [(each, _words_of([each])) for each in effective]
        events: dict[str, Event] = {}
        while True:
            events |= {event.id: event for event in self._program_events(OF_WORDS, json_text(sorted(words)))}
            reached = words.union(*(words_in(event) for event in events.values()),
                                  *(own for _, own in by_words if own & words))
            if reached == words:
                return tuple(each for each, own in by_words if own & words), words, events
            words = reached

    def _write_replayed(self, originals: Mapping[str, Event], result: Replayed, words: set[int] | None) -> None:
        """Write what came of the originals; ``words`` are those of the part that was looked at, ``None`` for all."""
        execute = self._connection.execute
        corrected = {event.id: event for event in result.events}
        for event in self._split_off():
            if event.id not in corrected and _is_among(event, words):
                execute("DELETE FROM events WHERE id = ?", (escape(event.id),))
        for name, original in originals.items():
            if name not in corrected:
                execute("DELETE FROM events WHERE id = ?", (escape(name),))
            kept = None if corrected.get(name) == original else pack(to_plain(original))
            execute("UPDATE program_events SET record = ? WHERE id = ?", (kept, escape(name)))
        for event in result.events:
            write_event(self._connection, event, self._geometry_of, result.reviewed.get(event.id, ()))
        for row, record in execute("SELECT rowid, record FROM discarded_events").fetchall():
            if _is_among(from_plain(Event, unpack(record)), words):
                execute("DELETE FROM discarded_events WHERE rowid = ?", (row,))
        self._connection.executemany("INSERT INTO discarded_events VALUES (?, ?)", [
            (escape(event.id), pack(to_plain(event))) for event in result.discarded])

    def _split_off(self) -> list[Event]:
        """The events that a person made of a part of another: the program knows nothing of them."""
        return [event_of_cells(found) for found in self._connection.execute(
            f"SELECT {SELECT} FROM events WHERE reviewed != '' AND id NOT IN (SELECT id FROM program_events)")]

    def note(self, notes: Mapping[str, Any]) -> None:
        """Keep what is to be said about the layer, and the box around it."""
        execute = self._connection.execute
        execute(f"DELETE FROM {NOTES}")
        self._connection.executemany(f"INSERT INTO {NOTES} (key, value) VALUES (?, ?)",
                                     [(escape(key), json_text(value)) for key, value in notes.items()])
        execute("UPDATE gpkg_contents SET (min_x, min_y, max_x, max_y) = (SELECT min(minx), min(miny), max(maxx), "
                "max(maxy) FROM rtree_events_geom), last_change = strftime('%Y-%m-%dT%H:%M:%fZ','now') "
                "WHERE table_name = 'events'")

    def close(self, changes: Iterable[EventChange], settlement: Sequence[Any]) -> None:
        """Enter the settlement into the history, with what the program changed."""
        (number,) = self._connection.execute(
            "INSERT INTO settlements (version, before, revision, moment, events) VALUES (?, ?, ?, ?, ?) RETURNING fid",
            settlement).fetchone()
        self._connection.executemany(
            "INSERT INTO changes (what, event, type, was, now, article, quote, settlement) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [(each.what.value, *map(escape, (each.event, each.type, each.was, each.now, each.article, each.quote)),
              number) for each in changes])

    def _staged(self) -> Iterator[Event]:
        for (record,) in self._connection.cursor().execute("SELECT record FROM staged ORDER BY rowid"):
            yield from_plain(Event, unpack(record))

    def _program_events(self, ids: str, *values: str) -> Iterator[Event]:
        """Events as the program found them: the layer has them, or what a correction took out of it."""
        for record, *rest in self._connection.cursor().execute(
                f"SELECT record, {SELECT} FROM (SELECT id AS name, record FROM program_events WHERE id IN ({ids})) "
                "LEFT JOIN events ON events.id = name ORDER BY name", values):
            yield from_plain(Event, unpack(record)) if record is not None else event_of_cells(rest)


def _with_undone(about: Iterable[Correction], made: Iterable[Correction]) -> list[Correction]:
    """Corrections with those that they take back, and those that these took back."""
    by_id = {correction.id: correction for correction in made}
    reached = list(about)
    for correction in reached:  # grows on the way
        if isinstance(correction.change, Undo) and correction.change.correction in by_id:
            reached.append(by_id[correction.change.correction])
    return reached


def _is_among(event: Event, words: set[int] | None) -> bool:
    return words is None or not words.isdisjoint(words_in(event))


def _words_of(corrections: Iterable[Correction]) -> set[int]:
    """What the events are found by that corrections may touch."""
    return set(map(word_key, reach_of(corrections)))

