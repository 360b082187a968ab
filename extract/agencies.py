"""Which news agencies an article's text comes from, as far as it says so.

An agency is credited before the first words ("PASSAU (dpa) – …"), behind the last ("… ermittelt. (das/dpa)") or in a
line of its own ("Quelle: dpa"). One that is quoted in a sentence ("wie die dpa berichtet") wrote that sentence's news
and not the article.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extract.lexicon import read

SHARED = "_shared"
LONGEST_INITIALS = 4
"""Letters of an editor's initials beside the agency: "(das/dpa)"."""
# a credit has up to sixty code points: "Quelle: dpa, 16. Oktober 2024" has half of them
BEFORE = re.compile(r"^[^\n()]{2,60}\(([^()\n]{2,60})\)\s*[-–—:]", re.MULTILINE)
BETWEEN_STROKES = re.compile(r"^[^\n()/]{2,60}\s/([^/\s]{2,20})/[.\s]", re.MULTILINE)
"""As some agencies credit themselves: "MOSCOW, June 24. /TASS/. …", "LONDON, May 2, 2024 /PRNewswire/ -- …"."""
BEHIND = re.compile(r"\(([^()\n]{2,60})\)[.\s]{0,4}$", re.MULTILINE)
ALONE = re.compile(r"^[^\S\n]{0,4}(?:[-–—][^\S\n]{0,4})?([^()\n]{2,60})$", re.MULTILINE)
PART = re.compile(r"[^/,;:+&|]+")


@lru_cache(maxsize=8)
def credited_agencies(text: str) -> tuple[str, ...]:
    """The agencies that an article is credited to, in lower case and alphabetical order; remembered for its reports."""
    found = {agency for pattern in (BEFORE, BETWEEN_STROKES, BEHIND, ALONE) for match in pattern.finditer(text)
             for agency in agencies_in(match[1])}
    return tuple(sorted(found))


def without_credits(line: str) -> str:
    """A line without the agencies before its first words ("KIEL (dpa/lno) – …") and in brackets behind its last."""
    for pattern in (BEFORE, BETWEEN_STROKES, BEHIND):
        match = pattern.search(line)
        if match is not None and agencies_in(match[1]):
            line = line[: match.start(1)] + line[match.end(1) :]
    return line


def agencies_in(credit: str) -> list[str]:
    """The agencies of a credit; none if it holds anything but agencies, initials, dates and words of crediting."""
    agencies, credits = _lexicon()
    parts = [_without_first(part.strip().casefold(), credits) for part in PART.findall(credit)]
    named = [part for part in parts if part in agencies]
    return named if all(part in agencies or _is_aside(part) for part in parts) else []


def _without_first(part: str, words: frozenset[str]) -> str:
    """A part without the words of crediting that it begins with: "source reuters"."""
    first, _, rest = part.partition(" ")
    return _without_first(rest, words) if first in words else part


def _is_aside(part: str) -> bool:
    """Whether a part is an editor's initials, a date or nothing."""
    return len(part) <= LONGEST_INITIALS or any(character.isdigit() for character in part)


@cache
def _lexicon() -> tuple[frozenset[str], frozenset[str]]:
    entries = read(SHARED, "agencies")
    return frozenset(map(str.casefold, entries["agencies"])), frozenset(map(str.casefold, entries["credits"]))
