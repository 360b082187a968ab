"""Clauses, found from marks, conjunctions and finite verbs that the lexicon knows.

There is no parser: this is good enough to tell whether a place and a trigger stand together, and cheap.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from enum import StrEnum
from itertools import compress, count
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from extract.document import field_of
from extract.events.inflection import Form
from extract.events.vocabulary import Word

if TYPE_CHECKING:
    from extract.events.reading import SentenceReading

JOINS = field_of(Word._fields, "joins")


class ClauseKind(StrEnum):
    """What a clause is to the one it hangs on; the values are class names of ``clauses.toml``."""

    MAIN = "main"
    CONTENT = "content"
    """"dass …", "that …": what somebody says, fears or denies."""
    CONDITIONAL = "conditional"
    PURPOSE = "purpose"
    TEMPORAL = "temporal"
    RELATIVE = "relative"
    QUOTE = "quote"


class Clause(NamedTuple):
    """Tokens ``first`` to before ``last`` of a sentence, and what opens them."""

    first: int
    last: int
    kind: ClauseKind


NOMINAL = frozenset({Form.NOUN, Form.GERUND, Form.ATTRIBUTIVE})
"""Forms that make no verb of a clause."""
FINITE_WITHIN = 6
"""How many tokens behind its first a main clause has its finite verb."""
VERB_WITHIN = 10
"""How many tokens after its conjunction a clause has its verb."""
QUOTES = frozenset("„“”«»\"")
"""Marks that open and close quotations; an odd number of them before a sentence leaves one open."""
OPENING_QUOTES = "„“«»‚\""
LONGEST_QUOTED_NAME = 4
"""Tokens between quotation marks, at most, that are a name if no verb is among them."""
STRONG_MARKS = ";:–—()…"
MARKS = frozenset(OPENING_QUOTES + STRONG_MARKS + ",")
"""Tokens after which a clause may begin."""
CONJUNCTIONS_IN_TURN = (ClauseKind.CONTENT, ClauseKind.CONDITIONAL, ClauseKind.PURPOSE, ClauseKind.TEMPORAL,
                        ClauseKind.RELATIVE)
CONJUNCTIONS = frozenset(CONJUNCTIONS_IN_TURN)
SUBORDINATE = (ClauseKind.CONTENT, ClauseKind.CONDITIONAL, ClauseKind.TEMPORAL, ClauseKind.PURPOSE)


def clauses_of(reading: SentenceReading) -> tuple[Clause, ...]:
    """The clauses of a sentence, in order and without gaps."""
    return _resumed(reading, list(_split_clauses(reading)))


def _split_clauses(reading: SentenceReading) -> Iterator[Clause]:
    """Clauses in order; one that a relative clause interrupts is in two."""
    first, kind = 0, _kind_opened_by(reading, 0, after_mark=True) or ClauseKind.MAIN
    if kind is ClauseKind.RELATIVE:
        kind = ClauseKind.MAIN  # "Die Maschine …": an article, for nothing stands before it
    if "condition_by_order" in reading.words[0].classes and _is_condition(reading):
        kind = ClauseKind.CONDITIONAL
    inside_quotes, name_end = False, 0
    words, lower = reading.words, reading.lower
    after_mark = map(MARKS.__contains__, lower)
    for number in compress(count(1), map(or_, after_mark, map(JOINS, words[1:]))):
        before, text = lower[number - 1], lower[number]
        opened: ClauseKind | None = None
        if number <= name_end:
            continue  # within a name in quotation marks, or right behind it
        if before in OPENING_QUOTES:
            name_end = _end_of_quoted_name(reading, number)
            if name_end:
                continue
            inside_quotes = not inside_quotes
            opened = ClauseKind.QUOTE if inside_quotes else ClauseKind.MAIN
        elif before in STRONG_MARKS:
            opened = _kind_opened_by(reading, number, after_mark=True) or ClauseKind.MAIN
        elif before == ",":
            opened = _kind_opened_by(reading, number, after_mark=True)
            if opened is None and (_starts_main_clause(reading, first, number)
                                   or _main_clause_follows(reading, first, number, kind)
                                   or _another_subject_follows(reading, first, number)):
                opened = ClauseKind.MAIN
        elif text not in STRONG_MARKS and text != ",":
            opened = _kind_opened_by(reading, number, after_mark=False)
            if opened is None and "coordinator" in words[number].classes and (
                    _starts_main_clause(reading, first, number) or _past_follows(reading, number)
                    or (kind in SUBORDINATE and number + 1 < len(words) and kind in words[number + 1].classes)):
                opened = kind  # "dass … und …": what is coordinated hangs on the same
        if opened is not None and number > first:
            yield Clause(first, number, kind)
            first, kind = number, opened
    yield Clause(first, len(reading.tokens), kind)


def _is_condition(reading: SentenceReading) -> bool:
    """Whether the verb that opens a sentence asks nothing: "Sollte es zu Krawallen kommen, …", "Had it burst, …"."""
    return "," in reading.lower and reading.lower[-1] != "?"


def _end_of_quoted_name(reading: SentenceReading, first: int) -> int:
    """The token of the mark that closes a name (the ship "Ever Given"); 0 for a quotation, which has a verb."""
    for at in range(first, min(first + LONGEST_QUOTED_NAME + 1, len(reading.lower))):
        if reading.lower[at] in QUOTES:
            return 0 if at == first or reading.within(first, at, "finite", "reporting") else at + 1
    return 0


def _resumed(reading: SentenceReading, clauses: list[Clause]) -> tuple[Clause, ...]:
    """What goes on behind a relative clause is still the clause before it: "dass Züge, die …, entgleist sind"."""
    for number in range(2, len(clauses)):
        before, between, clause = clauses[number - 2:number + 1]
        if clause.kind is ClauseKind.MAIN and between.kind is ClauseKind.RELATIVE and before.kind in SUBORDINATE \
                and not reading.within(before.first, before.last, "finite"):
            clauses[number] = clause._replace(kind=before.kind)
    return tuple(clauses)


def _kind_opened_by(reading: SentenceReading, number: int, after_mark: bool) -> ClauseKind | None:
    """The kind of clause that the word at ``number`` opens; some open one only after a mark."""
    classes = reading.words[number].classes
    if "preposition" in classes and after_mark and number + 1 < len(reading.words):
        if ClauseKind.TEMPORAL in classes and _ends_in_verb(reading, number):
            return ClauseKind.TEMPORAL  # ", seit in Neapel die Erde bebte"
        classes = reading.words[number + 1].classes  # ", in which", ", bei dem"
        return ClauseKind.RELATIVE if ClauseKind.RELATIVE in classes else None
    if number + 1 < len(reading.words) and _opens_no_clause(classes, reading.words[number + 1].classes):
        return None
    if CONJUNCTIONS.isdisjoint(classes) or not (
            after_mark or ("opens_anywhere" in classes and _verb_follows(reading, number))):
        return None
    return next(kind for kind in CONJUNCTIONS_IN_TURN if kind in classes)


def _opens_no_clause(classes: Set[str], following: Set[str]) -> bool:
    """Whether a conjunction is none here: "as many as 27", "since Tuesday"."""
    return ("comparing" in classes and "measured" in following) or ("dating" in classes and "calendar" in following)


def _past_follows(reading: SentenceReading, number: int) -> bool:
    """Whether a past tense stands right behind: "… and complained about …"."""
    if number + 1 >= len(reading.words):
        return False
    return "past" in reading.words[number + 1].classes and reading.tokens[number + 1].text.islower()


def _verb_follows(reading: SentenceReading, number: int) -> bool:
    """Whether a verb follows before the next mark: "since last Monday" is no clause."""
    for at in range(number + 1, min(number + VERB_WITHIN, len(reading.tokens))):
        if reading.tokens[at].text in STRONG_MARKS or reading.tokens[at].text == ",":
            return False
        word = reading.words[at]
        if "finite" in word.classes or "reporting" in word.classes or not word.forms <= NOMINAL:
            return True
    return False


def _ends_in_verb(reading: SentenceReading, number: int) -> bool:
    """Whether the last word before the next mark is a finite verb: then the word at ``number`` opens a clause."""
    last = number
    while last + 1 < len(reading.tokens) and reading.tokens[last + 1].text[:1].isalnum():
        last += 1
    word = reading.words[last]
    return last > number + 1 and ("finite" in word.classes or Form.FINITE in word.forms
                                  or ("past" in word.classes and reading.tokens[last].text.islower()))


def _main_clause_follows(reading: SentenceReading, first: int, number: int, kind: ClauseKind) -> bool:
    """Whether the clause that a subordinate one hangs on starts behind its comma: at a sentence's head, or a report."""
    if first == 0:
        return kind in SUBORDINATE and _finite_near(reading, number)
    return kind in SUBORDINATE and reading.within(number, number + FINITE_WITHIN, "reporting") \
        and any(Form.FINITE in word.forms for word in reading.words[first:number])  # "when a wall fell, police said"


def _another_subject_follows(reading: SentenceReading, first: int, number: int) -> bool:
    """Whether "and" behind a comma joins a clause with a long subject: ", and a blast in a silo on Monday killed …"."""
    return "coordinator" in reading.words[number].classes \
        and reading.within(first, number, "finite", "reporting") \
        and reading.within(number, number + VERB_WITHIN, "finite", "reporting")


def _starts_main_clause(reading: SentenceReading, first: int, number: int) -> bool:
    """Whether finite verbs stand on both sides of ``number``, near enough on the right."""
    told = reading.within(first, number, "finite", "reporting") or any(
        Form.FINITE in word.forms for word in reading.words[first:number])
    return told and (_finite_near(reading, number)
                     or (_opens_with_place(reading, number) and _verb_follows(reading, number)))


def _opens_with_place(reading: SentenceReading, number: int) -> bool:
    """ "…, and in Beira a ferry capsized": a preposition right behind the coordinator."""
    words = reading.words[number:number + 2]
    return len(words) > 1 and "coordinator" in words[0].classes and "preposition" in words[1].classes


def _finite_near(reading: SentenceReading, number: int) -> bool:
    """Whether a finite verb stands close behind; not an infinitive that ends the clause ("… verlegt werden")."""
    near = {*reading.where(number, number + FINITE_WITHIN, "finite"),
            *reading.where(number, number + FINITE_WITHIN, "reporting")}
    return any(not _closes_clause(reading, token) for token in near) \
        or any(Form.FINITE in word.forms and not _closes_clause(reading, token + 1)
               for token, word in enumerate(reading.words[number:number + 4], number))


def _closes_clause(reading: SentenceReading, token: int) -> bool:
    """Whether an auxiliary that may be an infinitive stands right before a mark."""
    return token < len(reading.tokens) and not {"future", "hearsay_end"}.isdisjoint(reading.words[token].classes) \
        and not reading.tokens[min(token + 1, len(reading.tokens) - 1)].text[:1].isalnum()
