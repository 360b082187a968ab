"""Whether the words of two mentions may name one event, by their types and by what stands beside them."""

from __future__ import annotations

from extract.events.clauses import ClauseKind
from extract.events.kinds import (
    ALIKE,
    AT_PROTESTS,
    DISASTERS,
    MEANS_TYPES,
    MIXED_TYPES,
    PROCEEDINGS,
    UNREST,
    types_may_join,
)
from extract.events.mention import EventMention
from extract.events.traits import has_own_place, has_own_time, placed_apart, same_clause, times_clash

TOLD_BACK = 2
"""How many tokens before its verb the auxiliary of a pluperfect stands ("had deliberately targeted")."""


def types_join(event: EventMention, mention: EventMention) -> bool:
    """Whether two mentions are of types that one event may have, or of one that means the same in both."""
    ours, theirs = event.trigger.sense, mention.trigger.sense
    if ours.type == theirs.type:
        if ours.type in MIXED_TYPES:
            if ours.about and theirs.about and _told_in_a_row(event, mention):
                return True  # "was arrested and charged with murder": one case
            return ours.id == theirs.id or (event.reading is mention.reading and same_clause(event, mention)) \
                or _one_deed(event, mention)
        return not (ours.finer_code and theirs.finer_code) or ours.codes == theirs.codes \
            or {ours.codes.acled, theirs.codes.acled} in ALIKE or ours.type not in MEANS_TYPES \
            or _tells_back(event, mention) or killed_when(event, mention) \
            or (ours.type == "protest" and _one_protest(event, mention))
    if types_may_join(ours.type, theirs.type):
        return True
    if ours.effect and theirs.effect and {ours.type, theirs.type} <= DISASTERS | {"other"}:
        return event.reading is mention.reading and same_clause(event, mention)  # landslides that buried a village
    return ours.type in UNREST and theirs.type in UNREST and (ours.id in AT_PROTESTS or theirs.id in AT_PROTESTS)


def _one_protest(event: EventMention, mention: EventMention) -> bool:
    """Whether a sentence tells of one, or the next without a place or time of its own does: "Police fired tear gas"."""
    told_on = mention.reading.index - event.last_sentence <= 1 and mention.section == event.section
    return event.reading is mention.reading or (told_on and not mention.where.step and not has_own_time(mention))


def _one_deed(event: EventMention, mention: EventMention) -> bool:
    """Whether a crime is told on: "robbed a jeweller. They threatened the staff and smashed the windows"."""
    ours, theirs = event.trigger.sense, mention.trigger.sense
    if ours.type != "crime" or ours.about or theirs.about or PROCEEDINGS in (ours.codes.acled, theirs.codes.acled):
        return False
    if ours.codes != theirs.codes and ours.finer_code and theirs.finer_code:
        return False
    told_on = mention.reading.index - event.last_sentence <= 1 and mention.section == event.section
    return told_on and not has_own_place(mention) and not has_own_time(mention)


def killed_when(event: EventMention, mention: EventMention) -> bool:
    """ "Two were killed when a bomb exploded": the clause tells what killed them."""
    if event.reading is not mention.reading or placed_apart(event, mention) or times_clash(event, mention):
        return False
    kinds = [event.reading.clauses[event.reading.clause_of(each.trigger.token)].kind for each in (event, mention)]
    deadly = any(form.sense.type == "casualties" for form in event.reading.words[event.trigger.token].senses)
    return deadly and kinds[0] is not ClauseKind.TEMPORAL and kinds[1] is ClauseKind.TEMPORAL


def _tells_back(event: EventMention, mention: EventMention) -> bool:
    """ "claimed the attack. The group said it had targeted troops": who did it says of the same what it was."""
    at = mention.trigger.token
    return mention.reading.index - event.last_sentence <= 1 and mention.reading.has("reporting") \
        and mention.reading.within(max(at - TOLD_BACK, 0), at, "past_perfect") \
        and not has_own_place(mention) and not has_own_time(mention)


def _told_in_a_row(event: EventMention, mention: EventMention) -> bool:
    """Whether two mentions stand in one sentence, in clauses of one rank."""
    if event.reading is not mention.reading:
        return False
    clauses = event.reading.clauses
    ours, theirs = (clauses[event.reading.clause_of(one.trigger.token)] for one in (event, mention))
    return ours.kind is theirs.kind
