"""From reports to events: one event may be told by many reports.

Reports are gathered in blocks by type, place and day, and compared within a block only with the newest
few clusters of it, so that the cost grows with the number of reports and not with its square.
"""

from __future__ import annotations

from collections.abc import Iterable

from extract.annotation import Annotation
from extract.merge.blocks import turn_of
from extract.merge.cluster import Telling
from extract.merge.copies import as_told
from extract.merge.links import Link, link_events
from extract.merge.stream import merge_in_turn
from geodata.event import Event, Source

__all__ = ["Link", "link_events", "merge_in_turn", "merge_reports"]


def merge_reports(annotations: Iterable[Annotation]) -> tuple[Event, ...]:
    """The events that the reports of many articles tell of, in the order of their first reports.

    Which reports meet doesn't depend on the order of the articles: they are merged day by day, and within a
    day by the articles' ids.
    """
    tellings = [Telling.of(annotation, report) for annotation in annotations for report in annotation.reports]
    order: dict[Source, int] = {}
    for position, telling in enumerate(tellings):
        order.setdefault(telling.source, position)
    by_turn = sorted(((turn_of(telling.traits), telling) for telling in tellings),
                     key=lambda pair: (pair[0], pair[1].article))  # stable: in an article, as it has them
    events = list(merge_in_turn(by_turn))
    return tuple(sorted(events, key=lambda event: min(order[as_told(source)] for source in event.sources)))
