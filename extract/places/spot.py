"""A span that could be a place name."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.annotation import Form
from extract.places.words import Words
from geodata.gazetteer import NamedPlace
from geodata.place import PlaceKind

MOST_PROMINENT = 4
"""So many namesakes are looked at: "White House" is an alternate name of Casablanca and the first of a house."""


@dataclass
class Spot:
    """A span that could be a place name; ``first`` to before ``last`` index the sentence's words.

    ``start`` and ``end`` are offsets of the mention, which may take in a designator ("Kent County")
    that is no part of ``name``, or leave out a genitive's ending. ``name`` is empty for a part of
    the country that the article is about. ``of_town`` marks a town's adjective, ``part``
    a town with its part ("Achim-Ost"), ``acts`` a place that stands for a government, ``within`` a name
    behind a preposition that only a place or a time has ("outside Cabaret"), ``surname`` one behind a name that no
    dictionary explains ("Mert Altintas"). Most of this is told of no spot, and is then the class's: an article has
    some fifty, and most are no places.
    """

    first: int
    last: int
    start: int
    end: int
    name: str
    form: Form = field(default=Form.NAME, init=False)
    places: tuple[NamedPlace, ...] = field(default=(), init=False)
    place_id: str = field(default="", init=False)
    kind: PlaceKind | None = field(default=None, init=False)
    bearing: int | None = field(default=None, init=False)
    genitive: bool = field(default=False, init=False)
    of_town: bool = field(default=False, init=False)
    compound: bool = field(default=False, init=False)
    part: bool = field(default=False, init=False)
    acts: bool = field(default=False, init=False)
    within: bool = field(default=False, init=False)
    surname: bool = field(default=False, init=False)
    score: float = field(default=0.0, init=False)
    why: list[str] = field(default_factory=list, init=False)

    @property
    def top(self) -> NamedPlace | None:
        """The most prominent place, one that is called so first before one that is also called so."""
        if not self.places:
            return None
        first = self.places[0]
        if first.match == "name":
            return first
        return next((named for named in self.places[:MOST_PROMINENT] if named.match == "name"), first)

    @property
    def country(self) -> str:
        """Gazetteer id of the country that the spot names; empty if it names none."""
        if self.place_id.startswith("cc:"):
            return self.place_id
        top = self.top
        return top.place.id if top is not None and top.place.kind is PlaceKind.COUNTRY else ""


def spot_at(words: Words, first: int, last: int, name: str) -> Spot:
    """A spot over whole words."""
    return Spot(first, last, words.spans[first][0], words.spans[last - 1][1], name)


def derived_spot(words: Words, first: int, last: int, place: str, bearing: int | None = None) -> Spot:
    """An adjective or demonym of ``place``: a gazetteer id, or ``=`` and a name."""
    spot = spot_at(words, first, last, place[1:] if place.startswith("=") else words.texts[first])
    spot.form = Form.DERIVED
    spot.place_id = "" if place.startswith("=") else place
    spot.bearing = bearing
    spot.why.append("an adjective or demonym")
    return spot
