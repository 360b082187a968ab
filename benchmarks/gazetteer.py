"""What the gazetteer costs: ``python benchmarks/gazetteer.py [--build]``.

Prints the milliseconds and megabytes of opening it in a fresh process, the time of lookups, and with ``--build`` how
long it takes to compile. Times are of one core; run it on an idle machine.
"""

from __future__ import annotations

import argparse
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.articles import make_articles  # noqa: E402  (after the path)
from geodata.gazetteer import build_gazetteer, open_gazetteer  # noqa: E402

OPENINGS = 5
LOOKUPS = 20_000

OPENING = """
import sys, time
import marisa_trie
from pathlib import Path
from geodata.gazetteer.index import Gazetteer
from benchmarks.gazetteer import resident_megabytes
before = resident_megabytes()
start = time.perf_counter()
gazetteer = Gazetteer(Path(sys.argv[1]))
milliseconds = (time.perf_counter() - start) * 1000
gazetteer.candidates("Kupjansk")
print(milliseconds, resident_megabytes() - before, resident_megabytes())
"""


def resident_megabytes() -> float:
    """Memory of this process now, from Linux's /proc; nan elsewhere."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return float("nan")
    return pages * resource.getpagesize() / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", action="store_true", help="compile it anew, into a temporary file")
    arguments = parser.parse_args()
    if arguments.build:
        measure_building()
    path = open_gazetteer().path
    measure_opening(path)
    measure_lookups(path)


def measure_building() -> None:
    with tempfile.TemporaryDirectory() as folder:
        start, cpu = time.perf_counter(), time.process_time()
        build_gazetteer(Path(folder) / "gazetteer.bin")
        print(f"build: {time.perf_counter() - start:.1f} s ({time.process_time() - cpu:.1f} s of one core), "
              f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def measure_opening(path: Path) -> None:
    runs = []
    for _ in range(OPENINGS):
        output = subprocess.run([sys.executable, "-c", OPENING, str(path)], cwd=ROOT, check=True, capture_output=True,
                                text=True).stdout
        runs.append(tuple(float(number) for number in output.split()))
    milliseconds, added, whole = sorted(runs)[OPENINGS // 2]
    print(f"open: {milliseconds:.1f} ms, adds {added:.1f} MB to the process ({whole:.0f} MB with Python); "
          f"file {path.stat().st_size / 1e6:.1f} MB; median of {OPENINGS} fresh processes")


def measure_lookups(path: Path) -> None:
    from geodata.gazetteer.index import Gazetteer

    words = [word for article in make_articles(50) for word in article.text.split()]
    gazetteer = Gazetteer(path)
    for state in ("cold", "warm"):
        start = time.perf_counter()
        for i in range(len(words)):
            gazetteer.longest_match(words, i)
        print(f"longest_match, {state}: {(time.perf_counter() - start) / len(words) * 1e6:.2f} µs a word "
              f"({len(words)} words)")
    gazetteer = Gazetteer(path)
    names = random.Random(0).sample(words, min(LOOKUPS, len(words)))
    start = time.perf_counter()
    for name in names:
        gazetteer.candidates(name)
    print(f"candidates: {(time.perf_counter() - start) / len(names) * 1e6:.2f} µs a name")
    start = time.perf_counter()
    for name in names:
        gazetteer.name_chance(name, "de")
    print(f"name_chance: {(time.perf_counter() - start) / len(names) * 1e6:.2f} µs a name")


if __name__ == "__main__":
    main()
