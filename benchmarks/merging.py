"""How fast reports are merged, and how the time grows with their number.

    python -m benchmarks.merging [--reports 10000 100000 1000000] [--hostile 100000]

Makes reports as news give them: some events are told by hundreds of articles and most by one or two, large towns are
told of more than small ones, some reports name only a region or a country, some no day of their own. Then hostile
ones, all of one city and one week: of few events, of thousands, and all of one. Times are of the processor, for
merging alone; making the reports is timed apart.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

from extract.annotation import Report
from extract.merge.blocks import turn_of
from extract.merge.cluster import Telling
from extract.merge.stream import merge_in_turn
from geodata.event import Codes, Factuality, Quantity, Source
from geodata.place import Place, PlaceKind
from geodata.timespan import UNDATED, Basis, TimeSpan

TOWNS, REGIONS, COUNTRIES = 20_000, 900, 90
REPORTS_AN_EVENT = 3.0
"""Mean; one event in a thousand is told by hundreds."""
REPORTS_A_DAY = 1000
"""So a million reports are of three years."""
BEGIN = date(2020, 1, 1)
TYPES = ("attack", "explosion", "battle", "accident", "flood", "storm", "protest", "crime", "meeting", "deployment",
         "earthquake", "casualties", "wildfire", "treaty", "arms", "other")
WORDS = [f"{first}{second}{third}" for first in ("bran", "strom", "dorf", "kal", "wes", "tiru", "gon", "mel")
         for second in ("del", "kas", "rin", "tov", "lug", "sem", "pa", "no") for third in ("gen", "tal", "ser", "dik")]


class Told(NamedTuple):
    """One report to be made: its number, its event's number and day, its town's number, and the day it is told."""

    number: int
    event: int
    day: int
    town: int
    on: int


def realistic(count: int, seed: int = 1) -> Iterator[tuple[int, Telling]]:
    """Reports with their turns, in ascending order; made twice, so that they needn't be kept to be put in order."""
    chance = random.Random(seed)
    towns = list(_towns(chance))
    days = max(count // REPORTS_A_DAY, 1)
    told: list[tuple[int, int, Told]] = []
    event = 0
    while len(told) < count:
        event += 1
        many = min(chance.randrange(100, 600) if chance.random() < 0.001 else 1 + int(chance.expovariate(
            1 / (REPORTS_AN_EVENT - 1.3))), count - len(told))
        day, town = chance.randrange(days), int(TOWNS * chance.random() ** 3)
        for _ in range(many):
            each = Told(len(told), event, day, town, day + int(chance.expovariate(1.0)) % 30)
            told.append((turn_of(_telling(each, towns).traits), each.number, each))
    told.sort()
    gc.freeze()  # what the collector of garbage takes for the benchmark's own list is no cost of merging
    for turn, _, each in told:
        yield turn, _telling(each, towns)


def hostile(count: int, events: int, seed: int = 2) -> Iterator[tuple[int, Telling]]:
    """Reports of one city and one week, of some number of events."""
    chance = random.Random(seed)
    town = next(_towns(chance))
    made = []
    for number in range(count):
        event = chance.randrange(events)
        day = BEGIN + timedelta(event % 7)
        size = 10 + event * 7
        quote = _quote(random.Random(event), town.name, number)
        made.append(_of(number, TYPES[event % 6], town, TimeSpan.of(day, day, Basis.RELATIVE), quote,
                        (Quantity(0, 2, str(size), "people", size, size),)))
    yield from sorted(((turn_of(telling.traits), telling) for telling in made),
                      key=lambda pair: (pair[0], pair[1].article))


def _towns(chance: random.Random) -> Iterator[Place]:
    for number in range(TOWNS):
        region = number % REGIONS
        lat, lon = -60 + 120 * (region * 37 % REGIONS) / REGIONS, -178 + 356 * (region * 53 % REGIONS) / REGIONS
        yield Place(f"gn:{number}", f"Town{number}", PlaceKind.CITY, f"{region % COUNTRIES:02}",
                    lat + chance.uniform(-1, 1), lon + chance.uniform(-1, 1), 3.0, f"{region % COUNTRIES:02}-{region}")


def _telling(told: Told, towns: list[Place]) -> Telling:
    chance, own = random.Random(told.number), random.Random(told.event)
    published = BEGIN + timedelta(told.on)
    happened = min(BEGIN + timedelta(told.day), published)
    how = chance.random()
    if how < 0.7:
        span = TimeSpan.of(happened, happened, Basis.RELATIVE)
    elif how < 0.88:
        span = TimeSpan.of(None, published, Basis.PUBLICATION)
    elif how < 0.95:
        span = TimeSpan.of(happened - timedelta(chance.choice((6, 29))), happened)
    else:
        span = TimeSpan.of(happened, None) if how < 0.98 else UNDATED
    place = _place(towns[told.town], chance.random())
    size = own.randrange(1, 60)
    quantities = (Quantity(0, 2, str(size), "killed", size, size),) if chance.random() < 0.4 else ()
    quote = _quote(own, place.name if place else "", told.number)
    return _of(told.number, TYPES[told.event % len(TYPES)], place, span, quote, quantities)


def _place(town: Place, chance: float) -> Place | None:
    """Mostly the town; else its region, its country or nothing."""
    if chance < 0.1:
        return None
    if chance < 0.15:
        return Place(f"cc:{town.country}", str(town.country), PlaceKind.COUNTRY, town.country, 0.0, 0.0, 500.0)
    if chance < 0.3:
        return Place(f"iso:{town.region}", str(town.region), PlaceKind.REGION, town.country, town.lat, town.lon, 90.0)
    return town


def _quote(chance: random.Random, name: str, number: int) -> str:
    words = [chance.choice(WORDS) for _ in range(14)]
    words[number % 14] = WORDS[number % len(WORDS)]  # no two reporters write quite the same
    return f"{' '.join(words)} {name}."


def _of(number: int, type: str, place: Place | None, span: TimeSpan, quote: str,
        quantities: tuple[Quantity, ...]) -> Telling:
    report = Report(type, Codes(), Factuality.ASSERTED, (0, 6), ((0, len(quote)),), place, span=span,
                    quantities=quantities, confidence=0.6)
    article = f"a{number:08}"
    source = Source(article, quote, 0, len(quote), article, f"Outlet {number % 400}", published=str(span.end))
    return Telling(report, source, "de")


def measure(kind: str, count: int) -> None:
    """Merge, and write what it took as JSON."""
    def reports() -> Iterable[tuple[int, Telling]]:
        return realistic(count) if kind == "realistic" else hostile(count, int(kind.removeprefix("hostile-")))

    begun = time.process_time()
    made = 0
    for _, telling in reports():
        made += 1
        assert telling.traits
    making = time.process_time() - begun
    begun = time.process_time()
    events = largest = 0
    for event in merge_in_turn(reports()):
        events += 1
        largest = max(largest, len(event.sources))
    merging = time.process_time() - begun - making
    print(json.dumps({
        "kind": kind, "reports": made, "events": events, "largest": largest, "merging_s": round(merging, 1),
        "reports_per_s": round(made / max(merging, 1e-3)), "making_s": round(making, 1),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--hostile", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        measure(arguments.measure[0], int(arguments.measure[1]))
        return
    runs = [("realistic", arguments.reports)]
    runs += [(f"hostile-{events}", arguments.hostile) for events in (500, 5000, 1)]
    for kind, counts in runs:
        times = []
        for count in counts:
            command = [sys.executable, "-m", "benchmarks.merging", "--measure", kind, str(count)]
            line = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
            print(line, end="", flush=True)
            times.append((count, json.loads(line)["merging_s"]))
        for (fewer, before), (more, after) in zip(times, islice(times, 1, None), strict=False):
            print(f"  {more / fewer:.0f} times the reports take {after / max(before, 1e-3):.1f} times as long")


if __name__ == "__main__":
    main()
