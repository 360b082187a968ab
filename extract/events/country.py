"""The country that an article tells of: where what is told happened, if the text says nothing finer.

An area, never a pin on a town: "Parliament voted on Monday" is somewhere in the country.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.annotation import Form, PlaceMention, PlaceRole
from extract.events.mention import EventMention, Where
from extract.events.reading import SentenceReading
from extract.events.semantic_roles import extent_of, is_bare
from extract.events.sites import Sites
from extract.events.triggers import Trigger
from geodata.place import PlaceKind

AT_HOME = frozenset({"other", "order"})
"""Types that a state, its people and its parties bring about in their own country."""
OF_STATES = AT_HOME | {"prisoner", "recruitment", "movement", "meeting"}
"""Types that a state brings about where it has the power, if its sentence names no other place."""
SUBJECT = 2
"""How many tokens from the beginning of its clause a subject stands at most ("the Peruvian")."""
OFFICE = 3
"""Within how many words behind its adjective a ministry stands ("the Peruvian foreign ministry")."""


def at_home(reading: SentenceReading, trigger: Trigger, sites: Sites) -> Where:
    """ "Armenia released four prisoners", "the Peruvian foreign ministry summoned": the land of the state that acts."""
    if trigger.sense.type not in OF_STATES or reading.has("world_body"):
        return Where()
    clause = reading.clauses[reading.clause_of(trigger.token)]
    start, end = extent_of(clause, reading)
    first = next(iter(sites.all_within(start, end)), None)
    if first is None or first.place is None or first.place.kind is not PlaceKind.COUNTRY \
            or first.role is not PlaceRole.ACTOR or not is_bare(reading, reading.token_at(first.start)):
        return Where()
    at, behind = reading.token_at(first.start), reading.token_at(first.end - 1) + 1
    subject = at - clause.first <= SUBJECT and (
        reading.within(behind, min(behind + OFFICE, len(reading.tokens)), "seat") if first.form is Form.DERIVED
        else behind == trigger.token or reading.within(behind, behind + 1, "finite", "past"))
    inverted = first.form is Form.NAME and at - 1 > clause.first \
        and (at - 1 == trigger.token or reading.within(at - 1, at, "finite"))  # "Im Gegenzug überstellte Georgien"
    return Where((first,), "country", f"what “{first.text}” does at home") if subject or inverted else Where()


def at_home_or_dateline(reading: SentenceReading, trigger: Trigger, sites: Sites) -> Where:
    """The dateline's place, but for what another state does: "MOSCOW – Azerbaijan released four prisoners"."""
    home, told = at_home(reading, trigger, sites), sites.at_dateline()
    lands = {place.place.country for place in (*home.mentions, *told.mentions) if place.place is not None}
    return home if home.step and len(lands) > 1 else told


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


def between_neighbours(event: EventMention, sites: Sites) -> Where | None:
    """ "Fighting between Thailand and Cambodia": at their border, if the article tells of it elsewhere."""
    border = sites.border
    if event.type != "battle" or border is None or border.place is None:
        return None
    clause = event.reading.clauses[event.reading.clause_of(event.trigger.token)]
    fighting = {place.place.country for place in sites.all_within(*extent_of(clause, event.reading))
                if place.place is not None and place.place.kind is PlaceKind.COUNTRY}
    if fighting != set(border.place.id.partition(":")[2].split("-")):
        return None
    return Where((border,), "country", f"the {border.place.name}, which the article tells of")


def _names_another(named: Sequence[PlaceMention], home: PlaceMention) -> bool:
    """Whether a sentence names another place than the country: a finer one is then where it happened, or another is."""
    return any(place.place is not None and home.place is not None and place.place.id != home.place.id
               for place in named)
