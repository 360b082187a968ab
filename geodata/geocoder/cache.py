"""What online geocoders answered, kept on disk: the same question is asked once."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from geodata.errors import GeocodingError

MAXIMUM_AGE_DAYS = 90
"""Answers older than this are asked for again: OpenStreetMap changes, place names hardly."""

BUSY_SECONDS = 10.0
"""How long one process waits for another that is writing."""


class AnswerCache:
    """Answers by question, in an SQLite file that threads and processes share.

    Parameters
    ----------
    path:
        The file; made with its folder when first written.
    clock:
        Seconds since 1970.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self.path = path
        self._clock = clock

    def get(self, question: str) -> Any:
        """The answer, decoded from JSON.

        Raises
        ------
        KeyError
            If it was never asked, or too long ago.
        """
        oldest = self._clock() - MAXIMUM_AGE_DAYS * 86_400
        with self._database() as database:
            row = database.execute("SELECT answer FROM answers WHERE question = ? AND asked >= ?",
                                   (question, oldest)).fetchone()
        if row is None:
            raise KeyError(question)
        return json.loads(row[0])

    def put(self, question: str, answer: Any) -> None:
        """Keep an answer that JSON can hold."""
        with self._database() as database, database:
            database.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)",
                             (question, json.dumps(answer, ensure_ascii=True), self._clock()))

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=BUSY_SECONDS)) as database:
                database.execute("CREATE TABLE IF NOT EXISTS answers "
                                 "(question TEXT PRIMARY KEY, answer TEXT NOT NULL, asked REAL NOT NULL)")
                yield database
        except (OSError, sqlite3.Error) as error:
            raise GeocodingError(self.path, f"the geocoding cache can't be used ({error})",
                                 "Delete the file or choose another folder") from error
