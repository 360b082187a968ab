"""When: the time span of an event, its own before that of its report, else the publication date as an open end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from extract.annotation import TimeExpression, TimexType
from extract.article import Publication
from extract.events.attributes import of_one_event
from extract.events.clauses import ClauseKind, SentenceReading
from extract.events.coreference import types_may_join
from extract.events.inflection import Form
from extract.events.mention import When
from extract.events.offsets import Offset, moved, offset_in
from extract.events.triggers import Trigger
from extract.events.vocabulary import SenseForm
from geodata.event import Factuality
from geodata.timespan import Basis, Granularity, TimeSpan

LEAD = 2
"""Sentences at the head of an article, after its first, whose event the next sentences may date."""
BESIDE = 3
"""How many tokens from a reporting verb a time belongs to it ("gab am Donnerstag bekannt", "said on Tuesday")."""
GOING_ON = frozenset({"protest", "battle", "outbreak", "wildfire", "flood"})
"""Types that last: the day on which they began is not that of what is told of them."""
ENTRIES = 2
"""How many lines that open with a clock time make a live blog."""
LONGEST_DATE = 16
"""How many code points of date may stand before the clock time that opens a line ("28.10., 16:40 –")."""
ENTRY = re.compile(r"\s*[-–—:|•]")
"""What follows the time of an entry."""
BACK = 6
"""How many sentences back what happened "hours later" is counted from."""


def _opens_line(time: TimeExpression, text: str) -> bool:
    low = max(time.start - LONGEST_DATE, 0)
    line = max(text.rfind("\n", low, time.start) + 1, low)
    opens = line > low or line == 0 or text[line - 1] == "\n"
    return opens and not any(mark.isalpha() for mark in text[line:time.start]) and bool(ENTRY.match(text, time.end))


class Times:
    """The calendar times of a document, found by position."""

    def __init__(self, times: Sequence[TimeExpression], text: str) -> None:
        self._dated = [time for time in times if time.span.is_dated and time.type is not TimexType.SET]
        self._starts = [time.start for time in self._dated]
        self._lengths = [time for time in times if time.type is TimexType.DURATION]
        self._length_starts = [time.start for time in self._lengths]
        entries = [time for time in self._dated if time.type is TimexType.TIME and _opens_line(time, text)]
        self._entries = entries if len(entries) >= ENTRIES else []
        self._entry_starts = [time.start for time in self._entries]

    def entry_before(self, offset: int) -> TimeExpression | None:
        """The time that heads the entry of a live blog which holds a code point; ``None`` where there is none."""
        number = bisect_left(self._entry_starts, offset)
        return self._entries[number - 1] if number else None

    def within(self, start: int, end: int) -> list[TimeExpression]:
        """The times between two code points."""
        return self._dated[bisect_left(self._starts, start):bisect_left(self._starts, end)]

    def offset_in(self, reading: SentenceReading) -> Offset | None:
        """What says in a sentence how long before or after another event it was."""
        low = bisect_left(self._length_starts, reading.sentence.start)
        high = bisect_left(self._length_starts, reading.sentence.end)
        return offset_in(reading, self._lengths[low:high]) if low < high else None


def when(reading: SentenceReading, trigger: Trigger, status: Factuality, times: Times,
         published: Publication | None) -> When:
    """The time that the trigger's own sentence gives: by clause, else by sentence, else as a bound by its report."""
    inside = of_one_event(reading, trigger.token, times.within(reading.sentence.start, reading.sentence.end))
    if not inside:
        return When()
    offset = times.offset_in(reading)
    if offset is not None:
        own, other = _by_event(reading, trigger, offset, inside)
        if not own and other:
            return _counted(reading, trigger, offset, other)
        inside = own or inside
    number = reading.clause_of(trigger.token)
    clause = reading.clauses[number]
    today = published.end if published is not None else None
    telling = [time for time in inside if not _of_report(reading, time, trigger)
               and not (status.happened and _ends_later(time, today))]
    telling = [time for time in telling if not _of_other(reading, time, trigger)]
    own = [time for time in telling if clause.first <= reading.token_at(time.start) < clause.last]
    if own:
        chosen = min(own, key=lambda time: abs(reading.token_at(time.start) - trigger.token))
        return When(_day_of(chosen), chosen, "clause", f"“{chosen.text}” stands in its clause")
    if telling:
        chosen = min(telling, key=lambda time: abs(reading.token_at(time.start) - trigger.token))
        return When(_day_of(chosen), chosen, "sentence", f"“{chosen.text}” stands in its sentence")
    reports = [time for time in inside if _of_report(reading, time, trigger)]
    if not reports:
        return When()
    report = reports[-1]
    if report.span.end is None:
        return When()
    if report.span.granularity not in (Granularity.DAY, Granularity.WEEK) and report.span.start is not None:
        return When(report.span, report, "report", f"reported “{report.text}”, and so coarse a time holds for both")
    edtf = f"../{report.span.end.isoformat()}"
    span = TimeSpan(None, report.span.end, report.span.granularity, report.span.basis, edtf)
    return When(span, report, "report", f"reported “{report.text}”, so it happened up to then")


def _by_event(reading: SentenceReading, trigger: Trigger, offset: Offset,
              inside: Sequence[TimeExpression]) -> tuple[list[TimeExpression], list[TimeExpression]]:
    """Of two events that a length stands between: the times of the trigger's, and those of the other."""
    governed = offset.governs(trigger.token)
    told = [time for time in inside if not _of_report(reading, time, trigger)]
    return ([time for time in told if offset.governs(reading.token_at(time.start)) == governed],
            [time for time in told if offset.governs(reading.token_at(time.start)) != governed])


def _counted(reading: SentenceReading, trigger: Trigger, offset: Offset, other: Sequence[TimeExpression]) -> When:
    """The time of one of two events, the length that stands between them away from the other's."""
    chosen = min(other, key=lambda time: abs(reading.token_at(time.start) - trigger.token))
    span = moved(_day_of(chosen), offset, -offset.direction if offset.governs(trigger.token) else offset.direction)
    return When(span, chosen, "sentence", f"counted from “{chosen.text}” by “{offset.length.text}”")


def _counted_from_before(reading: SentenceReading, trigger: Trigger, times: Times,
                         readings: Sequence[SentenceReading]) -> When:
    """ "The blast came a day after soldiers …": counted from the day that was told before."""
    offset = times.offset_in(reading)
    if offset is None or not offset.governs(trigger.token):
        return When()
    told = _counted_on(reading.position, times, readings)
    if told.expression is None:
        return When()
    span = moved(told.span, offset, -offset.direction)
    return When(span, told.expression, "paragraph", f"counted from “{told.expression.text}” by “{offset.length.text}”")


def when_beside(reading: SentenceReading, trigger: Trigger, times: Times, readings: Sequence[SentenceReading],
                published: Publication | None) -> When:
    """The time that the sentence before tells in the same paragraph; in the lead of an article, those after, too."""
    counted = _counted_from_before(reading, trigger, times, readings)
    if counted.step:
        return counted
    position = reading.position
    today = published.end if published is not None else None
    neighbours = [(position - 1, "before")] if position else []
    if position <= LEAD:
        neighbours += [(after, "after") for after in (position + 1, position + 2) if after < len(readings)]
    for neighbour, side in neighbours:
        other = readings[neighbour]
        if side == "before" and other.sentence.section != reading.sentence.section and not reading.is_headline:
            continue  # a new paragraph may be about another day; the lead goes on in the next
        told = [time for time in times.within(other.sentence.start, other.sentence.end)
                if not _beside_report(other, time) and time.span.start is not None and not _background(other, time)
                and (side == "before" or (_may_date_before(time, today) and not (
                    trigger.sense.type in GOING_ON and tells_beginning(other, other.token_at(time.start)))))]
        if told:
            chosen = told[-1] if side == "before" else told[0]
            span = replace(chosen.span, basis=Basis.NARRATIVE)
            return When(span, chosen, "paragraph", f"“{chosen.text}” is told in the sentence {side}")
    if reading.has("same_day"):
        return _counted_on(position, times, readings)
    entry = times.entry_before(reading.sentence.start)
    if entry is not None:
        return When(entry.span, entry, "paragraph", f"“{entry.text}” heads the entry")
    return When()


def _counted_on(position: int, times: Times, readings: Sequence[SentenceReading]) -> When:
    """ "Hours later": the day that the story told before goes on from, whatever was recalled in between."""
    for other in reversed(readings[max(position - BACK, 0):position]):
        told = [time for time in times.within(other.sentence.start, other.sentence.end)
                if time.span.granularity is Granularity.DAY and time.span.days == 1
                and not _beside_report(other, time) and not _background(other, time)]
        if told:
            span = replace(told[-1].span, basis=Basis.NARRATIVE)
            return When(span, told[-1], "paragraph", f"on the same day as “{told[-1].text}” before")
    return When()


def when_published(published: Publication | None) -> When:
    """Up to the publication date; undated where that is unknown too."""
    end: date | None = published.end if published is not None else None
    return _up_to(end) if end is not None else When()


@lru_cache(maxsize=1)
def _up_to(day: date) -> When:
    """The same for all of an article's events without a time."""
    span = TimeSpan(None, day, Granularity.INTERVAL, Basis.PUBLICATION, f"../{day.isoformat()}")
    return When(span, None, "publication", "no time is told: up to the publication date")


def _day_of(time: TimeExpression) -> TimeSpan:
    """The span of a time; from an hour of a day on ("ab 18 Uhr") something begins on that day."""
    if time.type is TimexType.TIME and time.span.start is not None and time.span.end is None:
        return replace(time.span, end=time.span.start, edtf=time.span.start.isoformat())
    return time.span


def _ends_later(time: TimeExpression, today: date | None) -> bool:
    """ "bis 2028": says how long something will last, not when it happened."""
    return time.span.start is None and time.span.end is not None and today is not None and time.span.end > today


def _of_other(reading: SentenceReading, time: TimeExpression, trigger: Trigger) -> bool:
    """Whether a time stands right behind another noun trigger ("since the coup of 2021"): then it is that one's.

    A bare adverb goes with the verb: "was arrested on suspicion of robbery yesterday".
    """
    at = reading.token_at(time.start)
    counted = time.span.basis is Basis.RELATIVE and time.span.granularity is Granularity.DAY
    if trigger.form is not Form.NOUN and counted and at > 0 and "preposition" not in reading.words[at].classes \
            and any(sense.form is Form.NOUN for sense in reading.words[at - 1].senses):
        return False
    return any(_names_another(reading, sense, trigger) and not reading.within(number, at, "finite")
               for number in range(max(at - BESIDE, 0), at) if number != trigger.token
               for sense in reading.words[number].senses)


def _names_another(reading: SentenceReading, sense: SenseForm, trigger: Trigger) -> bool:
    """Whether a word may be a noun that names another event in its sentence."""
    told = sense.sense
    return sense.form is Form.NOUN and not told.before and not types_may_join(told.type, trigger.sense.type) \
        and reading.spellings.issuperset(sense.fixed) and (not told.needs or reading.has(*told.needs))


def _background(reading: SentenceReading, time: TimeExpression) -> bool:
    """Whether a time stands in a clause that only tells since when or of which."""
    clause = reading.clauses[reading.clause_of(reading.token_at(time.start))]
    return clause.kind in (ClauseKind.TEMPORAL, ClauseKind.RELATIVE) or time.relation == "since"


def tells_beginning(reading: SentenceReading, token: int) -> bool:
    """Whether a clause only tells when something began ("the unrest began on 8 June")."""
    clause = reading.clauses[reading.clause_of(token)]
    return reading.within(clause.first, clause.last, "beginning")


def _may_date_before(time: TimeExpression, today: date | None) -> bool:
    """Whether a time may date the sentence before its own: a day that has passed."""
    past = today is None or (time.span.end is not None and time.span.end <= today)
    return past and time.span.granularity is Granularity.DAY


def _beside_report(reading: SentenceReading, time: TimeExpression) -> bool:
    at = reading.token_at(time.start)
    return reading.within(at - BESIDE, at + BESIDE + 1, "reporting")


def _of_report(reading: SentenceReading, time: TimeExpression, trigger: Trigger) -> bool:
    """Whether a time says when something was said, not when it happened."""
    if trigger.sense.type in ("meeting", "statement") or time.relation in ("since", "onward"):
        return False
    at = reading.token_at(time.start)
    end = reading.token_at(max(time.end - 1, time.start))
    for verb in reading.classes.get("reporting", ()):
        if verb == trigger.token:
            continue
        if at - BESIDE <= verb <= end + BESIDE and reading.clause_of(verb) == reading.clause_of(at):
            gap = at - verb if verb < at else verb - end
            if gap <= abs(at - trigger.token):
                return True
    clause = reading.clauses[reading.clause_of(at)]
    return not clause.first <= trigger.token < clause.last and reading.within(clause.first, clause.last, "reporting")
