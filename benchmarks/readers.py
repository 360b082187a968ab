"""Reads tables of articles larger than memory should ever grow, and tells rate and peak memory.

    python -m benchmarks.readers [--gigabytes 2] [--folder DIR]

Writes a CSV, JSON Lines and a JSON array of that size, each with rows that all differ, and reads each in a process of
its own; JSON Lines also from a pipe. Peak memory is told after each quarter: what grows with the file shows there.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

TEXT = "On Monday a research ship was launched in the harbour, the shipyard said in the evening. " * 30
QUARTERS = 4
STANDARD_INPUT = "-"


def rows(size: int) -> Iterator[dict[str, str]]:
    """Rows of ``size`` bytes of text altogether."""
    for number in range(size // len(TEXT) + 1):
        yield {"text": f"{TEXT}Berth {number}.", "title": f"Launch {number}", "published": "2024-03-04"}


def write(path: Path, size: int) -> None:
    """Write a table in the format of its suffix."""
    with path.open("w", encoding="utf-8", newline="") as file:
        if path.suffix == ".csv":
            writer = csv.DictWriter(file, ["text", "title", "published"])
            writer.writeheader()
            writer.writerows(rows(size))
            return
        is_array = path.suffix == ".json"
        file.write("[" if is_array else "")
        for number, row in enumerate(rows(size)):
            file.write((",\n" if is_array and number else "") + json.dumps(row) + ("" if is_array else "\n"))
        file.write("]" if is_array else "")


def read(name: str, size: int) -> None:
    """Read a table, and tell what that took."""
    from extract.sources import read_articles

    expected, quarters, count = size // len(TEXT) + 1, [], 0
    start, busy = time.perf_counter(), time.process_time()
    for count, _ in enumerate(read_articles([name]), 1):
        if count * QUARTERS >= expected * (len(quarters) + 1):
            quarters.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    assert count == expected
    print(f"{Path(name).suffix or 'pipe':>6}  {count:,} articles  {seconds:.0f} s ({busy:.0f} s of processor)  "
          f"{count / seconds:,.0f} a second  {size / seconds / 1e6:.0f} MB/s  peak MB by quarters {quarters}",
          flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--gigabytes", type=float, default=2)
    parser.add_argument("--folder", type=Path, help="where to write the tables; else a temporary one")
    parser.add_argument("--read", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.read:
        read(arguments.read[0], int(arguments.read[1]))
        return
    size = int(arguments.gigabytes * 1e9)
    command = [sys.executable, "-m", "benchmarks.readers", "--read"]
    with tempfile.TemporaryDirectory(prefix="dateline-", dir=arguments.folder) as folder:
        for suffix in (".csv", ".json", ".jsonl"):
            path = Path(folder, f"articles{suffix}")
            write(path, size)
            subprocess.run([*command, str(path), str(size)], check=True)
            if suffix == ".jsonl":
                with path.open("rb") as file, subprocess.Popen(["cat"], stdin=file, stdout=subprocess.PIPE) as pipe:
                    subprocess.run([*command, STANDARD_INPUT, str(size)], check=True, stdin=pipe.stdout)
            path.unlink()


if __name__ == "__main__":
    main()
