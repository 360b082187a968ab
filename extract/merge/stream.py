"""Merging any number of reports in the memory of a few weeks of them.

Reports are told in turns: those with a place week by week, by the end of what they tell; those without, which
merge only with copies of the same words, quote by quote. A cluster is an event as soon as no later turn can look
in its blocks.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping

from extract.merge.blocks import QUOTES, Block, file_under, look_in, turn_of_block
from extract.merge.cluster import Cluster, Telling
from extract.merge.sameness import why_same
from geodata.event import Event

COMPARED = 40
"""How many clusters of a block, the newest first, a report is compared with at most."""


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
    blocks: dict[Block, deque[Cluster]] = defaultdict(lambda: deque(maxlen=COMPARED))
    filed: dict[int, list[Block]] = defaultdict(list)
    open_until: dict[int, list[Cluster]] = defaultdict(list)
    now = -QUOTES - 1
    for turn, telling in tellings:
        if turn < now:
            raise ValueError(f"turn {turn} comes after {now}")
        if turn > now:
            now = turn
            for past in [each for each in filed if each < now]:
                for block in filed.pop(past):
                    blocks.pop(block, None)
            for past in [each for each in open_until if each < now]:
                for cluster in open_until.pop(past):
                    yield cluster.event()
        if _joined(telling, blocks):
            continue
        cluster = Cluster([telling])
        keys = [(key, turn_of_block(key)) for key in file_under(telling)]
        open_until[max(last for _, last in keys)].append(cluster)
        for key, last in keys:
            if last >= now:  # nobody looks into the past any more
                if key not in blocks:
                    filed[last].append(key)
                blocks[key].append(cluster)
    for clusters in open_until.values():
        for cluster in clusters:
            yield cluster.event()


def _joined(telling: Telling, blocks: Mapping[Block, deque[Cluster]]) -> bool:
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
