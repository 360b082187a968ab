"""What temporal tagging costs on one core: ``python benchmarks/times.py``.

Prints articles a second of processor time (documents given), how long the grammars take to compile, and the seconds
for hostile texts of growing size: ten times the text may cost ten times the time, no more.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.articles import LENGTH, make_articles  # noqa: E402  (after the path)
from extract.article import Article, Publication  # noqa: E402
from extract.document import read_document  # noqa: E402
from extract.times import find_times  # noqa: E402
from extract.times.grammar import grammar_of  # noqa: E402

WARM_UP = 20
"""Articles read before the clock starts."""

HOSTILE = {
    "digits and dots": "1.2.3.12.2024. 5.17:30.99",
    "one number": "1",
    "one word": "Mai",
    "full stops": ".",
    "clock times": "14.30 bis ",
    "lengths of time": "vor zwei Jahren und ",
    "articles": "der die den ",
    "hyphens": "drei-",
}
PUBLISHED = Publication(date(2024, 10, 16), date(2024, 10, 16), "given")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--largest", type=int, default=10_000_000, help="code points of the largest hostile text")
    options = parser.parse_args()
    for lang in ("de", "en"):
        begin = time.perf_counter()
        grammar_of(lang)
        print(f"grammar of {lang}: {1000 * (time.perf_counter() - begin):.0f} ms to compile")
    articles = make_articles(options.articles)
    documents = [(read_document(article, article.lang), article.published) for article in articles]
    for document, published in documents[:WARM_UP]:
        find_times(document, published)
    begin = time.process_time()
    found = sum(len(find_times(document, published)) for document, published in documents)
    seconds = time.process_time() - begin
    print(f"{options.articles / seconds:.0f} articles of {LENGTH} code points a second of one core, "
          f"{found / options.articles:.1f} expressions each")
    for name, pattern in HOSTILE.items():
        print(f"{name:16}", *(hostile(pattern, size) for size in (options.largest // 100, options.largest // 10,
                                                                  options.largest)))


def hostile(pattern: str, size: int) -> str:
    """Seconds to take a text apart and to find its times."""
    text = (pattern * (size // len(pattern) + 1))[:size]
    begin = time.perf_counter()
    document = read_document(Article("hostile", text), "de")
    read = time.perf_counter()
    find_times(document, PUBLISHED)
    return f"{size:>10}: {read - begin:6.2f} + {time.perf_counter() - read:6.2f} s"


if __name__ == "__main__":
    main()
