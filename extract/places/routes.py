"""Roads and lines that are told by their two ends: "the road from Ried to Au", "the Ried-Au highway".

What happens on such a road happens between its ends, and nobody knows where: both are given. A bus or a flight between
two towns is another matter: where it was, the text doesn't say.
"""

from __future__ import annotations

from extract.annotation import PlaceRole
from extract.places.cues import Cues
from extract.places.spot import Spot

HYPHENS = frozenset("-–")
"""What joins the two ends of a route."""
BEFORE_ROAD = 3
"""How many words before a road, or the name it begins with, its preposition stands ("along the busy")."""


def role_on_route(spot: Spot, before: Spot | None, texts: list[str], cues: Cues) -> PlaceRole | None:
    """What one end of a route is to its sentence: a site on a road, a topic in a name; ``None`` if it ends none."""
    both = _with_its_other_end(spot, texts)
    beside = _route_beside(*both, texts, cues) if both is not None else None
    if both is not None and beside is not None:
        return _role_of_road(min(both[0], beside), texts, cues) if texts[beside] in cues.roads else PlaceRole.TOPIC
    if (noun := _opens_route(spot, texts, cues)) is not None:
        return PlaceRole.SITE if noun in cues.roads else PlaceRole.ORIGIN
    if before is not None and spot.first - before.last == 1 and (noun := _opens_route(before, texts, cues)) is not None:
        return PlaceRole.SITE if noun in cues.roads else PlaceRole.TOPIC
    return None


def _route_beside(first: int, last: int, texts: list[str], cues: Cues) -> int | None:
    """Where the noun stands that two joined names call: "the Ried-Au road", "die Strecke Ried–Au"."""
    if last < len(texts) and texts[last] in cues.routes:
        return last
    return first - 1 if first > 0 and texts[first - 1] in cues.routes else None


def _role_of_road(first: int, texts: list[str], cues: Cues) -> PlaceRole:
    """A site, if nothing before the road says that it is only spoken of ("plans for the Ried-Au railway")."""
    for at in range(first - 1, max(first - 1 - BEFORE_ROAD, -1), -1):
        phrase = " ".join(texts[max(at - 1, 0) : at + 1])
        role = cues.role.get(phrase) or cues.role.get(texts[at]) or cues.role.get(texts[at].lower())
        if role is not None:
            return PlaceRole.SITE if role is PlaceRole.LANDMARK or role.pins else PlaceRole.TOPIC
        if texts[at][:1].isupper() or not texts[at][:1].isalpha():
            break
    return PlaceRole.SITE


def _opens_route(spot: Spot, texts: list[str], cues: Cues) -> str | None:
    """The noun that a name is the first end of: "the road from Ried to Au", "the road linking Ried and Au"."""
    if spot.first < 2 or texts[spot.first - 2] not in cues.routes:
        return None
    noun, leading = texts[spot.first - 2:spot.first]
    after = texts[spot.last] if spot.last < len(texts) else ""
    if leading in cues.linking:
        return noun if after in cues.linked_with else None
    leads = cues.role.get(leading) is PlaceRole.ORIGIN or leading in cues.links
    return noun if leads and cues.role.get(after) is PlaceRole.DESTINATION else None


def _with_its_other_end(spot: Spot, texts: list[str]) -> tuple[int, int] | None:
    """The words that a name and the one that a hyphen joins to it take up; ``None`` where none is joined."""
    first, last = spot.first, spot.last
    if last == first + 1 and "-" in texts[first] and spot.name != texts[first]:
        return first, last  # one word to the tokeniser, two names to the gazetteer
    if last + 1 < len(texts) and texts[last] in HYPHENS and texts[last + 1][:1].isupper():
        return first, last + 2
    if first > 1 and texts[first - 1] in HYPHENS and texts[first - 2][:1].isupper():
        return first - 2, last
    return None
