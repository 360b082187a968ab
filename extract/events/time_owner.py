"""Whose a time of a sentence is: the event's own, another's, that of a report, or of what is only background."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from extract.annotation import TimeExpression, TimexType
from extract.events.clauses import Clause, ClauseKind
from extract.events.coreference import COARSE
from extract.events.inflection import Form
from extract.events.kinds import MIXED_TYPES, types_may_join
from extract.events.reading import SentenceReading
from extract.events.triggers import Trigger
from extract.events.vocabulary import SenseForm
from geodata.timespan import Basis, Granularity

BESIDE = 3
"""How many tokens from a reporting verb a time belongs to it ("gab am Donnerstag bekannt", "said on Tuesday")."""
COMPARED = 10
"""Within how many tokens of "deadliest" that since when stands."""
OWNED = 4
"""Within how many tokens behind a time that owns it ("Friday's deadly bus station attack") a noun stands."""


def ends_later(time: TimeExpression, today: date | None) -> bool:
    """ "bis 2028": says how long something will last, not when it happened."""
    return time.span.start is None and time.span.end is not None and today is not None and time.span.end > today


def announced(reading: SentenceReading, time: TimeExpression, today: date | None) -> bool:
    """Whether a time to come stands in a clause that hangs on another: "…, das der Sturm am Freitag erreichen soll"."""
    ahead = time.span.start is not None and today is not None and time.span.start > today
    return ahead and reading.clauses[reading.clause_of(reading.token_at(time.start))].kind is not ClauseKind.MAIN


def _last_token(reading: SentenceReading, time: TimeExpression) -> int:
    """The token that a time ends in."""
    return reading.token_at(max(time.end - 1, time.start))


def time_before(reading: SentenceReading, clause: Clause, inside: Sequence[TimeExpression]) -> TimeExpression | None:
    """The time that a clause hangs on: "since November, when 22 people died"; ``None`` where it hangs on none."""
    if "simultaneous" not in reading.words[clause.first].classes:
        return None
    for time in inside:
        after = _last_token(reading, time) + 1
        if after == clause.first or (after + 1 == clause.first and reading.tokens[after].text == ","):
            return time
    return None


def told_together(reading: SentenceReading, first: TimeExpression, last: TimeExpression) -> bool:
    """Whether nothing but "and" stands between two times, and what times stand with: "late Monday and on Tuesday"."""
    between = range(_last_token(reading, first) + 1, reading.token_at(last.start))
    joining = {"coordinator", "preposition", "determiner"}
    return 0 < len(between) <= BESIDE and "coordinator" in reading.words[between[0]].classes \
        and not any(joining.isdisjoint(reading.words[number].classes) for number in between)


def of_other(reading: SentenceReading, time: TimeExpression, trigger: Trigger) -> bool:
    """Whether a time stands right behind another noun trigger ("since the coup of 2021"): then it is that one's.

    So is one that stands between an article and such a noun ("the June 2021 murder"). A day of the week
    or a bare adverb goes with the verb: "sank in a storm on Wednesday", "was arrested for robbery yesterday".
    """
    at = reading.token_at(time.start)
    if (time.relation == "since" or time.type is TimexType.DURATION) \
            and reading.within(max(at - COMPARED, 0), at, "superlative"):
        return True  # "the deadliest accident since November": of that one; "the first in eight years"
    end = _last_token(reading, time)
    owns = reading.tokens[end].end > time.end  # "Friday's shooting"
    if owns or (at > 0 and "determiner" in reading.words[at - 1].classes):
        reach = OWNED if owns else 1
        if not end < trigger.token <= end + reach and any(
                _names_another(reading, sense, trigger)
                for word in reading.words[end + 1:end + 1 + reach] for sense in word.senses):
            return True
        if owns:
            return False
    if time.span.granularity is Granularity.YEAR and at > 0 and "determiner" in reading.words[at - 1].classes:
        return not end < trigger.token <= end + OWNED  # "a 2008 lorry", "the 2016 election"
    counted = time.span.basis in (Basis.RELATIVE, Basis.NARRATIVE) and time.span.granularity is Granularity.DAY
    if trigger.form is not Form.NOUN and counted and at > 0 and "of_name" not in reading.words[at - 1].classes \
            and any(sense.form is Form.NOUN for word in reading.words[max(at - 2, 0):at] for sense in word.senses):
        return False
    return any(_names_another(reading, sense, trigger) and not reading.within(number, at, "finite")
               for number in range(max(at - BESIDE, 1), at) if number != trigger.token
               for sense in reading.words[number].senses)


def _names_another(reading: SentenceReading, sense: SenseForm, trigger: Trigger) -> bool:
    """Whether a word may be a noun that names another event in its sentence."""
    told = sense.sense
    if sense.form is not Form.NOUN or told.before or not reading.spellings.issuperset(sense.fixed):
        return False
    if told.type in MIXED_TYPES:
        return told.id != trigger.sense.id
    return not types_may_join(told.type, trigger.sense.type)


def background(reading: SentenceReading, time: TimeExpression) -> bool:
    """Whether a time stands in a clause that only tells since when or of which, or with a noun that it owns."""
    at = reading.token_at(time.start)
    if reading.tokens[at].end > time.end or time.relation == "since":
        return True
    clause = reading.clauses[reading.clause_of(at)]
    if clause.kind is ClauseKind.TEMPORAL:
        return "simultaneous" not in reading.words[clause.first].classes
    return clause.kind is ClauseKind.RELATIVE and not (
        time.span.basis is Basis.RELATIVE and time.span.days is not None and time.span.days <= 2)


def tells_beginning(reading: SentenceReading, token: int) -> bool:
    """Whether a clause only tells when something began ("the unrest began on 8 June")."""
    clause = reading.clauses[reading.clause_of(token)]
    return reading.within(clause.first, clause.last, "beginning")


def beside_report(reading: SentenceReading, time: TimeExpression) -> bool:
    """Whether a time stands close to a reporting verb, whose it then is."""
    at = reading.token_at(time.start)
    return reading.within(at - BESIDE, at + BESIDE + 1, "reporting")


def in_other_relative(reading: SentenceReading, time: TimeExpression, trigger: Trigger) -> bool:
    """Whether a time stands in a relative clause that tells of what was before: "freed the men, whom they had seized in
    March"; one right behind the noun that names the event tells of it."""
    at = reading.token_at(time.start)
    clause = reading.clauses[reading.clause_of(at)]
    if clause.kind is not ClauseKind.RELATIVE or clause.first <= trigger.token < clause.last \
            or reading.lower[clause.first - 1] != ",":
        return False
    if trigger.form is Form.NOUN and 0 < clause.first - trigger.token <= OWNED:
        return False
    return reading.within(clause.first, clause.last, "past_perfect") or time.span.granularity in COARSE


def of_decision(reading: SentenceReading, time: TimeExpression, trigger: Trigger) -> bool:
    """Whether a time says when something was decided, not when it is to be: "voted on Tuesday to strike"."""
    if trigger.form not in (Form.INFINITIVE, Form.TO_INFINITIVE):
        return False
    clause = reading.clauses[reading.clause_of(trigger.token)]
    markers = reading.where(clause.first, trigger.token, "infinitive_marker")
    return bool(markers) and clause.first <= reading.token_at(time.start) < markers[-1] \
        and reading.within(clause.first, markers[-1], "past", "past_auxiliary", "resolved")


def of_report(reading: SentenceReading, time: TimeExpression, trigger: Trigger) -> bool:
    """Whether a time says when something was said, not when it happened."""
    if trigger.sense.type in ("meeting", "statement") or time.relation in ("since", "onward"):
        return False
    at = reading.token_at(time.start)
    end = _last_token(reading, time)
    for verb in reading.classes.get("reporting", ()):
        if verb == trigger.token:
            continue
        if end < verb and "," in reading.lower[end + 1:verb]:
            continue  # "arrived on Tuesday, according to officials"
        if at - BESIDE <= verb <= end + BESIDE and reading.clause_of(verb) == reading.clause_of(at):
            gap = at - verb if verb < at else verb - end
            if gap <= abs(at - trigger.token):
                return True
    clause = reading.clauses[reading.clause_of(at)]
    return not clause.first <= trigger.token < clause.last and reading.within(clause.first, clause.last, "reporting")
