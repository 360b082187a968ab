"""Sentences that only say where or when something happened that was told before: "Das geschah nahe Maroua."."""

from __future__ import annotations

from collections.abc import Sequence

from extract.article import Publication
from extract.document import Document
from extract.events.inflection import Form
from extract.events.mention import EventMention
from extract.events.reading import SentenceReading
from extract.events.sites import Sites
from extract.events.triggers import Trigger
from extract.events.when import Times, when
from extract.events.where import where

BACK = 3
"""How many sentences back "it" and "the incident" pick up an event: farther back, another one is meant."""
SUBJECT = 3
"""Within how many tokens of its sentence or clause a pronoun is the subject ("Das soll … geschehen sein")."""
TALK = frozenset({"statement", "order", "other"})
"""Types that are not said to happen."""


def attach_follow_ups(events: Sequence[EventMention], readings: Sequence[SentenceReading], sites: Sites,
                      calendar: Times, document: Document, published: Publication | None) -> None:
    """Join each follow-up sentence to the event it tells of, with the place and the time that it adds."""
    told = {mention.reading.position for event in events for mention in event.all}
    last = _last_told(events)
    for reading in readings:
        if not reading.has("happening") or reading.position in told:
            continue
        at = _happening(reading)
        event = next((last[index] for index in range(reading.index - 1, reading.index - 1 - BACK, -1)
                      if index in last), None)
        if at is None or event is None:
            continue
        trigger = Trigger(at, event.trigger.sense, Form.FINITE)
        place = where(reading, trigger, sites, document)
        time = when(reading, trigger, event.status.factuality, calendar, published)
        if place.mentions or time.expression is not None:
            event.joined.append(EventMention(reading, trigger, event.status, place, time))
            last[reading.index] = event


def _happening(reading: SentenceReading) -> int | None:
    """The verb of happening whose subject stands for what was told before; ``None`` where there is none."""
    for verb in reading.classes.get("happening", ()):
        clause = reading.clauses[reading.clause_of(verb)]
        nouns = [noun for noun in reading.where(clause.first, clause.last, "happening_noun")
                 if reading.within(max(noun - 2, 0), noun, "definite")]
        pronouns = [token for token in reading.where(clause.first, clause.last, "happening_pronoun")
                    if (token - clause.first < SUBJECT or token == verb + 1)
                    and token not in reading.classes["happening"]]  # "kam es zu …" stands for nothing
        if nouns or pronouns:
            return verb
    return None


def _last_told(events: Sequence[EventMention]) -> dict[int, EventMention]:
    """Index of a sentence → the event last told in it, the first of several; of what is said to happen."""
    last: dict[int, EventMention] = {}
    for event in sorted(events, key=lambda event: event.offset, reverse=True):
        if event.type not in TALK and event.status.factuality.happened:
            last[event.last_sentence] = event
    return last
