"""Which of the clusters that a report may belong to it does."""

from __future__ import annotations

from collections.abc import Iterable

from extract.merge.cluster import Cluster, Telling
from extract.merge.sameness import likeness, why_same

COMPARED_IN_ALL = 100
"""How many clusters a report is compared with at most."""


def choose(telling: Telling, blocks: Iterable[Iterable[Cluster]]) -> tuple[Cluster | None, str]:
    """The cluster that a report agrees with most, and why they are of one event; ``None`` if it founds another.

    Parameters
    ----------
    blocks:
        The clusters of each block that the report looks in, those founded last first. Of clusters that agree as
        much, the first met is chosen. A cluster holds one report of an article.
    """
    traits = telling.traits
    fitting: list[tuple[Cluster, str]] = []
    met: set[int] = set()
    for clusters in blocks:
        for cluster in clusters:
            if id(cluster) in met:
                continue
            met.add(id(cluster))
            if telling.article not in cluster.articles and \
                    (reason := why_same(cluster.best.traits, traits, cluster.counted)):
                fitting.append((cluster, reason))
        if len(met) >= COMPARED_IN_ALL:
            break
    if not fitting:
        return None, ""
    if len(fitting) == 1:
        return fitting[0]
    return max(fitting, key=lambda fit: likeness(fit[0].best.traits, traits, fit[0].counted))
