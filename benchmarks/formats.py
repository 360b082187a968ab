"""Size, writing and reading time of every format at a million events.

    python -m benchmarks.formats [EVENTS] [SUFFIX…]

The events are made up: 20,000 towns and regions, ten years of days, a quote of some 150 letters each.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from geodata.event import Codes, Event, Factuality, Mark, Quantity, Source
from geodata.formats import FORMATS, read_layer, write_layer
from geodata.place import Place, PlaceKind
from geodata.timespan import Basis, TimeSpan

WORDS = "river town people officials flood night road harbour school water rescue wind roof market valley".split()
PLACES = 20_000
SEED = 7


def places(chance: random.Random) -> list[Place]:
    return [
        Place(
            f"gn:{number}",
            f"Town {number}",
            PlaceKind.REGION if number % 20 == 0 else PlaceKind.CITY,
            "MZ",
            chance.uniform(-60, 70),
            chance.uniform(-170, 170),
            8.0 + number % 90,
            "MZ.05",
            number * 10,
            (("de", f"Stadt {number}"), ("en", f"Town {number}")),
        )
        for number in range(PLACES)
    ]


def events(count: int) -> Iterator[Event]:
    """Made-up events, the same in every run."""
    chance = random.Random(SEED)
    towns = places(chance)
    days = [TimeSpan.of(day, day, Basis.RELATIVE) for day in (date(2015, 1, 1) + timedelta(n) for n in range(3650))]
    codes = Codes("Other", "")
    for number in range(count):
        quote = " ".join(chance.choices(WORDS, k=24)).capitalize() + "."
        source = Source(
            f"article-{number // 3}",
            quote,
            100,
            100 + len(quote),
            f"{number * 7919:064x}",
            "The Courier",
            f"https://news.example/{number // 3}",
            "Flood in the valley",
            "2020-01-01",
            "given",
            (Mark(0, 5, "trigger"), Mark(8, 12, "place")),
        )
        quantities = (Quantity(110, 112, "40", "injured", 40, 40),) if number % 4 == 0 else ()
        yield Event(
            f"{number:016x}",
            "flood",
            Factuality.ASSERTED,
            (source,),
            chance.choice(towns),
            chance.choice(days),
            codes,
            quantities=quantities,
            confidence=0.7,
            why=("trigger: flood", "place: nearest before it"),
        )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    wanted = sys.argv[2:] or [kind.suffixes[0] for kind in FORMATS if kind.suffixes[0] not in (".kml", ".html")]
    made = list(events(count))
    print(f"{count:,} events in memory")
    for suffix in wanted:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"layer{suffix}")
            start, busy = time.perf_counter(), time.process_time()
            write_layer(path, made, lambda _: (), {})
            seconds, busy = time.perf_counter() - start, time.process_time() - busy
            size = path.stat().st_size / 1e6
            print(f"{suffix:>10}  written {seconds:6.1f} s ({busy:.1f} s of processor)  {size:8.1f} MB", flush=True)
            start, busy = time.perf_counter(), time.process_time()
            found = len(read_layer(path).events)
            seconds, busy = time.perf_counter() - start, time.process_time() - busy
            assert found == count
            print(f"{'':>10}  read    {seconds:6.1f} s ({busy:.1f} s of processor)", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"peak memory {peak:.1f} GB, the events themselves included")


if __name__ == "__main__":
    main()
