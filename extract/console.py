"""A run as the person at the terminal meets it: progress, what failed, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from extract.annotation import Annotation
from extract.batch import Annotator, Finder, Reader, articles_in, expected, read_all
from extract.incremental import Filling, Progress, Unreadable, settle
from extract.once import Spool, Tally
from extract.sources import ReadOptions
from extract.sources.archive import UNPRINTABLE
from extract.versions import program_version
from geodata.corrections import Correction
from geodata.event import Event
from geodata.formats import check_suffix, write_layer
from geodata.gazetteer import Gazetteer
from geodata.workspace import EventChange, Workspace

FAILURES_SHOWN = 10
"""Of a workspace; the rest is in its table: a terminal is no place for a thousand lines."""


@dataclass(slots=True)
class Terminal:
    """Standard error: where a run tells what it does, and what can't be read as soon as that is known.

    ``read`` and ``failed`` count the articles that could be read and that couldn't.
    """

    console: Console = field(default_factory=lambda: Console(stderr=True))
    read: int = 0
    failed: int = 0

    def say(self, line: str) -> None:
        """Print a line as it is, however long; what would garble the terminal is replaced."""
        self.console.print(UNPRINTABLE.sub("\ufffd", line), markup=False, highlight=False, soft_wrap=True)

    def fail(self, unreadable: Unreadable) -> None:
        """List what couldn't be read, and why."""
        self.failed += 1
        self.say(f"not readable: {unreadable.where}: {unreadable.reason}")


def annotated(inputs: list[str], options: ReadOptions | None, gazetteer: Gazetteer, jobs: int,
              terminal: Terminal) -> Iterator[Annotation]:
    """Annotate what the inputs hold, an article at a time; what can't be read is listed, and the next is read.

    Raises
    ------
    InputError
        If an input isn't there.
    """
    for annotation in read_all(articles_in(inputs, options), Annotator(gazetteer.path), jobs, terminal.fail):
        terminal.read += 1
        yield annotation


def make_layer(output: Path, inputs: list[str], options: ReadOptions | None, gazetteer: Gazetteer, jobs: int,
               notes: Mapping[str, Any], terminal: Terminal, corrections: Iterable[Correction] = ()) -> None:
    """Write the events of all articles, corrected, as one layer; none if no article could be read.

    Raises
    ------
    DatelineError
        If an input isn't there, or the layer can't be written.
    """
    check_suffix(output)  # before the work, not after
    tally, done = Tally(), Progress()
    articles = articles_in(inputs, options)
    with Spool() as spool:
        with _bar(terminal.console, expected(inputs)) as watch:
            def fail(unreadable: Unreadable) -> None:
                terminal.fail(unreadable)
                tally.unreadable.append((unreadable.where, unreadable.reason))

            for found in read_all(articles, Finder(gazetteer.path), jobs, fail):
                spool.put(found)
                tally.add(found)
                done.read, done.failed = tally.articles, terminal.failed
                watch(done)
        terminal.read = tally.articles
        if not terminal.read:
            return
        tally.failures = terminal.failed
        with terminal.console.status("Working out the events"):
            waiting = spool.merge(corrections)
            counts = _Counts()
            write_layer(output, counts.counted(spool.events()), gazetteer.outline, {**notes, **tally.notes()})
    terminal.say(f"{output}: {counts.events} events, {counts.placed} with a place, {counts.dated} with a date")
    if waiting:
        terminal.say(waiting_line(len(waiting)))
    if terminal.failed:
        terminal.say(f"{tally.articles} articles read, {terminal.failed} not readable")


@dataclass(slots=True)
class _Counts:
    """How many events passed by, and how many of them have a place and a date."""

    events: int = 0
    placed: int = 0
    dated: int = 0

    def counted(self, events: Iterable[Event]) -> Iterator[Event]:
        for event in events:
            self.events += 1
            self.placed += event.place is not None
            self.dated += event.span.is_dated
            yield event


def fill(path: Path, inputs: list[str], options: ReadOptions | None, gazetteer: Gazetteer, jobs: int,
         now: datetime) -> Progress:
    """Read what is new into a workspace (with no inputs: what an older version read), and settle it.

    Returns
    -------
    Progress
        How many articles were read, known already, and couldn't be read.

    Raises
    ------
    DatelineError
        If an input or the workspace can't be read or written as a whole.
    """
    terminal = Terminal()
    version = program_version(gazetteer)
    articles = articles_in(inputs, options)
    with Workspace(path, create=bool(inputs)) as workspace:
        total = expected(inputs) if inputs else workspace.count() - workspace.count(version)
        with _bar(terminal.console, total) as watch:
            filling = Filling(workspace, version, Reader(gazetteer.path, version), jobs, watch)
            done = filling.read(articles) if inputs else filling.read_again()
        with terminal.console.status("Working out the events"):
            settled = settle(workspace, version, gazetteer.outline, now)
        terminal.say(f"{path}: {done.read} articles read, {done.known} known already, {done.failed} not readable; "
                     f"{workspace.count()} articles tell of {settled.events} events")
        if settled.unmatched:
            terminal.say(waiting_line(len(settled.unmatched)))
        if settled.changes:
            terminal.say(f"The new version changed {settled.changes} events: dateline diff {path}")
        if inputs and (older := workspace.count() - workspace.count(version)):
            terminal.say(f"{older} articles were read by an older version; to read them anew: "
                         f"dateline extract -w {path}")
        _show_failures(terminal, workspace, done.failed)
    return done


@contextmanager
def _bar(console: Console, total: int | None) -> Iterator[Callable[[Progress], None]]:
    """A bar with the rate and the time left; where nobody knows how many articles come, without the latter."""
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
               TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total, rate="")

        def watch(progress: Progress) -> None:
            done = progress.read + progress.known + progress.failed
            speed = bar.tasks[task].speed
            bar.update(task, completed=done, total=max(total, done) if total else None,
                       rate=f"{speed:.0f} articles/s" if speed else "")

        yield watch


def _show_failures(terminal: Terminal, workspace: Workspace, failed: int) -> None:
    if not failed:
        return
    failures = workspace.failures()
    for failure in failures[-FAILURES_SHOWN:]:
        terminal.say(f"not readable: {failure.article}: {failure.reason}")
    if len(failures) > FAILURES_SHOWN:
        terminal.say(f"… and {len(failures) - FAILURES_SHOWN} more: table 'failures' of {workspace.path}")


def waiting_line(count: int) -> str:
    """How many corrections found no event."""
    return f"{count} corrections wait for their events: no article tells of them now"


def change_line(change: EventChange) -> str:
    """What became of an event, as one line."""
    became = " → ".join(part or "nothing" for part in (change.was, change.now))
    return f"{change.what.value}: {became}  [{change.article}] {' '.join(change.quote.split())}"
