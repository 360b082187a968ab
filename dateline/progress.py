"""What takes long and is waited for, with a bar on standard error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.gazetteer import Gazetteer


@contextmanager
def progress(title: str) -> Iterator[Callable[[str, float], None]]:
    """A progress bar on standard error that takes ``(step, share done)``."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=1.0)

        def report(step: str, done: float) -> None:
            bar.update(task, completed=done, description=f"{title}: {step}")

        yield report


def compiled_gazetteer() -> Gazetteer:
    """The compiled gazetteer; built with a progress bar the first time."""
    from geodata.gazetteer import current_path, open_gazetteer

    if current_path().exists():
        return open_gazetteer()
    with progress("Compiling the gazetteer, once") as report:
        return open_gazetteer(progress=report)
