"""Scores of annotations against a gold standard: times, toponyms, event types, events, a module each.

Pure: rows in (what ``dateline annotate`` writes, as dictionaries by article id), figures out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from extract.evaluate.event_types import score_event_types
from extract.evaluate.events import score_events
from extract.evaluate.figures import Figures, Row, read_rows
from extract.evaluate.times import score_times
from extract.evaluate.toponyms import score_toponyms

__all__ = ["Figures", "Row", "kind_of", "read_rows", "score"]


def score(kind: str, gold: Sequence[Row], predictions: Iterable[Row]) -> Figures:
    """The figures of one kind of gold: ``times``, ``toponyms``, ``event-types`` or ``events``."""
    scorers: dict[str, Callable[[Sequence[Row], Mapping[str, Row]], Figures]] = {
        "times": score_times, "toponyms": score_toponyms, "event-types": score_event_types, "events": score_events}
    return scorers[kind](gold, {row["id"]: row for row in predictions})


def kind_of(gold: Sequence[Row]) -> str:
    """What a gold file is about, from what its first row holds."""
    first = gold[0] if gold else {}
    if "events" in first:
        return "events"
    if "toponyms" in first:
        return "toponyms"
    return "times" if "times" in first else "event-types"
