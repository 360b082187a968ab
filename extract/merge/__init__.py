"""From reports to events: one event may be told by many reports.

Reports are gathered in blocks by kind, place and week, and compared within a block only with the newest
few clusters of it, so that the cost grows with the number of reports and not with its square.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping

from extract.annotation import Annotation
from extract.merge.blocks import Block, file_under, look_in
from extract.merge.cluster import Cluster, Telling
from extract.merge.links import Link, link_events
from extract.merge.sameness import why_same
from geodata.event import Event

__all__ = ["Link", "link_events", "merge_reports"]

COMPARED = 40
"""How many clusters of a block, the newest first, a report is compared with at most."""


def merge_reports(annotations: Iterable[Annotation]) -> tuple[Event, ...]:
    """The events that the reports of many articles tell of, in the order of their first reports."""
    clusters: list[Cluster] = []
    blocks: dict[Block, deque[Cluster]] = defaultdict(lambda: deque(maxlen=COMPARED))
    for annotation in annotations:
        for report in annotation.reports:
            telling = Telling.of(annotation, report)
            if not join(telling, blocks):
                cluster = Cluster([telling])
                clusters.append(cluster)
                for key in file_under(telling):
                    blocks[key].append(cluster)
    return tuple(cluster.event() for cluster in clusters)


def join(telling: Telling, blocks: Mapping[Block, deque[Cluster]]) -> bool:
    """Whether a report has joined a cluster of its event; a cluster holds one report of an article."""
    for key in look_in(telling):
        for cluster in reversed(blocks.get(key, ())):
            if telling.article in cluster.articles:
                continue
            reason = why_same(cluster.best, telling)
            if reason:
                cluster.add(telling, reason)
                return True
    return False
