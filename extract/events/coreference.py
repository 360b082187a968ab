"""Which mentions of one article tell of the same event."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from extract.events.clauses import ClauseKind
from extract.events.containment import contains, one_town, same_place
from extract.events.inflection import Form
from extract.events.kinds import (
    DISASTERS,
    MIXED_TYPES,
    RANK,
)
from extract.events.mention import EventMention
from extract.events.one_kind import killed_when, types_join
from extract.events.traits import (
    begins_with_definite,
    has_own_place,
    has_own_time,
    picks_up,
    placed_apart,
    places,
    same_clause,
    same_places,
    times_clash,
    told_as_another,
)
from geodata.event import Factuality
from geodata.timespan import Granularity

COARSE = frozenset({Granularity.MONTH, Granularity.SEASON, Granularity.YEAR})
"""How coarsely the news of the day is not dated."""
MEMORY = 12
"""How many sentences back a mention can pick up an event."""
LATEST = 60
"""How many events back a mention is compared: within the sentences of MEMORY no article tells more, and a text of
nothing but triggers still costs linear time."""
MOST_DEAD = 8
"""How often a headline and the sentence below it tell of the dead at most before what killed them is told."""
CASUALTIES_MEMORY = 4
"""How many sentences back the dead and injured belong to an event."""
NEAR = 2
"""How many sentences back the effects of an event are told."""
ANSWERS = frozenset({"movement", "order"})
"""What people do about an event; told in a sentence of its own, it is one of its own."""
ARMS = ("ied", "aircraft", "artillery", "weapons", "militants", "gunmen", "firearms", "grenade", "suicide")
"""Classes of the arms, and of those who bear them, that kill."""
ARMED_ATTACK = ("ied", "militants", "gunmen", "suicide")
"""Classes of those who attack a protest, and of what they use: not the police's."""
PROTESTING = ("police", "forces_or_police")
"""Classes of those whose violence at a protest is part of it."""
SCENE_REACH = 3
"""How many tokens before a protest "at" stands, if it is only where something happened."""
SAID_AGAIN = (
    (frozenset({"attack", "explosion"}), ("ied", "bomb_word", "explosion_word")),
    (frozenset({"accident", "explosion"}), ("bomb_word", "explosion_word")),
    (frozenset({"accident", "wildfire"}), ("fires",)),
)
"""Types of one event by two words, and classes one of which its first sentence has: a bomb explodes, a fire burns."""
KILLING = "Attack"
"""The sub-event type of crimes that kill or hurt somebody: told on of an attack, they are it."""
CAUSES = frozenset({"earthquake", "flood", "storm", "attack", "explosion", "protest", "battle", "wildfire", "advance"})
VIOLENCE = frozenset({"attack", "battle", "advance", "protest"})
"""Those of them that somebody means to do: what falls or burns before they are told may be another's doing."""


def join_mentions(mentions: list[EventMention]) -> list[EventMention]:
    """One mention an event, the others joined to it; in the order of the text."""
    events: list[EventMention] = []
    for mention in mentions:
        latest = islice(reversed(events), LATEST)
        event = next((earlier for earlier in latest if _same_event(earlier, mention)), None)
        if event is None:
            events.append(mention)
        else:
            _join(event, mention, events)
            names_it = event.type == "casualties" and mention.type != "casualties"
            if names_it and any(each is event for each in mention.joined):
                _join_headline(mention, events)
    return events


def _join_headline(event: EventMention, events: list[EventMention]) -> None:
    """Join the headline to an event that its dead were told before: "Blast kills six", "six died when a bomb …"."""
    headline = next((each for each in events if each.is_headline and each is not event and _same_event(each, event)),
                    None)
    if headline is not None:
        event.joined = [*event.joined, headline, *headline.joined]
        headline.joined = []
        events.remove(headline)


def adopt_victims(events: list[EventMention]) -> None:
    """The dead of another place in an article on a disaster are the disaster's there: a storm kills in many towns.

    Those told with arms, and with no other event, were attacked: "killed when a drone hit their lorry".
    """
    disaster: EventMention | None = None
    for event in events:
        if event.type in DISASTERS:
            disaster = disaster or event
        elif event.type == "casualties" and disaster is not None and event.where.step == "clause" \
                and (disaster.type != "accident" or has_own_time(event)):
            sense = replace(disaster.trigger.sense, id=f"{disaster.trigger.sense.id}, told before")
            event.trigger = event.trigger._replace(sense=sense)
        elif event.type == "casualties" and event.reading.has(*ARMS):
            sense = replace(event.trigger.sense, id=f"{event.trigger.sense.id}, by arms", type="attack")
            event.trigger = event.trigger._replace(sense=sense)


def _join(event: EventMention, mention: EventMention, events: list[EventMention]) -> None:
    same_sentence = event.reading is mention.reading
    if _is_headline_and_dead(event, mention):
        mention.joined = [*mention.joined, event, *event.joined]
        event.joined = []
        events[events.index(event)] = mention
    elif event.is_headline and not same_sentence and event.type != "casualties":
        mention.joined = [*mention.joined, event]
        events[events.index(event)] = mention  # the text tells in full what the headline cuts short
        if mention.type == "casualties":
            events[events.index(mention)], mention.joined = event, []
            event.joined.append(mention)
    elif (same_sentence and _names_it(mention, event)) or event.type == "casualties" != mention.type:
        mention.joined = [*mention.joined, event, *event.joined]
        event.joined = []
        events[events.index(event)] = mention
    else:
        if same_sentence and event.trigger.form is Form.NOUN and mention.trigger.form is not Form.NOUN \
                and same_clause(event, mention) and event.type == mention.type:
            event.status = mention.status  # the verb says whether the noun's event happened
        event.joined.append(mention)


def _is_headline_and_dead(event: EventMention, mention: EventMention) -> bool:
    """Whether a headline's event has so far only its dead, of the mention's own sentence: "Six died when a bomb …"."""
    if not event.reading.is_headline or mention.type == "casualties" or len(event.joined) > MOST_DEAD:
        return False
    told_on = [each for each in event.joined if not each.reading.is_headline]
    return bool(told_on) and all(each.type == "casualties" and each.reading is mention.reading for each in told_on)


def _names_it(mention: EventMention, event: EventMention) -> bool:
    """Whether the later of two mentions in a sentence names their event: "a bomber killed 13 at a rally" attacked."""
    if {mention.type, event.type} == {"protest", "attack"}:
        attack, protest = (mention, event) if mention.type == "attack" else (event, mention)
        attacked = attack.reading.has(*ARMED_ATTACK) or (_is_scene(protest) and not attack.reading.has(*PROTESTING))
        return (attack is mention) == attacked
    if {mention.type, event.type} == {"accident", "explosion"} \
            and mention.trigger.sense.effect != event.trigger.sense.effect:
        return event.trigger.sense.effect  # the house that fell in the blast
    if event.type == mention.type == "attack" and killed_when(event, mention):
        return True
    attributive = [each.trigger.form is Form.ATTRIBUTIVE for each in (mention, event)]
    if attributive[0] != attributive[1]:
        return attributive[1]  # "die entführte Missionarin ist freigekommen": the verb tells what is new
    return RANK[mention.type] < RANK[event.type]


def _is_scene(protest: EventMention) -> bool:
    """ "stabbed at a rally": where something else happened."""
    at = protest.trigger.token
    return protest.trigger.form is Form.NOUN and protest.reading.within(max(at - SCENE_REACH, 0), at, "at_scene")


def _same_event(event: EventMention, mention: EventMention) -> bool:
    """Whether a mention picks up an event told before; what clashes in place, time or status is another one."""
    gap = mention.reading.index - event.last_sentence
    if gap > MEMORY:
        return False
    if _is_effect(event, mention) or _is_cause(event, mention) or _struck_by(event, mention) \
            or _fate_of_dead(event, mention):
        return True
    if not types_join(event, mention):
        return False
    if event.reading is mention.reading and "casualties" in (event.type, mention.type) \
            and same_clause(event, mention):
        return True  # "bei einem Anschlag in A nahe B getötet": one clause tells of one event's dead
    if _places_clash(event, mention) and not _only_by_dateline(event, mention):
        return False
    if event.reading is mention.reading:
        if {event.type, mention.type} == {"accident", "explosion"} and not placed_apart(event, mention):
            return _status_fits(event, mention)  # "an explosion that destroyed a house was caused by a gas leak"
        if event.type != mention.type and not _status_fits(event, mention):
            return False  # "the attack to capture the base was fended off": what was meant, and what was done
        if event.type == mention.type:
            if event.type in MIXED_TYPES and times_clash(event, mention):
                return False  # "Detectives investigating Friday's shooting arrested a man on Tuesday"
            return same_clause(event, mention) or not placed_apart(event, mention)
        return same_clause(event, mention) or "casualties" in (event.type, mention.type) \
            or _heard_while(event, mention) or _told_on(event, mention)
    if times_clash(event, mention) or not _status_fits(event, mention):
        return False
    if told_as_another(mention) and not event.is_headline:  # "erneut": but the headline tells of that, too
        return False
    if mention.where.step == "unresolved" and event.where.mentions:
        return False  # it has a place of its own, if none that the gazetteer knows
    if mention.type == "casualties":
        if event.type == "battle" and not event.where.mentions and not has_own_time(event):
            return False  # "die für sie kämpfen": what goes on somewhere is not what killed them
        return gap <= CASUALTIES_MEMORY and not _is_elsewhere(event, mention) \
            and (not (has_own_place(mention) and has_own_time(mention))
                 or (event.is_headline and same_places(event, mention)))
    if has_own_time(mention) and event.when.step not in ("clause", "sentence") and not picks_up(mention) \
            and not event.is_headline and mention.section != event.section and mention.when.span.granularity in COARSE:
        return False  # "Im Juli …", paragraphs below an event of these days: told for comparison
    if event.type != mention.type and not (event.type == "casualties" and picks_up(mention)) \
            and not _says_again(event, mention) \
            and not (gap <= LEAD and (event.is_headline or _is_headline_and_dead(event, mention))):
        return False
    if event.is_headline or _is_headline_and_dead(event, mention):
        return True
    if has_own_place(mention):
        return same_places(event, mention) or _refines(event, mention, gap) or _only_by_dateline(event, mention)
    if has_own_time(mention):
        return event.when.step in ("clause", "sentence") or picks_up(mention)
    return True


def _told_on(event: EventMention, mention: EventMention) -> bool:
    """ "ambushed a convoy and killed five": the clause behind "and" tells on, without a place or time of its own."""
    clause = mention.reading.clauses[mention.reading.clause_of(mention.trigger.token)]
    killed = {event.type, mention.type} == {"attack", "crime"} and mention.trigger.sense.codes.acled == KILLING
    return ({event.type, mention.type} == {"attack", "battle"} or killed) and mention.where.step != "clause" \
        and mention.when.step != "clause" and "coordinator" in mention.reading.words[clause.first].classes


def _heard_while(event: EventMention, mention: EventMention) -> bool:
    """ "Explosions rocked Tehran as Israel launched air strikes": what was heard, and what was done meanwhile."""
    clauses = event.reading.clauses
    meanwhile = any(clauses[each.reading.clause_of(each.trigger.token)].kind is ClauseKind.TEMPORAL
                    for each in (event, mention))
    return meanwhile and {event.type, mention.type} == {"attack", "explosion"} \
        and not placed_apart(event, mention) and not times_clash(event, mention)


def _is_elsewhere(event: EventMention, mention: EventMention) -> bool:
    """Whether the dead are told of another place; what has none has not theirs in another paragraph."""
    if not has_own_place(mention):
        return False
    return not same_places(event, mention) if event.where.mentions else mention.section != event.section


def _is_effect(event: EventMention, mention: EventMention) -> bool:
    """Whether a mention tells what an event told shortly before did: the house that fell in the earthquake."""
    if not mention.trigger.sense.effect or event.type not in CAUSES:
        return False
    if event.trigger.sense.effect:  # "a landslide buried a village" is one, and a landslide that the quake set off two
        return event.trigger.form is Form.NOUN and event.reading is mention.reading and same_clause(event, mention)
    near = 0 if mention.type in ANSWERS else NEAR
    return mention.reading.index - event.last_sentence <= near and not has_own_time(mention) \
        and not told_as_another(mention) and _same_country(event, mention)


def _is_cause(event: EventMention, mention: EventMention) -> bool:
    """Whether a mention names what did the effect told before it: "A tree fell on a car during a storm"."""
    if not event.trigger.sense.effect or mention.trigger.sense.effect or mention.type not in CAUSES - VIOLENCE \
            or event.type not in DISASTERS or not all(each.trigger.sense.effect or each.type == "casualties"
                                                      for each in event.joined):
        return False
    return event.reading is mention.reading and _same_country(event, mention) and not placed_apart(event, mention) \
        and _status_fits(event, mention)


def _same_country(event: EventMention, mention: EventMention) -> bool:
    ours, theirs = places(event), places(mention)
    return not theirs or any(a.country == b.country and (one_town(a, b) or not (a.kind.is_point and b.kind.is_point))
                             for a in ours for b in theirs)


def _only_by_dateline(event: EventMention, mention: EventMention) -> bool:
    """Whether they differ only in that one has no place but the dateline's, and both stand in a sentence or are one."""
    if event.reading is mention.reading:
        return "dateline" in (event.where.step, mention.where.step)
    return event.where.step == "dateline" and event.type == mention.type and picks_up(mention)


LEAD = 2
"""Within how many sentences the text tells what its headline names by another word."""
AT_ONE_SPOT = frozenset({"accident", "explosion", "crime", "attack"})
"""Types that happen at one place, and to somebody or something that the next sentence takes up."""
REFINED = 2
"""Within how many sentences a definite noun says more finely where an event was."""


def _refines(event: EventMention, mention: EventMention, gap: int) -> bool:
    """Whether a mention says more finely where, or less: "ein Brand in Bangladesch", then "das Feuer in Gazipur".

    Without the definite noun it was another part of the story as often as not, in the lead, too (measured).
    """
    ours, theirs = places(event), places(mention)
    coarse, fine = (ours, theirs) if len(ours) == 1 and not ours[0].kind.is_point else (theirs, ours)
    nested = len(coarse) == 1 and not coarse[0].kind.is_point and all(contains(coarse[0], place) for place in fine)
    if event.type == "storm":
        return False  # it moves on: where it makes landfall is not all of it
    if not nested or gap > REFINED or event.type != mention.type:
        return False
    told_on = event.type in AT_ONE_SPOT and mention.when.span.granularity not in COARSE
    return picks_up(mention) or (told_on and begins_with_definite(mention))


def says_where(event: EventMention, mention: EventMention) -> bool:
    """Whether a mention tells of the whole event, not of what it did somewhere ("in Beira a school collapsed")."""
    return mention.reading is event.reading or event.is_headline or picks_up(mention) \
        or not (mention.trigger.sense.effect or mention.type == "casualties")


def _says_again(event: EventMention, mention: EventMention) -> bool:
    """ "A bomb killed nine. The explosion …", "a fire at a market. The flames …": the definite noun is what it was."""
    told = next((words for types, words in SAID_AGAIN if {event.type, mention.type} <= types), ())
    return mention.trigger.form is Form.NOUN and event.reading.has(*told) \
        and mention.reading.index - event.last_sentence <= NEAR and picks_up(mention)


def _struck_by(event: EventMention, mention: EventMention) -> bool:
    """ "A landmine tore through a van": what was done with arms is no accident beside it."""
    return event.reading is mention.reading and {event.type, mention.type} == {"attack", "accident"} \
        and event.reading.has(*ARMS) and same_clause(event, mention) and _status_fits(event, mention)


def _fate_of_dead(event: EventMention, mention: EventMention) -> bool:
    """ "Three died in the floods, among them two hikers who were struck by lightning": how some of its dead died."""
    if not {event.type, mention.type} <= DISASTERS or has_own_place(mention) or has_own_time(mention):
        return False
    clause = mention.reading.clauses[mention.reading.clause_of(mention.trigger.token)]
    return clause.kind is ClauseKind.RELATIVE and any(
        other.reading is mention.reading and other.type == "casualties" for other in event.joined)


def _status_fits(event: EventMention, mention: EventMention) -> bool:
    happened, told = event.status.factuality, mention.status.factuality
    return happened is told or (happened.happened and told.happened) or {happened, told} <= {
        Factuality.PLANNED, Factuality.HYPOTHETICAL}


def _places_clash(event: EventMention, mention: EventMention) -> bool:
    ours, theirs = places(event), places(mention)
    if not ours or not theirs:
        return False
    return not any(same_place(a, b) for a in ours for b in theirs)
