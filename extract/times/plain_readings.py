"""Readings that name no day: lengths of time, what happens again and again, "now" and "once"."""

from __future__ import annotations

import re

from extract.annotation import TimexType
from extract.times.context import Context
from extract.times.reading import NOTHING, Reading, Slots, undated

OF_THE_CLOCK = {"S": "S", "MIN": "M", "H": "H"}
"""Units that stand after the ``T`` of a TIMEX3 duration."""


THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")


def duration_value(count: str, unit: str) -> str | None:
    """``P3M``, ``PT2H``, ``PXY``; ``None`` where the count is no number that makes sense."""
    if count != "X":
        count = f"{number_of(count):g}"
        if "e" in count:
            return None
    if unit in OF_THE_CLOCK:
        return f"PT{count}{OF_THE_CLOCK[unit]}"
    return f"P{count}{unit}"


def number_of(text: str) -> float:
    """A number as it is written: "2.500" and "2,500" are thousands, "2,5" and "2.5" are not."""
    if THOUSANDS.fullmatch(text):
        return float(re.sub("[.,]", "", text))
    return float(text.replace(",", "."))


def read_duration(slots: Slots, _context: Context) -> Reading | None:
    """"Three months", "two years and a half", "for days"."""
    if "length" in slots:
        number, _, unit = (slots.value("length") or "").partition(" ")
    else:
        number, unit = slots.value("n") or slots.option("n") or "X", slots.value("unit") or slots.option("unit")
        number += ".5" if slots.option("half") else ""
    value = duration_value(number, unit)
    if value is None or unit == "WE":
        return None
    if "unit2" in slots:
        more = duration_value(slots.value("n2") or "X", slots.value("unit2") or "")
        if more is None:
            return None
        value += more[1:] if not (more.startswith("PT") and "T" in value) else more[2:]
    return undated(value, "a length of time", TimexType.DURATION)


def read_a_unit(slots: Slots, _context: Context) -> Reading | None:
    """"For a year" is a length, "300 barrels a day" a rate: the word before tells."""
    unit, before = slots.value("unit") or "", slots.neighbour(-1)
    if unit == "WE":
        return None
    is_rate = before and re.fullmatch(slots.option("rate_after"), before)
    if is_rate and slots.neighbour(1) not in slots.listed("length_before"):
        return undated(duration_value("1", unit) or "", "again and again", TimexType.SET)
    return undated(duration_value("1", unit) or "", "a length of time", TimexType.DURATION)


HALVES = {"Y": "P6M", "H": "PT30M", "D": "PT12H", "DE": "P5Y", "CE": "P50Y", "M": "P15D"}
"""Half of a unit, in units that are whole."""


def read_half(slots: Slots, _context: Context) -> Reading | None:
    """"Half an hour", "half a year"."""
    value = HALVES.get(slots.value("unit") or "")
    return undated(value, "a length of time", TimexType.DURATION) if value else None


def read_set(slots: Slots, _context: Context) -> Reading | None:
    """"Every Monday", "daily", "twice a week"."""
    return undated(_set_value(slots), "again and again", TimexType.SET)


def _set_value(slots: Slots) -> str:
    if "every" in slots:
        return slots.value("every") or ""
    if "per" in slots:
        return duration_value("1", slots.value("per") or "") or ""
    if "weekday" in slots:
        return f"XXXX-WXX-{slots.value('weekday')}"
    if "weekday_daypart" in slots:
        weekday, _, daypart = (slots.value("weekday_daypart") or "").partition(" ")
        return f"XXXX-WXX-{weekday}T{daypart}"
    if "daypart" in slots:
        return f"XXXX-XX-XXT{slots.value('daypart')}"
    if "season" in slots:
        return f"XXXX-{slots.value('season')}"
    if "month" in slots:
        return f"XXXX-{int(slots.value('month') or 0):02}"
    return duration_value(slots.value("n") or "1", slots.value("unit") or "") or ""


def read_reference(slots: Slots, _context: Context) -> Reading | None:
    """"Now", "recently", "soon": no day, whatever the publication date."""
    value = slots.value("reference") or slots.option("value")
    return undated(value, {"PRESENT_REF": "the present", "PAST_REF": "some past", "FUTURE_REF": "some future"}[value])


def read_nothing(_slots: Slots, _context: Context) -> Reading | None:
    """What only looks like an expression."""
    return NOTHING
