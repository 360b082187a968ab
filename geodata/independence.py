"""How many of an event's reports are independent: copies of one agency's words count once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geodata.event import Source

SHINGLE = 4
"""Words in a row that are compared: by chance, two reporters seldom write four alike."""
COPIED = 0.4
"""Share of the shorter quote's word runs found in the other, from which on it is a copy."""
WORD = re.compile(r"\w+")


def independent_reports(sources: Sequence[Source]) -> int:
    """The number of sources that copy none before them and are of another outlet than those before."""
    kept: list[tuple[str, frozenset[tuple[str, ...]]]] = []
    for source in sources:
        runs = _runs(source.quote)
        if not any((source.outlet and source.outlet == outlet) or _copied(runs, other) for outlet, other in kept):
            kept.append((source.outlet, runs))
    return len(kept)


def _runs(quote: str) -> frozenset[tuple[str, ...]]:
    words = tuple(WORD.findall(quote.lower()))
    return frozenset(words[start:start + SHINGLE] for start in range(max(len(words) - SHINGLE + 1, 1)))


def _copied(a: frozenset[tuple[str, ...]], b: frozenset[tuple[str, ...]]) -> bool:
    return len(a & b) >= COPIED * min(len(a), len(b))
