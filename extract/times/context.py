"""What an expression is counted from: the publication date, what was told before, the verb's tense."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from extract import lexicon
from extract.document import Token
from extract.times.lexemes import Lexemes
from geodata.timespan import Basis, Granularity, TimeSpan

NARRATIVE_REACH = 1
"""Sentences that a date told stays the anchor of those that follow: the next one only."""

CLAUSE_REACH = 30
"""Tokens looked at on either side for a verb: bounds the cost in a text without sentences."""

TIME_REACH = 3
"""Sentences that a day told stays the one whose evening or morning is meant."""

MONTH_REACH = 10
"""Sentences within which "on 5 March" is of the "March 1992" told before."""

REPORT_REACH = 4
"""Tokens on either side of a date among which its reporting verb stands in English ("said on Tuesday")."""

PAST, PRESENT, FUTURE = "past", "present", "future"

FINE = (Granularity.DAY, Granularity.WEEK, Granularity.MONTH_PART, Granularity.MONTH, Granularity.SEASON,
        Granularity.QUARTER)
"""A date as fine as this tells a story; a bare year is often only an attribute."""


class Anchor(NamedTuple):
    """A day to count from, and how it is known."""

    day: date
    basis: Basis
    why: str


class Tenses(NamedTuple):
    """What a language's verbs tell about time; see ``[tense]`` in ``times.toml``."""

    past: frozenset[str]
    future: frozenset[str]
    perfect: frozenset[str]
    undone: frozenset[str]
    skip_after: frozenset[str]
    nearest: bool
    past_form: re.Pattern[str] | None
    participle: re.Pattern[str] | None
    said: frozenset[str]
    present_form: re.Pattern[str] | None
    reporting: frozenset[str]


@cache
def tenses_of(lang: str) -> Tenses:
    table: Mapping[str, Any] = lexicon.read(lang, "times").get("tense", {})
    return Tenses(
        past=frozenset(table.get("past", ())), future=frozenset(table.get("future", ())),
        perfect=frozenset(table.get("perfect", ())), undone=frozenset(table.get("past_for_certain", ())),
        skip_after=frozenset(table.get("skip_after", ())), nearest=bool(table.get("nearest", False)),
        past_form=re.compile(table["past_form"]) if "past_form" in table else None,
        participle=re.compile(table["participle"]) if "participle" in table else None,
        said=frozenset(table.get("said", ())),
        present_form=re.compile(table["present_form"]) if "present_form" in table else None,
        reporting=frozenset(table.get("reporting", ())))


NOTHING = Lexemes("", ())


class Told(NamedTuple):
    """The date of the event told last, the day named last, and the sentences they stood in."""

    span: TimeSpan | None
    sentence: int
    named: date | None
    named_in: int


NOT_TOLD = Told(None, -9, None, -9)


@dataclass(slots=True)
class Context:
    """The state of a reading: goes from sentence to sentence."""

    lang: str
    published: date | None
    daily: bool
    lexemes: Lexemes = NOTHING
    place: int = 0
    relation: str = "during"
    sentence: int = 0
    told_so_far: Told = NOT_TOLD
    _month: TimeSpan | None = None
    _month_in: int = -99
    _heading: date | None = None

    def tell(self, span: TimeSpan) -> None:
        """Remember a date the text tells, to count from it."""
        self.told_so_far = self.told_so_far._replace(span=span, sentence=self.sentence)
        if span.basis is Basis.STATED and span.granularity is Granularity.MONTH:
            self._month, self._month_in = span, self.sentence
        self.name(span)

    def name(self, span: TimeSpan) -> None:
        """Remember a day that is named at all, be it when something was said: its times of day may follow.

        Of a night ("in the night to Wednesday") it is the day that dawns.
        """
        if span.start is not None and span.end is not None and (span.end - span.start).days <= 1:
            self.told_so_far = self.told_so_far._replace(named=span.end, named_in=self.sentence)

    def head(self, day: date) -> None:
        """Remember the day of a line that is nothing but a date: all below it happens then, as in a diary."""
        self._heading = day if day != self.published else None

    @property
    def told(self) -> TimeSpan | None:
        """The date told last, if it was in this sentence or just before."""
        return self.told_so_far.span if self.sentence - self.told_so_far.sentence <= NARRATIVE_REACH else None

    @property
    def month_told(self) -> TimeSpan | None:
        """The month told last with its year, some sentences back at most: its days may follow without."""
        return self._month if self.sentence - self._month_in <= MONTH_REACH else None

    @property
    def told_day(self) -> Anchor | None:
        """The day told last, if it was one day and just before."""
        told = self.told
        if told is not None and told.start is not None and told.start == told.end:
            return Anchor(told.start, Basis.NARRATIVE, "the day told before")
        if self._heading is not None:
            return Anchor(self._heading, Basis.NARRATIVE, "the day at the head")
        return None

    @property
    def day_of_time(self) -> Anchor | None:
        """The day whose evening or morning is told: the one named last, a few sentences back at most."""
        if self.told_so_far.named is not None and self.sentence - self.told_so_far.named_in <= TIME_REACH:
            return Anchor(self.told_so_far.named, Basis.NARRATIVE, "the day told before")
        return self.told_day

    @property
    def day_of_story(self) -> Anchor | None:
        """The day of the event told last, a few sentences back at most."""
        told = self.told_so_far.span
        if told is not None and told.start is not None and told.start == told.end \
                and self.sentence - self.told_so_far.sentence <= TIME_REACH:
            return Anchor(told.start, Basis.NARRATIVE, "the day told before")
        return self.told_day

    @property
    def looks_ahead(self) -> bool:
        """Whether the day told last, a few sentences back at most, is to come."""
        told = self.told_so_far.span
        return (told is not None and told.start is not None and self.published is not None
                and told.start > self.published and self.sentence - self.told_so_far.sentence <= TIME_REACH)

    @property
    def clock_day(self) -> Anchor | None:
        """The day whose time of day is told: the one told before, else the publication day.

        A day to come only lends itself to this sentence, or to a next one that has a verb, not of the
        past: in a list of what's on, every entry begins anew.
        """
        told = self.day_of_time
        if told is not None and self.published is not None and told.day > self.published \
                and self.sentence > self.told_so_far.named_in and (not self._has_verb() or self.tense() == PAST):
            told = None
        return told or self.publication

    def _has_verb(self) -> bool:
        tenses = tenses_of(self.lang)
        words = {token.text.lower() for token in self.lexemes.tokens[:2 * CLAUSE_REACH]}
        return not words.isdisjoint(tenses.past | tenses.future | tenses.perfect)

    @property
    def publication(self) -> Anchor | None:
        """The publication day, where it is known to the day."""
        return Anchor(self.published, Basis.RELATIVE, "the publication date") if self.published else None

    def is_report_time(self) -> bool:
        """Whether :attr:`place` tells when something was said: no event that a story could go on from.

        German: a reporting verb in the clause; English: one beside the expression.
        """
        tokens, tenses = self.lexemes.tokens, tenses_of(self.lang)
        if tenses.nearest:
            near = tokens[max(0, self.place - REPORT_REACH):self.place + REPORT_REACH]
        else:
            first, last = _clause(tokens, self.place)
            near = tokens[first:last]
        return any(token.text in tenses.reporting for token in near)

    def tense(self) -> str | None:
        """The tense at :attr:`place`; see :func:`tense_at`."""
        return tense_at(self.lexemes.tokens, self.place, self.lang, self.relation)


def tense_at(tokens: Sequence[Token], place: int, lang: str, relation: str = "during") -> str | None:
    """Whether the clause around token ``place`` tells past, present or future; ``None`` where it doesn't say.

    The clause itself first, then the sentence around it. What something goes on *since* is past, what
    it goes on *until* is to come if no verb tells otherwise.
    """
    if relation == "since":
        return PAST
    low = max(0, place - CLAUSE_REACH)
    words = [token.text for token in tokens[low:place + CLAUSE_REACH]]
    first, last = (index - low for index in _clause(tokens, place))
    at, tenses = place - low, tenses_of(lang)
    if tenses.nearest:
        tense = _nearest_tense(words, at, first, last, tenses)
    else:
        tense = _tense_of(words[first:last], tenses) or _tense_of(words, tenses)
    return tense or (FUTURE if relation == "until" else None)


def _clause(tokens: Sequence[Token], place: int) -> tuple[int, int]:
    """The tokens of the clause around ``place``, from first to before last; at most ``CLAUSE_REACH`` either way."""
    first, last = place, place
    while first > max(0, place - CLAUSE_REACH) and tokens[first - 1].text not in CLAUSE_MARKS:
        first -= 1
    while last < min(len(tokens), place + CLAUSE_REACH) and tokens[last].text not in CLAUSE_MARKS:
        last += 1
    return first, last


CLAUSE_MARKS = frozenset(",;:–—()\"„“”»«")


def _nearest_tense(words: list[str], at: int, first: int, last: int, tenses: Tenses) -> str | None:
    """The tense of the verb nearest before the expression, else after it; in its clause, else in the sentence."""
    for low, high in ((first, last), (0, len(words))):
        for index in (*range(at - 1, low - 1, -1), *range(at + 1, high)):
            word = words[index].lower()
            if word in tenses.future:
                return FUTURE
            if word in tenses.past:
                return PAST
            if tenses.past_form and tenses.past_form.fullmatch(words[index]) \
                    and (index == 0 or words[index - 1].lower() not in tenses.skip_after):
                return PAST
    return None


def _tense_of(words: list[str], tenses: Tenses) -> str | None:
    lowered = frozenset(word.lower() for word in words)
    if not tenses.undone.isdisjoint(lowered):
        return PAST
    if not tenses.future.isdisjoint(lowered):
        return FUTURE
    if not tenses.past.isdisjoint(lowered) or _any_form(tenses.past_form, words):
        return PAST
    if not tenses.perfect.isdisjoint(lowered) and _any_form(tenses.participle, words):
        return PAST
    if not tenses.said.isdisjoint(lowered):
        return PAST
    is_present = not tenses.perfect.isdisjoint(lowered) or _any_form(tenses.present_form, words)
    return PRESENT if is_present else None


def _any_form(form: re.Pattern[str] | None, words: list[str]) -> bool:
    return form is not None and any(form.fullmatch(word) for word in words)
