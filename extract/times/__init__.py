"""Temporal tagging: time expressions, their TIMEX3 values and the days they mean.

A sentence's tokens become lexemes (:mod:`extract.times.lexemes`), the grammar of the language finds
expressions in them (:mod:`extract.times.grammar`), each is read in the light of the publication date
and of what was told before (:mod:`extract.times.context`), and its preposition is applied
(:mod:`extract.times.relation`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from extract import lexicon
from extract.annotation import TimeExpression, TimexType
from extract.article import Publication
from extract.document import Document
from extract.times import calendar_readings, clock, plain_readings, relative_readings
from extract.times.context import Context
from extract.times.grammar import Grammar, Match, grammar_of
from extract.times.lexemes import Lexemes, lexemes_of
from extract.times.reading import NOTHING, Reading, Slots
from extract.times.relation import (
    DURING,
    OPENING,
    Found,
    clocks_on_their_days,
    joined_ranges,
    related,
    relation_before,
)

BOUNDS = "text"
"""Basis of a publication known by bounds that were read off the text itself: nothing is counted from them."""

READINGS: Mapping[str, Callable[[Slots, Context], Reading | None]] = {
    "date": calendar_readings.read_date,
    "slashed-date": calendar_readings.read_slashed_date,
    "season": calendar_readings.read_season,
    "generic-season": calendar_readings.read_generic_season,
    "year": calendar_readings.read_year,
    "bare-year": calendar_readings.read_bare_year,
    "decade": calendar_readings.read_decade,
    "century": calendar_readings.read_century,
    "quarter": calendar_readings.read_quarter,
    "week": calendar_readings.read_week,
    "holiday": calendar_readings.read_holiday,
    "fixed": calendar_readings.read_fixed,
    "unit": relative_readings.read_unit,
    "weekday": relative_readings.read_weekday,
    "deictic": relative_readings.read_deictic,
    "today": relative_readings.read_today,
    "night": relative_readings.read_night,
    "offset": relative_readings.read_offset,
    "window": relative_readings.read_window,
    "vague-window": relative_readings.read_vague_window,
    "next-daypart": clock.read_next_daypart,
    "daypart": clock.read_daypart,
    "shifted-daypart": clock.read_shifted_daypart,
    "dayparts": clock.read_dayparts,
    "clock": clock.read_clock,
    "duration": plain_readings.read_duration,
    "a-unit": plain_readings.read_a_unit,
    "half": plain_readings.read_half,
    "set": plain_readings.read_set,
    "reference": plain_readings.read_reference,
    "nothing": plain_readings.read_nothing,
}
"""What a rule ``means`` → how it is read."""


def find_times(document: Document, published: Publication | None) -> tuple[TimeExpression, ...]:
    """The time expressions of a document, in order.

    What is counted from the publication date needs its day; where only a span of days is known, what
    comes out the same from its first and its last ("this week", "im Januar") is read, and the rest stays
    undated and says so. Linear in the document's length.
    """
    if published is None or published.day is not None or published.start is None or published.end is None \
            or published.basis == BOUNDS:
        return _tagged(document, published.day if published else None)
    from_first, from_last = _tagged(document, published.start), _tagged(document, published.end)
    agreed = {(one.start, one.end): one for one in from_last} if from_first else {}
    same = {(one.start, one.end) for one in from_first
            if (other := agreed.get((one.start, one.end))) and (one.value, one.span) == (other.value, other.span)}
    return tuple(agreed[one.start, one.end] if (one.start, one.end) in same else one
                 for one in _tagged(document, None))


def _tagged(document: Document, today: date | None) -> tuple[TimeExpression, ...]:
    """The time expressions, counted from ``today`` where that is known."""
    lang = document.lang if lexicon.read(document.lang, "times") else lexicon.FALLBACK_LANGUAGE
    grammar = grammar_of(lang)
    sentences = lexemes_of(document, grammar.vocabulary)
    context = Context(lang, today, _is_daily(sentences, grammar))
    expressions: list[TimeExpression] = []
    for sentence, lexemes in zip(document.sentences, sentences, strict=True):
        context.sentence += sentence.role.tells_events
        if not grammar.may_hold(lexemes.characters):
            continue  # as in most sentences
        story, context.lexemes = context.story, lexemes
        found = _find(lexemes, grammar, context)
        if not found:
            continue
        if not sentence.role.tells_events:
            context.story = story  # which goes on as if the caption weren't there
        section = document.sections[sentence.section]
        if len(found) == 1 and (sentence.start, sentence.end) == (section.start, section.end) \
                and found[0].last - found[0].first >= len(lexemes.tokens) - 1:
            _head(found[0], context)
        found = joined_ranges(clocks_on_their_days(found, lexemes), lexemes, grammar.vocabulary)
        expressions.extend(_expression(document, lexemes, one) for one in found)
    return tuple(expressions)


def _is_daily(sentences: list[Lexemes], grammar: Grammar) -> bool:
    """Whether the text counts in days ("yesterday", "on Tuesday"): then its "today" is a day too."""
    return any(not grammar.days.isdisjoint(lexemes.characters) for lexemes in sentences)


def _find(lexemes: Lexemes, grammar: Grammar, context: Context) -> list[Found]:
    found: list[Found] = []
    end = 0
    for place in grammar.places(lexemes.characters):
        if place < end:
            continue
        here: list[Match] = []
        for match in grammar.matches(lexemes.characters, place):
            if here and any(match.first < other.last and other.first < match.last for other in here):
                continue
            relation = relation_before(lexemes, match.first, grammar.vocabulary)
            closes_range = relation == "until" and found and found[-1].relation in OPENING
            context.place, context.relation = match.first, DURING if closes_range else relation
            reading = _read(match, lexemes, grammar, context)
            if reading is None:
                continue
            here.append(match)
            end = max(end, match.last)
            if reading is NOTHING:
                continue
            one = related(Found(match.first, match.last, match.rule.id, match.rule.means, reading), relation)
            if one.reading.tells and one.relation == DURING:
                context.tell(one.reading.span)
            found.append(one)
    if len(found) > 1:
        found.sort(key=lambda one: one.first)
    return found


def _head(only: Found, context: Context) -> None:
    """A line that is nothing but a day (and a full stop) dates what stands below it."""
    span = only.reading.span
    if only.reading.type is TimexType.DATE and span.start is not None and span.start == span.end:
        context.story = context.story.headed(span.start if span.start != context.published else None)


def _read(match: Match, lexemes: Lexemes, grammar: Grammar, context: Context) -> Reading | None:
    """The reading of a match; ``None`` where its numbers are on no calendar (31 June)."""
    try:
        return READINGS[match.rule.means](Slots(match, lexemes, grammar.vocabulary), context)
    except (ValueError, OverflowError):
        return None


def _expression(document: Document, lexemes: Lexemes, found: Found) -> TimeExpression:
    start, end = lexemes.tokens[found.first].start, lexemes.tokens[found.last - 1].end
    reading = found.reading
    relation = DURING if found.relation in OPENING else found.relation
    return TimeExpression(start, end, document.text[start:end], reading.type, reading.value, reading.span, relation,
                          f"{found.rule}: {reading.why}")
