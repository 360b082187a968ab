"""What is called after a place and is none: papers, clubs, units, streets, firms, storms, churches.

The words that tell so are the ``not_a_place`` of a language's ``places.toml``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from extract.places.cues import Cues
from extract.places.spot import Spot
from extract.places.vocabulary import Vocabulary

LONGEST_TITLE = 4
"""Words of a title in quotation marks that begins with a place: "Crimea Platform", "Liga"."""
LARGE_TOWN = 100_000
"""Inhabitants of a town that is meant although it is a saint's name: "a hospital in St. Petersburg"."""
BUILDING_REACH = 6
"""Words beside a saint's name among which the building is: "church of Saint Peter and", "Lutheran Parish Church"."""


def is_called_after(spot: Spot, texts: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether the words beside a name say that something else bears it."""
    cues, first, last = vocabulary.cues, spot.first, spot.last
    before = texts[first - 1] if first else ""
    after = texts[last] if last < len(texts) else ""
    return (
        after in cues.named_after
        or spot.name in cues.no_places
        or (texts[first] if last == first + 1 else " ".join(texts[first:last])) in cues.no_places
        or (spot.name in cues.named_before and not spot.genitive and after[:1].isupper()
            and bool(vocabulary.spelt(after)))
        or (after == "/" and last + 1 < len(texts) and texts[last + 1] in cues.agencies)
        or after in cues.firms
        or (after[:1].isupper() and _is_firm(texts, last, cues))
        or (texts[first] in cues.saints and _is_a_saint(spot, texts, cues))
        or before in cues.named_before
        or ((before.isdigit() or before == ".") and first > 1 and texts[first - 2] in cues.named_before)
    )


def _is_firm(texts: Sequence[str], last: int, cues: Cues) -> bool:
    """Whether the capitalised words behind end as a firm's name does: "Lima Diamond Company"."""
    return _reached_by_names(texts[last : last + LONGEST_TITLE], cues.firms)


def _is_a_saint(spot: Spot, texts: Sequence[str], cues: Cues) -> bool:
    """Whether a building bears a saint's name, not a large town: "the church of St. Peter", "St Thomas' Hospital"."""
    ahead = texts[spot.last : spot.last + BUILDING_REACH]
    behind = texts[max(spot.first - BUILDING_REACH, 0) : spot.first][::-1]
    if spot.top is not None and spot.top.place.population >= LARGE_TOWN and cues.saints.isdisjoint((*ahead, *behind)):
        return False
    return any(_leads_to_building(words, cues) for words in (ahead, behind))


def _leads_to_building(words: Sequence[str], cues: Cues) -> bool:
    """Whether nothing but names stands between a saint's name, where the words begin, and a building."""
    for word in words:
        if word.lower() in cues.built_for_saints:
            return True
        if not (word[0].isupper() or word in cues.within_saints_names):
            return False
    return False


def is_title(texts: Sequence[str], last: int, cues: Cues) -> bool:
    """Whether only capitalised words stand between ``last`` and a closing quotation mark."""
    return _reached_by_names(texts[last : last + LONGEST_TITLE], cues.title_quotes)


def _reached_by_names(words: Sequence[str], ends: Collection[str]) -> bool:
    """Whether one of ``ends`` stands among the words, with nothing but capitalised ones before it."""
    for word in words:
        if word in ends:
            return True
        if not word[0].isupper():
            return False
    return False
