"""Many pieces of work over several processes, in order, whatever becomes of a single piece.

:class:`concurrent.futures.ProcessPoolExecutor` gives up as a whole when one process dies. Here the piece of
work at which a process died, or took too long, is a failure like any other, and a new process goes on.
"""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread
from traceback import extract_tb
from typing import Generic, TypeVar

from extract.collector import look_seldom

Task = TypeVar("Task")
Result = TypeVar("Result")
Work = Callable[[Task], Result]

CHUNK = 8
"""Tasks given to a process at once: a round trip takes 0.2 ms, an article some 10 ms. It gets the next when this many
are left, so that it has work while the parent writes down what others have found."""
WINDOW = 64
"""Chunks a process may be ahead of the slowest: bounds what waits for its turn."""
SECONDS_A_TASK = 300.0
"""After this a task counts as endless: a hundred times what the longest articles take."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A task that came to nothing, and why."""

    reason: str


def work_through(tasks: Iterable[Task], start: Callable[[], Work[Task, Result]], jobs: int,
                 seconds: float = SECONDS_A_TASK) -> Iterator[tuple[Task, Result | Broken]]:
    """Do every task, in ``jobs`` processes, and give each with its result, in the order of the tasks.

    Parameters
    ----------
    tasks:
        Taken as they are needed, never all at once.
    start:
        Called once in every process; gives the function that does a task. Both are pickled.
    jobs:
        With 1 all is done in this very process: nothing outlives a crash there, nor is time limited.
    seconds:
        How long one task may take.

    Raises
    ------
    Exception
        What ``start`` raises.
    """
    if jobs == 1:
        work = start()
        for task in tasks:
            yield task, attempt(work, task)
        return
    coming = iter(tasks)
    first = list(islice(coming, 1))
    if not first:
        return  # nobody is hired for nothing
    crew = _Crew(start, jobs, seconds)
    try:
        yield from crew.work_through(chain(first, coming))
    finally:
        crew.dismiss()


def attempt(work: Work[Task, Result], task: Task) -> Result | Broken:
    """Do a task; what it raises becomes the reason why nothing came of it."""
    try:
        return work(task)
    except Exception as error:  # whatever one article sets off, the others are read
        return Broken(reason_of(error))


def reason_of(error: Exception) -> str:
    """An exception and where it was raised, in one line."""
    frames = extract_tb(error.__traceback__)
    where = f" ({frames[-1].name}, line {frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}: {error}{where}"


def _serve(connection: Connection, start: Callable[[], Work[Task, Result]]) -> None:
    """The life of a process: say that it is ready, then do what comes until nobody is there any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    try:
        work = start()
    except Exception as error:
        connection.send(error)
        return
    look_seldom()
    coming: SimpleQueue[list[Task]] = SimpleQueue()
    Thread(target=_take, args=(connection, coming), daemon=True).start()
    try:
        connection.send(None)
        while tasks := coming.get():
            for task in tasks:
                connection.send(attempt(work, task))
    except (BrokenPipeError, ConnectionResetError):
        return


def _take(connection: Connection, coming: SimpleQueue[list[Task]]) -> None:
    """Take in tasks as they come, and none at the end.

    In a thread of its own: were the process to take them between two results, it and its parent could each wait for
    the other to take what it sends.
    """
    try:
        while True:
            coming.put(connection.recv())
    except (EOFError, ConnectionResetError):
        coming.put([])


class _Worker(Generic[Task, Result]):
    """One process and the tasks it was given, each with its number."""

    def __init__(self, start: Callable[[], Work[Task, Result]]) -> None:
        context = get_context("spawn")  # the same everywhere, and safe beside threads
        self.connection, other = context.Pipe()
        self.process = context.Process(target=_serve, args=(other, start), daemon=True)
        self.process.start()
        other.close()
        self.tasks: deque[tuple[int, Task]] = deque()
        self.deadline = float("inf")
        self.is_ready = False

    def end(self) -> None:
        self.connection.close()
        self.process.kill()
        self.process.join()


class _Crew(Generic[Task, Result]):
    """The processes, and what they have done so far."""

    def __init__(self, start: Callable[[], Work[Task, Result]], jobs: int, seconds: float) -> None:
        self._start, self._seconds = start, seconds
        self._workers = [_Worker(start) for _ in range(jobs)]
        self._done: dict[int, tuple[Task, Result | Broken]] = {}
        self._left: deque[tuple[int, Task]] = deque()
        self._next = 0

    def work_through(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result | Broken]]:
        coming = enumerate(tasks)
        while True:
            for worker in self._workers:
                if worker.is_ready and len(worker.tasks) <= (0 if self._left else CHUNK):
                    self._give(worker, coming)
            while self._next in self._done:
                yield self._done.pop(self._next)
                self._next += 1
            if all(worker.is_ready and not worker.tasks for worker in self._workers) and not self._done:
                return  # nothing was left to give
            self._listen()

    def dismiss(self) -> None:
        for worker in self._workers:
            worker.end()

    def _give(self, worker: _Worker[Task, Result], coming: Iterator[tuple[int, Task]]) -> None:
        """Give a worker the next tasks: first those that another left behind, one by one, to see which ended it."""
        given: list[tuple[int, Task]] = []
        if self._left:
            given = [self._left.popleft()]
        elif len(self._done) < WINDOW * CHUNK * len(self._workers):
            given = list(islice(coming, CHUNK))
        if not given:
            return
        if not worker.tasks:
            worker.deadline = time.monotonic() + self._seconds
        worker.tasks.extend(given)
        with suppress(BrokenPipeError, ConnectionResetError):  # it has ended: found out once its results are taken in
            worker.connection.send([task for _, task in given])

    def _listen(self) -> None:
        """Wait for results, deaths and deadlines."""
        busy = {worker.connection: worker for worker in self._workers if worker.tasks or not worker.is_ready}
        patience = min((worker.deadline for worker in busy.values()), default=float("inf")) - time.monotonic()
        for connection in wait(list(busy), None if patience == float("inf") else max(patience, 0.0)):
            self._receive(busy[connection])  # type: ignore[index]
        for worker in busy.values():
            if worker.tasks and worker.deadline < time.monotonic():
                self._replace(worker, f"took more than {self._seconds:.0f} s")

    def _receive(self, worker: _Worker[Task, Result]) -> None:
        try:
            message = worker.connection.recv()
        except (EOFError, ConnectionResetError):
            worker.process.join()
            self._replace(worker, f"ended the process that read it (exit status {worker.process.exitcode})")
            return
        if worker.is_ready:
            number, task = worker.tasks.popleft()
            self._done[number] = (task, message)
            worker.deadline = time.monotonic() + self._seconds
        elif message is None:
            worker.is_ready = True
        else:
            raise message

    def _replace(self, worker: _Worker[Task, Result], reason: str) -> None:
        """A worker is lost: its first task was the cause, the others go to somebody else."""
        if not worker.is_ready:
            raise RuntimeError(f"a process ended before it could start (exit status {worker.process.exitcode})")
        if worker.tasks:
            number, task = worker.tasks.popleft()
            self._done[number] = (task, Broken(reason))
        self._left.extend(worker.tasks)
        worker.end()
        self._workers[self._workers.index(worker)] = _Worker(self._start)
