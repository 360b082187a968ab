"""Merging any number of reports in the memory of some days of them.

Reports are told in turns: those with a place day by day, by the end of what they tell; those without, which
merge only with copies of the same words, quote by quote. A cluster is an event as soon as no later turn can look
in its blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extract.merge.blocks import FIRST_TURN, LAST_TURN
from extract.merge.choice import choose
from extract.merge.cluster import Cluster, Telling
from extract.merge.index import OpenClusters
from geodata.event import Event


def merge_in_turn(tellings: Iterable[tuple[int, Telling]]) -> Iterator[Event]:
    """The events that reports tell of, each as soon as it is complete.

    Parameters
    ----------
    tellings:
        With their turns (:func:`extract.merge.blocks.turn_of`), in ascending order. Within a turn, the order
        decides which reports meet first: give them in the same order and the events are the same.

    Raises
    ------
    ValueError
        If a turn comes too late.
    """
    return (cluster.event() for cluster in clusters_in_turn(tellings))


def clusters_in_turn(tellings: Iterable[tuple[int, Telling]]) -> Iterator[Cluster]:
    """As :func:`merge_in_turn`, but the clusters that the events are made of."""
    clusters = OpenClusters()
    now = FIRST_TURN
    for turn, telling in tellings:
        if turn < now:
            raise ValueError(f"turn {turn} comes after {now}")
        if turn > now:
            now = turn
            yield from clusters.complete(now)
        found, reason = choose(telling, clusters.seen_by(telling.traits))
        if found is None:
            clusters.file(Cluster(telling), telling.traits)
        else:
            found.add(telling, reason)
    yield from clusters.complete(LAST_TURN)
