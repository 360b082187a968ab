"""Who and how many: the actors and the quantities of an event."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extract.events.inflection import Form
from extract.events.reading import SentenceReading
from extract.events.triggers import Trigger
from geodata.event import Quantity

ACTOR_CLASSES = frozenset({"soldiers", "militants", "gunmen", "police", "protesters", "leader", "mob", "civilians"})
STOPS = {"preposition", "definite", "coordinator", "finite", "content", "relative", "temporal", "reporting", "negation"}
"""Classes of words that no actor's name holds."""
PHRASE = 3
"""How many words before an actor's noun belong to its name at most ("nordkoreanische Soldaten")."""


def by_sentence(readings: Sequence[SentenceReading], quantities: Sequence[Quantity]) -> list[list[Quantity]]:
    """The quantities of each sentence, in the order of the readings."""
    starts = [quantity.start for quantity in quantities]
    return [list(quantities[bisect_left(starts, reading.sentence.start):bisect_left(starts, reading.sentence.end)])
            for reading in readings]


def quantities_of(reading: SentenceReading, trigger: Trigger, quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The quantities of the trigger's sentence; those of its clause first where a sentence tells several events."""
    inside = list(quantities)
    if inside and reading.has_several_triggers:
        clause = reading.clauses[reading.clause_of(trigger.token)]
        low, high = reading.tokens[clause.first].start, reading.tokens[clause.last - 1].end
        inside = [quantity for quantity in inside if low <= quantity.start < high] or inside
    return tuple(inside)


def actors_of(reading: SentenceReading, trigger: Trigger) -> tuple[tuple[str, str], ...]:
    """Agent and patient, where their words are known: in this order, and the other way in the passive."""
    if reading.present.isdisjoint(ACTOR_CLASSES):
        return ()
    clause = reading.clauses[reading.clause_of(trigger.token)]
    found = sorted({token for name in ACTOR_CLASSES for token in reading.where(clause.first, clause.last, name)})
    if not found:
        return ()
    first = found[0]
    second = next((token for token in found if token - first > PHRASE), None)
    passive = trigger.form is Form.PARTICIPLE and reading.within(clause.first, clause.last, "passive")
    roles = ("patient", "agent") if passive else ("agent", "patient")
    tokens = [first] if second is None else [first, second]
    return tuple((role, _phrase(reading, clause.first, token)) for role, token in zip(roles, tokens, strict=False))


def _phrase(reading: SentenceReading, first: int, token: int) -> str:
    """The noun phrase that ends in a token: with the words before it that are no function words."""
    begin = token
    while begin > first and token - begin < PHRASE and reading.tokens[begin - 1].text[0].isalpha() \
            and not STOPS & set(reading.words[begin - 1].classes):
        begin -= 1
    return " ".join(reading.tokens[part].text for part in range(begin, token + 1))
