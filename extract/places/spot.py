"""A span that could be a place name."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.annotation import Form
from extract.places.words import Words
from geodata.gazetteer import NamedPlace
from geodata.place import PlaceKind

MOST_PROMINENT = 4
"""So many namesakes are looked at: "White House" is an alternate name of Casablanca and the first of a house."""


@dataclass(slots=True)
class Spot:
    """A span that could be a place name; ``first`` to before ``last`` index the sentence's words.

    ``start`` and ``end`` are offsets of the mention, which may take in a designator ("Kent County")
    that is no part of ``name``, or leave out a genitive's ending. ``name`` is empty for a part of
    the country that the article is about. ``of_town`` marks a town's adjective, ``part``
    a town with its part ("Achim-Ost"), ``acts`` a place that stands for a government, ``within`` a name
    behind a preposition that only a place or a time has ("outside Cabaret"), ``surname`` one behind a name that no
    dictionary explains ("Mert Altintas").
    """

    first: int
    last: int
    start: int
    end: int
    name: str
    form: Form = Form.NAME
    places: tuple[NamedPlace, ...] = ()
    place_id: str = ""
    kind: PlaceKind | None = None
    bearing: int | None = None
    genitive: bool = False
    of_town: bool = False
    compound: bool = False
    part: bool = False
    acts: bool = False
    within: bool = False
    surname: bool = False
    score: float = 0.0
    why: list[str] = field(default_factory=list)

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
