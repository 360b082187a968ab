"""How long it takes to bring a workspace up to date when a few articles come, beside working out all events anew.

    python -m benchmarks.settling [--articles 100000] [--more 10] [--folder DIR]

Fills a workspace with made-up reports (see ``benchmarks.merging``), two and a half an article, settles it, and then
adds a few articles several times over. Times are of the processor.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.merging import realistic
from extract.incremental import settle
from extract.merge.cluster import Telling
from geodata.geometry import Shape
from geodata.place import Place
from geodata.records import pack, to_plain
from geodata.workspace import StoredArticle, Workspace

REPORTS_AN_ARTICLE = 2.5
AT_ONCE = 1000
ROUNDS = 5


def articles(tellings: Iterable[tuple[int, Telling]], count: int) -> list[StoredArticle]:
    """Articles that tell of several events each, no event twice."""
    reports: dict[str, list[tuple[int, bytes]]] = {}
    for number, (turn, telling) in enumerate(tellings):
        name = f"s{number * 7919 % count:07}"
        own = replace(telling, source=replace(telling.source, article=name))
        reports.setdefault(name, []).append((turn, pack(to_plain(own))))
    return [StoredArticle(name, name, name, name, "1", b"", b"", tuple(told)) for name, told in reports.items()]


def no_outline(_: Place) -> Shape:
    return ()


def settled(workspace: Workspace) -> tuple[float, int]:
    """Seconds of the processor that settling took, and the events there are."""
    begun = time.process_time()
    events = settle(workspace, "1", no_outline, datetime.now(UTC)).events
    return time.process_time() - begun, events


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--more", type=int, default=10)
    parser.add_argument("--folder", type=Path, help="where to keep the workspace; else a temporary one")
    arguments = parser.parse_args()
    total = arguments.articles + arguments.more * ROUNDS
    made = articles(realistic(int(total * REPORTS_AN_ARTICLE)), total)
    late = made[::max(len(made) // (arguments.more * ROUNDS), 1)][:arguments.more * ROUNDS]
    names = {article.id for article in late}
    early = [article for article in made if article.id not in names]
    with tempfile.TemporaryDirectory(prefix="dateline-") as temporary:
        path = (arguments.folder or Path(temporary)) / "settling.gpkg"
        path.unlink(missing_ok=True)
        with Workspace(path, create=True) as workspace:
            for start in range(0, len(early), AT_ONCE):
                workspace.put(early[start:start + AT_ONCE])
            whole, events = settled(workspace)
            few = []
            for start in range(0, len(late), arguments.more):
                workspace.put(late[start:start + arguments.more])
                few.append(settled(workspace)[0])
        print(json.dumps({
            "articles": len(early), "reports": sum(len(article.reports) for article in early), "events": events,
            "all_s": round(whole, 2), f"{arguments.more}_more_s": [round(each, 3) for each in few],
            "workspace_mb": path.stat().st_size >> 20,
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10}))


if __name__ == "__main__":
    main()
