"""What a sentence says about where one of its places lies by another: in it, or some kilometres off."""

from __future__ import annotations

from extract.annotation import Form, PlaceRole
from extract.places.cues import Cues
from extract.places.evidence import LONGEST_LINK, designator_before
from extract.places.spot import Spot
from extract.places.words import Words
from geodata.place import PlaceKind

LONGEST_DISTANCE = 9
"""... and between a name and the town that it lies some way off: ", a village some 40 km north of"."""
LONGEST_BUILDING = 4
"""Words of a building behind the name that it bears: "Santa Maria Catholic Primary School"."""
LARGER = (PlaceKind.COUNTRY, PlaceKind.REGION)
FARTHEST_KM = 500.0
OF_COUNTRY = "cc:"
"""How the id of a country's adjective begins."""


def is_container_of(before: tuple[Spot, PlaceRole], spot: Spot, words: Words, cues: Cues) -> bool:
    """Whether ``spot`` contains the place before it: "Paris, Texas", "Beja (Portugal)", "Obo im Distrikt Kono"."""
    inner, role = before
    if inner.form is Form.DERIVED or spot.form is Form.DERIVED or not (is_larger(spot) or _is_unknown(inner)):
        return False
    between = words.texts[inner.last : spot.first]
    if between[:1] in ([","], ["("]):
        rest = between[1:]
        if not rest or (len(rest) == 1 and rest[0] in cues.direction):
            return is_larger(spot)
    else:
        rest = between
    links = [i for i, word in enumerate(rest) if word in cues.within]
    starts = spot.first - len(rest)
    return (
        0 < len(rest) <= LONGEST_LINK
        and role is PlaceRole.SITE
        and not inner.country
        and ((bool(links) and links[0] == 0) or (len(rest) < len(between) and _is_designator(words, starts, cues)))
        and all(
            i in links or word in cues.determiners or word in cues.direction or word in cues.near_adjectives
            or _is_designator(words, starts + i, cues)
            for i, word in enumerate(rest)
        )
    )


def holds_next(outer: Spot, spot: Spot, words: Words, cues: Cues) -> bool:
    """Whether ``outer`` contains ``spot`` right behind it: "Peru's Cusco region", "the Spanish town of Toledo"."""
    between = range(outer.last, spot.first)
    owner = outer.genitive and outer.form is Form.NAME and is_larger(outer)
    adjective = outer.form is Form.DERIVED and outer.place_id.startswith(OF_COUNTRY) and not outer.compound
    return (
        (owner or adjective) and spot.form is Form.NAME and not spot.country and len(between) <= 2
        and all(words.texts[i] in cues.direction or _is_designator(words, i, cues) for i in between)
    )


def names_building(inner: Spot, role: PlaceRole, spot: Spot, words: Words, cues: Cues) -> bool:
    """Whether ``inner`` is what a building is called that stands in ``spot``: "the Santa Maria school in Lima",
    "die Grundschule Santa Maria in Lima"; or a part of it: "the Tres Ríos district of Culiacán".

    Also a place that the building stands in fits this: whether it does is for the two places to tell.
    """
    between = words.texts[inner.last : spot.first]
    link = next((i for i, word in enumerate(between) if word in cues.within), None)
    if link is None or link > LONGEST_BUILDING or role is not PlaceRole.SITE or inner.country:
        return False
    taken_in = words.texts[inner.last - 1 : inner.last] if inner.kind is not None else []
    building = between[:link] or taken_in or words.texts[max(inner.first - 1, 0) : inner.first]
    part = bool({*building[-1:], *words.texts[max(inner.first - 1, 0) : inner.first]} & cues.parts_of_town)
    return (
        inner.form is Form.NAME and spot.form is Form.NAME
        and bool(building) and (part or (inner.kind is None and cues.is_place_noun(building[-1].lower())))
        and all(word[0].isupper() for word in building[:-1])
        and all(
            word in cues.within or word in cues.determiners or word in cues.direction or word in cues.near_adjectives
            or _is_designator(words, inner.last + i, cues)
            for i, word in enumerate(between[link:], link)
        )
    )


def told_distance(before: Spot, spot: Spot, words: Words, cues: Cues) -> tuple[float, int | None] | None:
    """How far ``before`` lies from ``spot`` as the text says, in km, and in which direction (degrees or ``None``).

    ``None`` without a number, a unit and a link, in this order: "X, about 40 km north of Y".
    """
    between = words.texts[before.last : spot.first]
    if not 3 <= len(between) <= LONGEST_DISTANCE or cues.away_units.keys().isdisjoint(between):
        return None
    unit = next(i for i, word in enumerate(between) if word in cues.away_units)
    number = between[unit - 1].replace(",", ".") if unit else ""
    behind = between[unit + 1 :]
    bearing = next((cues.away_directions[word] for word in behind if word in cues.away_directions), None)
    if not behind or not all(word in cues.away_directions or word in cues.away_links for word in behind):
        return None
    if not number.replace(".", "", 1).isdecimal() or not number.isascii():
        return None
    km = float(number) * cues.away_units[between[unit]]
    return (km, bearing) if 0 < km <= FARTHEST_KM else None


def is_larger(spot: Spot) -> bool:
    """Whether the spot can be a country or region."""
    return bool(spot.place_id) or (
        spot.top is not None and any(named.place.kind in LARGER for named in spot.places[:3])
    )


def _is_unknown(spot: Spot) -> bool:
    return bool(spot.name) and not spot.place_id and not spot.places


def _is_designator(words: Words, i: int, cues: Cues) -> bool:
    return words.texts[i] in cues.designator_nouns or designator_before(words.texts, i + 1, cues) is not None
