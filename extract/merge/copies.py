"""Copies: reports whose articles have most of their words, or an agency, from one that was told before.

Articles are compared by sketches (bottom-k sketches of word shingles; Broder 1997): from the smallest hashes of the
runs of words in two articles, the share of runs that they have in common can be estimated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from zlib import crc32

from geodata.event import Source

RUN = 5
"""Words in a row that are hashed."""
ONE_IN = 4
"""One word in so many begins a run that is hashed; which, its own hash decides."""
KEPT = 24
"""Hashes of an article that are kept, the smallest."""
SAME, SAME_SHARE = 4, 0.3
"""Hashes that two sketches must have in common at least, and their share of the smallest of both: then one article has
about half of its words from the other, or both from a third."""
REMEMBERED = 32
"""How many articles with one hash are compared; a run of words that more have is a phrase of all the press."""
WORD = re.compile(r"\w+")

Sketch = tuple[int, ...]


@lru_cache(maxsize=8)
def sketch_of(text: str) -> Sketch:
    """The sketch of an article's text, in ascending order; remembered, since an article has several reports."""
    words = [found.encode("utf-8", "backslashreplace") for found in WORD.findall(text.lower())]
    begins: dict[bytes, bool] = {}
    hashes = set()
    for at in range(len(words) - RUN + 1):
        word = words[at]
        if word not in begins:
            begins[word] = crc32(word) % ONE_IN == 0
        if begins[word]:
            hashes.add(crc32(b" ".join(words[at:at + RUN])))
    return tuple(sorted(hashes)[:KEPT])


def are_near_copies(a: Sketch, b: Sketch) -> bool:
    """Whether two articles have most of their words in common."""
    smallest = sorted({*a, *b})[:KEPT]
    common = len({*a} & {*b} & {*smallest})
    return common >= SAME and common >= SAME_SHARE * len(smallest)


def as_told(source: Source) -> Source:
    """A source as its article alone makes it, which doesn't know of the others."""
    return replace(source, copy_of="")


def with_copies(told: Sequence[tuple[Source, Sketch, tuple[str, ...]]]) -> tuple[Source, ...]:
    """Sources, each with the article that its own copies, if it does, or that has its news from the same agency.

    Parameters
    ----------
    told:
        Sources in the order in which they told, with the sketch of their articles and the agencies credited there.
    """
    by_hash: dict[int, list[int]] = {}
    by_agency: dict[str, int] = {}
    marked = []
    for number, (source, sketch, agencies) in enumerate(told):
        alike = Counter(other for each in sketch for other in by_hash.get(each, ()))
        first = [other for other, common in alike.items() if common >= SAME and are_near_copies(sketch, told[other][1])]
        first += [by_agency[agency] for agency in agencies if agency in by_agency]
        original = min(first, default=None)
        marked.append(replace(source, copy_of=told[original][0].article if original is not None else ""))
        if original is None:
            for each in sketch:
                known = by_hash.setdefault(each, [])
                if len(known) < REMEMBERED:
                    known.append(number)
        for agency in agencies:
            by_agency.setdefault(agency, number if original is None else original)
    return tuple(marked)
