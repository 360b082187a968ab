"""The day of the story: what happened where a dated event did, or was of its kind, and is told soon after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.events.containment import same_place
from extract.events.mention import EventMention, When
from geodata.timespan import Basis, Granularity

BACK = 12
"""How many sentences back the dated event is told at most. (Measured on the own gold: with the same place, 12 and 40
date as many events right as 3; without it, more wrong than right.)"""
KIN = 4
"""How many sentences back one of the same type is told: protests, gusts and raids come in one day's list."""
WEATHER = frozenset({"storm", "flood"})
"""Types that come with one another."""
DATED = ("clause", "sentence", "paragraph", "coreference")
"""Where the time of an event was found that may date another."""
WAR = frozenset({"attack", "explosion", "casualties", "battle"})
"""Types that a report on one night tells by turns: drones hit a port, and elsewhere there were explosions."""
NIGHT = 2
"""Days that a night takes up ("in der Nacht auf Dienstag")."""
TALK = frozenset({"statement", "order", "other", "meeting", "treaty"})
"""Types whose day is their own."""


def day_of_story(event: EventMention, told: Sequence[EventMention]) -> When:
    """The day of the last event told before at the same place or of the same type; empty where there is none."""
    if event.type in TALK or not event.status.factuality.happened:
        return When()
    for earlier in reversed(told):
        gap = event.reading.index - earlier.last_sentence
        alike = earlier.type == event.type or {earlier.type, event.type} <= WEATHER \
            or {earlier.type, event.type} <= WAR
        kin = 0 <= gap <= KIN and alike and earlier.when.span.basis is not Basis.NARRATIVE
        near = 0 <= gap <= BACK and _in_one_place(earlier, event)
        if (kin or near) and _is_dated(earlier) and earlier.status.factuality.happened:
            span = replace(earlier.when.span, basis=Basis.NARRATIVE)
            why = "at the same place" if near else "of the same kind"
            return When(span, earlier.when.expression, "paragraph", f"the day of what is told before {why}")
    return When()


def _is_dated(event: EventMention) -> bool:
    span = event.when.span
    return event.when.step in DATED and span.granularity is Granularity.DAY and 1 <= (span.days or 0) <= NIGHT


def _in_one_place(one: EventMention, other: EventMention) -> bool:
    return any(same_place(ours.place, theirs.place) for ours in one.where.mentions for theirs in other.where.mentions
               if ours.place is not None and theirs.place is not None)
