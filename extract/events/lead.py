"""The lead's place in full: "in western Canada" first, and the town in the sentence after."""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotation import PlaceMention, PlaceRole
from extract.document import Document
from extract.events.asides import is_aside
from extract.events.containment import FINE, WIDE, contains, finest
from extract.events.focus import LOCAL
from extract.events.mention import EventMention, Where
from extract.events.reading import SentenceReading
from extract.events.sites import Sites

LEAD = 2
"""How many sentences of the body are the lead."""
LEADING = 8
"""How many events of a sentence are looked at: a lead is short, but a sentence may be any length."""
BEHIND = 2
"""How many sentences behind an event of the lead say more finely where it was."""
AT_ONE_PLACE = frozenset({"attack", "explosion", "casualties", "crime", "accident"})
"""Types that happen at one spot: of a flood or a strike in a country, a town is but a part."""


def place_lead(events: Sequence[EventMention], readings: Sequence[SentenceReading], sites: Sites,
               document: Document) -> None:
    """Give the lead's events that have no place, or only an area, the one that the sentences behind tell within it."""
    body = [reading for reading in readings if not reading.is_headline]
    told_in: dict[int, list[EventMention]] = {}
    for event in events:
        for mention in event.all:
            told_in.setdefault(mention.reading.position, []).append(event)
    for reading in body[:LEAD]:
        for event in told_in.get(reading.position, [])[:LEADING]:
            if event.type in AT_ONE_PLACE and event.status.factuality.happened and _is_coarse(event) \
                    and (event.where.mentions or sites.opening(reading, document) is None):
                place = _told_behind(event, reading, readings, told_in, sites)
                if place is not None:
                    step = "coreference" if event.where.mentions else "paragraph"
                    event.where = Where((place,), step, f"the sentences behind the lead tell of “{place.text}”")


def _is_coarse(event: EventMention) -> bool:
    """Whether an event has no place, or an area that is told for readers far away."""
    places = [mention.place for mention in event.where.mentions]
    return event.where.step in ("", "clause", "sentence", "dateline") and all(
        place is not None and place.kind in WIDE for place in places) and len(places) <= 1


def _told_behind(event: EventMention, lead: SentenceReading, readings: Sequence[SentenceReading],
                 told_in: dict[int, list[EventMention]], sites: Sites) -> PlaceMention | None:
    """The one place that the next sentences name, in the area of the event; ``None`` where they tell of others."""
    for reading in readings[lead.position + 1:lead.position + 1 + BEHIND]:
        others = [other for other in told_in.get(reading.position, ()) if other is not event and other.type in LOCAL]
        start, end = reading.sentence.start, reading.sentence.end
        named = [place for place in (*sites.within(start, end), *sites.landmarks_within(start, end))
                 if place.place is not None and place.place.kind in FINE and place.role is not PlaceRole.DESTINATION
                 and place.start not in sites.spoken_at and not is_aside(reading, place, event.type)
                 and not _is_of_hospital(reading, place)]
        if others or sites.unresolved_within(start, end):
            return None
        if named:
            fine = {place.place.id: place for place in finest(named) if place.place is not None}
            place = next(iter(fine.values()))
            return place if len(fine) == 1 and _lies_in(place, event) else None
    return None


def _is_of_hospital(reading: SentenceReading, place: PlaceMention) -> bool:
    """Whether a place's clause tells of a hospital: where the hurt lie now."""
    clause = reading.clauses[reading.clause_of(reading.token_at(place.start))]
    return reading.within(clause.first, clause.last, "hospital")


def _lies_in(place: PlaceMention, event: EventMention) -> bool:
    return all(area.place is not None and place.place is not None and contains(area.place, place.place)
               for area in event.where.mentions)
