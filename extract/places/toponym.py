"""What recognition hands to resolution: a span that names a place, and what the text says about it."""

from __future__ import annotations

from typing import NamedTuple

from extract.annotation import Form, PlaceRole
from geodata.place import PlaceKind


class Toponym(NamedTuple):
    """A recognised place name, not yet resolved.

    Attributes
    ----------
    start, end, text:
        Span in the article's text, letter for letter.
    form, role:
        As a :class:`~extract.annotation.PlaceMention` has them.
    name:
        What to look up: the text without its genitive, designator or compound's end.
    place_id:
        Gazetteer id where the word itself decides (an adjective, an abbreviation); else empty.
    kind:
        What a designator beside the name says it is ("Region", "County"); ``None`` without one.
    bearing:
        The part of the place that is meant, in degrees from its middle ("Ostukraine" is 90), -1 for
        its centre, ``None`` for the whole.
    borders:
        Names of the places whose border it is said to be near: "near the Russian border with China".
    designation:
        The name with the designator before it, where it is one of a region or site: "Distrikt Kupwara".
    is_container:
        Whether it stands as the container of the name before it: "Paris, Texas", "Kalemba im Distrikt Nsanje".
    holds_next:
        Whether it stands as the container of the name behind it: "Peru's Cusco region".
    away:
        How far the name before it lies from it, as the text says: km, and degrees or ``None`` ("40 km north of").
    names_building:
        Whether a building that is said to stand in the place behind it is called so: "the Santa Maria school in Lima".
    why:
        The evidence, in words.
    """

    start: int
    end: int
    text: str
    form: Form
    role: PlaceRole
    name: str
    place_id: str = ""
    kind: PlaceKind | None = None
    bearing: int | None = None
    borders: tuple[str, ...] = ()
    is_container: bool = False
    why: str = ""
    maker: str = "dateline"
    designation: str = ""
    holds_next: bool = False
    away: tuple[float, int | None] | None = None
    names_building: bool = False
