"""Who and how many: the actors and the quantities of an event."""

from __future__ import annotations

from collections.abc import Sequence

from extract.events.clauses import SentenceReading
from extract.events.inflection import Form
from extract.events.triggers import Trigger
from geodata.event import Quantity

ACTOR_CLASSES = ("soldiers", "militants", "gunmen", "police", "protesters", "leader", "mob")
PATIENT_CLASSES = ("civilians", "soldiers", "militants", "police", "protesters", "military_site", "leader")
PHRASE = 3
"""How many words before an actor's noun belong to its name at most ("nordkoreanische Soldaten")."""


def quantities_of(reading: SentenceReading, trigger: Trigger, quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The quantities of the trigger's sentence; those of its clause first where a sentence tells several events."""
    start, end = reading.sentence.start, reading.sentence.end
    inside = [quantity for quantity in quantities if start <= quantity.start < end]
    if len({id(word) for word in reading.words if word.senses}) > 1:
        clause = reading.clauses[reading.clause_of(trigger.token)]
        low, high = reading.tokens[clause.first].start, reading.tokens[clause.last - 1].end
        inside = [quantity for quantity in inside if low <= quantity.start < high] or inside
    return tuple(inside)


def actors_of(reading: SentenceReading, trigger: Trigger) -> tuple[tuple[str, str], ...]:
    """Agent and patient, where their words are known: before and after the trigger, the other way in the passive."""
    clause = reading.clauses[reading.clause_of(trigger.token)]
    before = _nearest(reading, clause.first, trigger.token, ACTOR_CLASSES, from_end=True)
    after = _nearest(reading, trigger.token + 1, clause.last, PATIENT_CLASSES, from_end=False)
    if trigger.form is Form.PARTICIPLE:
        before, after = after, before
    return tuple((role, text) for role, text in (("agent", before), ("patient", after)) if text)


def _nearest(reading: SentenceReading, first: int, last: int, classes: Sequence[str], *, from_end: bool) -> str:
    """The noun phrase of the first (or last) word of these classes between two tokens; empty if there is none."""
    tokens = sorted(token for name in classes for token in reading.where(first, last, name))
    if not tokens:
        return ""
    token = tokens[-1] if from_end else tokens[0]
    begin = token
    while begin > first and token - begin < PHRASE and reading.tokens[begin - 1].text[0].isalpha() \
            and not {"preposition", "definite", "coordinator", "finite"} & set(reading.words[begin - 1].classes):
        begin -= 1
    return " ".join(reading.tokens[part].text for part in range(begin, token + 1))
