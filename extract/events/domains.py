"""What an article is about as a whole: a match report, a review or a horoscope tells no events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from extract.events.clauses import SentenceReading

NO_NEWS = {"sport": 0.022, "fiction": 0.022, "horoscope": 0.03, "business": 0.035}
"""Share of an article's words from which on it is of that domain."""
LEAST_WORDS = 4
"""How many words of a domain an article has at least to be of it."""
LEAST_SURE = 2
"""How many of them are words of that domain alone."""
OUTWEIGHED = 1.0
"""An article with as many words of harm and rescue as of the domain is news all the same."""


HALF = 0.5
"""Part of a domain's share from which on an article leans to it: it may hold news besides ("One dead at derby")."""


def is_no_news(totals: Counter[str], readings: Sequence[SentenceReading]) -> bool:
    """Whether the article is sport, fiction or a horoscope throughout."""
    harm = totals["harm"] + totals["rescue"] + totals["soldiers"]
    return any(words > OUTWEIGHED * harm for words in _words_of_domains(totals, readings, 1.0))


def leans(totals: Counter[str], readings: Sequence[SentenceReading]) -> bool:
    """Whether the article is partly sport, fiction, a horoscope or business: its figures of speech prove nothing."""
    return any(_words_of_domains(totals, readings, HALF))


def _words_of_domains(totals: Counter[str], readings: Sequence[SentenceReading], part: float) -> Iterator[int]:
    """How many words the article has of each domain that makes up at least ``part`` of its share."""
    tokens = sum(len(reading.tokens) for reading in readings)
    for domain, share in NO_NEWS.items():
        words = totals[domain] + totals[f"{domain}_talk"]
        if words >= LEAST_WORDS and words / max(tokens, 1) >= part * share and totals[domain] >= LEAST_SURE:
            yield words
