"""Filling a workspace: what hasn't been read is read, what has stays, and then the events are brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from extract.annotation import Annotation
from extract.article import Article
from extract.merge.cluster import Telling
from extract.merge.resume import TooMuchError, blocks_of, merge_changes
from extract.merge.stream import clusters_in_turn
from extract.packing import (
    content_hash,
    pack_annotation,
    pack_article,
    pack_reports,
    unpack_article,
    unpack_report,
)
from extract.workers import Broken, Work, work_through
from geodata.event import Event
from geodata.formats.layerfile import OutlineOf
from geodata.workspace import Failure, Settled, StoredArticle, Workspace
from geodata.workspace.reports import ReportTables, StoredReport, Told

WORTH_MENDING = 0.05
"""Share of the reports up to which deciding them again is faster than merging all: each asks the file many times."""
ARTICLES_A_TRANSACTION = 32
"""What a kill can cost: articles read and not yet kept. A transaction takes some milliseconds."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something among the articles that is none: the file (and line) it was to come from, and the reason."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One article to be read, under its id in the workspace."""

    article: Article
    given_id: str
    content_sha256: str


@dataclass(slots=True)
class Progress:
    """How far a run has come: articles seen, and of them read, known already (so not read), and failed."""

    seen: int = 0
    read: int = 0
    known: int = 0
    failed: int = 0


Read = Work[Reading, StoredArticle]
Watch = Callable[[Progress], None]


def stored(annotation: Annotation, reading: Reading, version: str) -> StoredArticle:
    """An annotation as a workspace keeps it."""
    article, published = annotation.article, annotation.published
    return StoredArticle(
        id=article.id, given_id=reading.given_id, text_sha256=article.text_sha256,
        content_sha256=reading.content_sha256, version=version, content=pack_article(article),
        annotation=pack_annotation(annotation), reports=tuple(pack_reports(annotation)),
        title=article.title, outlet=article.outlet, url=article.url,
        published=published.edtf if published else "", lang=annotation.lang, characters=len(article.text))


@dataclass(slots=True)
class Filling:
    """One run over a workspace.

    Attributes
    ----------
    version:
        Of program, lexicons and gazetteer (:func:`extract.versions.program_version`).
    start:
        Called in every process; gives the function that reads an article.
    watch:
        Told of every article that is done.
    """

    workspace: Workspace
    version: str
    start: Callable[[], Read]
    jobs: int = 1
    watch: Watch = lambda _: None
    progress: Progress = field(default_factory=Progress)

    def read(self, articles: Iterable[Article | Unreadable]) -> Progress:
        """Read and keep what this version hasn't read yet.

        Raises
        ------
        OutputError
            If the workspace can't be written.
        """
        self._keep(work_through(self._unread(articles), self.start, self.jobs))
        return self.progress

    def read_again(self) -> Progress:
        """Read anew every article in the workspace that another version read.

        Raises
        ------
        OutputError
            If the workspace can't be written.
        """
        readings = (Reading(replace(article, id=name), given, content_hash(article))
                    for name, given, content in self.workspace.contents_read_otherwise(self.version)
                    for article in [unpack_article(content)])
        self._keep(work_through(self._counted(readings), self.start, self.jobs))
        return self.progress

    def _counted(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        for reading in readings:
            self.progress.seen += 1
            yield reading

    def _unread(self, articles: Iterable[Article | Unreadable]) -> Iterator[Reading]:
        """The articles that are to be read, each under its own name; failures of the readers are kept by the way."""
        taken: set[str] = set()
        met: set[str] = set()
        for article in articles:
            self.progress.seen += 1
            if isinstance(article, Unreadable):
                self.progress.failed += 1
                self.workspace.put([], [Failure(article.where, "", article.reason, self.version)])
                continue
            content = content_hash(article)
            if content in met or self.workspace.has_read(content, self.version):
                self.progress.known += 1
                self.watch(self.progress)
                continue
            met.add(content)
            name = self.workspace.name_of(article.id, article.text_sha256, content, article.url)
            if name in taken:  # by another article of this run that is still being read
                name = f"{article.id}~{content[:8]}"
            taken.add(name)
            yield Reading(replace(article, id=name), article.id, content)

    def _keep(self, outcomes: Iterable[tuple[Reading, StoredArticle | Broken]]) -> None:
        articles: list[StoredArticle] = []
        failures: list[Failure] = []
        for reading, outcome in outcomes:
            if isinstance(outcome, Broken):
                failures.append(Failure(reading.article.id, reading.content_sha256, outcome.reason, self.version))
                self.progress.failed += 1
            else:
                articles.append(outcome)
                self.progress.read += 1
            if len(articles) + len(failures) == ARTICLES_A_TRANSACTION:
                self.workspace.put(articles, failures)
                articles, failures = [], []
            self.watch(self.progress)
        if articles or failures:
            self.workspace.put(articles, failures)


def settle(workspace: Workspace, version: str, outline_of: OutlineOf, now: datetime) -> Settled:
    """Bring the events of a workspace up to date with what its articles report; nothing if they are.

    If the same version settled before, only what new, changed and vanished reports have to do with is merged again.

    Raises
    ------
    OutputError
        If the workspace can't be written.
    """
    if workspace.is_settled and workspace.settled_by() == version:
        return Settled(workspace.event_count(), (), 0)
    return workspace.settle(tell, version, outline_of, {"version": version}, now, mend)


def tell(reports: Iterable[StoredReport]) -> Iterator[Told]:
    """The events that reports tell of, and which reports each is made of."""
    numbers: dict[int, int] = {}

    def tellings() -> Iterator[tuple[int, Telling]]:
        for report in reports:
            telling = unpack_report(report.record)
            numbers[id(telling)] = report.report  # it lives until its cluster is told
            yield report.at.turn, telling

    for cluster in clusters_in_turn(tellings()):
        yield Told(cluster.event(), tuple((numbers.pop(id(telling)), blocks_of(telling.traits))
                                          for telling in cluster.tellings))


def mend(tables: ReportTables) -> Mapping[int, Event | None] | None:
    """The clusters that changed, by the reports that founded them; ``None`` if merging all reports anew is faster."""
    told, changed = tables.counts()
    most = int(told * WORTH_MENDING)
    if changed > most:
        return None
    try:
        return merge_changes(tables, unpack_report, most)
    except TooMuchError:
        return None
