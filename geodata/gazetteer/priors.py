"""How prominent a place is before the article says anything: the order of namesakes."""

from __future__ import annotations

from enum import IntEnum
from math import log10

from geodata.place import Place, PlaceKind


class Match(IntEnum):
    """How a name came to a place, best first."""

    NAME = 0
    ALTERNATE = 1
    SKELETON = 2


MATCH_WORDS = {Match.NAME: "name", Match.ALTERNATE: "alternate", Match.SKELETON: "skeleton"}

KIND_BONUS = {
    # In powers of ten of inhabitants. A country outranks every town of its name (Luxembourg, Panama); a region does
    # not outrank the city that it is named after ("Moskau", "Kursk"): its inhabitants already count in its favour.
    PlaceKind.COUNTRY: 3.0, PlaceKind.MACROREGION: 6.5, PlaceKind.WATER: 5.0, PlaceKind.SITE: 5.0,
    PlaceKind.BORDER: 4.0, PlaceKind.REGION: -1.0, PlaceKind.CITY: 0.0,
}
MATCH_BONUS = {Match.NAME: 0.0, Match.ALTERNATE: -1.0, Match.SKELETON: -2.0}
"""An alternate name counts as if the place were ten times smaller: "Pokrowsk" is an old name of the larger Engels."""


def prior(place: Place, match: Match) -> float:
    """Prominence in powers of ten of inhabitants; only the order matters, and differences of one or more."""
    return log10(place.population + 10) + KIND_BONUS[place.kind] + MATCH_BONUS[match]
