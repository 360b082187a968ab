"""Places that only tell where somebody spoke, met or is treated: nothing else happened there."""

from __future__ import annotations

from collections.abc import Sequence

from extract.events.asides import is_of_care
from extract.events.focus import SAID
from extract.events.reading import SentenceReading
from extract.events.sites import Sites
from extract.events.triggers import Trigger


def where_spoken(readings: Sequence[SentenceReading], triggers: Sequence[Sequence[Trigger]],
                 sites: Sites) -> frozenset[int]:
    """Where the places start that only tell where somebody spoke or is treated: "told reporters in Madrid"."""
    spoken = set()
    for reading, told in zip(readings, triggers, strict=True):
        places = sites.within(reading.sentence.start, reading.sentence.end)
        if not places or not reading.has("reporting", "hospital"):
            continue
        events = {reading.clause_of(trigger.token) for trigger in told if trigger.sense.type not in SAID}
        for place in places:
            number = reading.clause_of(reading.token_at(place.start))
            clause = reading.clauses[number]
            if is_of_care(reading, place) or (
                    number not in events and reading.within(clause.first, clause.last, "reporting")):
                spoken.add(place.start)
    return frozenset(spoken)


def where_met(readings: Sequence[SentenceReading], triggers: Sequence[Sequence[Trigger]],
              sites: Sites) -> frozenset[int]:
    """Where the places start that only tell where people talked or signed: no attack told behind is there."""
    met = set()
    for reading, told in zip(readings, triggers, strict=True):
        talks = {reading.clause_of(trigger.token) for trigger in told if trigger.sense.type in SAID}
        talks -= {reading.clause_of(trigger.token) for trigger in told if trigger.sense.type not in SAID}
        for place in sites.within(reading.sentence.start, reading.sentence.end) if talks else ():
            if reading.clause_of(reading.token_at(place.start)) in talks:
                met.add(place.start)
    return frozenset(met)
