"""Reads a table of any size from a pipe: ``python benchmarks/readers.py [GIGABYTES]``; prints rate and peak memory.

A second process writes the rows, so that nothing of them lies on the disk or in this process.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

from extract.sources import read_articles

TEXT = "On Monday a research ship was launched in the harbour, the shipyard said in the evening. " * 30
WRITER = """
import sys
header, row, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
block = (row + "\\n").encode() * 256
sys.stdout.buffer.write(header.encode())
for _ in range(size // len(block) + 1):
    sys.stdout.buffer.write(block)
"""


def main() -> None:
    size = int(float(sys.argv[1] if len(sys.argv) > 1 else 2) * 1e9)
    row = json.dumps({"text": TEXT, "title": "Launch", "published": "2024-03-04"})
    for name, header, line in (("JSON Lines", "", row), ("JSON array", "[" + row + "\n", "," + row)):
        command = [sys.executable, "-c", WRITER, header, line, str(size)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            sys.stdin = open(writer.stdout.fileno(), closefd=False)  # noqa: SIM115
            start, count = time.perf_counter(), 0
            try:
                for _ in read_articles(["-"], report=lambda _: None):
                    count += 1
            finally:
                writer.kill()
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
        print(f"{name:>10}  {size / 1e9:.1f} GB  {count:,} articles  {seconds:.0f} s  {count / seconds:,.0f} a second  "
              f"peak {peak:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
