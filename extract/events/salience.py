"""Salience, which orders an article's events, and confidence, which says how far to trust one."""

from __future__ import annotations

from extract.events.mention import EventMention
from extract.sections import SectionRole
from geodata.event import Factuality

TYPE_WEIGHT = {"statement": 0.35, "other": 0.6, "casualties": 0.6, "meeting": 0.75, "order": 0.6, "training": 0.75,
               "arms": 0.75, "prisoner": 0.7, "execution_threat": 0.7, "explosion": 0.9}
"""What an article is seldom about counts less; types not named count 1."""
STATUS_WEIGHT = {Factuality.ASSERTED: 1.0, Factuality.CLAIMED: 0.95, Factuality.PLANNED: 0.6, Factuality.DENIED: 0.55,
                 Factuality.NEGATED: 0.4, Factuality.HYPOTHETICAL: 0.35}
PLACE_TRUST = {"clause": 0.92, "sentence": 0.88, "anaphor": 0.81, "coreference": 0.78, "paragraph": 0.76,
               "dateline": 0.72, "article": 0.8, "country": 0.7, "unresolved": 0.5, "": 0.5}
TIME_TRUST = {"clause": 0.96, "sentence": 0.94, "coreference": 0.92, "paragraph": 0.88, "report": 0.6,
              "publication": 0.8, "": 0.7}
"""How often the step that found a place or a time was right, of the pins of all our own gold that tell one of its
events; steps of fewer than twenty cases are set nearer to the mean (docs/accuracy.md)."""
LEAST_TOLD, MOST_TOLD = 0.72, 0.92
"""How often an event of the weakest and of the surest trigger is one of the gold's, in sets that nobody learnt from."""


def salience_of(event: EventMention, position: float) -> float:
    """0–1: early (``position``: 0 first sentence, 1 last), often and fully told events matter most."""
    score = 0.45 * (1 - position)
    score += 0.2 if event.all[0].reading.sentence.role is SectionRole.TITLE or position < 0.1 else 0.0
    score += min(len(event.joined), 4) * 0.05
    placed = bool(event.where.mentions) and event.where.step != "country"
    score += 0.05 * placed + 0.05 * (event.when.step not in ("", "publication"))
    score += 0.05 * bool(event.quantities)
    score *= TYPE_WEIGHT.get(event.type, 1.0) * STATUS_WEIGHT[event.status.factuality]
    return round(min(score * (0.6 + 0.4 * event.trigger.sense.weight), 1.0), 4)


def confidence_of(event: EventMention) -> float:
    """0–1: that type, place and time are all right; the product of how far each step is trusted."""
    sureness = min(1.0, event.trigger.sense.weight + 0.08 * len(event.joined))
    support = LEAST_TOLD + (MOST_TOLD - LEAST_TOLD) * sureness
    return round(support * PLACE_TRUST[event.where.step] * TIME_TRUST[event.when.step], 4)
