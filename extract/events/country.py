"""The country that an article tells of: where what is told happened, if the text says nothing finer.

An area, never a pin on a town: "Parliament voted on Monday" is somewhere in the country.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotation import PlaceMention
from extract.events.mention import EventMention, Where
from extract.events.sites import Sites
from geodata.place import PlaceKind

AT_HOME = frozenset({"other", "order"})
"""Types that a state, its people and its parties bring about in their own country."""


def in_country(event: EventMention, sites: Sites) -> Where:
    """The country told of, where the event's sentence names nothing else."""
    if event.type not in AT_HOME:
        return Where()
    home = sites.homeland
    if home is None or home.place is None:
        return Where()
    start, end = event.reading.sentence.start, event.reading.sentence.end
    if sites.unresolved_within(start, end) or _abroad(sites.all_within(start, end), home):
        return Where()
    return Where((home,), "country", f"the article tells of “{home.place.name}”")


def _abroad(named: Sequence[PlaceMention], home: PlaceMention) -> bool:
    """Whether a sentence names another country, or a place in one."""
    return any(place.place is not None and place.place.country != home.place.country  # type: ignore[union-attr]
               for place in named)
