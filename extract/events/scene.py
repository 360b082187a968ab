"""Where the story plays at a sentence that names no place: where it last was, if that is not long ago."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from extract.events.containment import WIDE
from extract.events.focus import LOCAL, is_of
from extract.events.mention import EventMention, Where
from extract.events.sites import Sites

REACH = 3
"""How many sentences a scene lasts into other paragraphs, if the story began elsewhere."""
STORY = timedelta(days=7)
"""How long before what was told last an event is still of the same story."""


def in_scene(event: EventMention, told: Sequence[EventMention], sites: Sites) -> Where:
    """The place of what was told last before, for what happens locally in a sentence that names no other place."""
    reading = event.reading
    if not _plays(event) or reading.has("anaphor_country"):
        return Where()
    placed = [earlier for earlier in told if _plays(earlier) and earlier.where.mentions
              and earlier.last_sentence <= reading.index]
    if not placed:
        return Where()
    last = next(earlier for earlier in placed if earlier.reading is placed[-1].reading)  # its main clause
    scene = last.where.mentions[0]
    lasts = is_of(placed[0].where.mentions[0], scene) or last.section == event.section \
        or reading.index - last.last_sentence <= REACH
    named = sites.named_within(reading.sentence.start, reading.sentence.end)
    if _is_of_another_time(event, last):
        return Where()
    if not lasts or scene.place is None or scene.place.kind in WIDE \
            or any(not is_of(place, scene) and place.start not in sites.spoken_at for place in named) \
            or sites.unresolved_within(reading.sentence.start, reading.sentence.end):
        return Where()
    return Where((scene,), "article", f"the story was last in “{scene.text}”")


def _is_of_another_time(event: EventMention, last: EventMention) -> bool:
    """ "In January, they ambushed a bus": what was before the story is told for comparison, and was anywhere."""
    before, now = event.when.span.end, last.when.span.start or last.when.span.end
    return event.when.step in ("clause", "sentence") and event.section != last.section \
        and before is not None and now is not None and now - before > STORY


def _plays(event: EventMention) -> bool:
    return event.type in LOCAL and event.status.factuality.happened
