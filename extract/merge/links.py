"""Links between events that are not one but tell of one situation: corroboration, shown beside an event.

Two events of one country and type are not yet one situation. Something more specific must agree: the theatre (a town
or region); or, for what is spread over a country, who takes part, and beside that two of kind, number and days.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from extract.events.containment import same_place
from extract.events.kinds import types_may_join
from extract.merge.blocks import CELL_DEGREES, region_of
from geodata.event import Event, Quantity
from geodata.place import Place, PlaceKind
from geodata.taxonomy import taxonomy
from geodata.timespan import TimeSpan

SAME_DAYS = timedelta(days=14)
"""How far apart at most two events are about the same days; told of armies, days are seldom exact."""
SITUATIONS: tuple[tuple[frozenset[str], timedelta], ...] = (
    (frozenset({"deployment", "movement", "training", "battle", "recruitment"}), timedelta(days=45)),
    (frozenset({"attack", "battle", "advance", "explosion"}), timedelta(days=45)),
    (frozenset({"flood", "storm"}), timedelta(days=14)),
    (frozenset({"meeting", "treaty"}), timedelta(days=14)),
    (frozenset({"protest", "crime"}), timedelta(days=3)),
)
"""Types that tell of one situation, and how far apart its events lie at most: troops are trained, moved, stationed and
fight; a storm brings a flood; a protest ends in arrests."""
ALONE = frozenset({"crime"})
"""Types of which two are no situation: two stabbings in a town have nothing to do with each other."""
SPREAD = {"deployment": 1, "movement": 1, "training": 1, "recruitment": 1, "meeting": 2, "treaty": 2}
"""Types that may be of one situation without a theatre, and how many parties must then be the same: a meeting is told
by all who meet. An attack told of a country only may be any attack there."""
ALIKE = 1.25
"""Factor by which two numbers of one thing may differ and still be about the same."""
MANY = 100
"""A number from which on two that agree are no coincidence."""
COMPARED = 40
"""How many events of a block, those that end latest before it, an event is compared with at most."""
COARSE = frozenset({PlaceKind.COUNTRY, PlaceKind.MACROREGION})
"""Places that name no theatre."""


class Link(NamedTuple):
    """Two events by id, and why they corroborate each other."""

    one: str
    other: str
    why: str


Block = tuple[object, ...]


def link_events(events: Iterable[Event]) -> tuple[Link, ...]:
    """Pairs of events of one situation, told by different articles; the cost grows with the number of events."""
    happened = [event for event in events if event.factuality.happened]
    blocks: dict[Block, deque[Event]] = defaultdict(lambda: deque(maxlen=COMPARED))
    links: dict[frozenset[str], Link] = {}
    for event in sorted(happened, key=lambda each: (_ends(each), each.id)):
        for block in dict.fromkeys(_blocks(event, around=True)):
            for other in blocks.get(block, ()):
                pair = frozenset((event.id, other.id))
                if pair not in links and (why := _why_one_situation(other, event)):
                    links[pair] = Link(other.id, event.id, why)
        for block in _blocks(event, around=False):
            blocks[block].append(event)
    return tuple(links.values())


# --- which events meet -----------------------------------------------------------------------------------------------


def _blocks(event: Event, around: bool) -> Iterator[Block]:
    """What an event is filed under: its situations, each with who takes part and where; with ``around``, what it looks
    in for others.
    """
    for situation, (types, _) in enumerate(SITUATIONS):
        if event.type not in types:
            continue
        for party in parties_of(event):
            yield situation, "party", party
        if event.place is not None and event.place.kind not in COARSE:
            for area in _areas(event.place, around):
                yield situation, area


def _areas(place: Place, around: bool) -> Iterator[object]:
    region = region_of(place)
    if region:
        yield region
    elif place.kind.is_point:
        row, column = round(place.lat / CELL_DEGREES), round(place.lon / CELL_DEGREES)
        for up, right in [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1)] if around else [(0, 0)]:
            yield row + up, column + right
    else:
        yield place.id


# --- whether they are one situation ----------------------------------------------------------------------------------


def _why_one_situation(a: Event, b: Event) -> str:
    """Why two events of like types are of one situation, in words; empty if nothing specific agrees."""
    within = max((days for types, days in SITUATIONS if a.type in types and b.type in types), default=None)
    if within is None or a.type == b.type in ALONE:
        return ""
    if {source.article for source in a.sources} & {source.article for source in b.sources}:
        return ""
    gap = _gap(_days(a), _days(b))
    if gap is None or gap > within or not _places_fit(a.place, b.place):
        return ""
    theatre = _theatre(a.place, b.place)
    shared = sorted(_foreign(a) & _foreign(b))
    number = next((f"{mine.text} and {other.text} ({mine.role})" for mine in a.quantities for other in b.quantities
                   if _about_the_same(mine, other)), "")
    if not theatre:
        needed = max(SPREAD.get(event.type, len(shared) + 1) for event in (a, b))
        if len(shared) < needed or [bool(number), types_may_join(a.type, b.type), gap <= SAME_DAYS].count(True) < 2:
            return ""
    names = " and ".join(dict.fromkeys(taxonomy()[event.type].label("en").lower() for event in (a, b)))
    parties = f"both with {', '.join(shared)}" if shared else ""
    days = f"{gap.days} days apart" if gap else "at one time"
    return ", ".join(filter(None, (names, theatre and f"both at {theatre}", parties, number, days)))


def _places_fit(a: Place | None, b: Place | None) -> bool:
    return a is None or b is None or same_place(a, b)


def _theatre(a: Place | None, b: Place | None) -> str:
    """The town or region that both are at; empty if it is coarser, or not known of both."""
    if a is None or b is None or a.kind in COARSE or b.kind in COARSE:
        return ""
    return max(a, b, key=lambda place: place.radius_km).name


def parties_of(event: Event) -> frozenset[str]:
    """The countries that take part in an event, as any of its sources says."""
    return frozenset(party for source in event.sources for party in source.parties)


def _foreign(event: Event) -> frozenset[str]:
    """Who takes part from elsewhere: that the country's own people do says nothing."""
    return parties_of(event) - {event.place.country if event.place else None}


def _about_the_same(a: Quantity, b: Quantity) -> bool:
    x, y = a.minimum or a.maximum or 0, b.minimum or b.maximum or 0
    return a.role == b.role and min(x, y) >= MANY and max(x, y) <= ALIKE * min(x, y)


def _ends(event: Event) -> int:
    days = _days(event)
    return days[1].toordinal() if days else 0


def _days(event: Event) -> tuple[date, date] | None:
    """First and last day; what goes on does so until it was told, what lies before a day did so shortly before."""
    span = event.span
    if span.start is None and span.end is None:
        return None
    if span.start is not None and span.end is None:
        told = max((day for source in event.sources if (day := _published(source.published))), default=span.start)
        return span.start, max(told, span.start)
    assert span.end is not None
    return span.start or span.end, span.end


def _published(edtf: str) -> date | None:
    try:
        return TimeSpan.from_edtf(edtf).end if edtf else None
    except ValueError:  # a layer from elsewhere may have anything there
        return None


def _gap(a: tuple[date, date] | None, b: tuple[date, date] | None) -> timedelta | None:
    """The time between two spans; none if they overlap, ``None`` if one isn't dated."""
    if a is None or b is None:
        return None
    return max(a[0] - b[1], b[0] - a[1], timedelta(0))
