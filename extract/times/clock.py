"""Times of day: the clock, and the parts of a day."""

from __future__ import annotations

from extract.annotation import TimexType
from extract.times import period
from extract.times.context import Context
from extract.times.reading import NO_DAY_TOLD, NO_PUBLICATION, Reading, Slots, dated, undated
from geodata.timespan import Basis

MILITARY = 4
"""Digits of a clock time without a mark: "1130 GMT"."""

NIGHT = "NI"

AFTERNOON = ("AF", "EV", "NI", "PM")
"""Parts of the day that make "8 o'clock" 20:00."""


def clock_time(slots: Slots) -> str | None:
    """``T08:30`` of a rule's clock, as finely as the text gives it; ``None`` where it has none."""
    text = slots.value("clock")
    if text is None:
        return slots.value("daypart") and f"T{slots.value('daypart')}"
    if len(text) == MILITARY and text.isdecimal():
        text = f"{text[:2]}:{text[2:]}"
    parts = [int(part) for part in text.replace(".", ":").split(":")]
    hour, minute = parts[0], parts[1] if len(parts) > 1 else slots.whole("minute") or 0
    meridiem = slots.value("meridiem")
    if meridiem in AFTERNOON and hour < 12 and not (meridiem == "NI" and hour < 6):
        hour += 12
    elif meridiem == "AM" and hour == 12:
        hour = 0
    minute += int(slots.option("minutes") or 0)  # "half nine" in German: nine less thirty
    if minute < 0:
        hour, minute = (hour - 1) % 24, minute + 60
    if hour > 24 or minute > 59:
        return None
    return f"T{hour:02}:{minute:02}"


def read_clock(slots: Slots, context: Context) -> Reading | None:
    """A time of the clock: of the day told before, else of the publication day."""
    time = clock_time(slots)
    if time is None:
        return None
    anchor = context.clock_day
    if anchor is None:
        return undated(f"XXXX-XX-XX{time}", NO_PUBLICATION, TimexType.TIME)
    return dated(period.day(anchor.day), anchor.basis, anchor.why, tells=False).timed(time)


def read_next_daypart(slots: Slots, context: Context) -> Reading | None:
    """"The next morning", "am Vorabend": of the day after the one told before, or of the one before it."""
    time = f"T{slots.value('daypart')}"
    told = context.day_of_story or context.day_of_time
    if told is None:
        return undated(f"XXXX-XX-XX{time}", NO_DAY_TOLD, TimexType.TIME)
    day = period.shifted("D", told.day, int(slots.value("shift") or slots.option("shift") or 0))
    return dated(day, told.basis, told.why).timed(time)


def read_shifted_daypart(slots: Slots, context: Context) -> Reading | None:
    """"Vergangene Nacht", "kommenden Abend", counted from the publication day; the past night reaches into it."""
    part, shift, publication = slots.value("daypart"), int(slots.value("shift") or 0), context.publication
    if publication is None:
        return undated(f"XXXX-XX-XXT{part}", NO_PUBLICATION, TimexType.TIME)
    coming_night = part == NIGHT and shift > 0  # begins on the publication day
    named = period.shifted("D", publication.day, 0 if coming_night else shift)
    days = (named.days[0], publication.day) if part == NIGHT and shift == -1 else named.days
    return dated(named._replace(days=days), publication.basis, publication.why).timed(f"T{part}")


def read_dayparts(slots: Slots, context: Context) -> Reading | None:
    """"Abends": in the evening of the day told before, else again and again."""
    time, told = f"T{slots.value('daypart')}", context.day_of_time
    if told is not None:
        return dated(period.day(told.day), told.basis, told.why, tells=False).timed(time)
    return undated(f"XXXX-XX-XX{time}", "again and again", TimexType.SET)


def read_daypart(slots: Slots, context: Context) -> Reading | None:
    """"In the evening": of the day told before, else of a day that isn't told.

    Then it is the publication day or the one before: the morning paper's "in the evening" is
    yesterday's, the website's is today's. The span holds both.
    """
    time = f"T{slots.value('daypart')}"
    told = context.day_of_part
    if told is not None:
        return dated(period.day(told.day), told.basis, told.why, tells=False).timed(time)
    if context.publication is None:
        return undated(f"XXXX-XX-XX{time}", NO_PUBLICATION, TimexType.TIME)
    today = period.shifted("D", context.publication.day, 0)
    both = today._replace(days=(period.shifted("D", context.publication.day, -1).days[0], today.days[1]))
    either = both._replace(value="XXXX-XX-XX")
    return dated(either, Basis.RELATIVE, "the publication day or the one before", tells=False).timed(time)
