"""Whether a four-digit number that stands alone is a year: "1945" is, "2000 Menschen" is not."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from extract import lexicon
from extract.times.reading import Slots

LIKELY = range(1900, 2036)
"""Years news speaks of without further ado."""

POSSIBLE = range(1200, 2101)
"""Years that need a word beside them that says so."""


class YearWords(NamedTuple):
    """Neighbours that decide; see ``[bare_year]`` in ``times.toml``."""

    evidence: frozenset[str]
    not_before: frozenset[str]
    not_after: frozenset[str]
    nouns_have_capitals: bool
    no_things: frozenset[str]
    told_after: frozenset[str]


@cache
def year_words_of(lang: str) -> YearWords:
    """The words of a language that make a number a year, or keep it from being one."""
    table = lexicon.read(lang, "times").get("bare_year", {})
    function_words = frozenset(lexicon.read(lang, "language").get("function_words", ()))
    return YearWords(frozenset(table.get("evidence", ())), frozenset(table.get("not_before", ())),
                     frozenset(table.get("not_after", ())), bool(table.get("nouns_have_capitals", False)),
                     function_words - set(table.get("of_counts", ())), frozenset(table.get("told_after", ())))


def is_year(slots: Slots, number: int, lang: str) -> bool:
    """Whether ``number`` is a year where it stands."""
    words = year_words_of(lang)
    before, after = slots.neighbour(-1), slots.neighbour(1)
    if before == ".":  # "Nr. 2012"
        before = slots.neighbour(-2)
    if before.lower() in words.not_before or after.lower() in words.not_after or number not in POSSIBLE:
        return False
    if before.lower() in words.evidence:
        return not (number % 100 == 0 and _counts(after, words))
    if number % 50 == 0 or number > LIKELY.stop:
        return not after[:1].isalpha() or after.lower() in words.no_things
    return not _counts(after, words)


def tells(slots: Slots, lang: str) -> bool:
    """Whether a bare year goes on to tell a story: at a sentence's start, or after a word that says so."""
    before = slots.neighbour(-1)
    return not before or before.lower() in year_words_of(lang).told_after


def _counts(after: str, words: YearWords) -> bool:
    """Whether the word after the number is a thing that can be counted."""
    return words.nouns_have_capitals and after[:1].isupper()
