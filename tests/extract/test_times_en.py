"""Temporal tagging, English: what is found, its TIMEX3 value, its days."""

from __future__ import annotations

from functools import partial

import pytest

from tests.extract import tagging

times, one = partial(tagging.times, lang="en"), partial(tagging.one, lang="en")


@pytest.mark.parametrize(("text", "span", "value", "edtf"), [
    ("The ferry sank on 3 March 2019 off Crete.", "3 March 2019", "2019-03-03", "2019-03-03"),
    ("The ferry sank on March 3, 2019, off Crete.", "March 3, 2019", "2019-03-03", "2019-03-03"),
    ("The ferry sank on the 3rd of March 2019.", "3rd of March 2019", "2019-03-03", "2019-03-03"),
    ("Dated Sunday, Dec. 19, 2021.", "Sunday, Dec. 19, 2021", "2021-12-19", "2021-12-19"),
    ("Dated 12/19/2021.", "12/19/2021", "2021-12-19", "2021-12-19"),
    ("Dated 19/12/2021.", "19/12/2021", "2021-12-19", "2021-12-19"),
    ("Dated 2021-12-19.", "2021-12-19", "2021-12-19", "2021-12-19"),
    ("The mill burned down in mid-August 2020.", "mid-August 2020", "2020-08", "2020-08-11/2020-08-20"),
    ("The mill burned down in May 2020.", "May 2020", "2020-05", "2020-05"),
    ("The river rose in the fall of 2018.", "the fall of 2018", "2018-FA", "2018-23"),
    ("The mill opened in 1987.", "1987", "1987", "1987"),
    ("The mill closed in the early 1990s.", "the early 1990s", "199", "1990/1992"),
    ("The mill closed in the '80s.", "the '80s", "198", "198X"),
    ("It was the year 79.", "the year 79", "0079", "0079"),
    ("It was the 2010s.", "the 2010s", "201", "201X"),
    ("The bridge dates from the 19th century.", "the 19th century", "18", "1801/1900"),
    ("Sales fell in the third quarter of 2022.", "the third quarter of 2022", "2022-Q3", "2022-07/2022-09"),
    ("The boat sank on Labor Day 2021.", "Labor Day 2021", "2021-09-06", "2021-09-06"),
    ("The boat sank on Christmas Eve 2021.", "Christmas Eve 2021", "2021-12-24", "2021-12-24"),
    ("After 9/11 the rules changed.", "9/11", "2001-09-11", "2001-09-11/.."),
])
def test_stated(text: str, span: str, value: str, edtf: str) -> None:
    found = one(text)
    assert (found.text, found.value, found.span.edtf) == (span, value, edtf)
    assert found.span.basis == "stated"
    assert one(text, published=None).span == found.span


@pytest.mark.parametrize(("text", "span", "value", "edtf"), [
    ("The train derailed on Monday.", "Monday", "2023-05-15", "2023-05-15"),
    ("The train derailed Wednesday.", "Wednesday", "2023-05-17", "2023-05-17"),
    ("Ministers will meet on Friday.", "Friday", "2023-05-19", "2023-05-19"),
    ("Monday's storm killed two.", "Monday", "2023-05-15", "2023-05-15"),
    ("The train derailed late Monday night.", "late Monday night", "2023-05-15TNI", "2023-05-15"),
    ("The train derailed last night.", "last night", "2023-05-16TNI", "2023-05-16"),
    ("The train derailed yesterday morning.", "yesterday morning", "2023-05-16TMO", "2023-05-16"),
    ("A crane fell last week.", "last week", "2023-W19", "2023-05-08/2023-05-14"),
    ("A crane fell earlier this month.", "earlier this month", "2023-05", "2023-05-01/2023-05-17"),
    ("A crane fell late last year.", "late last year", "2022", "2022-09/2022-12"),
    ("A crane fell over the weekend.", "the weekend", "2023-W19-WE", "2023-05-13/2023-05-14"),
    ("A crane fell in November.", "November", "2022-11", "2022-11"),
    ("The bridge will open in November.", "November", "2023-11", "2023-11"),
    ("A crane fell on Dec. 19.", "Dec. 19", "2022-12-19", "2022-12-19"),
    ("A crane fell two years ago.", "two years ago", "2021", "2021"),
    ("A crane fell 10 days ago.", "10 days ago", "2023-05-07", "2023-05-07"),
    ("Eight died in the past three days.", "the past three days", "P3D", "2023-05-14/2023-05-17"),
])
def test_relative(text: str, span: str, value: str, edtf: str) -> None:
    found = one(text)
    assert (found.text, found.value, found.span.edtf) == (span, value, edtf)
    assert found.span.basis == "relative"
    without = one(text, published=None)
    assert not without.span.is_dated
    assert "no publication date" in without.why


@pytest.mark.parametrize(("text", "value"), [
    ("The trial opens Friday.", "2023-05-19"),
    ("The film will be released Friday.", "2023-05-19"),
    ("Gunmen set off a bomb Friday.", "2023-05-12"),
    ("He could not be reached Friday.", "2023-05-12"),
    ("Murder on Friday", "2023-05-12"),
])
def test_the_verb_tells_which_friday(text: str, value: str) -> None:
    assert one(text).value == value


def test_report_time_is_told_from_event_time() -> None:
    said, resume = times("Officials said Tuesday that talks will resume Friday.")
    assert (said.value, resume.value) == ("2023-05-16", "2023-05-19")


def test_the_story_goes_on_from_the_date_told() -> None:
    _, later = times("The siege began on 3 March 2019. Two days later the wall fell.")
    assert (later.value, later.span.basis) == ("2019-03-05", "narrative")
    _, morning = times("The siege began on 3 March 2019. The next morning the wall fell.")
    assert morning.value == "2019-03-04TMO"
    _, november = times("Drivers struck in the autumn of 2019. In November they gave up.")
    assert november.value == "2019-11"


def test_the_time_of_a_statement_is_not_that_of_the_story() -> None:
    *_, later = times("The wall fell on Saturday, police said on Monday. The next day it rained.")
    assert later.value == "2023-05-14"
    assert one("The next day it rained.").span.is_dated is False


def test_later_than_publication_is_later_than_something_else() -> None:
    assert not times("The wall fell on 3 May 2023. Thirty years later, the wounds remain.")[-1].span.is_dated


def test_a_range_of_months_within_the_story() -> None:
    *_, march, may = times("They met on 3 March 2020. Schools closed from March until May.")
    assert march.span == may.span
    assert march.span.edtf == "2020-21"  # March to May are spring
    *_, march, may = times("They met on 3 March 2020. From March until May.")
    assert march.span.edtf == may.span.edtf == "2020-21"


def test_a_clock_takes_the_day_behind_it() -> None:
    clock, day = times("It struck at 9:30 p.m. on Saturday.")
    assert (clock.value, day.value) == ("2023-05-13T21:30", "2023-05-13")
    assert one("It struck at 9 p.m. Saturday.").value == "2023-05-13T21:00"
    clock, _ = times("It struck at 04:17 local time late on Saturday.")
    assert clock.value == "2023-05-13T04:17"
    local, standard, _ = times("It struck at 9pm local time (20:00 GMT) on Saturday.")
    assert (local.value, standard.value) == ("2023-05-13T21:00", "2023-05-13T20:00")
    _, clock, _ = times("On Sunday he left at 9 p.m. local time and came back on Tuesday.")
    assert clock.value == "2023-05-14T21:00"
    assert one("It struck at 1130 GMT.").value == "2023-05-17T11:30"


def test_clock_times_lie_on_the_day_told() -> None:
    monday, clock = times("On Monday the doors opened at 3 p.m. sharp.")
    assert (monday.value, clock.value, clock.type) == ("2023-05-15", "2023-05-15T15:00", "TIME")
    assert one("It struck at 10:30 a.m. EST.").value == "2023-05-17T10:30"


def test_a_range_dates_both_its_ends() -> None:
    for text in ("It ran from October 14-16, 2022.", "It ran from 14 to 16 October 2022."):
        first, last = times(text)
        assert first.span.edtf == last.span.edtf == "2022-10-14/2022-10-16"


@pytest.mark.parametrize(("text", "kind", "value"), [
    ("It rained for three weeks.", "DURATION", "P3W"),
    ("A three-day strike ended.", "DURATION", "P3D"),
    ("A month-long strike ended.", "DURATION", "P1M"),
    ("It took two and a half hours.", "DURATION", "PT2.5H"),
    ("They meet every other day.", "SET", "P2D"),
    ("They waited for a year.", "DURATION", "P1Y"),
    ("They pump 300 barrels a day.", "SET", "P1D"),
    ("They meet once a month.", "SET", "P1M"),
    ("They meet every Monday.", "SET", "XXXX-WXX-1"),
    ("They meet daily.", "SET", "P1D"),
    ("Recently they met.", "DATE", "PAST_REF"),
    ("They now meet.", "DATE", "PRESENT_REF"),
    ("They will soon meet.", "DATE", "FUTURE_REF"),
])
def test_what_is_vague_long_or_repeated_gets_no_date(text: str, kind: str, value: str) -> None:
    found = one(text)
    assert (found.type, found.value) == (kind, value)
    assert not found.span.is_dated


@pytest.mark.parametrize("text", [
    "About 2000 people fled.", "It cost $1999.", "They may march on.", "A 34-year-old man fell.",
    "A three-year-old child fell.", "A second explosion followed.", "A quarter of them fled.",
    "They fell in as many days.",
    "On Black Friday they queued.", "The second man fell.", "Prices fall.", "The score was 3-0.",
])
def test_what_only_looks_like_an_expression(text: str) -> None:
    assert times(text) == ()


@pytest.mark.parametrize(("text", "edtf"), [
    ("The port was hit overnight into Monday.", "2023-05-14/2023-05-15"),
    ("The port was hit overnight from Sunday to Monday.", "2023-05-14/2023-05-15"),
    ("The port was hit in the night of 14 to 15 May.", "2023-05-14/2023-05-15"),
    ("The port was hit a fortnight ago.", "2023-05-03"),
    ("Six people died in the last 48 hours.", "2023-05-15/2023-05-17"),
    ("Both sides meet on Friday.", "2023-05-19"),
    ("Both sides met on Friday.", "2023-05-12"),
    ("The strike is set to begin on Friday.", "2023-05-19"),
    ("Their meeting on Friday was short.", "2023-05-12"),
    ("The ban applies starting Friday.", "2023-05-19/.."),
    ("He left shortly before Easter.", "2023-03-26/2023-04-08"),
])
def test_nights_and_appointments(text: str, edtf: str) -> None:
    assert {found.span.edtf for found in times(text)} == {edtf}


def test_the_day_after_something_is_a_length() -> None:
    assert one("He resigned the day after the vote.").value == "P1D"
    told = times("The dam broke on 3 May 2021. The day after, the valley was empty.")
    assert told[-1].span.edtf == "2021-05-04"


@pytest.mark.parametrize(("text", "edtf"), [
    ("The port was hit in the first days of May.", "2023-05-01/2023-05-10"),
    ("The port was hit the week before last.", "2023-05-01/2023-05-07"),
    ("The port was hit on 2/3 May.", "2023-05-02/2023-05-03"),
])
def test_first_days_and_slashes(text: str, edtf: str) -> None:
    assert {found.span.edtf for found in times(text)} == {edtf}


@pytest.mark.parametrize(("text", "span", "edtf"), [
    ("The guard was shot in the small hours.", "the small hours", "2023-05-16/2023-05-17"),
    ("The guard was shot in the early morning hours.", "the early morning hours", "2023-05-16/2023-05-17"),
    ("The guard was shot in the small hours yesterday.", "the small hours yesterday", "2023-05-16"),
])
def test_hours_of_the_night(text: str, span: str, edtf: str) -> None:
    found = one(text)
    assert (found.text, found.span.edtf) == (span, edtf)
