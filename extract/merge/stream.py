"""Merging any number of reports in the memory of a few weeks of them.

Reports are told in turns: those with a place week by week, by the end of what they tell; those without, which
merge only with copies of the same words, quote by quote. A cluster is an event as soon as no later turn can look
in its blocks.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import cast

from extract.merge import COMPARED, join
from extract.merge.blocks import Block, file_under, look_in
from extract.merge.cluster import Cluster, Telling
from geodata.event import Event

QUOTES = 1 << 62
"""The turns of quotes are the numbers below zero down to this; those of weeks are from zero."""


def turn_of(telling: Telling) -> int:
    """When a report is to be told: :func:`merge_in_turn` wants ascending turns."""
    return max(_turn(block) for block in look_in(telling))


def _turn(block: Block) -> int:
    """The turn of a block: its week, or a number made of its quote."""
    if len(block) == 3:
        return cast(int, block[2])
    quote = str(block[1]).encode("utf-8", "backslashreplace")
    return -1 - int.from_bytes(sha256(quote).digest()[:8], "big") % QUOTES


def merge_in_turn(tellings: Iterable[tuple[int, Telling]]) -> Iterator[Event]:
    """The events that reports tell of, each as soon as it is complete.

    Parameters
    ----------
    tellings:
        With their turns (:func:`turn_of`), in ascending order. Within a turn, the order decides which
        reports meet first: give them in the same order and the events are the same.

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
        if join(telling, blocks):
            continue
        cluster = Cluster([telling])
        keys = [(key, _turn(key)) for key in file_under(telling)]
        open_until[max(last for _, last in keys)].append(cluster)
        for key, last in keys:
            if last >= now:  # nobody looks into the past any more
                if key not in blocks:
                    filed[last].append(key)
                blocks[key].append(cluster)
    for clusters in open_until.values():
        for cluster in clusters:
            yield cluster.event()
