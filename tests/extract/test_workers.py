"""Work over processes: in order, and whatever one piece of it does, the others are done."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator

import pytest

from extract.workers import CHUNK, WINDOW, Broken, work_through


def work(task: int) -> int:
    """Squares, but for some numbers that stand for what articles have been seen to do."""
    if task == 13:
        raise ValueError("unlucky")
    if task == 14:
        os.kill(os.getpid(), signal.SIGKILL)
    if task == 15:
        time.sleep(3600)
    if task == 16:
        return deep(0)
    if task == 17:
        sys.exit(3)
    return task * task


def deep(level: int) -> int:
    return deep(level + 1) + 1


def start() -> Callable[[int], int]:
    return work


def broken_start() -> Callable[[int], int]:
    raise LookupError("no gazetteer")


def deadly_start() -> Callable[[int], int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return work


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    tasks = [number for number in range(200) if number not in (13, 14, 15, 16, 17)]
    assert list(work_through(tasks, start, jobs)) == [(task, task * task) for task in tasks]


def test_no_work_is_done_at_once() -> None:
    assert list(work_through([], start, 2)) == []


def test_a_task_that_raises_kills_or_never_ends_is_one_failure() -> None:
    found = dict(work_through(range(40), start, 2, seconds=3.0))
    assert list(found) == list(range(40))
    broken = {task: result.reason for task, result in found.items() if isinstance(result, Broken)}
    assert list(broken) == [13, 14, 15, 16, 17]
    assert broken[13].startswith("ValueError: unlucky (work, line ")
    assert broken[14] == "ended the process that read it (exit status -9)"
    assert broken[15] == "took more than 3 s"
    assert broken[16].startswith("RecursionError")
    assert broken[17] == "ended the process that read it (exit status 3)"
    assert all(result == task * task for task, result in found.items() if task not in broken)


def test_in_this_process_too_a_task_that_raises_is_one_failure() -> None:
    assert [type(result) for _, result in work_through([12, 13, 18], start, 1)] == [int, Broken, int]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_cannot_start_is_told(jobs: int) -> None:
    with pytest.raises(LookupError, match="no gazetteer"):
        list(work_through([1], broken_start, jobs))


def test_processes_that_die_at_once_are_told() -> None:
    with pytest.raises(RuntimeError, match="before it could start"):
        list(work_through([1], deadly_start, 2))


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        for number in range(100, 100_000):
            taken += 1
            yield number

    results = work_through(tasks(), start, 2)
    for _ in range(10):
        next(results)
    assert taken <= (WINDOW + 2) * CHUNK * 2
    results.close()  # type: ignore[attr-defined]


def test_long_tasks_and_results_do_not_lock_up() -> None:
    texts = [b"x" * 300_000] * 40
    assert [len(result) for _, result in work_through(texts, echo, 2) if isinstance(result, bytes)] == [300_000] * 40


def echo() -> Callable[[bytes], bytes]:
    return bytes
