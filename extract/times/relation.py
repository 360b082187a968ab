"""What stands around expressions: the preposition before one, and the words that make two of them a range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from extract.annotation import TimexType
from extract.times.lexemes import Lexemes
from extract.times.reading import Reading
from extract.times.vocabulary import Vocabulary
from geodata.edtf import format_edtf
from geodata.timespan import Granularity, TimeSpan

WORDS_BEFORE = 4
"""How far left of an expression its preposition may stand."""

FLOATING = ("clock", "daypart")
"""What expressions mean that tell no day of their own."""

DAY_BEHIND = 2
"""How many words may stand between a time of day and the day behind it: "9 p.m. on Saturday"."""
DAY_AHEAD = 6
"""The same, where no day is told before it: "at 9 p.m. local time late on Saturday"."""

WORDS_BETWEEN = 4
"""How far apart the ends of a range may stand."""

BRACKETS = "()"
SENTENCE_ENDS = ".!?"

DURING = "during"

SHORTLY = {"before": "shortly before", "after": "shortly after"}
"""What "shortly" makes of a relation."""

SHORTLY_DAYS = 14
"""How many days "shortly before" a feast or the like reaches; of a day in a week, it is the one beside it."""

OPENING = ("from", "between")
"""Relations that open a range; alone they say no more than "during"."""


class Found(NamedTuple):
    """An expression read: its lexemes (``first`` to before ``last``), its rule and what that means, its relation."""

    first: int
    last: int
    rule: str
    means: str
    reading: Reading
    relation: str = DURING


def relation_before(lexemes: Lexemes, first: int, vocabulary: Vocabulary) -> str:
    """The relation that the words before lexeme ``first`` put it in: ``since``, ``until`` … or ``during``."""
    for index in range(first - 1, max(-1, first - 1 - WORDS_BEFORE), -1):
        readings = vocabulary.readings[lexemes.characters[index]]
        if "RELATION" in readings:
            relation = readings["RELATION"]
            if relation == "by":
                return DURING if _is_owner(lexemes, first, vocabulary) else "until"
            if relation == "after" and _is_owner(lexemes, first, vocabulary):
                return DURING  # "after Monday's verdict": that is Monday's, and what followed hardly later
            near = index > 0 and "SHORTLY" in vocabulary.readings[lexemes.characters[index - 1]]
            return SHORTLY.get(relation, relation) if near else relation
        if "LINK" not in readings:
            break
    return DURING


def _is_owner(lexemes: Lexemes, first: int, vocabulary: Vocabulary) -> bool:
    """Whether the word at ``first`` owns what follows: "by Wednesday's strike"."""
    return first + 1 < len(lexemes.characters) and "OWNS" in vocabulary.readings[lexemes.characters[first + 1]]


def related(found: Found, relation: str) -> Found:
    """The expression with its preposition applied to its days; lengths, sets and the undated stay as they are."""
    reading = found.reading
    if relation in OPENING:
        return found._replace(relation=relation)
    if relation == DURING or reading.type in (TimexType.DURATION, TimexType.SET) or not reading.span.is_dated:
        return found
    if reading.type is TimexType.TIME and relation in ("before", "after", *SHORTLY.values()):
        return found._replace(relation=relation)  # "after 9 p.m." is still that day
    start, end = _applied(relation, reading.span)
    span = replace(reading.span, start=start, end=end, edtf=format_edtf(start, end))
    return found._replace(reading=reading._replace(span=span, tells=False), relation=relation)


def clocks_on_their_days(found: Sequence[Found], lexemes: Lexemes) -> list[Found]:
    """"9 p.m. on Saturday": a time of day takes the day that stands right behind it."""
    placed = list(found)
    for index, clock in enumerate(found):
        behind = next((other for other in range(index + 1, len(found)) if found[other].means not in FLOATING), None)
        if clock.means not in FLOATING or behind is None:
            continue
        day = found[behind]
        is_day = day.reading.type is TimexType.DATE and day.reading.span.granularity is Granularity.DAY
        if is_day and _names_its_day(found, index, behind, lexemes):
            time = clock.reading.value[clock.reading.value.index("T"):]
            placed[index] = clock._replace(reading=day.reading.timed(time), relation=DURING)
    return placed


def _names_its_day(found: Sequence[Found], index: int, behind: int, lexemes: Lexemes) -> bool:
    """Whether the day at ``behind`` is that of the time of day at ``index``, by what stands between them."""
    clock, day = found[index], found[behind]
    between = [token.text for token in lexemes.tokens[clock.last:day.first]]
    if behind == index + 1 and len(between) <= DAY_BEHIND and all(map(str.isalpha, between)):
        return True
    if behind == index + 1 and day.means == "date" and between == [","]:
        return True  # "11 a.m., April 22"
    told_before = index > 0 and found[index - 1].reading.type is TimexType.DATE and not any(
        token.text in SENTENCE_ENDS for token in lexemes.tokens[found[index - 1].last:clock.first])
    inner = {token for other in found[index + 1:behind] for token in range(other.first, other.last)}
    return not told_before and len(between) - len(inner) <= DAY_AHEAD and all(
        at in inner or text.isalpha() or text in BRACKETS for at, text in enumerate(between, clock.last))


def _applied(relation: str, span: TimeSpan) -> tuple[date | None, date | None]:
    match relation:
        case "since" | "onward":
            return span.start, None
        case "until":
            return None, span.end
        case "before":
            return None, span.start - timedelta(1) if span.start and span.start > date.min else span.end
        case "after":
            return (span.end or span.start), None
        case "shortly before" if span.start:
            return span.start - timedelta(SHORTLY_DAYS), span.start - timedelta(1)
        case "shortly after" if span.end:
            return span.end, span.end + timedelta(SHORTLY_DAYS)
        case _:
            raise ValueError(f"the lexicon names a relation that is none: {relation!r}")


def joined_ranges(found: Sequence[Found], lexemes: Lexemes, vocabulary: Vocabulary) -> list[Found]:
    """Where two expressions are the ends of a range ("from 3 to 5 May"), both get the days of the whole."""
    whole = list(found)
    for index in range(len(whole) - 1):
        left, right = whole[index], _following(whole[index], whole[index + 1])
        span = _range_of(left, right, lexemes, vocabulary)
        if span is not None:
            for place, end in ((index, left), (index + 1, right)):
                reading = end.reading._replace(span=span, why=f"{end.reading.why}; a range")
                whole[place] = end._replace(reading=reading, relation=DURING)
    return whole


def _range_of(left: Found, right: Found, lexemes: Lexemes, vocabulary: Vocabulary) -> TimeSpan | None:
    if not {left.reading.type, right.reading.type} <= {TimexType.DATE, TimexType.TIME}:
        return None
    start, end = left.reading.span.start, right.reading.span.end
    if start is None or end is None or start > end or not 1 <= right.first - left.last <= WORDS_BETWEEN:
        return None
    between = [vocabulary.readings[lexemes.characters[i]] for i in range(left.last, right.first)]
    opened = left.relation == "between"
    if not any("TO" in readings and (opened or readings["TO"] == "alone") for readings in between):
        return None
    if not all("TO" in readings or "LINK" in readings for readings in between):
        return None
    if start == end:
        return None
    basis = max(left.reading.span.basis, right.reading.span.basis, key=list(type(left.reading.span.basis)).index)
    return TimeSpan.of(start, end, basis, Granularity.INTERVAL)


def _following(left: Found, right: Found) -> Found:
    """"From Monday to Friday": where the second weekday lies before the first, the one after it is meant."""
    day, first = right.reading.span.end, left.reading.span.start
    if left.means != "weekday" or right.means != "weekday" or day is None or first is None or day >= first:
        return right
    day += timedelta(7)
    span = TimeSpan.of(day, day, right.reading.span.basis)
    return right._replace(reading=right.reading._replace(value=day.isoformat(), span=span))
