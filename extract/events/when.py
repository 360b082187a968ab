"""When: the time span of an event, its own before that of its report, else the publication date as an open end."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from extract.annotation import TimeExpression, TimexType
from extract.article import Publication
from extract.events.attributes import of_one_event
from extract.events.inflection import Form
from extract.events.mention import When
from extract.events.offsets import Offset, moved, offset_in
from extract.events.reading import SentenceReading
from extract.events.time_owner import (
    announced,
    background,
    beside_report,
    ends_later,
    in_other_relative,
    of_decision,
    of_other,
    of_report,
    tells_beginning,
    time_before,
    told_together,
)
from extract.events.triggers import Trigger
from extract.times.reading import NO_DAY_TOLD
from geodata.event import Factuality
from geodata.timespan import Basis, Granularity, TimeSpan

LEAD = 2
"""Sentences at the head of an article, after its first, whose event the next sentences may date."""
GOING_ON = frozenset({"protest", "battle", "outbreak", "wildfire", "flood"})
"""Types that last: the day on which they began is not that of what is told of them."""
SOME_PAST = "PAST_REF"
"""TIMEX3 value of a past that isn't told."""
LONG_AGO = 60
"""How many days back a time is none of the news, and neither is what its sentence tells without a time of its own."""
NEWS_DAYS = 10
"""How many days back the sentence that goes on from a lead dates it: an earlier day is one of history."""
ENTRIES = 2
"""How many lines that open with a clock time make a live blog."""
LONGEST_DATE = 16
"""How many code points of date may stand before the clock time that opens a line ("28.10., 16:40 –")."""
ENTRY = re.compile(r"\s*[-–—:|•]|[ \t]*(?:\n|$)")
"""What follows the time of an entry: a mark, or nothing."""
TOGETHER = 3
"""How many days apart two days are less than that are told as one time."""
SAME_PARAGRAPH = 2
"""How many sentences back in its paragraph an event takes up the time that was told."""
BACK = 6
"""How many sentences back what happened "hours later" is counted from."""
FAR_BACK = 15
"""The same of what is counted in days from another event: it was told, be it some paragraphs before."""


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
        self._past = [time.start for time in times
                      if not time.span.is_dated and (time.value == SOME_PAST or time.why.endswith(NO_DAY_TOLD))]
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

    def looks_back(self, reading: SentenceReading, published: Publication | None) -> bool:
        """Whether a sentence tells of another day than those beside it: "once", "the 2020 ceasefire"."""
        sentence = reading.sentence
        low, high = (bisect_left(self._past, place) for place in (sentence.start, sentence.end))
        if low < high:
            return True
        today = published.day if published is not None else None
        return today is not None and any(
            time.span.end is not None and (today - time.span.end).days > LONG_AGO
            for time in self.within(sentence.start, sentence.end))

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
            return _counted(reading, trigger, status, offset, other, published)
        inside = own or inside
    number = reading.clause_of(trigger.token)
    clause = reading.clauses[number]
    today = published.end if published is not None else None
    telling = [time for time in inside if not of_report(reading, time, trigger)
               and not (status.happened and ends_later(time, today))]
    telling = [time for time in telling if not of_other(reading, time, trigger)
               and not in_other_relative(reading, time, trigger)]
    if status is Factuality.PLANNED:
        decided = [time for time in telling if of_decision(reading, time, trigger)]
        if decided and len(decided) == len(telling) and decided[-1].span.end is not None:
            span = TimeSpan.of(decided[-1].span.end, None, decided[-1].span.basis, Granularity.INTERVAL)
            return When(span, decided[-1], "clause", f"decided “{decided[-1].text}”, so it lies ahead of that")
        telling = [time for time in telling if time not in decided]
    own = [time for time in telling if clause.first <= reading.token_at(time.start) < clause.last]
    if trigger.sense.type not in GOING_ON:  # "miners held since January were freed on Wednesday"
        own = [time for time in own if time.relation != "since"] or own
    frame = time_before(reading, clause, inside) if trigger.form is not Form.NOUN and not own else None
    if frame is not None:
        return When(_named(frame), frame, "clause", f"happened when “{frame.text}” was")
    if status.happened and trigger.form is not Form.NOUN:
        telling = [time for time in telling if time in own or not announced(reading, time, today)]
    if own:
        chosen = min(own, key=lambda time: abs(reading.token_at(time.start) - trigger.token))
        return When(_days_of(chosen, own, reading), chosen, "clause", f"“{chosen.text}” stands in its clause")
    if telling:
        chosen = min(telling, key=lambda time: abs(reading.token_at(time.start) - trigger.token))
        return When(_day_of(chosen), chosen, "sentence", f"“{chosen.text}” stands in its sentence")
    reports = [time for time in inside if of_report(reading, time, trigger)]
    if not reports:
        return When()
    report = reports[-1]
    if report.span.end is None:
        return When()
    if report.span.granularity not in (Granularity.DAY, Granularity.WEEK) and report.span.start is not None:
        return When(report.span, report, "report", f"reported “{report.text}”, and so coarse a time holds for both")
    if status is Factuality.PLANNED:
        span = TimeSpan.of(report.span.end, None, report.span.basis, report.span.granularity)
        return When(span, report, "report", f"announced “{report.text}”, so it lies ahead of that")
    edtf = f"../{report.span.end.isoformat()}"
    span = TimeSpan(None, report.span.end, report.span.granularity, report.span.basis, edtf)
    return When(span, report, "report", f"reported “{report.text}”, so it happened up to then")


def _by_event(reading: SentenceReading, trigger: Trigger, offset: Offset,
              inside: Sequence[TimeExpression]) -> tuple[list[TimeExpression], list[TimeExpression]]:
    """Of two events that a length stands between: the times of the trigger's, and those of the other."""
    governed = offset.governs(trigger.token)
    told = [time for time in inside if not of_report(reading, time, trigger)]
    return ([time for time in told if offset.governs(reading.token_at(time.start)) == governed],
            [time for time in told if offset.governs(reading.token_at(time.start)) != governed])


def _counted(reading: SentenceReading, trigger: Trigger, status: Factuality, offset: Offset,
             other: Sequence[TimeExpression], published: Publication | None) -> When:
    """The time of one of two events, the length that stands between them away from the other's.

    What has happened did so before the news: "less than three weeks after" isn't as long.
    """
    chosen = min(other, key=lambda time: abs(reading.token_at(time.start) - trigger.token))
    span = moved(_day_of(chosen), offset, -offset.direction if offset.governs(trigger.token) else offset.direction)
    today = published.end if published is not None else None
    if status.happened and today and span.start and span.start > today and chosen.span.end and chosen.span.end <= today:
        span = TimeSpan.of(chosen.span.end, today, Basis.NARRATIVE, Granularity.INTERVAL)
    return When(span, chosen, "sentence", f"counted from “{chosen.text}” by “{offset.length.text}”")


def _counted_from_before(reading: SentenceReading, trigger: Trigger, times: Times,
                         readings: Sequence[SentenceReading], published: Publication | None) -> When:
    """ "The blast came a day after soldiers …": from the day told before; in the lead, from that of the news."""
    offset = times.offset_in(reading)
    if offset is None or not offset.governs(trigger.token):
        return When()
    told = _counted_on(reading.position, times, readings, FAR_BACK)
    if told.expression is not None:
        why = f"counted from “{told.expression.text}” by “{offset.length.text}”"
        return When(moved(told.span, offset, -offset.direction), told.expression, "paragraph", why)
    if published is None or published.day is None or reading.position > LEAD:
        return When()
    news = TimeSpan.of(published.day - timedelta(1), published.day, Basis.RELATIVE, Granularity.INTERVAL)
    return When(moved(news, offset, -offset.direction), offset.length, "paragraph",
                f"counted from the news of the day by “{offset.length.text}”")


def when_beside(reading: SentenceReading, trigger: Trigger, times: Times, readings: Sequence[SentenceReading],
                published: Publication | None) -> When:
    """The time that the sentences before tell in the same paragraph; in the lead of an article, those after, too."""
    counted = _counted_from_before(reading, trigger, times, readings, published)
    if counted.step:
        return counted
    position = reading.position
    if reading.has("since_then"):
        day = _counted_on(position, times, readings)
        if day.expression is not None:
            span = TimeSpan.of(day.span.start, None, Basis.NARRATIVE, Granularity.DAY)
            return day._replace(span=span, why=f"since “{day.expression.text}”, told before")
    today = published.end if published is not None else None
    lies_behind = reading.has("past_auxiliary", "past_form")  # "4000 Soldaten wurden abgezogen"
    neighbours = [(before, "before") for before in range(position - 1, max(position - SAME_PARAGRAPH, 0) - 1, -1)]
    first = next((other.position for other in readings if not other.is_headline), 0)
    entry = times.entry_before(reading.sentence.start)
    lead = max(LEAD, first + LEAD - 1) if entry is None else LEAD  # in a live blog every entry begins anew
    if position <= lead:
        neighbours += [(after, "after") for after in (position + 1, position + 2) if after < len(readings)]
    for neighbour, side in neighbours:
        other = readings[neighbour]
        if side == "before" and other.sentence.section != reading.sentence.section and not reading.is_headline \
                and (position > lead or reading.has("past_perfect")):
            continue  # a new paragraph may be about another day; the lead goes on in the next
        told = [time for time in times.within(other.sentence.start, other.sentence.end)
                if not beside_report(other, time) and time.span.start is not None and not background(other, time)
                and not (lies_behind and today is not None and time.span.start > today)
                and (side == "before" or (_may_date_before(time, today) and not (
                    trigger.sense.type in GOING_ON and tells_beginning(other, other.token_at(time.start)))))]
        if told:
            chosen = told[-1] if side == "before" else told[0]
            span = replace(chosen.span, basis=Basis.NARRATIVE)
            return When(span, chosen, "paragraph", f"“{chosen.text}” is told in the sentence {side}")
    if reading.has("same_day"):
        return _counted_on(position, times, readings)
    if entry is not None:
        return When(entry.span, entry, "paragraph", f"“{entry.text}” heads the entry")
    return When()


def _counted_on(position: int, times: Times, readings: Sequence[SentenceReading], back: int = BACK) -> When:
    """ "Hours later": the day that the story told before goes on from, whatever was recalled in between."""
    for other in reversed(readings[max(position - back, 0):position]):
        told = [time for time in times.within(other.sentence.start, other.sentence.end)
                if time.span.granularity is Granularity.DAY and time.span.days == 1
                and not beside_report(other, time) and not background(other, time)]
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


def _days_of(time: TimeExpression, times: Sequence[TimeExpression], reading: SentenceReading) -> TimeSpan:
    """The span of a time; of two days that are told together ("on Monday and Tuesday"), both."""
    span = _day_of(time)
    for other in times:
        first, last = sorted((time, other), key=lambda one: one.start)
        if other is not time and span.days == other.span.days == 1 and told_together(reading, first, last):
            days = sorted(day for day in (span.start, other.span.start) if day is not None)
            if 0 < (days[-1] - days[0]).days < TOGETHER:
                return TimeSpan.of(days[0], days[-1], span.basis, Granularity.INTERVAL)
    return span


def _named(time: TimeExpression) -> TimeSpan:
    """The days that a time names, whatever its preposition makes of them: "since November, when …"."""
    if time.relation != "since":
        return _day_of(time)
    try:
        return TimeSpan.from_edtf(time.value, time.span.basis)
    except ValueError:
        return time.span  # a value of TIMEX3 that is no EDTF: a season, a week


def _day_of(time: TimeExpression) -> TimeSpan:
    """The span of a time; from an hour of a day on ("ab 18 Uhr") something begins on that day."""
    if time.type is TimexType.TIME and time.span.start is not None and time.span.end is None:
        return replace(time.span, end=time.span.start, edtf=time.span.start.isoformat())
    return time.span


def _may_date_before(time: TimeExpression, today: date | None) -> bool:
    """Whether a time may date the sentence before its own: a day that has passed."""
    past = today is None or (time.span.end is not None and 0 <= (today - time.span.end).days <= NEWS_DAYS)
    return past and time.span.granularity is Granularity.DAY
