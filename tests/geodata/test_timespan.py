"""Time spans: arithmetic, EDTF in and out, wording."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.calendar import easter_sunday, part_days, season_days, week_days
from geodata.edtf import format_edtf, parse_edtf
from geodata.timespan import UNDATED, Basis, Granularity, Overlap, TimeSpan, union_of
from geodata.wording import in_words

ends = st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)))


@st.composite
def spans(draw: st.DrawFn) -> TimeSpan:
    start, end = draw(ends), draw(ends)
    if start and end and start > end:
        start, end = end, start
    return TimeSpan.of(start, end)


@given(spans())
def test_edtf_round_trips(span: TimeSpan) -> None:
    assert parse_edtf(span.edtf) == (span.start, span.end)
    assert TimeSpan.from_edtf(span.edtf) == span


@given(spans(), spans())
def test_union_holds_both(one: TimeSpan, other: TimeSpan) -> None:
    both = one.union(other)
    assert one.overlap(both) is not Overlap.NONE
    assert other.overlap(both) is not Overlap.NONE
    if one.is_dated and other.is_dated and both.is_dated:
        assert one.overlap(both) is Overlap.CERTAIN
        assert other.overlap(both) is Overlap.CERTAIN


@given(spans(), st.integers(0, 100_000))
def test_widening_never_loses_a_day(span: TimeSpan, days: int) -> None:
    if span.is_dated:
        assert span.overlap(span.widened(days)) is Overlap.CERTAIN


@given(spans(), spans())
def test_intersection_is_empty_exactly_where_overlap_is_none(one: TimeSpan, other: TimeSpan) -> None:
    assert (one.intersection(other) is None) == (one.overlap(other) is Overlap.NONE)


@given(spans(), st.sampled_from(["de", "en", "xx"]))
def test_every_span_has_words(span: TimeSpan, language: str) -> None:
    assert in_words(span, language)
    assert "{" not in in_words(span, language)


@pytest.mark.parametrize(("text", "start", "end"), [
    ("2024-10-16", "2024-10-16", "2024-10-16"),
    ("2024-10-16T17:19", "2024-10-16", "2024-10-16"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2024", "2024-01-01", "2024-12-31"),
    ("2024-23", "2024-09-01", "2024-11-30"),
    ("2024-24", "2024-12-01", "2025-02-28"),
    ("199X", "1990-01-01", "1999-12-31"),
    ("2024-07~/2024-10-16", "2024-07-01", "2024-10-16"),
    ("2023/..", "2023-01-01", None),
    ("../2023-05", None, "2023-05-31"),
    ("2004-06-XX", "2004-06-01", "2004-06-30"),
])
def test_parse_edtf(text: str, start: str | None, end: str | None) -> None:
    assert parse_edtf(text) == (start and date.fromisoformat(start), end and date.fromisoformat(end))


@pytest.mark.parametrize("text", ["yesterday", "2024-13", "2024-02-30", "24-01-01", "202X-05", "2024-05/2023", "0000"])
def test_what_is_not_edtf_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - datetime and we word it differently
        parse_edtf(text)


def test_format_edtf_is_as_coarse_as_the_days_allow() -> None:
    assert format_edtf(date(2024, 10, 1), date(2024, 10, 31)) == "2024-10"
    assert format_edtf(date(2024, 9, 1), date(2024, 11, 30)) == "2024-23"
    assert format_edtf(date(2020, 1, 1), date(2022, 12, 31)) == "2020/2022"
    assert format_edtf(date(2024, 10, 11), date(2024, 10, 31)) == "2024-10-11/2024-10-31"
    assert format_edtf(date(2023, 1, 1), None) == "2023/.."


def test_overlap_with_a_window() -> None:
    october = TimeSpan.from_edtf("2024-10")
    assert TimeSpan.from_edtf("2024-10-16").overlap(october) is Overlap.CERTAIN
    assert TimeSpan.from_edtf("2024").overlap(october) is Overlap.POSSIBLE
    assert TimeSpan.from_edtf("2023/..").overlap(october) is Overlap.POSSIBLE
    assert TimeSpan.from_edtf("2024-11").overlap(october) is Overlap.NONE
    assert TimeSpan.from_edtf("../2024-09-30").overlap(october) is Overlap.NONE
    assert UNDATED.overlap(october) is Overlap.POSSIBLE
    assert october.overlap(UNDATED) is Overlap.CERTAIN


def test_union_keeps_the_weaker_basis_and_ignores_the_undated() -> None:
    stated = TimeSpan.from_edtf("2024-10-16")
    relative = TimeSpan.from_edtf("2024-10-18", Basis.RELATIVE)
    assert stated.union(relative) == TimeSpan.of(date(2024, 10, 16), date(2024, 10, 18), Basis.RELATIVE)
    assert union_of([UNDATED, stated, UNDATED]) == stated
    assert union_of([]) == UNDATED


@pytest.mark.parametrize(("edtf", "granularity"), [
    ("2024-10-14/2024-10-20", Granularity.WEEK), ("2025-01-11/2025-01-20", Granularity.MONTH_PART),
    ("2024-07/2024-09", Granularity.QUARTER), ("2024-21", Granularity.SEASON), ("199X", Granularity.DECADE),
    ("1901/2000", Granularity.CENTURY), ("2024-10-15/2024-10-21", Granularity.INTERVAL),
    ("2023/..", Granularity.INTERVAL),
])
def test_granularity(edtf: str, granularity: Granularity) -> None:
    assert TimeSpan.from_edtf(edtf).granularity is granularity


@pytest.mark.parametrize(("edtf", "english", "german"), [
    ("2024-10-16", "16 October 2024", "16. Oktober 2024"),
    ("2025-01-11/2025-01-20", "mid-January 2025", "Mitte Januar 2025"),
    ("2024-10-14/2024-10-20", "14–20 October 2024", "14.–20. Oktober 2024"),
    ("2024-09-30/2024-10-06", "30 September – 6 October 2024", "30. September – 6. Oktober 2024"),
    ("2024-12-30/2025-01-05", "30 December 2024 – 5 January 2025", "30. Dezember 2024 – 5. Januar 2025"),
    ("2024-23", "autumn 2024", "Herbst 2024"),
    ("2024-24", "winter 2024/25", "Winter 2024/25"),
    ("2024-07/2024-09", "third quarter of 2024", "3. Quartal 2024"),
    ("2020/2022", "2020 – 2022", "2020 – 2022"),
    ("2024-05/2024-12", "May 2024 – December 2024", "Mai 2024 – Dezember 2024"),
    ("199X", "1990s", "1990er-Jahre"),
    ("1901/2000", "20th century", "20. Jahrhundert"),
    ("2024-09/..", "since September 2024", "seit September 2024"),
    ("2024-09-05/..", "since 5 September 2024", "seit dem 5. September 2024"),
    ("../2024-10-15", "before 16 October 2024", "vor dem 16. Oktober 2024"),
    ("../2024-10", "until October 2024", "bis Oktober 2024"),
    ("", "undated", "ohne Datum"),
])
def test_wording(edtf: str, english: str, german: str) -> None:
    span = TimeSpan.from_edtf(edtf)
    assert in_words(span, "en") == english
    assert in_words(span, "de") == german


def test_what_is_only_known_from_the_publication_date_reads_until() -> None:
    span = TimeSpan.of(None, date(2024, 10, 16), Basis.PUBLICATION)
    assert in_words(span, "en") == "until 16 October 2024"
    assert in_words(span, "de") == "bis zum 16. Oktober 2024"


@pytest.mark.parametrize(("year", "month", "day"), [(1818, 3, 22), (2000, 4, 23), (2024, 3, 31), (2038, 4, 25)])
def test_easter(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == date(year, month, day)


@given(st.integers(1583, 9999))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    sunday = easter_sunday(year)
    assert sunday.weekday() == 6
    assert date(year, 3, 22) <= sunday <= date(year, 4, 25)


@given(st.dates(date(2, 1, 1), date(9990, 1, 1)), st.integers(20, 5000))
def test_parts_of_a_period_lie_within_it_in_order(first: date, length: int) -> None:
    period = (first, first + timedelta(length))
    start, middle, end = (part_days(period, part) for part in ("start", "middle", "end"))
    assert period[0] <= start[0] <= start[1] < middle[0] <= middle[1] < end[0] <= end[1] <= period[1]


def test_start_of_a_week() -> None:
    assert part_days(week_days(2025, 47), "start") == (date(2025, 11, 17), date(2025, 11, 18))
    assert season_days(2024, 24) == (date(2024, 12, 1), date(2025, 2, 28))
