"""The clusters that later reports may still belong to, by block."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator

from extract.merge.blocks import Area, Slot, filed_under, looks_in, seen_until
from extract.merge.cluster import Cluster
from extract.merge.traits import Traits

COMPARED = 40
"""How many clusters of a block, those founded last, a report is compared with at most."""


class OpenClusters:
    """Clusters that later turns may look at; give it turns in ascending order."""

    def __init__(self) -> None:
        self._blocks: dict[Area, dict[Slot, dict[str, deque[Cluster]]]] = {}
        self._filed: dict[int, set[tuple[Area, Slot]]] = {}
        self._clusters: dict[int, list[Cluster]] = {}
        self._ends: list[int] = []

    def seen_by(self, traits: Traits) -> Iterator[Iterator[Cluster]]:
        """The clusters of each block that a report looks in, those founded last first."""
        areas, slots, types = looks_in(traits)
        known = [self._blocks[area] for area in areas if area in self._blocks]
        if not known:
            return
        for slot in slots:
            for area in known:
                of_type = area.get(slot)
                if of_type:
                    for type in types:
                        if type in of_type:
                            yield reversed(of_type[type])

    def file(self, cluster: Cluster, traits: Traits) -> None:
        """File a cluster by the report that founded it."""
        last = seen_until(traits)
        if last not in self._clusters:
            heapq.heappush(self._ends, last)
            self._clusters[last] = []
            self._filed[last] = set()
        self._clusters[last].append(cluster)
        areas, slot = filed_under(traits)
        for area in areas:
            block = self._blocks.setdefault(area, {}).setdefault(slot, {}).setdefault(
                traits.type, deque(maxlen=COMPARED))
            block.append(cluster)
            self._filed[last].add((area, slot))  # all that is filed there is seen until the same turn

    def complete(self, now: int) -> Iterator[Cluster]:
        """Forget what nobody looks at from turn ``now`` on, and give these clusters."""
        while self._ends and self._ends[0] < now:
            past = heapq.heappop(self._ends)
            for area, slot in self._filed.pop(past):
                of_area = self._blocks[area]
                del of_area[slot]
                if not of_area:
                    del self._blocks[area]
            yield from self._clusters.pop(past)
