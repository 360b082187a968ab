"""From articles to the events of one layer, with nothing kept from run to run.

Merging takes reports week by week, and a layer has its events in the order of the articles: so both are put aside on
disk, packed, until their turn comes. Memory grows with neither.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extract.annotation import Annotation
from extract.merge.cluster import Telling
from extract.merge.copies import as_told
from extract.merge.stream import merge_in_turn
from extract.packing import pack_reports, unpack_report
from geodata.corrections import Correction, in_effect
from geodata.errors import OutputError
from geodata.event import Event
from geodata.records import from_plain, pack, to_plain, unpack
from geodata.replay import reach_of, replay, untouched

MOST_LISTED = 10_000
"""Names and articles that a layer's notes list one by one; there may be millions, and nobody reads them."""

MOST_QUOTED, QUOTE_REACH = 1_000, 90
"""Names whose words around them a layer's notes quote, and code points quoted on either side."""

_TABLES = """
CREATE TABLE reports (position INTEGER PRIMARY KEY, turn INTEGER, article BLOB, record BLOB);
CREATE TABLE sources (source INTEGER PRIMARY KEY, position INTEGER);
CREATE TABLE events (position INTEGER, record BLOB);
"""


@dataclass(frozen=True, slots=True)
class Found:
    """What a layer needs of one article: its reports, packed with their turns, and what is to be told of it.

    Attributes
    ----------
    unresolved:
        Names that look like places and could not be resolved, each once, with the words around them.
    """

    article: str
    reports: tuple[tuple[int, bytes], ...]
    unresolved: tuple[tuple[str, str], ...]
    is_dated: bool


def found_in(annotation: Annotation) -> Found:
    """What a layer needs of an annotation."""
    return Found(annotation.article.id, tuple(pack_reports(annotation)), tuple(unresolved_in(annotation).items()),
                 annotation.published is not None)


def unresolved_in(annotation: Annotation) -> dict[str, str]:
    """Names that look like places and could not be resolved, with the words around the first of each."""
    quotes: dict[str, str] = {}
    for mention in annotation.places:
        if mention.place is None:
            quotes.setdefault(mention.text, _around(annotation.article.text, mention.start, mention.end))
    return quotes


def _around(text: str, start: int, end: int) -> str:
    """Whole words on either side, in one line."""
    first, last = max(0, start - QUOTE_REACH), min(len(text), end + QUOTE_REACH)
    before, after = text[first:start], text[end:last]
    if first:
        before = "… " + before.partition(" ")[2]
    if last < len(text):
        after = after.rpartition(" ")[0] + " …"
    return " ".join(f"{before}{text[start:end]}{after}".split())


@dataclass(slots=True)
class Tally:
    """What was read, and what of it can't be on the map: counted in the layer, shown on its page."""

    articles: int = 0
    undated: int = 0
    failures: int = 0
    unreadable: list[tuple[str, str]] = field(default_factory=list)
    _unresolved: dict[str, tuple[str, str]] = field(default_factory=dict)
    _undated_articles: list[str] = field(default_factory=list)

    def add(self, found: Found) -> None:
        self.articles += 1
        if len(self._unresolved) < MOST_LISTED:
            for name, quote in found.unresolved:
                self._unresolved.setdefault(name, (found.article, quote))
        if not found.is_dated:
            self.undated += 1
            self._undated_articles += [found.article] if self.undated <= MOST_LISTED else []

    def notes(self) -> dict[str, Any]:
        """The tally as notes of a layer: names and articles one by one, as long as a person may read them."""
        listed = self._undated_articles if self.undated <= MOST_LISTED else self.undated
        names = sorted(self._unresolved)
        return {"articles": self.articles, "unresolved": names, "undated_articles": listed, "failures": self.failures,
                "unresolved_quotes": {name: list(self._unresolved[name]) for name in names[:MOST_QUOTED]},
                "unreadable": [list(each) for each in self.unreadable[:MOST_LISTED]]}


class Spool:
    """Reports and events on disk, between reading and merging, and between merging and writing.

    Use it in a ``with`` statement: the files go when it ends.
    """

    def __init__(self) -> None:
        self._until = ExitStack()
        folder = self._until.enter_context(tempfile.TemporaryDirectory(prefix="dateline-"))
        self._connection = sqlite3.connect(Path(folder, "spool.sqlite"), isolation_level=None)
        self._until.callback(self._connection.close)
        for setting in ("journal_mode = OFF", "synchronous = OFF"):  # after a crash nobody wants it back
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.executescript(_TABLES)
        self._connection.execute("BEGIN")  # never committed: one transaction is faster than many

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self._until.close()
        if isinstance(error, sqlite3.OperationalError):
            raise OutputError(tempfile.gettempdir(), f"can't hold what waits for its turn ({error})",
                              "Make room there, or name another folder in TMPDIR") from error

    def put(self, found: Found) -> None:
        """Put the reports of the next article aside."""
        article = found.article.encode("utf-8", "surrogatepass")
        self._connection.executemany("INSERT INTO reports (turn, article, record) VALUES (?, ?, ?)",
                                     [(turn, article, record) for turn, record in found.reports])

    def merge(self, corrections: Iterable[Correction] = ()) -> tuple[Correction, ...]:
        """Merge all reports and apply corrections; the events are put aside in turn.

        Which reports meet doesn't depend on the order of the articles: they are told turn by turn, and within a turn
        by the articles' ids.

        Returns
        -------
        tuple of Correction
            Those in effect whose events aren't there.
        """
        effective = in_effect(corrections)
        touched: list[Event] = []
        for event in untouched(merge_in_turn(self._tellings()), reach_of(effective), touched):
            self._keep(event)
        replayed = replay(touched, effective)
        for event in replayed.events:
            self._keep(event)
        return replayed.unmatched

    def _keep(self, event: Event) -> None:
        """Put an event aside, at the place of its first report."""
        (position,) = self._connection.execute(
            "SELECT min(position) FROM sources WHERE source IN (SELECT value FROM json_each(?))",
            (json.dumps([hash(as_told(source)) for source in event.sources]),)).fetchone()
        self._connection.execute("INSERT INTO events VALUES (?, ?)", (position, pack(to_plain(event))))

    def _tellings(self) -> Iterator[tuple[int, Telling]]:
        for position, turn, record in self._connection.cursor().execute(
                "SELECT position, turn, record FROM reports ORDER BY turn, article, position"):
            telling = unpack_report(record)
            self._connection.execute(
                "INSERT INTO sources VALUES (?, ?) "
                "ON CONFLICT DO UPDATE SET position = min(position, excluded.position)",
                (hash(telling.source), position))
            yield turn, telling

    def events(self) -> Iterator[Event]:
        """The events in the order of their first reports."""
        for (record,) in self._connection.cursor().execute("SELECT record FROM events ORDER BY position, rowid"):
            yield from_plain(Event, unpack(record))
