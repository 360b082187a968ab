"""Readings of what is counted from a day: "last week", "on Tuesday", "two days later", "the past months"."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta
from math import ceil

from extract.annotation import TimexType
from extract.times import period
from extract.times.calendar_readings import read_date
from extract.times.clock import clock_time
from extract.times.context import FINE, Anchor, Context
from extract.times.plain_readings import duration_value, number_of
from extract.times.reading import NO_DAY_TOLD, NO_PUBLICATION, Reading, Slots, dated, undated
from extract.times.tense import FUTURE, PAST, PRESENT
from geodata.calendar import add_months
from geodata.timespan import UNDATED, Basis, Granularity, TimeSpan

SOME = {"S": 1, "MIN": 1, "H": 1, "D": 7, "W": 4, "WE": 4, "M": 3, "Q": 2, "Y": 5, "DE": 3, "CE": 3}
"""How many units "the past days, months …" reach back, where no number is given."""

UNKNOWN_VALUE = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX",
                 "Y": "XXXX", "DE": "XXX", "CE": "XX"}
"""TIMEX3 values of what can't be counted from anything."""


def read_unit(slots: Slots, context: Context) -> Reading | None:
    """"Last week", "the start of the month", "next year", "the weekend"."""
    unit, part = slots.value("unit"), slots.value("part")
    shift = int(slots.value("shift") or slots.option("shift") or 0)
    if "unit_shift" in slots:
        unit, _, moved = (slots.value("unit_shift") or "").partition(" ")
        shift = int(moved)
    part = part or slots.option("part") or None
    if "part_unit" in slots:
        part, _, unit = (slots.value("part_unit") or "").partition(" ")
    if unit is None or unit not in UNKNOWN_VALUE:
        return None
    if (goes_on := slots.listed("length_unless_before")) and slots.neighbour(1) not in goes_on:
        return undated(duration_value("1", unit) or "", "a length of time", TimexType.DURATION)
    from_told = slots.option("from") == "narrative"
    if unit == "D" and "shift" in slots and not from_told:
        return None  # "the last day" is not yesterday
    anchor = _told_for(unit, context, ("W", "M", "Q", "Y"), shift) if from_told else context.publication
    if anchor is None:
        return undated(UNKNOWN_VALUE[unit], _nothing(context))
    if unit == "WE" and "shift" not in slots and not slots.option("shift"):
        shift = _weekend_shift(anchor.day, context)
    there = period.shifted(unit, anchor.day, shift)
    if part in ("sofar", "ahead"):  # "earlier this month" is over, "later" is to come
        days = (there.days[0], anchor.day) if part == "sofar" else (anchor.day, there.days[1])
        there, part = there._replace(days=days, granularity=Granularity.INTERVAL), None
    reading = dated(there, anchor.basis, anchor.why, part)
    if part and "shift" not in slots and reading.span.start is not None and reading.span.start > anchor.day \
            and context.tense() == PAST:  # "business was better at the end of the year", says February
        reading = dated(period.shifted(unit, anchor.day, shift - 1), anchor.basis, anchor.why, part)
    return reading._replace(tells=from_told or unit == "D")


def _weekend_shift(today: date, context: Context) -> int:
    """Before Saturday it is last week's weekend, unless the verb or the end of the week point to the next."""
    tense = context.tense()
    coming = tense == FUTURE or (tense != PAST and today.isoweekday() in (4, 5))
    return 0 if today.isoweekday() >= 6 or coming else -1


def read_weekday(slots: Slots, context: Context) -> Reading | None:
    """A weekday: the last one or, of the future, the next; one that equals the publication day is that day."""
    weekday, time = slots.whole("weekday"), clock_time(slots)
    if "weekday_daypart" in slots:
        number, _, daypart = (slots.value("weekday_daypart") or "").partition(" ")
        weekday, time = int(number), f"T{daypart}"
    if weekday is None:
        return None
    reading = _weekday(weekday, slots, context)
    return reading.timed(time) if time else reading


def _weekday(weekday: int, slots: Slots, context: Context) -> Reading:
    told_from = slots.option("from") == "narrative" and context.day_of_story
    anchor: Anchor | None = told_from or context.publication
    if anchor is None:
        return undated(f"XXXX-WXX-{weekday}")
    today, shift = anchor.day, slots.whole("shift")
    if "unit" in slots and shift is not None:
        monday = today - timedelta(today.isoweekday() - 1)
        return dated(period.day(monday + timedelta(7 * shift + weekday - 1)), anchor.basis, anchor.why)
    back, ahead = (today.isoweekday() - weekday) % 7, (weekday - today.isoweekday()) % 7
    if shift is not None and shift < 0:
        day = today - timedelta((back or 7) + 7 * (-1 - shift))
    elif shift is not None and shift > 0:
        day = today + timedelta((ahead or 7) + 7 * (shift - 1))
    elif shift == 0:
        day = today - timedelta(back) if context.tense() == PAST else today + timedelta(ahead)
    else:
        tense = context.tense()
        coming = tense in (PRESENT, FUTURE) or (tense is None and context.looks_ahead)
        day = today + timedelta(ahead) if coming else today - timedelta(back)
    return dated(period.day(day), anchor.basis, anchor.why)


def read_deictic(slots: Slots, context: Context) -> Reading | None:
    """"Yesterday", "tomorrow evening"."""
    time = slots.value("daypart")
    if context.published is None:
        reading = undated("XXXX-XX-XX", NO_PUBLICATION)
    else:
        day = context.published + timedelta(int(slots.value("day_shift") or 0))
        reading = dated(period.day(day), Basis.RELATIVE, "the publication date")
    return reading.timed(f"T{time}") if time else reading


def read_today(slots: Slots, context: Context) -> Reading | None:
    """"Today": the publication day in daily news, else "nowadays"."""
    counts = context.daily or slots.option("always_a_day")
    if context.published is None or not counts or slots.neighbour(-1).lower() in slots.listed("generic_after"):
        return undated("PRESENT_REF", "the present")
    return dated(period.day(context.published), Basis.RELATIVE, "the publication date", tells=False)


def read_night(slots: Slots, context: Context) -> Reading | None:
    """"In the night to Wednesday": from the evening of the day before to that morning."""
    if "month" in slots:
        reading = read_date(slots, context)
    else:
        reading = read_deictic(slots, context) if "day_shift" in slots else read_weekday(slots, context)
    if reading is None or reading.span.end is None:
        return reading
    last = reading.span.end
    span = TimeSpan.of(last - timedelta(1), last, reading.span.basis, Granularity.INTERVAL)
    return reading._replace(span=span)


def read_offset(slots: Slots, context: Context) -> Reading | None:
    """"Two weeks ago", "in three days", "a year later"."""
    unit, count = slots.value("unit") or slots.option("unit"), slots.value("n") or "X"
    direction = int(slots.value("dir") or 0)
    as_length = slots.option("timex") == "duration"
    kind = TimexType.DURATION if as_length else TimexType.DATE
    length = duration_value(count, unit)
    if length is None:
        return None
    from_told = slots.option("from") == "narrative"
    anchor = _told_for(unit, context, "Y", direction) if from_told else context.publication
    if anchor is None or (slots.option("tense") == "future" and context.tense() == PAST):
        if as_length:
            return undated(length, _nothing(context) if anchor is None else "a length of time", kind)
        return undated(UNKNOWN_VALUE.get(unit, "XXXX-XX-XX"), _nothing(context))
    if count == "X":
        value = length if as_length else ("PAST_REF" if direction < 0 else "FUTURE_REF")
        return Reading(kind, value, _reach(unit, SOME[unit], direction, anchor, own_day=False), anchor.why)
    steps = number_of(count)
    there = period.stepped(unit, anchor.day, direction * steps)
    if anchor.basis is Basis.NARRATIVE and _is_too_late(there, anchor.day, context):
        return undated(length if as_length else UNKNOWN_VALUE.get(unit, "XXXX-XX-XX"), NO_DAY_TOLD, kind)
    value = length if as_length else _value_of_step(unit, there, direction * steps)
    kind = TimexType.TIME if not as_length and "T" in value else kind
    span = TimeSpan.of(*there.days, anchor.basis, there.granularity)
    if slots.value("hedge") == "more":
        span = TimeSpan.of(None, there.days[1], anchor.basis, there.granularity)
    return Reading(kind, value, span, anchor.why, tells=there.granularity is Granularity.DAY)


def _is_too_late(there: period.Period, told: date, context: Context) -> bool:
    """"Thirty years later": after publication, of a story before it, in a clause that tells no future."""
    today = context.published
    return today is not None and told <= today < there.days[0] and context.tense() != FUTURE


def _nothing(context: Context) -> str:
    return NO_DAY_TOLD if context.publication else NO_PUBLICATION


def _told_for(unit: str, context: Context, unsaid: Container[str], direction: int) -> Anchor | None:
    """What "two days later", "the previous year" are counted from: what was told before, if it is fine enough.

    Back, days are counted from that of the report in their sentence ("said on Tuesday … a day earlier"). Units among
    ``unsaid`` are counted from the publication date where nothing was told.
    """
    if direction < 0 and unit in ("D", "W", "H") and (reported := context.day_reported) is not None:
        return reported
    told = context.told
    if told is not None and told.start is not None and (unit == "Y" or (unit == "M" and told.granularity in FINE)):
        return Anchor(told.start, Basis.NARRATIVE, "the time told before")
    return context.day_of_story or (context.publication if unit in unsaid else context.day_counted_from)


def _value_of_step(unit: str, there: period.Period, steps: float) -> str:
    """TIMEX3 value of a counted date: a week for weeks, a day for days."""
    if unit == "W":
        return period.week(there.days[0]).value
    if unit == "DE":
        return period.decade(there.days[0].year // 10).value
    if unit in ("H", "MIN", "S"):
        return "PAST_REF" if steps < 0 else "FUTURE_REF"
    return there.value


def read_window(slots: Slots, context: Context) -> Reading | None:
    """"The past three months", "the coming days": a length, and the days it covers."""
    unit, shift = slots.value("unit") or "", int(slots.value("shift") or 0)
    count = slots.value("n") or slots.option("n") or "X"
    length = duration_value(count, unit)
    if length is None:
        return None
    if shift == 0 or context.publication is None:
        return undated(length, NO_PUBLICATION if shift else "a length of time", TimexType.DURATION)
    steps = SOME[unit] if count == "X" else round(number_of(count))
    span = _reach(unit, steps, 1 if shift > 0 else -1, context.publication)
    return Reading(TimexType.DURATION, length, span, context.publication.why)


def read_vague_window(slots: Slots, context: Context) -> Reading | None:
    """"Recent weeks", "the coming days": no length, but the days they can cover."""
    unit, shift = slots.value("unit") or "", int(slots.value("shift") or 0)
    value = "PAST_REF" if shift < 0 else "FUTURE_REF"
    if context.publication is None:
        return undated(value)
    span = _reach(unit, SOME[unit], shift, context.publication)
    return Reading(TimexType.DATE, value, span, context.publication.why)


def _reach(unit: str, steps: int, direction: int, anchor: Anchor, own_day: bool = True) -> TimeSpan:
    """From the anchor's day ``steps`` units back or ahead; months and years from their first day on."""
    today = anchor.day
    try:
        if unit in ("H", "MIN", "S"):
            beside = today + timedelta(direction * (ceil(steps / 24) if unit == "H" else 1))
            return TimeSpan.of(min(today, beside), max(today, beside), anchor.basis)
        if unit in ("D", "W", "WE"):
            there = today + timedelta(direction * steps * (1 if unit == "D" else 7))
        else:
            months = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}[unit]
            there = add_months(today, direction * steps * months)
            if direction < 0:
                there = there.replace(day=1) if unit == "M" else there.replace(day=1, month=1)
    except (ValueError, OverflowError):
        return UNDATED
    if not own_day:
        today += timedelta(direction)
    first, last = sorted((there, today))
    return TimeSpan.of(first, last, anchor.basis, Granularity.INTERVAL)
