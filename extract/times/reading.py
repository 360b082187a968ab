"""What a rule's words mean: the parts every reading is made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from extract.annotation import TimexType
from extract.times.context import Context
from extract.times.grammar import Match
from extract.times.lexemes import Lexemes
from extract.times.period import Period
from extract.times.tense import FUTURE, PAST
from extract.times.vocabulary import Vocabulary
from geodata.calendar import part_days
from geodata.timespan import UNDATED, Basis, Granularity, TimeSpan

NO_PUBLICATION = "no publication date to count from"
NO_DAY_TOLD = "no day told to count from"

AHEAD_COUNTS = 3
"""Where no verb tells, a date ahead must be this many times nearer than the one behind: news tells the past."""

VERB_COUNTS = 8
"""A day that is this many times nearer on the other side than the verb's is meant in spite of the verb."""


class Reading(NamedTuple):
    """The meaning of an expression, before its preposition is looked at.

    ``tells`` says whether what follows may be counted from it.
    """

    type: TimexType
    value: str
    span: TimeSpan = UNDATED
    why: str = ""
    tells: bool = False

    def timed(self, time: str) -> Reading:
        """The same day at a time of day: ``T08:30``, ``TEV``."""
        return self._replace(type=TimexType.TIME, value=self.value + time)


NOTHING = Reading(TimexType.DATE, "")
"""What looks like an expression and is none ("34-year-old"): it is passed over."""


class Slots:
    """The named words of a match, read in the classes that the rule asks for."""

    def __init__(self, match: Match, lexemes: Lexemes, vocabulary: Vocabulary) -> None:
        self._match, self._lexemes, self._vocabulary = match, lexemes, vocabulary
        self.first, self.last = match.first, match.last

    def __contains__(self, slot: str) -> bool:
        return slot in self._match.slots

    def option(self, name: str) -> str:
        """What the rule itself says; empty where it doesn't."""
        return str(self._match.rule.options.get(name, ""))

    def listed(self, name: str) -> Sequence[str]:
        """The words that the rule itself lists; none where it doesn't."""
        words: Sequence[str] = self._match.rule.options.get(name, ())
        return words

    def value(self, slot: str) -> str | None:
        """The value of the slot's last word that has one; a mere word counts if no other does."""
        if slot not in self._match.slots:
            return None
        first, last, classes = self._match.slots[slot]
        characters, tokens = self._lexemes.characters, self._lexemes.tokens
        for wanted in _classes_before_words(classes):
            for index in range(last - 1, first - 1, -1):
                for cls in wanted:
                    value = self._vocabulary.reading(characters[index], cls, tokens[index].text)
                    if value is not None:
                        return value
        return None

    def whole(self, slot: str) -> int | None:
        """The slot as a whole number; ``None`` where it is absent or no number."""
        value = self.value(slot)
        return int(value) if value is not None and value.lstrip("+-").isdecimal() else None

    def neighbour(self, offset: int) -> str:
        """The word before (-1) or after (+1) the expression; empty at the sentence's ends."""
        index = self.first + offset if offset < 0 else self.last + offset - 1
        return self._lexemes.tokens[index].text if 0 <= index < len(self._lexemes.tokens) else ""


@cache
def _classes_before_words(classes: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a slot of the grammar may hold: its classes, and its mere words."""
    return tuple(c for c in classes if c[0] != "'"), tuple(c for c in classes if c[0] == "'")


def dated(period: Period, basis: Basis, why: str, part: str | None = None, tells: bool = True) -> Reading:
    """The reading of a period of the calendar, or of its start, middle or end."""
    days, granularity = period.days, period.granularity
    if part:
        days = part_days(days, part)
        granularity = Granularity.MONTH_PART if granularity is Granularity.MONTH else Granularity.INTERVAL
    return Reading(TimexType.DATE, period.value, TimeSpan.of(*days, basis, granularity), why, tells)


def undated(value: str, why: str = NO_PUBLICATION, kind: TimexType = TimexType.DATE) -> Reading:
    """The reading of what means no days, or none that can be told, and why."""
    return Reading(kind, value, UNDATED, why)


def in_likely_year(make: Callable[[int], Period], context: Context) -> tuple[Period, Basis, str] | None:
    """The period of the year that the text most likely means; ``None`` if there is nothing to count from.

    First the story: in the sentence after "autumn 2024", "November" is the first one that is not over
    when that autumn begins. Then the publication date: by the verb's tense the last one before or
    the first one after it; without a verb, the nearer one, the past preferred.
    """
    told, today = context.told, context.published
    if told is not None and told.start is not None and told.basis in (Basis.STATED, Basis.NARRATIVE) \
            and not (told.start == told.end == today):
        ahead_of_story = (p for p in map(make, (told.start.year, told.start.year + 1)) if p.days[1] >= told.start)
        period = next(ahead_of_story, None)  # the 29th of February is in neither year, three times of four
        if period is not None and (today is None or ((period.days[0] <= today) == (told.start <= today) and (
                told.start > today or context.tense() != FUTURE))):
            return period, Basis.NARRATIVE, "the year told before"
    month = context.told_month
    if month is not None and month.start is not None and month.start.year > 1:
        period = make(month.start.year)
        if period.granularity is Granularity.DAY and period.days[0].month == month.start.month:
            return period, Basis.NARRATIVE, "the month told before"
    if today is None:
        return None
    periods = [make(today.year + shift) for shift in (-1, 0, 1)]
    last = max(period for period in periods if period.days[0] <= today)
    following = min((period for period in periods if period.days[1] >= today), default=last)
    if following == last:
        return last, Basis.RELATIVE, "the publication date"
    tense, back, ahead = context.tense(), today - last.days[1], following.days[0] - today
    if tense and last.granularity is Granularity.DAY:  # "the festival of 3 May will be repeated" in May
        tense = tense if back < ahead * VERB_COUNTS and ahead < back * VERB_COUNTS else None
    if tense == FUTURE:
        return following, Basis.RELATIVE, "the publication date, the future"
    if tense == PAST or (tense != FUTURE and ahead * AHEAD_COUNTS >= back):
        return last, Basis.RELATIVE, "the publication date, the past"
    return following, Basis.RELATIVE, "the publication date, the nearer one"


def full_year(text: str, published: date | None) -> int:
    """A year by its last two digits (or four): the latest that is not more than ten years ahead of publication."""
    if len(text) > 2:
        return int(text)
    newest = (published.year if published else 2039) + 10
    return newest - (newest - int(text)) % 100
