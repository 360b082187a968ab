"""Merging what changed: the clusters are afterwards those that merging everything anew would make.

Reports are merged one after the other, in a fixed order, and each looks only at clusters of its blocks. So a report
that comes, or goes, changes nothing before it, and behind it only what looks at a cluster that it changed. These
reports are decided again, in order; where a decision is the old one, the change has come to its end.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping

from extract.merge.blocks import block_number, filed_under, looks_in, seen_from
from extract.merge.choice import choose
from extract.merge.cluster import Cluster, Telling
from extract.merge.index import COMPARED
from extract.merge.sameness import why_same
from extract.merge.traits import Traits
from geodata.event import Event
from geodata.workspace.reports import Position, ReportTables, StoredReport

Unpack = Callable[[bytes], Telling]


class TooMuchError(Exception):
    """So many reports would have to be decided again that merging all of them anew is faster."""


def merge_changes(tables: ReportTables, unpack: Unpack, most: int) -> Mapping[int, Event | None]:
    """Merge the reports that are new, and take out those that are gone.

    Parameters
    ----------
    tables:
        The reports, which are brought up to date.
    unpack:
        Gives the telling that a record holds.
    most:
        How many reports may be looked at again.

    Returns
    -------
    Mapping
        The clusters that changed, by the reports that founded them, each with its event; ``None`` for one that is
        no more.

    Raises
    ------
    TooMuchError
        If it would take more.
    """
    return _Resumption(tables, unpack, most).run()


def blocks_of(traits: Traits) -> tuple[int, ...]:
    """The numbers of the blocks by which a report, or the cluster it founded, is found."""
    areas, slot = filed_under(traits)
    return tuple(block_number(area, slot, traits.type) for area in areas)


class _Regrown:
    """A cluster that grows again, up to where the merging stands."""

    def __init__(self, founder: Telling, others: Iterable[StoredReport]) -> None:
        self.cluster = Cluster(founder)
        self.waiting = deque(others)


class _Resumption:
    def __init__(self, tables: ReportTables, unpack: Unpack, most: int) -> None:
        self._tables, self._unpack, self._most = tables, unpack, most
        self._tellings: dict[int, Telling] = {}
        self._regrown: dict[int, _Regrown] = {}
        self._founder_of: dict[int, int] = {}
        self._queue: list[tuple[Position, bool, StoredReport]] = []
        self._queued: set[int] = set()
        self._decided: set[int] = set()
        self._changed: set[int] = set()
        self._dissolved: set[int] = set()

    def run(self) -> dict[int, Event | None]:
        for report in self._tables.gone():
            self._enqueue(report, gone=True)
        for report in self._tables.unsettled():
            self._enqueue(report)
        while self._queue:
            _, gone, report = heapq.heappop(self._queue)
            self._decided.add(report.report)
            if gone:
                self._remove(report)
            else:
                self._decide(report)
        last = Position(1 << 62, "", 0, 0)
        return {founder: self._at(founder, last).event() for founder in self._changed} | dict.fromkeys(self._dissolved)

    def _enqueue(self, report: StoredReport, gone: bool = False) -> None:
        if report.report not in self._queued:
            self._queued.add(report.report)
            if len(self._queued) > self._most:
                raise TooMuchError
            heapq.heappush(self._queue, (report.at, gone, report))

    # --- one report --------------------------------------------------------------------------------------------------

    def _decide(self, report: StoredReport) -> None:
        telling = self._telling(report)
        found, reason = choose(telling, self._seen_by(telling.traits, report.at))
        old, new = report.founder, report.report if found is None else self._founder_of[id(found)]
        if old == report.report != new:
            self._dissolve(report)
        elif old is not None and old != new:
            self._leave(old, report)
        if found is not None:
            grown = _grow(found, telling, reason)
            if new != old:
                self._join(report, new)
                self._wake_article(report)
                if grown:
                    self._wake_readers(found.tellings[0].traits, report.at)
        elif new != old:
            self._join(report, new)
            self._wake_readers(telling.traits, report.at)

    def _join(self, report: StoredReport, founder: int) -> None:
        self._tables.put(report, founder, blocks_of(self._telling(report).traits))
        self._changed.add(founder)
        self._dissolved.discard(founder)

    def _remove(self, report: StoredReport) -> None:
        """Take a report out that is told no more."""
        if report.founder == report.report:
            self._dissolve(report)
        elif report.founder is not None:
            self._leave(report.founder, report)
        self._tables.take_away(report.report)

    def _leave(self, founder: int, report: StoredReport) -> None:
        """Take a report out of a cluster that stays; who looks at it is woken if it was another with the report."""
        if founder in self._dissolved:
            return
        cluster = self._at(founder, report.at)
        self._changed.add(founder)
        self._wake_article(report)
        if _would_grow(cluster, self._telling(report)):
            self._wake_readers(cluster.tellings[0].traits, report.at)

    def _dissolve(self, founder: StoredReport) -> None:
        """End the cluster that a report founded: its other reports find another."""
        self._dissolved.add(founder.report)
        self._changed.discard(founder.report)
        for member in self._tables.members(founder.report):
            if member.report != founder.report:
                self._enqueue(member)
        self._wake_readers(self._telling(founder).traits, founder.at)

    # --- what it looks at, and who looks at it -----------------------------------------------------------------------

    def _seen_by(self, traits: Traits, at: Position) -> Iterator[Iterator[Cluster]]:
        """The clusters of each block that a report looks in, as they stood when it was its turn."""
        areas, slots, types = looks_in(traits)
        blocks = [block_number(area, slot, type) for slot in slots for area in areas for type in types]
        filed = self._tables.filed(blocks)
        return ((self._at(founder, at) for founder in self._tables.founders(block, at, COMPARED))
                for block in blocks if block in filed)

    def _at(self, founder: int, at: Position) -> Cluster:
        """A cluster with the reports that stand before a position."""
        regrown = self._regrown.get(founder)
        if regrown is None:
            first, *others = self._tables.members(founder)
            regrown = self._regrown[founder] = _Regrown(self._telling(first), others)
            self._founder_of[id(regrown.cluster)] = founder
        cluster = regrown.cluster
        while regrown.waiting and regrown.waiting[0].at < at:
            member = regrown.waiting.popleft()
            if member.report not in self._decided:
                telling = self._telling(member)
                _grow(cluster, telling, why_same(cluster.best.traits, telling.traits, cluster.counted))
        return cluster

    def _wake_readers(self, founder: Traits, after: Position) -> None:
        """Have the reports decided again that look where a cluster was founded."""
        areas, slot = filed_under(founder)
        blocks = [block_number(*block) for block in seen_from(founder)]
        for report in self._tables.readers(blocks, after):
            if report.report not in self._queued:
                theirs, slots, types = looks_in(self._telling(report).traits)
                if slot in slots and founder.type in types and not set(areas).isdisjoint(theirs):
                    self._enqueue(report)

    def _wake_article(self, report: StoredReport) -> None:
        """Have the later reports of an article decided again: a cluster holds one of them."""
        for other in self._tables.of_article(report.article):
            if other.at > report.at:
                self._enqueue(other)

    def _telling(self, report: StoredReport) -> Telling:
        if report.report not in self._tellings:
            self._tellings[report.report] = self._unpack(report.record)
        return self._tellings[report.report]


def _would_grow(cluster: Cluster, telling: Telling) -> bool:
    """Whether a cluster is another to later reports once it has a telling."""
    return telling.rank > cluster.best.rank or any(
        bounds not in cluster.counted.get(role, ()) for role, told in telling.traits.numbers.items()
        for bounds in told)


def _grow(cluster: Cluster, telling: Telling, reason: str) -> bool:
    """Add a telling; whether the cluster is another to later reports now."""
    grown = _would_grow(cluster, telling)
    cluster.add(telling, reason)
    return grown
