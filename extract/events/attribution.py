"""Attribution: whether an event is told in the author's own voice or in somebody else's.

A reporting verb speaks for what it reports alone: not for what its subject did beside speaking, for what
a clause before "and" tells, nor from within a subordinate clause for what that hangs on.
"""

from __future__ import annotations

from typing import NamedTuple

from extract.events.clauses import Clause, ClauseKind
from extract.events.inflection import Form
from extract.events.reading import SentenceReading
from extract.events.speaker import named_beside, speaker
from extract.events.triggers import Trigger

DONE_BY_TELLING = frozenset({"meeting", "statement", "treaty"})
"""Types that a reporting verb in their own clause may tell of without casting doubt on them."""
SAID = frozenset({"statement", "order", "execution_threat", "other"})
"""Types that are done by saying so: "vowed" is an event there."""
ALLEGED = 3
"""Within how many tokens behind "alleged" its noun stands."""
ACCUSED_OF = 8
"""Within how many tokens behind "accused of" stands what somebody is accused of."""
BEHIND_AND = 2
"""Within how many tokens behind "and" the verb stands that shares its subject with the one before."""
PASSIVE = 2
"""Within how many tokens behind its auxiliary a passive stands: who was *posted* somewhere has said nothing."""
SUBORDINATE = frozenset({ClauseKind.TEMPORAL, ClauseKind.CONDITIONAL})
"""Clauses whose reporting verb doesn't speak for the sentence: "until compensation was announced"."""


class Attribution(NamedTuple):
    """Whose voice tells an event, if not the author's; ``source`` only where the sentence names it."""

    claimed: bool = False
    source: str = ""
    why: str = ""


def attribution_of(reading: SentenceReading, trigger: Trigger, number: int) -> Attribution:
    """Whether somebody else says that the event of a trigger, in the clause of a number, happened."""
    clause = reading.clauses[number]
    cues = reading.classes.get("attribution", ())
    if cues:
        return Attribution(True, named_beside(reading, cues[0]), f"attributed: “{reading.tokens[cues[0]].text}”")
    if _is_accusation(reading, trigger, clause):
        return Attribution(True, "", "an accusation")
    if reading.within(clause.first, clause.last, "hedge") or _is_alleged(reading, trigger):
        return Attribution(True, "", "alleged")
    if reading.within(clause.first, clause.last, "subjunctive"):
        return Attribution(True, speaker(reading), "in indirect speech")
    if reading.within(clause.first, clause.last, "hearsay_modal") and is_hearsay(reading, clause):
        return Attribution(True, "", "hearsay")
    verbs = [token for token in reading.classes.get("reporting", ()) if _reports(reading, token, trigger, number)]
    if verbs and (trigger.sense.type not in DONE_BY_TELLING
                  or any(reading.clause_of(token) != number for token in verbs)):
        return Attribution(True, speaker(reading), f"reported: “{reading.tokens[verbs[0]].text}”")
    if clause.kind is ClauseKind.QUOTE or reading.quoted:
        return Attribution(True, "", "inside a quotation")
    return Attribution()


def is_hearsay(reading: SentenceReading, clause: Clause) -> bool:
    """ "soll … haben": hearsay, not a plan; the auxiliary ends the clause."""
    last = last_word(reading, clause)
    if "hearsay_modal" in reading.words[last].classes and last > clause.first:
        last -= 1  # "…, der den Brand gelegt haben soll"
    return "hearsay_end" in reading.words[last].classes or reading.within(clause.first, clause.last, "hearsay_hint")


def last_word(reading: SentenceReading, clause: Clause) -> int:
    """The token of the last word of a clause, its marks left out."""
    for token in range(clause.last - 1, clause.first, -1):
        if reading.tokens[token].text[:1].isalnum():
            return token
    return clause.first


def _is_accusation(reading: SentenceReading, trigger: Trigger, clause: Clause) -> bool:
    """ "accused of killing": what stands right behind; "wirft … vor, … bombardiert zu haben": the infinitive."""
    at = trigger.token
    if trigger.form in (Form.NOUN, Form.GERUND) and reading.within(max(at - ACCUSED_OF, 0), at, "accused_of") \
            and not reading.within(reading.where(0, at, "accused_of")[-1], at, "finite"):
        return True
    last = last_word(reading, clause)
    return trigger.form in (Form.PARTICIPLE, Form.FINITE) and "hearsay_end" in reading.words[last].classes \
        and "infinitive_marker" in reading.words[last - 1].classes and reading.within(0, at, "accuse")


def _is_alleged(reading: SentenceReading, trigger: Trigger) -> bool:
    """ "the alleged attack"; not "an alleged smuggler was shot", nor "suspected rebels attacked"."""
    at = trigger.token
    said = reading.where(max(at - ALLEGED, 0), at, "alleged") if trigger.form is Form.NOUN else []
    return bool(said) and not reading.within(said[-1], at, "preposition", "determiner", "finite")


def _reports(reading: SentenceReading, verb: int, trigger: Trigger, number: int) -> bool:
    """Whether a reporting verb speaks for the event of a trigger."""
    at = trigger.token
    home = reading.clause_of(verb)
    clause = reading.clauses[home]
    if trigger.sense.about and home == number and reading.within(clause.first, verb, "court"):
        return False  # "das Gericht bestätigte die Verurteilung": what judges say is done
    if verb == at:  # "meldete die Einnahme": that is what is claimed; "gab den Stützpunkt auf", "were posted": no more
        return trigger.sense.type not in SAID | DONE_BY_TELLING and not any(
            "separable" in reading.words[token].classes for token in trigger.extra) \
            and not reading.within(max(at - PASSIVE, 0), at, "passive")
    opening = reading.words[clause.first].classes
    if number < home and clause.kind in SUBORDINATE and clause.kind in opening and "reported_by" not in opening \
            and "," not in reading.lower[clause.first:verb]:
        return False
    if at < verb:
        return not _goes_on(reading, verb, clause, at)
    return not _shares_subject(reading, verb, trigger)


def _goes_on(reading: SentenceReading, verb: int, clause: Clause, at: int) -> bool:
    """Whether a report is told beside what stands before it: "raised the alert and told …", "…, and police said …"."""
    if "coordinator" in reading.words[verb - 1].classes:
        return True
    if not at < clause.first:
        return False
    before = reading.lower[clause.first - 1]
    return before == ";" or (before == "," and "coordinator" in reading.words[clause.first].classes)


def _shares_subject(reading: SentenceReading, verb: int, trigger: Trigger) -> bool:
    """Whether who speaks did something else, too: "declared an emergency and sent soldiers"."""
    at = trigger.token
    if trigger.form is not Form.FINITE or reading.clauses[reading.clause_of(at)].kind is not ClauseKind.MAIN:
        return False
    joined = reading.where(max(at - BEHIND_AND, verb + 1), at, "coordinator")
    if not joined or "reported_by" in reading.words[reading.clauses[reading.clause_of(verb)].first].classes:
        return False
    between = range(verb + 1, joined[-1])
    return not any({"finite", "past", "reporting", "content", "subjunctive"}.intersection(reading.words[token].classes)
                   or Form.FINITE in reading.words[token].forms for token in between) \
        and not any(reading.lower[token] in (",", ":") for token in between)
