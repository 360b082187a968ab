"""Whether a mention tells an event at all, or only talks about such things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extract.events.clauses import SentenceReading
from extract.events.inflection import Form
from extract.events.mention import EventMention
from geodata.event import Factuality

LEAD = 2
"""Sentences at the head of an article, after its first, that tell what it is about."""
REMEMBERED = 12
"""How many tokens from a trigger a word of remembrance makes it history ("gedenkt der Bombardierung")."""
SURE = 0.65
"""Weight of a trigger that needs no place, time or number to be told."""
SURER = 0.85
"""The same, of a noun that no verb of happening goes with."""
OWN_STEPS = ("clause", "sentence", "anaphor", "coreference")
"""Where a place or a time of the event's own is found."""


def is_told(event: EventMention, readings: Sequence[SentenceReading], totals: Counter[str]) -> bool:
    """Keep what has a place, a time, a number or a verb of its own; drop talk."""
    if event.type == "casualties" and not (totals["soldiers"] or totals["militants"]):
        return False
    at = event.trigger.token
    if event.reading.within(at - REMEMBERED, at + REMEMBERED + 1, "anniversary"):
        return False
    mentions = event.all
    verbal = any(mention.trigger.form is not Form.NOUN or mention.reading.has("occurs", "reporting")
                 for mention in mentions)
    placed = event.where.step in OWN_STEPS or (verbal and bool(event.where.step))
    dated = event.when.step in OWN_STEPS or (verbal and event.when.step in ("report", "paragraph"))
    lead = any(mention.reading.index <= readings[min(LEAD, len(readings) - 1)].index for mention in mentions)
    match event.status.factuality:
        case Factuality.HYPOTHETICAL:
            return event.where.step in OWN_STEPS and (dated or lead)
        case Factuality.PLANNED:
            return event.where.step in OWN_STEPS or event.when.step in OWN_STEPS
        case Factuality.NEGATED | Factuality.DENIED:
            return event.where.step in OWN_STEPS or lead
    if event.type in ("statement", "other", "order"):
        return event.where.step in OWN_STEPS or event.when.step in OWN_STEPS
    counted = any(mention.quantities for mention in mentions)
    return placed or dated or counted or lead or event.trigger.sense.weight >= (SURE if verbal else SURER)
