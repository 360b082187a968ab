"""What an article or a paragraph is about as a whole: a match report, a review or a horoscope tells no events."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from extract.events.reading import SentenceReading

UNSURE_IN_PARAGRAPH = 4
"""How many words that other domains have, too, make a paragraph of one all the same."""
SURE = ("", "_page")
"""Endings of the classes whose words are of a domain alone; the first also silence what stands near them."""
WEAK = ("_talk", "_weak")
"""Endings of the classes whose words other domains have, too."""
NO_NEWS = {"sport": 0.022, "fiction": 0.022, "horoscope": 0.03, "business": 0.035, "obituary": 0.03,
           "politics": 0.05, "cooking": 0.05, "animals": 0.05, "science": 0.05, "religion": 0.05, "notices": 0.05}
"""Share of an article's words from which on it is of that domain."""
LEAST_WORDS = 4
"""How many words of a domain an article has at least to be of it."""
LEAST_SURE = 2
"""How many of them are words of that domain alone."""
OUTWEIGHED = 1.0
"""An article with as many words of harm and rescue as of the domain is news all the same."""
GRAVE = 2
"""How many words for the dead, the hurt and those who help them (each in earnest only) make news of any domain."""
ALSO_NEWS = frozenset({"politics", "cooking", "animals", "science", "religion", "notices"})
"""Domains that borrow the words of war and are news all the same: none of their articles is left out as a whole."""
VIOLENCE_ONLY = frozenset({"politics"})
"""Those that borrow nothing but violence: their arrests and troops are real."""
TOLD_THROUGHOUT = {"fiction": 3, "obituary": 3}
"""Domains that tell of violence and disaster in earnest, too, and how many words of theirs alone outweigh all else."""
NATURE = frozenset({"earthquake", "flood", "storm", "wildfire"})
"""Types that no people do: they come to a match or a concert as to any place."""
CLASSES_OF = {domain: frozenset(domain + ending for ending in SURE + WEAK) for domain in NO_NEWS}
CLASSES = frozenset().union(*CLASSES_OF.values())
SCORES = "sport_page"
"""The class that a result counts for."""
DASHES = frozenset("-–")
LONGEST_SCORE = 6
"""Digits of both sides of a result ("102-98")."""
GOALS = re.compile(r"\d{1,2}:\d")
"""A result that is no time of day."""
LEAD = 2
"""Sentences at the head of an article that say whether it reports."""
HALF = 0.5
"""Part of a domain's share from which on an article leans to it: it may hold news besides ("One dead at derby")."""
LEAST_IN_PARAGRAPH = 3
"""How many words of a domain a paragraph has at least to be of it, in an article on something else."""


def is_no_news(totals: Counter[str], readings: Sequence[SentenceReading]) -> bool:
    """Whether the article is sport, fiction, business, an obituary or a horoscope throughout."""
    harm = totals["harm"] + totals["rescue"] + totals["soldiers"] + totals["labour"]
    for domain, words in _domains(totals, sum(len(reading.tokens) for reading in readings), 1.0, LEAST_WORDS):
        if domain in ALSO_NEWS:
            continue
        if domain == "fiction" and any(map(reports_harm, readings[:LEAD])):
            continue
        if domain in TOLD_THROUGHOUT and _of(totals, domain, SURE) >= TOLD_THROUGHOUT[domain]:
            return True
        if totals["grave"] < (1 if domain == "business" else GRAVE) and words > OUTWEIGHED * harm:
            return True
    return False


def reports_harm(reading: SentenceReading) -> bool:
    """Whether a sentence tells of harm in the past tense: what a stage or a book tells is told in the present."""
    return reading.has("past_auxiliary") and reading.has("gunmen", "police", "rescue", "militants", "grave")


class Leanings:
    """Which domains a paragraph is of, by its own words or its article's: their figures of speech prove nothing."""

    def __init__(self, totals: Counter[str], readings: Sequence[SentenceReading]) -> None:
        tokens = sum(len(reading.tokens) for reading in readings)
        self._article = {domain for domain, _ in _domains(totals, tokens, HALF, LEAST_WORDS)}
        self._paragraphs: defaultdict[int, list[SentenceReading]] = defaultdict(list)
        for reading in readings:
            self._paragraphs[reading.sentence.section].append(reading)
        self._known: dict[int, frozenset[str]] = {}

    def of(self, reading: SentenceReading) -> frozenset[str]:
        """The domains of the paragraph that a sentence stands in; none for most."""
        section = reading.sentence.section
        if section not in self._known:
            self._known[section] = self._domains(self._paragraphs[section])
        return self._known[section]

    def _domains(self, paragraph: Sequence[SentenceReading]) -> frozenset[str]:
        """Those of the article that the paragraph has any word of, and those that it is full of itself."""
        totals = Counter(name for reading in paragraph for name in CLASSES & reading.present
                         for _ in reading.classes[name])
        totals[SCORES] += sum(map(_scores, paragraph))
        if not any(totals.values()):
            return frozenset()  # as most paragraphs are
        tokens = sum(len(reading.tokens) for reading in paragraph)
        return frozenset(domain for domain in self._article if _of(totals, domain, SURE + WEAK)).union(
            domain for domain, _ in _domains(totals, tokens, 1.0, LEAST_IN_PARAGRAPH, UNSURE_IN_PARAGRAPH))


def _scores(reading: SentenceReading) -> int:
    """How many results of matches stand in a sentence: "24-18", "2:0"."""
    texts = reading.lower
    hyphened = 0 if DASHES.isdisjoint(texts) else sum(
        dash in DASHES and before.isdigit() and after.isdigit() and len(before + after) <= LONGEST_SCORE
        for before, dash, after in zip(texts, texts[1:], texts[2:], strict=False))
    return hyphened + sum(bool(GOALS.fullmatch(text)) for text in texts if ":" in text)


def _domains(totals: Counter[str], tokens: int, part: float, least: int,
             unsure: int | None = None) -> Iterator[tuple[str, int]]:
    """The domains that make up at least ``part`` of their share, and how many words are of each.

    ``unsure`` words are enough, if it is given, though none of them be of that domain alone.
    """
    for domain, share in NO_NEWS.items():
        if totals.keys().isdisjoint(CLASSES_OF[domain]):
            continue
        sure = _of(totals, domain, SURE)
        words = sure + _of(totals, domain, WEAK)
        if words >= least and words / max(tokens, 1) >= part * share and (
                sure >= LEAST_SURE or (unsure is not None and words >= unsure)):
            yield domain, words


def _of(totals: Counter[str], domain: str, endings: Sequence[str]) -> int:
    return sum(totals.get(domain + ending, 0) for ending in endings)  # most it hasn't, which a counter tells slowly
