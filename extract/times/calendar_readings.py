"""Readings of what names the calendar: dates, months, seasons, years, decades, feasts."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Callable
from datetime import date, timedelta

from extract.annotation import TimexType
from extract.times import period
from extract.times.bare_year import is_year, tells
from extract.times.clock import clock_time
from extract.times.context import Context
from extract.times.period import Period
from extract.times.reading import Reading, Slots, dated, full_year, in_likely_year, undated
from geodata.calendar import easter_sunday
from geodata.timespan import Basis, Granularity, TimeSpan

WEEKDAY_MISFIT = ", but the weekday does not fit"
"""Stands in the reason of a date such as "Thursday, 16 October 2024", which was a Wednesday."""

SHORTEST_DECADE = 20
"""Two digits below this are a decade of the 2000s, the others of the 1900s ("the twenties")."""


def read_date(slots: Slots, context: Context) -> Reading | None:
    """A month or a day of one, with or without its year."""
    day, month, stated = _parts(slots, context)
    if month is None or not 1 <= month <= 12:
        return None
    part = slots.value("part")

    def make(year: int) -> Period:
        if day is None:
            return period.month(year, month)
        if (month, day) == (2, 29) and stated is None:  # of the last year that had one
            while not isleap(year):
                year -= 1
        return period.day(date(year, month, day))

    reading: Reading
    if stated is not None:
        reading = dated(make(stated), Basis.STATED, "as stated" + _weekday_note(slots, make(stated)), part)
    else:
        likely = _likely(slots, context, make)
        if likely is None:
            reading = undated(f"XXXX-{month:02}" + (f"-{day:02}" if day else ""))
        else:
            reading = dated(*_with_weekday(slots, likely, make), part)
    time = clock_time(slots)
    return reading.timed(time) if time else reading


def read_slashed_date(slots: Slots, context: Context) -> Reading | None:
    """10/16/2024 or 16/10/2024: in the order of the language where both would do."""
    first, second = slots.whole("first") or 0, slots.whole("second") or 0
    month, day = (first, second) if slots.option("order") == "mdy" else (second, first)
    if month > 12:
        month, day = day, month
    year = full_year(slots.value("year") or "", context.published)
    note = "as stated" + ("" if first == second or max(first, second) > 12 else f", {slots.option('order')}")
    return dated(period.day(date(year, month, day)), Basis.STATED, note)


def _parts(slots: Slots, context: Context) -> tuple[int | None, int | None, int | None]:
    """Day, month and year as the words have them."""
    numeric = slots.value("dmy") or slots.value("dm") or slots.value("compact")
    if numeric and "compact" in slots:
        return int(numeric[6:]), int(numeric[4:6]), int(numeric[:4])
    if numeric:
        numbers = numeric.split(".")
        return int(numbers[0]), int(numbers[1]), full_year(numbers[2], context.published) if len(numbers) > 2 else None
    year = slots.value("year")
    return slots.whole("day"), slots.whole("month"), full_year(year, context.published) if year else None


def _likely(slots: Slots, context: Context, make: Callable[[int], Period]) -> tuple[Period, Basis, str] | None:
    """The period of the year that is meant where none is stated: "of last year", "last May", or the likely one."""
    if "year_shift" in slots:
        if context.published is None:
            return None
        year = context.published.year + int(slots.value("year_shift") or 0)
        return make(year), Basis.RELATIVE, "the publication date"
    return _shifted_month(slots, context, make) if "shift" in slots else in_likely_year(make, context)


def _shifted_month(slots: Slots, context: Context, make: Callable[[int], Period]) -> tuple[Period, Basis, str] | None:
    """"Last May" is the latest that is over, "next May" the first to come, "this May" that of the year."""
    today = context.published
    if today is None:
        return None
    shift = int(slots.value("shift") or 0)
    periods: list[Period] = [make(today.year + years) for years in (-1, 0, 1)]
    if shift < 0:
        chosen = max(p for p in periods if p.days[1] < today)
    elif shift > 0:
        chosen = min(p for p in periods if p.days[0] > today)
    else:
        chosen = periods[1]
    return chosen, Basis.RELATIVE, "the publication date"


def _with_weekday(slots: Slots, likely: tuple[Period, Basis, str],
                  make: Callable[[int], Period]) -> tuple[Period, Basis, str]:
    """"Monday, 1 May": the year in which it was one, if it is the likely year or one beside it."""
    weekday, (named, basis, why) = slots.whole("weekday"), likely
    if weekday is None or named.granularity is not Granularity.DAY:
        return likely
    for year in (named.days[0].year, named.days[0].year - 1, named.days[0].year + 1):
        if make(year).days[0].isoweekday() == weekday:
            return make(year), basis, why
    return named, basis, why + WEEKDAY_MISFIT


def _weekday_note(slots: Slots, named: Period) -> str:
    weekday = slots.whole("weekday")
    if weekday is None or named.granularity is not Granularity.DAY or named.days[0].isoweekday() == weekday:
        return ""
    return WEEKDAY_MISFIT


def read_season(slots: Slots, context: Context) -> Reading | None:
    """A season, of a year if that is told."""
    season, year = slots.value("season") or "", slots.value("year")

    def make(year: int) -> Period:
        return period.season(year, season)

    part = slots.value("part")
    if year:
        return dated(make(full_year(year, context.published)), Basis.STATED, "as stated", part)
    likely = _likely(slots, context, make)
    return dated(*likely, part) if likely else undated(f"XXXX-{season}")


def read_generic_season(slots: Slots, _context: Context) -> Reading | None:
    """A season of no year in particular: "summer is short there"."""
    return undated(f"XXXX-{slots.value('season')}", "any year's")


def read_year(slots: Slots, context: Context) -> Reading | None:
    """A year, its start, middle or end, or several years ("1931/32")."""
    text = slots.value("year") or ""
    if slots.value("era") == "BC":
        return undated(f"BC{int(text):04}", "before the common era")
    first = period.year(int(text) if slots.option("digits") == "all" else full_year(text, context.published))
    until = slots.value("until_year")
    if until is None:
        return dated(first, Basis.STATED, "as stated", slots.value("part"))
    last = int(text[:len(text) - len(until)] + until) if len(until) < len(text) else int(until)
    if not 0 <= last - first.days[0].year <= 10:
        return None
    span = TimeSpan.of(first.days[0], date(last, 12, 31), Basis.STATED, Granularity.INTERVAL)
    return Reading(TimexType.DATE, f"{first.value}/{last:04}", span, "as stated", True)


def read_bare_year(slots: Slots, context: Context) -> Reading | None:
    """A number that stands alone: a year, if its neighbours let it be one."""
    if not is_year(slots, slots.whole("year") or 0, context.lang):
        return None
    reading = read_year(slots, context)
    return reading and reading._replace(tells=tells(slots, context.lang))


def read_decade(slots: Slots, _context: Context) -> Reading | None:
    """"The 1990s", "the nineties", "90er Jahre"."""
    text = slots.value("decade") or ""
    number = int(text) if len(text) > 2 else int(text) + (2000 if int(text) < SHORTEST_DECADE else 1900)
    if number % 10:
        return None
    part = slots.value("part") or slots.value("early")
    return dated(period.decade(number // 10), Basis.STATED, "as stated", part, tells=False)


def read_century(slots: Slots, _context: Context) -> Reading | None:
    """A century by its number, or a part of it."""
    number = slots.whole("century") or 0
    if not 1 <= number <= 30:
        return None
    part = slots.value("part") or slots.value("early")
    return dated(period.century(number), Basis.STATED, "as stated", part, tells=False)


def read_quarter(slots: Slots, context: Context) -> Reading | None:
    """A quarter or half of a year; the year is the likely one where it isn't told."""
    number, half = slots.whole("n") or 0, slots.value("of_year") == "H"
    if not 1 <= number <= (2 if half else 4):
        return None

    def make(year: int) -> Period:
        return period.half_year(year, number) if half else period.quarter(year, number)

    year = slots.value("year")
    if year:
        return dated(make(int(year)), Basis.STATED, "as stated")
    likely = _likely(slots, context, make)
    return dated(*likely) if likely else undated(f"XXXX-{'H' if half else 'Q'}{number}")


def read_week(slots: Slots, context: Context) -> Reading | None:
    """A calendar week by its number (ISO 8601)."""
    number, year = slots.whole("week") or 0, slots.value("year")
    if not 1 <= number <= 53:
        return None

    def make(year: int) -> Period:
        return period.week(date(year, 1, 4) + timedelta(7 * (number - 1)))

    if year:
        return dated(make(int(year)), Basis.STATED, "as stated")
    likely = in_likely_year(make, context)
    return dated(*likely) if likely else undated(f"XXXX-W{number:02}")


def read_holiday(slots: Slots, context: Context) -> Reading | None:
    """A feast: a fixed day of the year, or one counted from Easter; some last several days."""
    feast, _, days = (slots.value("holiday") or "").partition("/")
    year, length = slots.value("year"), int(days or 1)

    def make(year: int) -> Period:
        if feast.startswith("easter"):
            first = easter_sunday(year) + timedelta(int(feast.removeprefix("easter")))
        elif "#" in feast:
            first = _nth_weekday(year, feast)
        else:
            first = date(year, int(feast[:2]), int(feast[3:]))
        named = period.day(first)
        return named if length == 1 else named._replace(days=(first, first + timedelta(length - 1)),
                                                        granularity=Granularity.INTERVAL)

    if year:
        return dated(make(full_year(year, context.published)), Basis.STATED, "as stated")
    likely = _likely(slots, context, make)
    if likely is None:
        return undated("XXXX-XX-XX" if "easter" in feast or "#" in feast else f"XXXX-{feast}")
    return dated(*likely)


def _nth_weekday(year: int, feast: str) -> date:
    """``11#4-4``: of November the fourth Thursday; ``05#-1-1``: of May the last Monday."""
    month, _, rest = feast.partition("#")
    nth, weekday = int(rest[:-2]), int(rest[-1])
    if nth > 0:
        first = date(year, int(month), 1)
        return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    last = date(year, int(month) + 1, 1) - timedelta(1)
    return last - timedelta((last.isoweekday() - weekday) % 7)


def read_fixed(slots: Slots, _context: Context) -> Reading | None:
    """A day that is known by a name or number of its own: "9/11"."""
    return dated(period.day(date.fromisoformat(slots.option("value"))), Basis.STATED, "known by this name", tells=False)
