"""What an expression is counted from: the publication date, what was told before, the verb's tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from extract.times.lexemes import Lexemes
from extract.times.story import Story
from extract.times.tense import PAST, has_verb, is_report_time, tense_at
from geodata.timespan import Basis, Granularity, TimeSpan

FINE = (Granularity.DAY, Granularity.WEEK, Granularity.MONTH_PART, Granularity.MONTH, Granularity.SEASON,
        Granularity.QUARTER)
"""A date as fine as this tells a story; a bare year is often only an attribute."""

DAYS_OF_NEWS = 3
"""How many days back the news goes that a time of day may be of, some sentences on."""
DAYS_OF_HISTORY = 60
"""From how many days back on an article tells history, and its times of day are of then."""
RECALLED = 1
"""How many sentences on a time of day may be of a day further back."""

NO_LEXEMES = Lexemes("", ())
NO_STORY = Story()


class Anchor(NamedTuple):
    """A day to count from, and how it is known."""

    day: date
    basis: Basis
    why: str


@dataclass(slots=True)
class Context:
    """The state of a reading: goes from expression to expression.

    Attributes
    ----------
    lang:
        Whose lexicon is read by.
    published:
        The publication day, where it is known to the day.
    daily:
        Whether the text counts in days ("yesterday", "on Tuesday").
    sentence:
        How many sentences that tell something have been read.
    lexemes, place, relation:
        The sentence, where in it the expression begins, and what its preposition says.
    story:
        What was told so far.
    """

    lang: str
    published: date | None
    daily: bool
    sentence: int = 0
    lexemes: Lexemes = NO_LEXEMES
    place: int = 0
    relation: str = "during"
    story: Story = NO_STORY

    def tell(self, span: TimeSpan) -> None:
        """Remember a date for what follows: "on Monday" as the story's, "said on Monday" merely as a day named."""
        if span.basis is Basis.RELATIVE and is_report_time(self.lexemes.tokens, self.place, self.lang):
            self.story = self.story.names(span, self.sentence)
        else:
            self.story = self.story.tells(span, self.sentence)

    @property
    def told(self) -> TimeSpan | None:
        """The date that bare months and days belong to."""
        return self.story.told(self.sentence)

    @property
    def told_month(self) -> TimeSpan | None:
        """The month that days without a year may be of."""
        return self.story.told_month(self.sentence)

    @property
    def publication(self) -> Anchor | None:
        """The publication day, where it is known to the day."""
        return Anchor(self.published, Basis.RELATIVE, "the publication date") if self.published else None

    @property
    def day_of_story(self) -> Anchor | None:
        """The day of the event told last, a few sentences back at most."""
        return _told(self.story.day(self.sentence))

    @property
    def day_counted_from(self) -> Anchor | None:
        """The day of an event that "two days earlier" is counted from, further back than others."""
        return _told(self.story.counted_day(self.sentence))

    @property
    def day_reported(self) -> Anchor | None:
        """The day that this very sentence says something was said on, where it tells of no other: "a day earlier"."""
        story = self.story
        if story.named_at != self.sentence or story.at == self.sentence:
            return None
        return _told(story.named)

    @property
    def day_of_time(self) -> Anchor | None:
        """The day whose evening or morning is told: the one named last, a few sentences back at most."""
        return _told(self.story.named_day(self.sentence))

    @property
    def day_of_part(self) -> Anchor | None:
        """The day whose evening is told: a day some while back lends itself no further than to the next sentence."""
        told = self.day_of_time
        if told is None or self.published is None or self.sentence - self.story.named_at <= RECALLED:
            return told
        return None if DAYS_OF_NEWS < (self.published - told.day).days <= DAYS_OF_HISTORY else told

    @property
    def clock_day(self) -> Anchor | None:
        """The day whose time of the clock is told: the one named last, else the publication day.

        A day to come only lends itself to this sentence, or to a next one that has a verb, not of the
        past: in a list of what's on, every entry begins anew.
        """
        told, tokens = self.day_of_time, self.lexemes.tokens
        if told is not None and self.published is not None and told.day > self.published \
                and self.sentence > self.story.named_at \
                and (not has_verb(tokens, self.lang) or self.tense() == PAST):
            told = None
        return told or self.publication

    @property
    def looks_ahead(self) -> bool:
        """Whether the day of the story is to come."""
        day = self.story.day(self.sentence)
        return day is not None and self.published is not None and day > self.published

    def tense(self) -> str | None:
        """The tense at :attr:`place`; see :func:`extract.times.tense.tense_at`."""
        return tense_at(self.lexemes.tokens, self.place, self.lang, self.relation)


def _told(day: date | None) -> Anchor | None:
    return Anchor(day, Basis.NARRATIVE, "the day told before") if day else None
