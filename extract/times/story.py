"""What a text has told so far: the days and months that later expressions are counted from."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from geodata.timespan import Basis, Granularity, TimeSpan

NEXT = 1
"""Sentences that a date told stays the anchor of bare months and days: the next one only."""

FURTHER = 5
"""The same, once the story has told several dates of one year without a word about the present."""

TIME_REACH = 3
"""Sentences that a day told stays the one whose evening, morning or morrow is meant."""

COUNTED_REACH = 15
"""Sentences that "the day before" and "two weeks earlier" look back for a day: they have to be counted from one."""

MONTH_REACH = 10
"""Sentences within which "on 9 July" is of the "July 1987" told before."""

LONG_AGO = -99
"""A sentence before all others."""

KNOWN = (Basis.STATED, Basis.NARRATIVE)


class Story(NamedTuple):
    """The state of a story; every change gives a new one. Sentences are counted by the reader.

    Attributes
    ----------
    span, at:
        The date of the event told last, and the sentence it stood in.
    chain:
        How many dates of one known year have been told in a row.
    named, named_at:
        The day named last, be it when something was said.
    month, month_at:
        The month of a known year told last.
    told_day, told_day_at:
        The day of an event told last, whatever was told since that is no day.
    heading:
        The day of the last line that was nothing but a date.
    """

    span: TimeSpan | None = None
    at: int = LONG_AGO
    chain: int = 0
    named: date | None = None
    named_at: int = LONG_AGO
    month: TimeSpan | None = None
    month_at: int = LONG_AGO
    heading: date | None = None
    told_day: date | None = None
    told_day_at: int = LONG_AGO

    def tells(self, span: TimeSpan, sentence: int) -> Story:
        """An event is dated."""
        story = self.names(span, sentence)
        month, month_at = story.month, story.month_at
        if span.basis is Basis.STATED and span.granularity is Granularity.MONTH:
            month, month_at = span, sentence
        told_day, told_day_at = self.told_day, self.told_day_at
        if span.start is not None and span.end is not None and (span.end - span.start).days <= 1:
            told_day, told_day_at = span.end, sentence  # of a night, the day that dawns
        return Story(span, sentence, self._chain_with(span), story.named, story.named_at, month, month_at, self.heading,
                     told_day, told_day_at)

    def _chain_with(self, span: TimeSpan) -> int:
        if span.basis not in KNOWN or span.start is None:
            return 0
        same = self.span is not None and self.span.start is not None and self.span.start.year == span.start.year
        return self.chain + 1 if same else 1

    def names(self, span: TimeSpan, sentence: int) -> Story:
        """A day is named, be it when something was said: its times of day may follow.

        Of a night ("in the night to Wednesday") it is the day that dawns.
        """
        if span.start is None or span.end is None or (span.end - span.start).days > 1:
            return self
        return self._replace(named=span.end, named_at=sentence)

    def headed(self, day: date | None) -> Story:
        """A line is nothing but a date: all below it happens then, as in a diary."""
        return self._replace(heading=day)

    def told(self, sentence: int) -> TimeSpan | None:
        """The date that bare months and days belong to."""
        return self.span if sentence - self.at <= (NEXT if self.chain < 2 else FURTHER) else None

    def told_month(self, sentence: int) -> TimeSpan | None:
        """The month that days without a year may be of."""
        return self.month if sentence - self.month_at <= MONTH_REACH else None

    def day(self, sentence: int) -> date | None:
        """The day of the event told last, or of the heading."""
        if self.span is not None and self.span.start == self.span.end and sentence - self.at <= TIME_REACH:
            return self.span.start
        return self.heading

    def counted_day(self, sentence: int) -> date | None:
        """The day that "ten days earlier" is counted from, be it told some paragraphs ago."""
        near = self.day(sentence)
        return self.told_day if near is None and sentence - self.told_day_at <= COUNTED_REACH else near

    def named_day(self, sentence: int) -> date | None:
        """The day whose times of day may follow."""
        return self.named if sentence - self.named_at <= TIME_REACH else self.day(sentence)
