"""What people decide about a workspace's events: kept as corrections, looked up, taken back.

Every decision is a correction in the workspace (:mod:`geodata.corrections`): it survives re-runs, and of two people who
decide about one event at once, the second is told before anything is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import numpy as np

from dashboard.articles import Telling
from extract.merge.cluster import Cluster
from extract.merge.cluster import Telling as Report
from geodata.corrections import (
    Change,
    Correction,
    Discard,
    Merge,
    Split,
    Told,
    Undo,
    anchor_of,
    in_effect,
    words_of,
)
from geodata.errors import InputError
from geodata.event import Event
from geodata.gazetteer import open_gazetteer
from geodata.layer import Layer, Mask
from geodata.workspace import Workspace

SUFFIX = ".gpkg"


def is_workspace(path: Path | None) -> bool:
    """Whether a layer is a workspace, which keeps corrections; a GeoPackage may be a mere layer."""
    if path is None or path.suffix.lower() != SUFFIX:
        return False
    try:
        Workspace(path).close()
    except InputError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Records:
    """What has been decided in a workspace.

    Attributes
    ----------
    made:
        Every correction by id, the oldest first; those taken back too.
    reviewed:
        By id of event, the ids of the corrections in effect on it.
    discarded:
        By id, the events that people threw out, as they were.
    """

    made: Mapping[str, Correction]
    reviewed: Mapping[str, tuple[str, ...]]
    discarded: Mapping[str, Event]

    @classmethod
    def of(cls, path: Path) -> Records:
        """The records of a workspace.

        Raises
        ------
        InputError
            If it can't be opened.
        """
        with Workspace(path) as workspace:
            return cls(
                {correction.id: correction for correction in workspace.corrections()},
                workspace.reviewed(),
                {event.id: event for event in workspace.discarded()},
            )

    def on(self, event: Event) -> tuple[Correction, ...]:
        """The corrections in effect on an event, oldest first."""
        return tuple(self.made[each] for each in self.reviewed.get(event.id, ()) if each in self.made)

    def unreviewed(self, layer: Layer) -> Mask:
        """Which events nobody has decided anything about."""
        return np.array([event.id not in self.reviewed for event in layer.events], dtype=bool)


def next_in_queue(layer: Layer, queue: Mask, row: int | None) -> int | None:
    """The row of the least certain event of a queue that comes after that of ``row``; from its end, the first."""
    confidence = layer.frame["confidence"].to_numpy()
    rows = np.flatnonzero(queue)
    if row is not None:
        rows = rows[rows != row]
    if not len(rows):
        return None
    ordered = rows[np.lexsort((rows, confidence[rows]))]
    if row is None:
        return int(ordered[0])
    later = [each for each in ordered if (confidence[each], each) > (confidence[row], row)]
    return int(later[0] if later else ordered[0])


# Deciding ------------------------------------------------------------------------------------------------------------


def decide(
    path: Path, event: Event, change: Change, who: str, why: str, known: Collection[str] | None = None
) -> Correction:
    """Add one correction and apply it; returns it.

    Raises
    ------
    InputError, OutputError
        If the workspace can't be opened or written.
    ConflictError
        If somebody has decided about the event, and that is not among the corrections known (by id).
    """
    return _add(path, Correction(anchor_of(event), change, who.strip(), datetime.now(UTC), why.strip()), known)


def take_back(path: Path, correction: Correction, who: str) -> Correction:
    """Undo a correction, or an undo; returns what was added.

    Raises
    ------
    InputError, OutputError
        If the workspace can't be opened or written.
    """
    return _add(path, Correction(correction.target, Undo(correction.id), who.strip(), datetime.now(UTC)), None)


def _add(path: Path, correction: Correction, known: Collection[str] | None) -> Correction:
    with Workspace(path) as workspace:
        workspace.correct([correction], open_gazetteer().outline, known)
    return correction


def merge_of(others: Sequence[Event]) -> Merge:
    """The change that makes other events one with an event."""
    return Merge(tuple(anchor_of(other) for other in others))


def split_of(event: Event, tellings: Sequence[Telling], leaving: Collection[int]) -> Split:
    """The change that lets some reports of an event (by number) leave as one of their own.

    Both parts then have what their own reports tell, as far as the articles are kept; where a person corrected the
    event, those that stay keep that.
    """
    parts = [telling for number, telling in enumerate(tellings) if number in leaving]
    rest = [telling for number, telling in enumerate(tellings) if number not in leaving]
    return Split(
        tuple(words_of(telling.source) for telling in parts),
        _told(parts),
        _as_corrected(event, _told(tellings), _told(rest)),
    )


def _told(tellings: Sequence[Telling]) -> Told | None:
    """What the program makes of some reports; ``None`` where not all of their articles are kept."""
    reports = [
        Report.of(telling.annotation, telling.report) for telling in tellings if telling.annotation and telling.report
    ]
    if len(reports) < len(tellings):
        return None
    cluster = Cluster(reports[0])
    for report in reports[1:]:
        cluster.add(report, "")
    event = cluster.event()
    return Told(event.type, event.place, event.span, event.factuality, event.claimed_by, event.quantities)


def _as_corrected(event: Event, before: Told | None, after: Told | None) -> Told | None:
    """What is told after a split, but for what a person put in the place of what was told before."""
    if before is None or after is None:
        return None
    return Told(
        after.type if event.type == before.type else event.type,
        after.place if event.place == before.place else event.place,
        after.span if event.span == before.span else event.span,
        *(
            (after.factuality, after.claimed_by)
            if event.factuality == before.factuality
            else (event.factuality, event.claimed_by)
        ),
        after.quantities,
    )


# Looking up ----------------------------------------------------------------------------------------------------------


class Standing(StrEnum):
    """What a decision does now."""

    IN_EFFECT = "in_effect"
    TAKEN_BACK = "taken_back"
    WAITS = "waits"
    """Its event isn't there in this run."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A decision in the log.

    Attributes
    ----------
    event:
        What it is about as it is now, or as it was when it was discarded; ``None`` where it isn't there.
    undo:
        What took it back, to be taken back in turn.
    """

    correction: Correction
    standing: Standing
    event: Event | None = None
    undo: Correction | None = None


def log(records: Records, layer: Layer) -> tuple[Entry, ...]:
    """Every decision, the latest first; what took one back stands beside it."""
    made = tuple(records.made.values())
    standing = {correction.id for correction in in_effect(made)}
    applied = {correction: event for event, ids in records.reviewed.items() for correction in ids}
    undone = {correction.change.correction: correction for correction in made if isinstance(correction.change, Undo)}
    entries = []
    for correction in reversed(made):
        if isinstance(correction.change, Undo):
            continue
        event = applied.get(correction.id, correction.target.event)
        row = layer.row_of(event)
        found = layer.events[row] if row is not None else records.discarded.get(event)
        if correction.id not in standing:
            entries.append(Entry(correction, Standing.TAKEN_BACK, found, undone.get(correction.id)))
        else:
            gone = isinstance(correction.change, Discard) and event in records.discarded
            there = correction.id in applied or gone
            entries.append(Entry(correction, Standing.IN_EFFECT if there else Standing.WAITS, found))
    return tuple(entries)


def why_gone(records: Records, event: str) -> Correction | None:
    """The latest decision in effect by which an event (by id) was discarded or became part of another."""
    for correction in reversed(in_effect(records.made.values())):
        change = correction.change
        merged = isinstance(change, Merge) and event in {other.event for other in change.others}
        if merged or (isinstance(change, Discard) and correction.target.event == event):
            return correction
    return None
