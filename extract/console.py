"""A run over a workspace as the person at the terminal meets it: progress, what failed, what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from extract.batch import Reader, articles_in, expected
from extract.incremental import Filling, Progress, settle
from extract.sources import ReadOptions
from extract.versions import program_version
from geodata.gazetteer import Gazetteer
from geodata.workspace import EventChange, Workspace

FAILURES_SHOWN = 10
"""The rest is in the workspace: a terminal is no place for a thousand lines."""


def fill(path: Path, inputs: list[str], options: ReadOptions | None, gazetteer: Gazetteer, jobs: int,
         now: datetime) -> int:
    """Read what is new into a workspace (with no inputs: what an older version read), and settle it.

    Returns
    -------
    int
        How many articles couldn't be read.

    Raises
    ------
    DatelineError
        If an input or the workspace can't be read or written as a whole.
    """
    console = Console(stderr=True)
    version = program_version(gazetteer)
    with Workspace(path, create=bool(inputs)) as workspace:
        total = expected(inputs) if inputs else workspace.count() - workspace.count(version)
        with _bar(console, total) as watch:
            filling = Filling(workspace, version, Reader(gazetteer.path, version), jobs, watch)
            done = filling.read(articles_in(inputs, options)) if inputs else filling.read_again()
        with console.status("Working out the events"):
            settled = settle(workspace, version, gazetteer.outline, now)
        console.print(f"{path}: {done.read} articles read, {done.known} known already, {done.failed} not readable; "
                      f"{workspace.count()} articles tell of {settled.events} events", highlight=False, soft_wrap=True)
        if settled.unmatched:
            console.print(f"{len(settled.unmatched)} corrections wait for their events: no article tells of them now",
                          highlight=False, soft_wrap=True)
        if settled.changes:
            console.print(f"The new version changed {settled.changes} events: dateline diff {path}",
                          highlight=False, soft_wrap=True)
        if inputs and (older := workspace.count() - workspace.count(version)):
            console.print(f"{older} articles were read by an older version; to read them anew: "
                          f"dateline extract -w {path}", highlight=False, soft_wrap=True)
        _show_failures(console, workspace, done.failed)
    return done.failed


@contextmanager
def _bar(console: Console, total: int | None) -> Iterator[Callable[[Progress], None]]:
    """A bar with the rate and the time left; where nobody knows how many articles come, without the latter."""
    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"),
               TimeRemainingColumn())
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total, rate="")

        def watch(progress: Progress) -> None:
            done = progress.read + progress.known + progress.failed
            speed = bar.tasks[task].speed
            bar.update(task, completed=done, total=max(total, done) if total else None,
                       rate=f"{speed:.0f} articles/s" if speed else "")

        yield watch


def _show_failures(console: Console, workspace: Workspace, failed: int) -> None:
    if not failed:
        return
    failures = workspace.failures()
    for failure in failures[-FAILURES_SHOWN:]:
        console.print(f"not readable: {failure.article}: {failure.reason}",
                      markup=False, highlight=False, soft_wrap=True)
    if len(failures) > FAILURES_SHOWN:
        console.print(f"… and {len(failures) - FAILURES_SHOWN} more: table 'failures' of {workspace.path}",
                      highlight=False, soft_wrap=True)


def change_line(change: EventChange) -> str:
    """What became of an event, as one line."""
    became = " → ".join(part or "nothing" for part in (change.was, change.now))
    return f"{change.what.value}: {became}  [{change.article}] {' '.join(change.quote.split())}"
