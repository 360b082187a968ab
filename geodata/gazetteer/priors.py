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
    # Seas, mountains and sites have no inhabitants: the bonus puts them beside towns of that size.
    PlaceKind.COUNTRY: 3.0, PlaceKind.MACROREGION: 5.5, PlaceKind.WATER: 4.5, PlaceKind.SITE: 4.0,
    PlaceKind.BORDER: 3.0, PlaceKind.REGION: -1.0, PlaceKind.CITY: 0.0,
}
CAPITAL_BONUS = 1.0
"""News names a national capital as often as towns ten times its size: Washington before Washington State."""
SEAT_BONUS = 0.3
"""The largest town of a region, or its capital, is named in its own right and as its seat (Albany, Springfield)."""
MATCH_BONUS = {Match.NAME: 0.0, Match.ALTERNATE: -1.0, Match.SKELETON: -2.0}
"""An alternate name counts as if the place were ten times smaller: "Pokrowsk" is an old name of the larger Engels."""


def prominence(place: Place, *, capital: bool = False, seat: bool = False) -> float:
    """Prominence of a place in powers of ten of inhabitants; differences below one mean little."""
    bonus = CAPITAL_BONUS if capital else SEAT_BONUS if seat else 0.0
    return log10(place.population + 10) + KIND_BONUS[place.kind] + bonus
