"""The publication date, where the article itself gives it: its URL, a date line, a credit, its dateline, or bounds.

Never the clock, never a file's modification time. What is known from outside (the user, metadata, a
feed) stands in :attr:`extract.article.Article.published` and goes before all of this.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from extract import lexicon
from extract.agencies import agencies_in
from extract.annotation import TimeExpression, TimexType
from extract.article import Publication
from extract.document import Document
from extract.sections import Section, SectionRole
from extract.times import find_times
from extract.times.calendar_readings import WEEKDAY_MISFIT
from extract.times.context import FINE
from extract.times.tense import FUTURE, tense_at
from geodata.timespan import Basis

URL_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?!\d)")
"""``/2024/10/16/``, ``/2024-10-16-``, ``/20241016``: how news sites file their articles."""

FIRST_LINES = 15
"""Sections from the top in which a date line stands; below them it belongs to something else."""

LAST_LINES = 4
"""Sections from the bottom in which one does ("Stand: 16.10.2024")."""

LONGEST_LINE = 120
"""Code points of a date line, names included."""

DATELINE_REACH = 60
"""Code points from a paragraph's start within which its dateline's date stands."""

NAMES = 6
"""Words with capitals that a date line may hold beside its own: names of authors."""

AFTER_DATELINE = re.compile(r"[\s,.]*(?:\([^()]{1,40}\)|/[^/\s]{2,20}/|[-–—]\s)")
"""What follows the date of a dateline: "BERLIN, 16. Oktober 2024 (dpa) –". A colon follows a photo's date."""

WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*\.?|©")


@dataclass(frozen=True, slots=True)
class _Words:
    published: frozenset[str]
    updated: frozenset[str]
    line: frozenset[str]
    byline: frozenset[str]
    credit: frozenset[str]
    no: tuple[str, ...]
    told_by: frozenset[str]


@cache
def _words() -> _Words:
    """The words of all languages: a German page captions in English, an English one credits dpa."""
    def all_of(key: str) -> list[str]:
        tables: Iterable[Mapping[str, Sequence[str]]] = (lexicon.read(lang, "pubdate") for lang in lexicon.languages())
        return [word for table in tables for word in table.get(key, ())]
    return _Words(
        published=frozenset(all_of("published_words")), updated=frozenset(all_of("updated_words")),
        line=frozenset(all_of("line_words")), byline=frozenset(all_of("byline_words")),
        credit=frozenset(all_of("credit_words")), no=tuple(all_of("not_publication")),
        told_by=frozenset(all_of("told_by")))


def url_publication(url: str) -> Publication | None:
    """The day in an article's URL; ``None`` where it has none."""
    match = URL_DATE.search(url)
    if match is None:
        return None
    try:
        day = date(*map(int, match.groups()))
    except ValueError:
        return None
    return Publication(day, day, "url")


def find_publication_and_times(document: Document) -> tuple[Publication | None, tuple[TimeExpression, ...]]:
    """When the article was published, as known or as it says, and its time expressions counted from there.

    What is known from outside goes first. Then, in this order: the URL, a date line (one that says "published"
    before a bare one, "updated" last), the dateline of the first paragraphs, the latest of its credits. A date
    whose weekday does not fit is not believed, nor one of a caption, an archive line or a page header. Else the
    latest day that the text tells as past is a lower bound (basis ``text``); without one, it is ``None``.

    Time expressions found without a day of publication stand where none comes to light: nothing is read twice.
    """
    known = document.article.published or url_publication(document.article.url)
    if known is not None:
        return known, find_times(document, known)
    times = find_times(document, None)
    published = stated_publication(document, times)
    return published, times if published is None or published.day is None else find_times(document, published)


def stated_publication(document: Document, times: Sequence[TimeExpression]) -> Publication | None:
    """What the text alone says, by its ``times`` as they are read without a publication date."""
    days = [time for time in times if _is_stated_day(time)]
    day, basis = _line_date(document, days, times), "line"
    if day is None:
        day, basis = _dateline_date(document, days), "dateline"
    if day is None:
        day, basis = _credit_date(document, days), "credit"
    if day is not None:
        return Publication(day, day, basis)
    earliest = max((start for time in times if (start := _told_day(document, time))), default=None)
    return Publication(earliest, None, "text") if earliest else None


def _is_stated_day(time: TimeExpression) -> bool:
    return (time.span.basis is Basis.STATED and time.span.start is not None and time.span.start == time.span.end
            and WEEKDAY_MISFIT not in time.why)


def _section_index(document: Document, offset: int) -> int:
    return bisect_right(document.sections, offset, key=lambda section: section.start) - 1


def _line_date(document: Document, days: Sequence[TimeExpression], times: Sequence[TimeExpression]) -> date | None:
    """The day of the best date line: rank 0 says "published", 1 is bare, 2 says "updated"."""
    best: tuple[int, int, date] | None = None
    sections = document.sections
    for time in days:
        index = _section_index(document, time.start)
        if FIRST_LINES <= index < len(sections) - LAST_LINES:
            continue
        rank = _line_rank(document.text, sections[index], times)
        if rank is not None and time.span.start is not None and (best is None or (rank, index) < best[:2]):
            best = rank, index, time.span.start
    return best[2] if best else None


def _line_rank(text: str, section: Section, times: Sequence[TimeExpression]) -> int | None:
    """How good a date line a section is; ``None`` where it is none. Beside its day, it may tell other ``times``."""
    line = text[section.start:section.end]
    if len(line) > LONGEST_LINE or section.role in (SectionRole.CAPTION, SectionRole.TEASER):
        return None
    if _is_of_something_else(line):
        return None
    spans = [(time.start - section.start, time.end - section.start) for time in times]
    rest = [match.group() for match in WORD.finditer(line)
            if not any(start <= match.start() < end for start, end in spans)]
    words, lowered = _words(), [word.lower() for word in rest]
    known = words.line | words.published | words.updated
    other = [word for word, low in zip(rest, lowered, strict=True) if low not in known and not low[0].isdigit()]
    named = (not words.byline.isdisjoint(lowered) or any(map(agencies_in, other))) \
        and all(word[:1].isupper() or word in words.byline for word in other)
    if other and not (named and len(other) <= NAMES):
        return None
    if any(low in words.published for low in lowered):
        return 0
    return 2 if any(low in words.updated for low in lowered) else 1


def _is_of_something_else(line: str) -> bool:
    """Whether a line's words say that its date is a photo's, a page's, an archive's."""
    lowered = f" {' '.join(match.group().lower() for match in WORD.finditer(line))} "
    return any(f" {phrase} " in lowered for phrase in _words().no)


def _dateline_date(document: Document, days: Sequence[TimeExpression]) -> date | None:
    """"BERLIN, 16. Oktober 2024 (dpa) – …" at the start of one of the first paragraphs."""
    for time in days:
        index = _section_index(document, time.start)
        if index >= FIRST_LINES or not document.sections[index].role.tells_events:
            continue
        before = document.text[document.sections[index].start:time.start]
        if len(before) <= DATELINE_REACH and before[:1].isupper() and not re.search(r"[.!?]\s", before) \
                and AFTER_DATELINE.match(document.text, time.end) and _is_place_and_agency(before):
            return time.span.start
    return None


def _is_place_and_agency(before: str) -> bool:
    """Whether what stands before a date are names alone: "KYIV, Ukraine (AP), "."""
    words = _words()
    return all(word[:1].isupper() or word.lower() in words.line or word.lower() in words.credit
               for word in (match.group() for match in WORD.finditer(before)))


def _credit_date(document: Document, days: Sequence[TimeExpression]) -> date | None:
    """The latest day of the credits: "(Quelle: dpa, 1. November 2024)"."""
    credited = (time.span.start for time in days if _is_credited(document, time))
    return max((day for day in credited if day), default=None)


def _is_credited(document: Document, time: TimeExpression) -> bool:
    if document.role_at(time.start) is SectionRole.CREDIT:
        return True
    text = document.text
    opening = text.rfind("(", max(0, time.start - LONGEST_LINE), time.start)
    if opening < 0 or ")" in text[opening:time.start] or ")" not in text[time.end:time.end + LONGEST_LINE]:
        return False
    words = {match.group().lower().rstrip(".:") for match in WORD.finditer(text, opening, time.start)}
    return not words.isdisjoint(_words().credit) and not _is_of_something_else(text[opening:time.start])


def _told_day(document: Document, time: TimeExpression) -> date | None:
    """The first day of a time that the body tells as past: the article can't be older."""
    if time.type not in (TimexType.DATE, TimexType.TIME) or not document.role_at(time.start).tells_events \
            or time.span.start is None:
        return None
    if time.relation == "since":
        return time.span.start
    if time.relation != "during" or time.span.granularity not in FINE:
        return None
    before = WORD.findall(document.text[max(0, time.start - 20):time.start])
    if not before or before[-1].lower() not in _words().told_by:
        return None
    return None if _tense(document, time) == FUTURE else time.span.start


def _tense(document: Document, time: TimeExpression) -> str | None:
    sentence = document.sentence_at(time.start)
    if sentence is None:
        return None
    tokens = document.tokens_of(sentence)
    place = bisect_right(tokens, time.start, key=lambda token: token.start) - 1
    return tense_at(tokens, place, document.lang)
