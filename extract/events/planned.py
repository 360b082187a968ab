"""What lies ahead: an event that is only planned, called for or goes on, told by its tense and the publication date."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from extract.article import Publication
from extract.events.factuality import is_presupposed
from extract.events.inflection import Form
from extract.events.mention import EventMention, When
from extract.events.time_owner import ends_later
from extract.events.when import Times
from extract.times.tense import FUTURE, PRESENT, tense_at
from geodata.calendar import month_days
from geodata.event import Factuality
from geodata.timespan import Basis, Granularity, TimeSpan

APPOINTED = frozenset({"protest", "meeting", "training", "treaty", "other"})
"""Types that are called for a day ("riefen für Sonntag zu einem Ausstand auf")."""
MOVES = frozenset({"withdrawal", "deployment", "movement", "arms"})
"""Types that are announced up to a day ("zieht bis Ende März ab")."""
UNPLANNED = frozenset({"attack", "explosion", "accident", "casualties", "earthquake", "battle", "wildfire"})
"""Types that nobody announces for a day: told in the present, they are told vividly ("Am Freitag greift er …")."""
WEEK = 7  # days
YEAR = timedelta(days=366)


def reconcile_with_today(event: EventMention, calendar: Times, published: Publication | None, lang: str) -> None:
    """Make an event's time and status agree, seen from the publication date.

    What lies after it has not happened, whatever its tense; nor has what is called for a day.
    """
    if event.status.factuality.happened and _is_called_for(event):
        event.status = event.status._replace(factuality=Factuality.PLANNED, why="called for a day to come")
    elif event.status.factuality.happened and (deadline := _deadline(event, calendar, published, lang)) is not None:
        event.status = event.status._replace(factuality=Factuality.PLANNED, why="goes on to a day to come")
        event.when = deadline
    event.when = event.when._replace(span=_month_ahead(event, published) or _by_tense(event, published, lang))
    start, end = event.when.span.start, event.when.span.end
    if event.status.factuality is Factuality.PLANNED and start is None and end and published and published.end \
            and end > published.end:
        event.when = event.when._replace(span=replace(event.when.span, start=published.end))
    today = published.end if published is not None else None
    if not (start and today and event.status.factuality.happened):
        return
    if start > today:
        event.status = event.status._replace(factuality=Factuality.PLANNED, why="lies after the publication date")
    elif end and end > today:  # what has happened "this week" did so up to today
        span = event.when.span
        event.when = event.when._replace(span=TimeSpan.of(start, today, span.basis, span.granularity))


def _deadline(event: EventMention, calendar: Times, published: Publication | None, lang: str) -> When | None:
    """Until when a move told in the present goes on; ``None`` where its clause says nothing of the kind."""
    today = published.day if published is not None else None
    if today is None or event.type not in MOVES:
        return None
    reading = event.reading
    clause = reading.clauses[reading.clause_of(event.trigger.token)]
    for time in calendar.within(reading.tokens[clause.first].start, reading.tokens[clause.last - 1].end):
        if ends_later(time, today) and tense_at(reading.tokens, reading.token_at(time.start), lang) is PRESENT:
            return When(TimeSpan.of(today, time.span.end, time.span.basis, time.span.granularity), time, "clause",
                        f"“{time.text}” ends it")
    return None


def _is_called_for(event: EventMention) -> bool:
    time, reading = event.when.expression, event.reading
    if time is None or event.type not in APPOINTED or time.span.granularity is not Granularity.DAY \
            or not reading.sentence.start < time.start < reading.sentence.end:
        return False
    at = reading.token_at(time.start)
    owned = reading.tokens[at].end > time.end  # "was jailed for Friday's march"
    return at > 0 and "appointed_for" in reading.words[at - 1].classes and not owned


def _by_tense(event: EventMention, published: Publication | None, lang: str) -> TimeSpan:
    """A day of the week without more lies ahead for what is planned, and behind for what has happened."""
    span, today = event.when.span, published.day if published is not None else None
    if today is None or span.days != 1 or span.basis not in (Basis.RELATIVE, Basis.NARRATIVE) \
            or span.start is None or _is_counted(event.when):
        return span
    ahead = (span.start - today).days
    planned = event.status.factuality is Factuality.PLANNED
    if event.status.factuality is Factuality.NEGATED and -WEEK < ahead < -WEEK / 2 and _is_called_for(event):
        shift = WEEK  # "die für Montag angemeldete Kundgebung wurde verboten"
    elif planned and -WEEK < ahead < 0 and not event.reading.has("past_modal"):
        shift = WEEK
    elif event.status.factuality.happened and 0 < ahead < WEEK and _is_past(event, lang):
        shift = -WEEK
    else:
        return span
    day = span.start + timedelta(days=shift)
    return TimeSpan(day, day, span.granularity, span.basis, day.isoformat())


def _month_ahead(event: EventMention, published: Publication | None) -> TimeSpan | None:
    """Up to the next month of a name for what is planned ("is to leave by June"); ``None`` where none has passed."""
    span, today = event.when.span, published.day if published is not None else None
    if today is None or span.end is None or span.start is not None or not timedelta() < today - span.end < YEAR:
        return None
    if event.status.factuality is not Factuality.PLANNED or span.granularity is not Granularity.MONTH \
            or span.basis is not Basis.RELATIVE or event.reading.has("past_modal", "past_perfect"):
        return None
    return TimeSpan.of(None, month_days(span.end.year + 1, span.end.month)[1], span.basis, span.granularity)


def _is_counted(time: When) -> bool:
    """Whether the days are counted from those that the expression means."""
    return time.expression is not None and time.expression.span.end != time.span.end


def _is_past(event: EventMention, lang: str) -> bool:
    """Whether what is told with a day of the week has happened: nobody announces it, or its verb is in the past."""
    reading, time, trigger = event.reading, event.when.expression, event.trigger
    framed = trigger.form is Form.NOUN and is_presupposed(reading, trigger.token)  # "Nach dem Erdrutsch am Montag"
    if event.type in UNPLANNED or trigger.sense.effect or framed:
        return True
    if not reading.has("past_auxiliary", "past_form"):
        return False
    if time is None or not reading.sentence.start <= time.start < reading.sentence.end:
        return True
    return tense_at(reading.tokens, reading.token_at(time.start), lang) not in (PRESENT, FUTURE)
