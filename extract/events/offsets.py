"""Events counted from another one in their sentence: "two days after gunmen attacked …", "a week before the vote"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from extract.annotation import TimeExpression
from extract.events.inflection import Form
from extract.events.reading import SentenceReading
from extract.times import period
from geodata.timespan import Basis, Granularity, TimeSpan

LENGTH = re.compile(r"P(?:(\d+)([DWMY])|(T?)(?:X|\d+)[A-Z].*)")
"""The TIMEX3 value of a length: so many days, weeks, months or years; hours of a day; or any other."""

OPENS = 3
"""Within how many tokens of a sentence's head the length opens it: what it is counted from then ends at a comma."""

DAYS = {"D": 2, "W": 7, "M": 31, "Y": 366}
"""How many days what units are counted from takes up at most: days from a night, a month from one."""


class Offset(NamedTuple):
    """How long before (-1) or after (1) the event of tokens ``first`` to before ``last`` the other one was."""

    length: TimeExpression
    direction: int
    first: int
    last: int

    def governs(self, token: int) -> bool:
        """Whether a token belongs to the event that is counted from."""
        return self.first <= token < self.last


def offset_in(reading: SentenceReading, lengths: Sequence[TimeExpression]) -> Offset | None:
    """The first length of a sentence that another event is counted with; ``None`` where there is none."""
    if not reading.has("counted_after", "counted_before"):
        return None
    for length in lengths:
        start, marker = reading.token_at(length.start), reading.token_at(length.end)
        lasts = start > 0 and "preposition" in reading.words[start - 1].classes  # "warnen seit Jahren vor Beben"
        if lasts or reading.tokens[marker].start < length.end:
            continue
        for name, direction in (("counted_after", 1), ("counted_before", -1)):
            if name in reading.words[marker].classes:
                return Offset(length, direction, marker, _end(reading, start, marker))
    return None


def _end(reading: SentenceReading, start: int, marker: int) -> int:
    """Where the event that a marker opens ends: with its clauses, or with the phrase of a noun."""
    number = reading.clause_of(marker)
    clause = reading.clauses[number]
    last = clause.last
    if clause.first == marker:
        while number + 1 < len(reading.clauses) and reading.clauses[number + 1].kind is clause.kind \
                and "coordinator" in reading.words[reading.clauses[number + 1].first].classes:
            number += 1
            last = reading.clauses[number].last
        if start >= OPENS:
            return last
    for token in range(marker + 1, last):
        if reading.lower[token] == ",":
            return token
        if clause.first != marker and _is_finite(reading, token):
            return token
    return last


def _is_finite(reading: SentenceReading, token: int) -> bool:
    word = reading.words[token]
    return "finite" in word.classes or (bool(word.forms) and word.forms <= {Form.FINITE})


def moved(span: TimeSpan, offset: Offset, direction: int) -> TimeSpan:
    """The days that lie the offset's length before (-1) or after (1) those of a span.

    Hours may reach the day beside; of "days after" only the order is known.
    """
    start, end = span.start, span.end
    if start is None or end is None:
        return _open(end if direction < 0 else start, direction)
    match = LENGTH.fullmatch(offset.length.value)
    if match is None or (end - start).days >= DAYS[match[2] or "D"]:
        return _open(end if direction < 0 else start, direction)
    count, unit, of_clock = match.groups()
    try:
        if count is not None:
            first, last = (period.stepped(unit, day, direction * int(count)) for day in (start, end))
            return TimeSpan.of(first.days[0], last.days[1], Basis.NARRATIVE, first.granularity)
        if of_clock:
            beside = period.shifted("D", start if direction < 0 else end, direction).days[0]
            return TimeSpan.of(min(start, beside), max(end, beside), Basis.NARRATIVE, Granularity.INTERVAL)
    except (ValueError, OverflowError):
        pass  # before or after the calendar: only the order is known
    return _open(end if direction < 0 else start, direction)


def _open(day: date | None, direction: int) -> TimeSpan:
    start, end = (None, day) if direction < 0 else (day, None)
    return TimeSpan.of(start, end, Basis.NARRATIVE, Granularity.INTERVAL)
