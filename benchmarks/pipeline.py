"""What one article costs, stage by stage, on one core: ``python benchmarks/pipeline.py``.

Prints the rate of the whole pipeline and the share of each stage, for articles as dense with events as a
newspaper's and for the worst case; the peak memory; and how long a user waits for the first article after
starting the command (gazetteer compiled).
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.articles import DENSE, LENGTH, NEWS, make_articles  # noqa: E402  (after the path)
from extract.article import Article  # noqa: E402
from extract.collector import look_seldom  # noqa: E402
from extract.document import read_document  # noqa: E402
from extract.events import find_reports  # noqa: E402
from extract.language import detect_language  # noqa: E402
from extract.merge import merge_reports  # noqa: E402
from extract.pipeline import annotate  # noqa: E402
from extract.places import find_places  # noqa: E402
from extract.pubdate import find_publication_and_times  # noqa: E402
from extract.quantities import find_quantities  # noqa: E402
from geodata.gazetteer import Gazetteer, open_gazetteer  # noqa: E402

WARM_UP = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000, help="of each kind")
    count = parser.parse_args().articles
    gazetteer = open_gazetteer()
    look_seldom()  # as every process of ours that reads articles does
    for kind, told in (("news", NEWS), ("dense: every sentence tells of an event", DENSE)):
        articles = list(make_articles(count + WARM_UP, told=told))
        for article in articles[:WARM_UP]:
            annotate(article, gazetteer)
        stages(kind, articles[WARM_UP:], gazetteer)
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    print(f"first article after starting the command: {first_article():.2f} s")


def stages(kind: str, articles: list[Article], gazetteer: Gazetteer) -> None:
    """Print how dense ``articles`` are, and what each stage costs; process time, so a busy machine tells the same."""
    spent: Counter[str] = Counter()
    found: Counter[str] = Counter()
    clock = time.process_time

    def timed(stage, function, *arguments):  # type: ignore[no-untyped-def]
        begin = clock()
        result = function(*arguments)
        spent[stage] += clock() - begin
        return result

    for article in articles:
        timed("language", detect_language, article.text)
        document = timed("document", read_document, article, article.lang)
        places = timed("places", find_places, document, gazetteer)
        published, times = timed("publication and times", find_publication_and_times, document)
        quantities = timed("quantities", find_quantities, document)
        reports = timed("events", find_reports, document, places, times, quantities, published)
        found.update(reports=len(reports), places=len(places), times=len(times), quantities=len(quantities))
    count, total = len(articles), sum(spent.values())
    print(f"{kind}: {count} articles of {LENGTH} code points, one core; each with "
          + ", ".join(f"{number / count:.1f} {what}" for what, number in found.items()))
    for stage, seconds in spent.most_common():
        print(row(stage, seconds, count, total))
    print(row("whole pipeline", total, count, total))
    begin = clock()
    events = merge_reports(annotate(article, gazetteer) for article in articles)
    print(f"  annotate and merge: {count / (clock() - begin):.0f} articles a second, {len(events)} events")


def row(stage: str, seconds: float, count: int, total: float) -> str:
    return f"  {stage:22}{1000 * seconds / count:7.2f} ms{100 * seconds / total:6.0f} %{count / seconds:12.0f} a second"


def first_article() -> float:
    """Seconds from starting ``dateline annotate`` on one article to its end; the best of three."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "article.txt")
        path.write_text(next(make_articles(1)).text, encoding="utf-8")
        seconds = []
        for _ in range(3):
            begin = time.perf_counter()
            subprocess.run(
                [sys.executable, "-m", "dateline", "annotate", str(path), "-o", str(path) + ".jsonl"],
                cwd=ROOT,
                check=True,
            )
            seconds.append(time.perf_counter() - begin)
    return min(seconds)


if __name__ == "__main__":
    main()
