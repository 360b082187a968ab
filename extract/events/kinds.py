"""Kinds of events: which types may name one event, which hold unlike things, which of several names it."""

from __future__ import annotations

from functools import cache

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
    frozenset({"protest", "casualties"}),
    frozenset({"protest", "attack"}),
    frozenset({"deployment", "movement", "training"}),
    frozenset({"recruitment", "deployment"}),
    frozenset({"treaty", "meeting"}),
    frozenset({"meeting", "statement"}),
    frozenset({"withdrawal", "movement"}),
    frozenset({"prisoner", "crime"}),
    frozenset({"arms", "deployment"}),
)
"""Types that name one event in one sentence: the attack, its explosion and its dead."""

MIXED_TYPES = frozenset({"crime", "other"})
"""Types that hold unlike things: only mentions by the same rule are of one event."""
PROCEEDINGS = "Arrests"
"""The sub-event type of what is done about a crime."""
UNREST = frozenset({"protest", "crime"})
AT_PROTESTS = frozenset({"arrest", "looting", "mob-destroyed", "vandalised"})
"""Crimes that are part of the protest they are told with, by the ids of their rules."""
MEANS_TYPES = frozenset({"attack", "protest"})
"""Types whose means tell two events apart: a car bomb is no air strike."""
ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"Air/drone strike", "Shelling/artillery/missile attack"}),
    frozenset({"Attack", "Suicide bomb"}), frozenset({"Attack", "Air/drone strike"}), frozenset({"Attack", "Grenade"}),
    frozenset({"Attack", "Remote explosive/landmine/IED"}), frozenset({"Attack", "Shelling/artillery/missile attack"}),
    frozenset({"Suicide bomb", "Remote explosive/landmine/IED"}),
    frozenset({"Peaceful protest", "Violent demonstration"}),
)
"""Sub-event types that two mentions may give one event."""

RANK = {kind: rank for rank, kind in enumerate((
    "earthquake", "flood", "wildfire", "storm", "outbreak", "protest", "attack", "advance", "battle", "accident",
    "explosion", "crime", "treaty", "withdrawal", "meeting", "deployment", "movement", "training", "recruitment",
    "arms", "prisoner", "desertion", "execution_threat", "order", "other", "statement", "casualties"))}
"""Which type names the event when several words of a clause do."""
VIOLENT = frozenset({"attack", "battle", "advance"})
"""Types that somebody does to somebody by force of arms."""
DISASTERS = frozenset({"earthquake", "flood", "storm", "wildfire", "outbreak", "accident"})


@cache
def types_may_join(one: str, other: str) -> bool:
    """Whether two types may name one event."""
    pair = {one, other}
    return any(pair <= group for group in GROUPS) or one == other
