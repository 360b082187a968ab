"""Which mentions of one article tell of the same event."""

from __future__ import annotations

from extract.events.mention import EventMention
from extract.events.where import contains
from geodata.event import Factuality
from geodata.place import Place, distance_km

GROUPS: tuple[frozenset[str], ...] = (
    frozenset({"attack", "explosion", "casualties"}),
    frozenset({"attack", "battle", "casualties"}),
    frozenset({"battle", "advance", "casualties"}),
    frozenset({"crime", "attack", "casualties"}),
    frozenset({"accident", "explosion", "casualties"}),
    frozenset({"storm", "flood", "casualties"}),
    frozenset({"earthquake", "casualties"}),
    frozenset({"wildfire", "casualties", "accident"}),
    frozenset({"outbreak", "casualties"}),
    frozenset({"protest", "crime", "casualties"}),
    frozenset({"deployment", "movement", "training"}),
    frozenset({"recruitment", "deployment"}),
    frozenset({"treaty", "meeting"}),
    frozenset({"meeting", "statement"}),
    frozenset({"withdrawal", "movement"}),
    frozenset({"prisoner", "crime"}),
    frozenset({"arms", "deployment"}),
)
"""Types that name one event in one sentence: the attack, its explosion and its dead."""

RANK = {kind: rank for rank, kind in enumerate((
    "earthquake", "flood", "wildfire", "storm", "outbreak", "attack", "battle", "advance", "accident", "protest", "explosion",
    "crime", "treaty", "withdrawal", "meeting", "deployment", "movement", "training", "recruitment", "arms", "prisoner",
    "desertion", "execution_threat", "order", "other", "statement", "casualties"))}
"""Which type names the event when several words of a clause do."""

MEMORY = 12
"""How many sentences back a mention can pick up an event."""
CASUALTIES_MEMORY = 4


def join_mentions(mentions: list[EventMention]) -> list[EventMention]:
    """One mention an event, the others joined to it; in the order of the text."""
    events: list[EventMention] = []
    for mention in mentions:
        event = next((earlier for earlier in reversed(events) if _same_event(earlier, mention)), None)
        if event is None:
            events.append(mention)
        else:
            _join(event, mention, events)
    return events


def _join(event: EventMention, mention: EventMention, events: list[EventMention]) -> None:
    same_sentence = event.reading is mention.reading
    if (same_sentence and RANK[mention.type] < RANK[event.type]) or event.type == "casualties" != mention.type:
        mention.joined = [*mention.joined, event, *event.joined]
        event.joined = []
        events[events.index(event)] = mention
    else:
        event.joined.append(mention)


def _same_event(event: EventMention, mention: EventMention) -> bool:
    if not _types_join(event, mention):
        return False
    places_clash = _places_clash(event, mention)
    if event.reading is mention.reading:
        if event.type == mention.type or _same_clause(event, mention):
            return not places_clash
        return not places_clash and "casualties" in (event.type, mention.type)
    if places_clash or _times_clash(event, mention) or not _status_fits(event, mention):
        return False
    gap = mention.reading.index - event.all[-1].reading.index
    if mention.type == "casualties":
        return gap <= CASUALTIES_MEMORY
    if gap > MEMORY or (event.type != mention.type and event.type != "casualties"):
        return False
    if _told_as_another(mention):
        return False
    own_place, own_time = bool(mention.where.mentions), mention.when.step in ("clause", "sentence")
    if own_place and event.where.mentions:
        return True  # they don't clash, so it is the same place
    return not (own_place and own_time) or mention.trigger.sense.id == event.trigger.sense.id


def _types_join(event: EventMention, mention: EventMention) -> bool:
    if event.type == mention.type:
        return True
    pair = {event.type, mention.type}
    return any(pair <= group for group in GROUPS)


def _same_clause(event: EventMention, mention: EventMention) -> bool:
    return event.reading.clause_of(event.trigger.token) == mention.reading.clause_of(mention.trigger.token)


def _told_as_another(mention: EventMention) -> bool:
    at = mention.trigger.token
    return mention.reading.within(at - 3, at, "another")


def _status_fits(event: EventMention, mention: EventMention) -> bool:
    happened, told = event.status.factuality, mention.status.factuality
    return happened is told or (happened.happened and told.happened) or {happened, told} <= {
        Factuality.PLANNED, Factuality.HYPOTHETICAL}


def _places(mention: EventMention) -> list[Place]:
    return [place.place for place in mention.where.mentions if place.place is not None]


def _places_clash(event: EventMention, mention: EventMention) -> bool:
    ours, theirs = _places(event), _places(mention)
    if not ours or not theirs:
        return False
    return not any(same_place(a, b) for a in ours for b in theirs)


def same_place(a: Place, b: Place) -> bool:
    """Whether two places are one, or one holds the other."""
    return a.id == b.id or contains(a, b) or contains(b, a) \
        or (a.kind.is_point and b.kind.is_point and distance_km(a.lat, a.lon, b.lat, b.lon) <= 5)


def _times_clash(event: EventMention, mention: EventMention) -> bool:
    a, b = event.when.span, mention.when.span
    if event.when.step not in ("clause", "sentence") or mention.when.step not in ("clause", "sentence"):
        return False
    return bool((a.end and b.start and a.end < b.start) or (b.end and a.start and b.end < a.start))
