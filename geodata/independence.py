"""How many of an event's reports are independent: copies of one agency's words count once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.event import Source

SHINGLE = 4
"""Words in a row that are compared: by chance, two reporters seldom write four alike."""
COPIED = 0.4
"""Share of the shorter quote's word runs found in the other, from which on it is a copy."""
REMEMBERED = 32
"""How many independent reports with one run of words are compared with others; a run that more have is a phrase."""
WORD = re.compile(r"\w+")

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dependence:
    """Why a report doesn't count beside an earlier one.

    Attributes
    ----------
    on:
        Position of the earlier report.
    copied:
        Whether it has the earlier one's words, or both have an agency's; else both are of one outlet.
    """

    on: int
    copied: bool


def independent_reports(sources: Sequence[Source]) -> int:
    """The number of sources that copy none before them and are of another outlet than those before."""
    return dependences(sources).count(None)


def dependences(sources: Sequence[Source]) -> tuple[Dependence | None, ...]:
    """For each source, why it doesn't count beside one before it; ``None`` for an independent one.

    The cost grows with the number of sources.
    """
    independent = _Independent()
    return tuple(independent.add(number, source) for number, source in enumerate(sources))


class _Independent:
    """The sources so far that depend on none before them, by what another may have in common with them."""

    def __init__(self) -> None:
        self._by_article: dict[str, int] = {}
        self._by_outlet: dict[str, int] = {}
        self._by_run: dict[Run, list[int]] = {}
        self._runs: dict[int, int] = {}

    def add(self, number: int, source: Source) -> Dependence | None:
        """Why a source depends on one before it; if on none, it is one more of those that are independent."""
        runs = _runs(source.quote)
        copied = self._copied(source, runs)
        of_outlet = {self._by_outlet[source.outlet]} if source.outlet in self._by_outlet else set()
        if copied or of_outlet:
            on = min(copied | of_outlet)
            self._by_article.setdefault(source.article, on)
            return Dependence(on, on in copied)
        self._by_article.setdefault(source.article, number)
        if source.outlet:
            self._by_outlet[source.outlet] = number
        self._runs[number] = len(runs)
        for run in runs:
            known = self._by_run.setdefault(run, [])
            if len(known) < REMEMBERED:
                known.append(number)
        return None

    def _copied(self, source: Source, runs: frozenset[Run]) -> set[int]:
        shared = Counter(number for run in runs for number in self._by_run.get(run, ()))
        copied = {number for number, common in shared.items() if common >= COPIED * min(len(runs), self._runs[number])}
        if source.copy_of in self._by_article:
            copied.add(self._by_article[source.copy_of])
        return copied


def _runs(quote: str) -> frozenset[Run]:
    words = tuple(WORD.findall(quote.lower()))
    return frozenset(words[start:start + SHINGLE] for start in range(max(len(words) - SHINGLE + 1, 1)))
