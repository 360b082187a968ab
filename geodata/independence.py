"""How many of an event's reports are independent: copies of one agency's words count once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geodata.event import Source

SHINGLE = 4
"""Words in a row that are compared: by chance, two reporters seldom write four alike."""
COPIED = 0.4
"""Share of the shorter quote's word runs found in the other, from which on it is a copy."""
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Dependence:
    """Why a report doesn't count beside an earlier one.

    Attributes
    ----------
    on:
        Position of the earlier report.
    copied:
        Whether it has the earlier one's words; else both are of one outlet.
    """

    on: int
    copied: bool


def independent_reports(sources: Sequence[Source]) -> int:
    """The number of sources that copy none before them and are of another outlet than those before."""
    return dependences(sources).count(None)


def dependences(sources: Sequence[Source]) -> tuple[Dependence | None, ...]:
    """For each source, why it doesn't count beside one before it; ``None`` for an independent one."""
    kept: list[tuple[int, str, frozenset[tuple[str, ...]]]] = []
    found: list[Dependence | None] = []
    for number, source in enumerate(sources):
        runs = _runs(source.quote)
        dependence = next((Dependence(earlier, _copied(runs, other)) for earlier, outlet, other in kept
                           if (source.outlet and source.outlet == outlet) or _copied(runs, other)), None)
        if dependence is None:
            kept.append((number, source.outlet, runs))
        found.append(dependence)
    return tuple(found)


def _runs(quote: str) -> frozenset[tuple[str, ...]]:
    words = tuple(WORD.findall(quote.lower()))
    return frozenset(words[start:start + SHINGLE] for start in range(max(len(words) - SHINGLE + 1, 1)))


def _copied(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> bool:
    return len(a & b) >= COPIED * min(len(a), len(b))
