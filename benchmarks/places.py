"""What toponym recognition and resolution cost on one core: ``python benchmarks/places.py``.

Prints articles a second (documents given, CPU time) beside geotext's where that is installed (it only
looks names up, in English), and the seconds for hostile texts of growing size: ten times the text may
cost ten times the time, no more.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.articles import LENGTH, make_articles  # noqa: E402  (after the path)
from extract.article import Article  # noqa: E402
from extract.document import read_document  # noqa: E402
from extract.places import find_places  # noqa: E402
from geodata.gazetteer import Gazetteer, open_gazetteer  # noqa: E402

HOSTILE = {
    "one letter": "A",
    "one town": "in Ulm, ",
    "capitals": "In An Bei Aus ",
    "hyphens": "Nord-Ost-",
    "marks": "?!…(\"",
    "namesakes": "Santa Cruz, San José und ",
    "made-up names": "in Xaverheim und ",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--largest", type=int, default=1_000_000, help="code points of the largest hostile text")
    options = parser.parse_args()
    begin = time.perf_counter()
    gazetteer = open_gazetteer()
    print(f"gazetteer opened in {1000 * (time.perf_counter() - begin):.0f} ms")
    articles = list(make_articles(options.articles))
    documents = [read_document(article, article.lang) for article in articles]
    for turn in ("cold", "warm"):
        begin = time.process_time()
        found = sum(len(find_places(document, gazetteer)) for document in documents)
        seconds = time.process_time() - begin
        print(f"{turn}: {options.articles / seconds:.0f} articles of {LENGTH} code points a second, "
              f"{found / options.articles:.1f} mentions each")
    print(geotext([article.text for article in articles]))
    for name, pattern in HOSTILE.items():
        print(f"{name:14}", *(hostile(pattern, size, gazetteer)
                              for size in (options.largest // 100, options.largest // 10, options.largest)))


def geotext(texts: list[str]) -> str:
    """The same for geotext (MIT), a dictionary look-up of English place names without resolution."""
    try:
        from geotext import GeoText
    except ImportError:
        return "geotext: not installed (pip install geotext)"
    begin = time.process_time()
    found = sum(len(read.cities) + len(read.countries) for read in map(GeoText, texts))
    seconds = time.process_time() - begin
    return f"geotext: {len(texts) / seconds:.0f} articles a second, {found / len(texts):.1f} names each"


def hostile(pattern: str, size: int, gazetteer: Gazetteer) -> str:
    """CPU seconds to find the places of a document."""
    text = (pattern * (size // len(pattern) + 1))[:size]
    document = read_document(Article("hostile", text), "de")
    begin = time.process_time()
    find_places(document, gazetteer)
    return f"{size:>9}: {time.process_time() - begin:6.2f} s"


if __name__ == "__main__":
    main()
