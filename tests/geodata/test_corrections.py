"""Corrections: found again by their words, replayed in order, undone, exported without loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.corrections import (
    Change,
    Confirm,
    Correction,
    Discard,
    Merge,
    Move,
    Redate,
    Restate,
    Retype,
    Split,
    Told,
    Undo,
    anchor_of,
    in_effect,
    read_corrections,
    words_of,
    write_corrections,
)
from geodata.errors import InputError
from geodata.event import Event, Factuality, Mark, Quantity, Source
from geodata.place import Place, PlaceKind
from geodata.replay import about_the_same, replay
from geodata.timespan import UNDATED, TimeSpan

TEXT = "Am Hang brach ein Feuer aus. Später trat der Bach über die Ufer. Die Schule blieb zu."
NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
VALLEY = Place("gn:11", "Talheim", PlaceKind.CITY, "AT", 47.1, 13.2, 3.0, names=(("de", "Talheim"),))
HILL = Place("gn:12", "Bergdorf", PlaceKind.CITY, "AT", 47.2, 13.3, 2.0)


def source(quote: str, trigger: str = "", text: str = TEXT, article: str = "a1") -> Source:
    start = text.index(quote)
    at = quote.index(trigger) if trigger else 0
    marks = (Mark(at, at + len(trigger), "trigger"),) if trigger else ()
    return Source(article, quote, start, start + len(quote), sha256(text.encode()).hexdigest(), marks=marks)


FIRE = Event("e1", "wildfire", Factuality.ASSERTED, (source("Am Hang brach ein Feuer aus.", "Feuer"),), HILL)
FLOOD = Event("e2", "flood", Factuality.CLAIMED, (source("Später trat der Bach über die Ufer.", "Ufer"),), None)


def correct(event: Event, change: Change, minutes: int = 0, who: str = "ana", why: str = "") -> Correction:
    return Correction(anchor_of(event), change, who, NOON + timedelta(minutes=minutes), why)


def only(events: Sequence[Event]) -> Event:
    assert len(events) == 1
    return events[0]


def test_a_moved_pin_says_who_moved_it_when_and_why() -> None:
    moved = replay([FIRE, FLOOD], [correct(FLOOD, Move(VALLEY), why="der Bach fließt dort")])
    assert [event.place for event in moved.events] == [HILL, VALLEY]
    assert moved.events[1].why[-1] == "correction (move) by ana on 2031-05-04: der Bach fließt dort"
    assert moved.events[0] == FIRE
    assert list(moved.reviewed) == ["e2"]


def test_type_date_status_and_confirmation() -> None:
    span = TimeSpan.of(date(2031, 5, 1), date(2031, 5, 2))
    event = only(replay([FIRE], [
        correct(FIRE, Retype("accident"), 1), correct(FIRE, Redate(span), 2),
        correct(FIRE, Restate(Factuality.DENIED, "the mayor"), 3), correct(FIRE, Confirm(), 4)]).events)
    assert (event.type, event.span, event.factuality, event.claimed_by) == (
        "accident", span, Factuality.DENIED, "the mayor")
    assert event.confidence == 1.0
    assert event.codes.acled != ""
    assert len(event.why) == 4


def test_the_later_word_holds_however_they_arrive() -> None:
    first, second = correct(FIRE, Retype("accident"), 1), correct(FIRE, Retype("explosion"), 2, who="ben")
    for order in ([first, second], [second, first]):
        assert only(replay([FIRE], order).events).type == "explosion"


def test_a_correction_outlives_a_new_id_place_type_and_longer_quote() -> None:
    correction = correct(FIRE, Move(VALLEY))
    longer = source("Am Hang brach ein Feuer aus. Später trat der Bach über die Ufer.", "Feuer")
    renumbered = Event("other", "accident", Factuality.CLAIMED, (longer,), None)
    assert only(replay([renumbered], [correction]).events).place == VALLEY


def test_a_correction_outlives_a_text_extracted_anew() -> None:
    text = "Wetter\n\n" + TEXT.replace("brach ein", "brach\nein")
    again = replace(FIRE, id="e9", sources=(source("Am Hang brach\nein Feuer aus.", "Feuer", text),))
    assert only(replay([again], [correct(FIRE, Discard())]).discarded).id == "e9"


def test_the_same_words_of_another_article_are_another_matter() -> None:
    text = "Am Hang brach ein Feuer aus."
    other = replace(FIRE, id="e8", sources=(source(text, "Feuer", text, "a2"),))
    assert replay([other], [correct(FIRE, Discard())]).events == (other,)
    copy = replace(other, sources=(replace(other.sources[0], article="a1"),))
    assert replay([copy], [correct(FIRE, Discard())]).events == ()


def test_two_events_of_one_sentence_are_told_apart_by_their_triggers() -> None:
    quote = "Am Hang brach ein Feuer aus."
    other = Event("e0", "wildfire", Factuality.ASSERTED, (source(quote, "Hang"),), HILL)
    result = replay([other, FIRE], [correct(FIRE, Move(VALLEY))])
    assert {event.id: event.place for event in result.events} == {"e0": HILL, "e1": VALLEY}


def test_the_pins_of_one_event_are_told_apart_by_their_places() -> None:
    pins = [replace(FIRE, id="p1", group="g"), replace(FIRE, id="p2", group="g", place=VALLEY)]
    assert [event.id for event in replay(pins, [correct(pins[1], Discard())]).events] == ["p1"]
    relocated = [pins[0], replace(pins[1], id="p3", place=None)]
    assert len(replay(relocated, [correct(pins[1], Discard())]).events) == 1


def test_an_event_of_other_words_is_never_touched() -> None:
    correction = correct(FIRE, Discard())
    result = replay([FLOOD], [correction])
    assert result.events == (FLOOD,)
    assert result.unmatched == (correction,)


def test_discarded_words_leave_an_event_that_others_tell_too() -> None:
    elsewhere = source("Es brannte am Hang.", "brannte", "Es brannte am Hang.", "a2")
    both = replace(FIRE, sources=(*FIRE.sources, elsewhere))
    assert only(replay([both], [correct(FIRE, Discard())]).events).sources == (elsewhere,)


def test_merge_and_split() -> None:
    merged = only(replay([FIRE, FLOOD], [correct(FIRE, Merge((anchor_of(FLOOD),)))]).events)
    assert merged.sources == (*FIRE.sources, *FLOOD.sources)
    assert (merged.id, merged.place) == ("e1", HILL)
    split = correct(merged, Split((words_of(FLOOD.sources[0]),)), 1)
    stays, leaves = replay([merged], [split]).events
    assert (stays.sources, leaves.sources) == (FIRE.sources, FLOOD.sources)
    assert leaves.id == replay([merged], [split]).events[1].id != stays.id
    moved = replay([merged], [split, correct(leaves, Move(VALLEY), 2)])
    assert [event.place for event in moved.events] == [HILL, VALLEY]
    assert replay([FIRE], [split]).unmatched == (split,)


def test_both_parts_of_a_split_have_what_their_own_reports_tell() -> None:
    flood = source("Später trat der Bach über die Ufer.", "Bach")
    one, two = (Quantity(at, at + 1, str(at), "people", at, at) for at in (1, 2))
    both = replace(FIRE, sources=(*FIRE.sources, flood), quantities=(one, two))
    day = TimeSpan.of(date(2031, 5, 2), date(2031, 5, 2))
    told = Told("flood", VALLEY, day, Factuality.CLAIMED, "the mayor", (two,))
    stays = Told("wildfire", None, UNDATED, Factuality.ASSERTED, quantities=(one,))
    here, there = replay([both], [correct(both, Split((words_of(flood),), told, stays))]).events
    assert (here.id, here.type, here.place, here.quantities) == (FIRE.id, "wildfire", None, (one,))
    assert (there.type, there.place, there.claimed_by, there.quantities) == ("flood", VALLEY, "the mayor", (two,))
    assert there.span == day


def test_corrections_meet_where_one_word_in_one_place_is_meant() -> None:
    other_pin = replace(FIRE, id="e9", place=VALLEY)
    confirmed = correct(FIRE, Confirm())
    assert about_the_same(confirmed, correct(replace(FIRE, place=VALLEY), Discard(), 1, "ben"))
    assert about_the_same(confirmed, correct(FLOOD, Merge((anchor_of(FIRE),)), 1))
    assert not about_the_same(confirmed, correct(FLOOD, Confirm(), 1))
    assert not about_the_same(confirmed, correct(other_pin, Confirm(), 1))


def test_undo_and_its_undo() -> None:
    discard = correct(FIRE, Discard())
    undo = correct(FIRE, Undo(discard.id), 1)
    redo = correct(FIRE, Undo(undo.id), 2)
    assert replay([FIRE], [discard]).events == ()
    assert replay([FIRE], [undo, discard]).events == (FIRE,)
    assert replay([FIRE], [discard, undo, redo]).events == ()


def test_what_was_undone_leaves_no_trace_and_doubles_count_once() -> None:
    move, confirm = correct(FLOOD, Move(VALLEY)), correct(FLOOD, Confirm(), 1)
    assert in_effect([move, confirm, confirm, correct(FLOOD, Undo(move.id), 2)]) == (confirm,)


CHANGES: list[Change] = [
    Move(VALLEY), Move(None), Retype("storm"), Redate(TimeSpan.of(None, date(2031, 1, 1))),
    Restate(Factuality.PLANNED), Merge((anchor_of(FLOOD),)), Split((words_of(FIRE.sources[0]),)),
    Split((words_of(FIRE.sources[0]),), Told("storm", VALLEY, UNDATED, Factuality.CLAIMED, "x"), None), Discard(),
    Confirm(), Undo("0123456789abcdef")]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
def test_reads_back_from_json_lines(tmp_path: Path, change: Change) -> None:
    corrections = (correct(FIRE, change, why="weil …\n\udc80"), correct(FLOOD, change, 3))
    assert write_corrections(tmp_path / "c.jsonl", corrections) == 2
    assert read_corrections(tmp_path / "c.jsonl") == corrections


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(CHANGES[:-1]), st.sampled_from([FIRE, FLOOD]), st.integers(0, 99)),
                max_size=8), st.randoms())
def test_any_corrections_in_any_order_give_one_result(
        made: list[tuple[Change, Event, int]], random: object) -> None:
    corrections = [correct(event, change, minutes) for change, event, minutes in made]
    shuffled = [*corrections, *corrections[:2]]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    once = replay([FIRE, FLOOD], corrections)
    assert replay([FIRE, FLOOD], shuffled) == once
    told = [words_of(each) for event in (*once.events, *once.discarded) for each in event.sources]
    assert set(told) == {words_of(each) for event in (FIRE, FLOOD) for each in event.sources}


def test_moments_need_a_zone_and_are_kept_in_utc() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Correction(anchor_of(FIRE), Confirm(), "ana", datetime(2031, 1, 1))
    local = Correction(anchor_of(FIRE), Confirm(), "ana", NOON.astimezone(timezone(timedelta(hours=5))))
    assert local.id == correct(FIRE, Confirm()).id


@pytest.mark.parametrize("line", ["{", "[]", '{"action": "move"}', "1", '{"action":"explode","who":"x"}', "[" * 10_000])
def test_a_malformed_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "c.jsonl"
    write_corrections(path, [correct(FIRE, Confirm())])
    path.write_text(path.read_text() + line)
    with pytest.raises(InputError, match=r"c\.jsonl:2: is no correction"):
        read_corrections(path)
