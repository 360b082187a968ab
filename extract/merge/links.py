"""Links between events that are not one but tell of one situation: corroboration, shown beside an event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from extract.events.coreference import same_place
from geodata.event import Event
from geodata.taxonomy import taxonomy

SITUATION = timedelta(days=45)
"""How far apart two events of one situation lie at most."""
SITUATIONS: tuple[frozenset[str], ...] = (
    frozenset({"deployment", "movement", "training", "battle", "recruitment"}),
    frozenset({"attack", "battle", "advance", "explosion"}),
    frozenset({"protest", "crime"}),
    frozenset({"flood", "storm"}),
)
"""Types that tell of one situation: troops are trained, moved, stationed and fight."""


class Link(NamedTuple):
    """Two events by id, and why they corroborate each other."""

    one: str
    other: str
    why: str


def link_events(events: Iterable[Event]) -> tuple[Link, ...]:
    """Pairs of events of one situation: like types, one place in the other, and close in time.

    Only events of different articles corroborate each other. Compared are events of one country and type group.
    """
    groups: dict[tuple[str, int], list[Event]] = {}
    for event in events:
        if event.place is None or event.place.country is None or not event.factuality.happened:
            continue
        for number, situation in enumerate(SITUATIONS):
            if event.type in situation:
                groups.setdefault((event.place.country, number), []).append(event)
    links: dict[tuple[str, str], Link] = {}
    for group in groups.values():
        group.sort(key=_when)
        for position, event in enumerate(group):
            for other in group[position + 1:]:
                if _when(other) - _when(event) > SITUATION.days:
                    break
                if _corroborates(event, other):
                    links.setdefault((event.id, other.id), Link(event.id, other.id, _reason(event, other)))
    return tuple(links.values())


def _when(event: Event) -> int:
    day = event.span.end or event.span.start
    return day.toordinal() if day else 0


def _corroborates(a: Event, b: Event) -> bool:
    if a.place is None or b.place is None or not same_place(a.place, b.place):
        return False
    return not {source.article for source in a.sources} & {source.article for source in b.sources}


def _reason(a: Event, b: Event) -> str:
    names = [taxonomy()[event.type].label("en").lower() for event in (a, b)]
    return f"{names[0]} and {names[1]} at {b.place.name if b.place else ''} within {SITUATION.days} days"
