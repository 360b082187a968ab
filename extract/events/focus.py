"""The town that an article is about: where its follow-up sentences play that name no place of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extract.annotation import PlaceMention, PlaceRole
from extract.events.containment import same_place
from extract.events.mention import EventMention, Where
from extract.events.reading import SentenceReading
from extract.events.sites import Sites
from geodata.place import PlaceKind

LEAD = 2
"""How many sentences of the body, from the first that names a place, name the town that an article is about."""
SHARE = 0.5
"""How much of all that is told of towns is told of this one; below that an article is a round-up of several."""
LEADING = 20
"""How many places of the lead are looked at: a lead is short, but a sentence may be any length."""
TOWNS = frozenset({PlaceKind.CITY, PlaceKind.SITE})
LOCAL = frozenset({"attack", "explosion", "casualties", "crime", "protest", "prisoner", "accident", "earthquake",
                   "flood", "storm", "wildfire", "battle", "advance"})
"""Types whose follow-ups play in the same town; talks, orders and troops that move have places of their own."""
SAID = frozenset({"statement", "meeting", "treaty", "order"})
"""Types that only say where people speak: the capital where talks are held places no attack."""


def main_town(events: Sequence[EventMention], sites: Sites, readings: Sequence[SentenceReading],
              title: str) -> PlaceMention | None:
    """The town of the lead that the title names, or half of all mentions of towns are of; else ``None``.

    It has to be the place of something that happened, not only of talks about it. Where the lead names no place,
    it plays where the dateline says.
    """
    body = [reading for reading in readings if not reading.is_headline]
    if not body:
        return None
    telling = (number for number, reading in enumerate(body)
               if sites.within(reading.sentence.start, reading.sentence.end))
    first = 0 if sites.dateline is not None else next(telling, 0)
    lead_end = body[min(first + LEAD, len(body)) - 1].sentence.end
    placed = [(place, event.type in SAID) for event in events for place in event.where.mentions]
    talked = {_id(place) for place, said in placed if said} - {_id(place) for place, said in placed if not said}
    happened = {_id(place) for place, said in placed if not said}
    told = [place for place in sites.within(0, readings[-1].sentence.end)
            if not sites.of_dateline(place) and place.start not in sites.spoken_at
            and (place.role is not PlaceRole.DESTINATION or _id(place) in happened)]
    if sites.dateline is not None and not any(place.start < lead_end for place in told):
        return sites.dateline
    towns = [place for place in told if _is_town(place)]
    mentions = Counter(_id(place) for place in towns)
    lead = [place for place in towns if place.start < lead_end and _id(place) not in talked][:LEADING]
    for place in lead:
        rivals = [other for other in lead if mentions[_id(other)] >= mentions[_id(place)] and _id(other) != _id(place)]
        if place.text in title or (not rivals and mentions[_id(place)] >= SHARE * mentions.total()):
            return place
    return None


def in_town(event: EventMention, town: PlaceMention, sites: Sites) -> Where:
    """The article's town for what happens locally in a sentence that names no other place."""
    reading = event.reading
    fits = event.type in LOCAL and event.status.factuality.happened and event.offset >= town.start
    if not fits or reading.has("anaphor_country"):
        return Where()
    start, end = reading.sentence.start, reading.sentence.end
    others = any(not is_of(place, town) and place.role is not PlaceRole.ORIGIN  # "a man from Bradford"
                 and place.start not in sites.spoken_at
                 for place in sites.named_within(start, end))
    if others or sites.unresolved_within(start, end):
        return Where()
    return Where((town,), "article", f"“{town.text}” is the town that the article is about")


def _is_town(place: PlaceMention) -> bool:
    return place.place is not None and place.place.kind in TOWNS


def _id(place: PlaceMention) -> str:
    return place.place.id if place.place is not None else ""


def is_of(place: PlaceMention, town: PlaceMention) -> bool:
    """Whether a place is the town or holds it."""
    return place.place is not None and town.place is not None and same_place(place.place, town.place)
