"""Whether a mention tells an event at all, or only talks about such things."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extract.events.clauses import SentenceReading
from extract.events.inflection import Form
from extract.events.mention import EventMention
from geodata.event import Factuality

LEAD = 2
"""Sentences at the head of an article that tell what it is about."""


def is_told(event: EventMention, readings: Sequence[SentenceReading], totals: Counter[str]) -> bool:
    """Keep what has a place, a time, a number or a verb of its own; drop talk."""
    if event.type == "casualties" and not (totals["soldiers"] or totals["militants"]):
        return False
    mentions = event.all
    placed = any(mention.where.mentions for mention in mentions)
    dated = any(mention.when.step in ("clause", "sentence") for mention in mentions)
    counted = any(mention.quantities for mention in mentions)
    lead = any(mention.reading.index <= readings[0].index + LEAD for mention in mentions)
    verbal = any(mention.trigger.form is not Form.NOUN for mention in mentions)
    if event.reading.has("anniversary") or (event.reading.has("habitual") and not event.joined):
        return False
    if event.status.factuality is Factuality.HYPOTHETICAL:
        return placed and (dated or lead)
    if event.status.factuality is Factuality.PLANNED:
        return placed or dated
    if event.type in ("statement", "other", "order"):
        return placed or dated
    return placed or dated or counted or lead or (verbal and len(mentions) > 1)
