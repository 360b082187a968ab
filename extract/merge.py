"""From reports to events: one event may be told by many reports."""

from __future__ import annotations

from collections.abc import Iterable

from extract.annotation import Annotation
from geodata.event import Event


def merge_reports(annotations: Iterable[Annotation]) -> tuple[Event, ...]:
    """The events that the reports of many articles tell of."""
    return ()
