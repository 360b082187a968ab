"""What a mention says of itself: a place and a time of its own, that it takes up what was told, that it is another."""

from __future__ import annotations

from datetime import timedelta

from extract.events.containment import one_town
from extract.events.inflection import Form
from extract.events.mention import EventMention
from geodata.place import Place

ONE_BEGINNING = timedelta(days=31)
"""How far the beginnings of what goes on still lie apart at most to be one."""


def has_own_place(mention: EventMention) -> bool:
    """Whether its own sentence says where."""
    return mention.where.step in ("clause", "sentence")


def has_own_time(mention: EventMention) -> bool:
    """Whether its own sentence says when."""
    return mention.when.step in ("clause", "sentence")


def begins_with_definite(mention: EventMention) -> bool:
    """ "The bus fell", "Das Fahrzeug stürzte": who or what was told before."""
    return mention.reading.within(0, 1, "definite") and not mention.reading.within(1, 2, "another")


def picks_up(mention: EventMention) -> bool:
    """ "der Angriff", "the blast", "das Feuer … ausgebrochen": a definite noun names what was told before.

    A fixed word that names no event is only what the verb is done to: "hatten das Parlament gestürmt".
    """
    trigger = mention.trigger
    nouns = (trigger.token,) if trigger.form is Form.NOUN else tuple(
        at for at in trigger.extra if Form.NOUN in mention.reading.words[at].forms)
    return any(at > 0 and mention.reading.within(max(at - 2, 0), at, "definite") for at in nouns)


def same_clause(event: EventMention, mention: EventMention) -> bool:
    """Whether two mentions of a sentence stand in one clause of it."""
    return event.reading.clause_of(event.trigger.token) == mention.reading.clause_of(mention.trigger.token)


def told_as_another(mention: EventMention) -> bool:
    """Whether a word says that it is another event; a victim more is none ("a policeman also died")."""
    if mention.type == "casualties" and not has_own_place(mention):
        return False
    at = mention.trigger.token
    return mention.reading.within(at - 3, at, "another")


def places(mention: EventMention) -> list[Place]:
    """The places it is put at."""
    return [place.place for place in mention.where.mentions if place.place is not None]


def placed_apart(event: EventMention, mention: EventMention) -> bool:
    """Whether two clauses of a sentence each have a place: 10,000 in the country, 8,000 of them in a region."""
    return event.where.step == mention.where.step == "clause" and not same_places(event, mention)


def times_clash(event: EventMention, mention: EventMention) -> bool:
    """Whether two mentions are told of different times."""
    a, b = event.when.span, mention.when.span
    if event.when.step not in ("clause", "sentence") or mention.when.step not in ("clause", "sentence"):
        return False
    if a.start and b.start and a.end is None and b.end is None and abs(a.start - b.start) > ONE_BEGINNING:
        return True  # since autumn, and since January
    return bool((a.end and b.start and a.end < b.start) or (b.end and a.start and b.end < a.start))


def same_places(event: EventMention, mention: EventMention) -> bool:
    """Whether both are told of the very same place: a finer one is another part of the story."""
    ours, theirs = places(event), places(mention)
    return any(a.id == b.id or one_town(a, b) for a in ours for b in theirs)
