"""The country that an article tells of: where what is told happened, if the text says nothing finer.

An area, never a pin on a town: "Parliament voted on Monday" is somewhere in the country.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotation import PlaceMention
from extract.events.mention import EventMention, Where
from extract.events.sites import Sites

AT_HOME = frozenset({"other", "order"})
"""Types that a state, its people and its parties bring about in their own country."""


def in_country(event: EventMention, sites: Sites) -> Where:
    """The country told of, where the event's sentence names nothing else."""
    if event.type not in AT_HOME or event.reading.has("world_body"):
        return Where()
    home = sites.homeland
    if home is None or home.place is None:
        return Where()
    start, end = event.reading.sentence.start, event.reading.sentence.end
    if sites.unresolved_within(start, end) or _names_another(sites.all_within(start, end), home):
        return Where()
    return Where((home,), "country", f"the article tells of “{home.place.name}”")


def _names_another(named: Sequence[PlaceMention], home: PlaceMention) -> bool:
    """Whether a sentence names another place than the country: a finer one is then where it happened, or another is."""
    return any(place.place is not None and home.place is not None and place.place.id != home.place.id
               for place in named)
