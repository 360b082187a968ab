"""How much work an article is, in calls of our own functions: ``python benchmarks/work.py``.

Process time tells what a machine needs, and on a busy one tells little. The number of calls is the same on every
machine and from run to run, and what is looked at once too often, or by every sentence instead of a few, shows in it.
Work within C (a regular expression, a set) doesn't: ``python benchmarks/pipeline.py`` is the figure for users.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.articles import DENSE, NEWS, make_articles  # noqa: E402  (after the path)
from extract.article import Article  # noqa: E402
from extract.gold import gold_articles  # noqa: E402
from extract.pipeline import annotate  # noqa: E402
from geodata.gazetteer import Gazetteer, open_gazetteer  # noqa: E402

OURS = (str(ROOT / "extract"), str(ROOT / "geodata"), "<string>")
"""Where our functions stand; dataclasses and named tuples are made by functions of a "<string>"."""
INLINED = frozenset({"<listcomp>", "<setcomp>", "<dictcomp>"})
"""Calls in Python 3.11, none from 3.12 on."""
MADE = 6
"""Articles made of each kind: half of them German, half English."""


def articles(kind: str) -> list[Article]:
    """The articles of one kind: ``news`` and ``dense`` are made, ``seeds`` are the project's own five."""
    if kind == "seeds":
        gold = ROOT / "tests" / "gold" / "seeds.json"
        return list(gold_articles(gold, json.loads(gold.read_text(encoding="utf-8"))["documents"], None))
    return list(make_articles(MADE, told={"news": NEWS, "dense": DENSE}[kind]))


def calls_a_word(read: Sequence[Article], gazetteer: Gazetteer) -> float:
    """Calls of our own functions for each word of some articles, all of whose words have been met before."""
    for article in read:
        annotate(article, gazetteer)
    calls = count_calls(lambda: [annotate(article, gazetteer) for article in read])
    return calls / sum(len(article.text.split()) for article in read)


def count_calls(run: Callable[[], object]) -> int:
    """How often functions of ours are called, or generators resumed, while ``run`` runs."""
    calls = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        code = frame.f_code
        calls += event == "call" and code.co_name not in INLINED and code.co_filename.startswith(OURS)

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        run()
    finally:
        sys.setprofile(before)
    return calls


def main() -> None:
    gazetteer = open_gazetteer()
    for kind in ("news", "dense", "seeds"):
        print(f"{kind}: {calls_a_word(articles(kind), gazetteer):.1f} calls a word")


if __name__ == "__main__":
    main()
